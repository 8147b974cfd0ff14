import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';

const INTERVAL_ORDER = `CASE "plans"."interval" WHEN 'weekly' THEN 1 WHEN 'monthly' THEN 2 WHEN 'quarterly' THEN 3 WHEN 'semiannual' THEN 4 ELSE 5 END`;

/** Active subscriptions on the plan and on private copies of it. */
const ACTIVE_SUBSCRIPTIONS = `(SELECT COUNT(*) FROM "subscriptions" WHERE "subscriptions"."plan_id" = "plans"."id" AND "subscriptions"."status" = 'active')
  + (SELECT COUNT(*) FROM "plans" AS "copies" JOIN "subscriptions" ON "subscriptions"."plan_id" = "copies"."id"
     WHERE "copies"."parent_id" = "plans"."id" AND "copies"."parent_id" IS NOT NULL AND "subscriptions"."status" = 'active')`;

const CHARGE_MODELS = `(SELECT json_group_array("charge_model") FROM
  (SELECT "charge_model" FROM "charges" WHERE "plan_id" = "plans"."id" AND "deleted_at" IS NULL ORDER BY "sequence"))`;

const SOURCE: ListSource = {
  columns: `"plans"."id", "plans"."name", "plans"."code", "plans"."interval", "plans"."amount_cents", "plans"."amount_currency",
    "plans"."pay_in_advance", "plans"."created_at", ${CHARGE_MODELS} AS "charge_models", ${ACTIVE_SUBSCRIPTIONS} AS "active_subscriptions"`,
  from: '"plans"',
  sorts: {
    created_at: '"plans"."sequence"',
    name: '"plans"."name" COLLATE NOCASE',
    code: '"plans"."code" COLLATE NOCASE',
    interval: INTERVAL_ORDER,
    amount_cents: '"plans"."amount_cents"',
    subscriptions: `(${ACTIVE_SUBSCRIPTIONS})`,
  },
  unique: '"plans"."sequence"',
};

export interface ListedPlan {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly interval: string;
  readonly amount_cents: number;
  readonly amount_currency: string;
  readonly pay_in_advance: number;
  readonly created_at: number;
  /** A JSON list, in the order of the charges. */
  readonly charge_models: string;
  readonly active_subscriptions: number;
}

export interface PlanListWish {
  readonly search: string | null;
  readonly intervals: readonly string[] | null;
  readonly chargeModels: readonly string[] | null;
  readonly currencies: readonly string[] | null;
  readonly sortBy: string;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
}

/** Living plans as their list shows them; private copies are left out. */
export function listPlanRows(db: ReadDatabase, organizationId: string, wish: PlanListWish): ListPage<ListedPlan> {
  const conditions: ListCondition[] = [
    { sql: `"plans"."organization_id" = ? AND "plans"."parent_id" IS NULL AND "plans"."deleted_at" IS NULL`, values: [organizationId] },
  ];
  if (wish.search !== null) {
    const [name, code] = [containsText('"plans"."name"', wish.search), containsText('"plans"."code"', wish.search)];
    conditions.push({ sql: `${name.sql} OR ${code.sql}`, values: [...name.values, ...code.values] });
  }
  if (wish.intervals !== null) conditions.push(isOneOf('"plans"."interval"', wish.intervals));
  if (wish.currencies !== null) conditions.push(isOneOf('"plans"."amount_currency"', wish.currencies));
  if (wish.chargeModels !== null) {
    const model = isOneOf('"charges"."charge_model"', wish.chargeModels);
    const charged = `SELECT 1 FROM "charges" WHERE "charges"."plan_id" = "plans"."id" AND "charges"."deleted_at" IS NULL AND ${model.sql}`;
    conditions.push({ sql: `EXISTS (${charged})`, values: model.values });
  }
  return readListPage<ListedPlan>(db, SOURCE, { ...wish, conditions });
}

/** Currencies that living plans have. */
export function planCurrencies(db: ReadDatabase, organizationId: string): readonly string[] {
  const rows = db
    .select<{ readonly currency: string }>(
      `SELECT DISTINCT "amount_currency" AS "currency" FROM "plans" WHERE "organization_id" = ? AND "parent_id" IS NULL AND "deleted_at" IS NULL
       ORDER BY 1`,
    )
    .all(organizationId);
  return rows.map(({ currency }) => currency);
}

/** Who is on a plan, and what a change of it would touch. */
export interface PlanUse {
  readonly active: number;
  readonly pending: number;
  readonly ended: number;
  readonly customers: number;
  /** Active ones that have prices of their own. */
  readonly activeOnCopies: number;
  /** Drafts that would be computed again. */
  readonly drafts: number;
  /** When the next of its subscriptions is billed; null when none is. */
  readonly nextBillingAtMs: number | null;
}

export function readPlanUse(db: ReadDatabase, planId: string): PlanUse {
  const own = db
    .select<{ active: number; pending: number; ended: number; customers: number; next_billing_at: number | null }>(
      `SELECT COALESCE(SUM("status" = 'active'), 0) AS "active", COALESCE(SUM("status" = 'pending'), 0) AS "pending",
         COALESCE(SUM("status" = 'terminated'), 0) AS "ended",
         COUNT(DISTINCT CASE WHEN "status" = 'active' THEN "customer_id" END) AS "customers",
         MIN(CASE WHEN "status" = 'active' THEN "next_billing_at" END) AS "next_billing_at"
       FROM "subscriptions" WHERE "plan_id" = ?`,
    )
    .get(planId);
  const copies = db
    .select<{ active: number; ended: number }>(
      `SELECT COALESCE(SUM("subscriptions"."status" = 'active'), 0) AS "active", COALESCE(SUM("subscriptions"."status" = 'terminated'), 0) AS "ended"
       FROM "plans" JOIN "subscriptions" ON "subscriptions"."plan_id" = "plans"."id" WHERE "plans"."parent_id" = ?`,
    )
    .get(planId);
  const drafts = db
    .select<{ count: number }>(
      `SELECT COUNT(DISTINCT "invoices"."id") AS "count" FROM "invoices"
       JOIN "invoice_subscriptions" ON "invoice_subscriptions"."invoice_id" = "invoices"."id"
       WHERE "invoices"."status" = 'draft' AND "invoice_subscriptions"."plan_id" = ?`,
    )
    .get(planId);
  return {
    active: own?.active ?? 0,
    pending: own?.pending ?? 0,
    ended: (own?.ended ?? 0) + (copies?.ended ?? 0),
    customers: own?.customers ?? 0,
    activeOnCopies: copies?.active ?? 0,
    drafts: drafts?.count ?? 0,
    nextBillingAtMs: own?.next_billing_at ?? null,
  };
}
