import type { SubscriptionStatus } from '../tables/customers.ts';
import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource, type ListWish } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';
import { customerNameOf, ofCustomersNamed } from './customer-name.ts';

/** A subscription as the screens list it; instants are epoch milliseconds. */
export interface SubscriptionRow {
  readonly id: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly planName: string;
  readonly isOverridden: number;
}

export interface SubscriptionListFilter {
  readonly organizationId: string;
  readonly customerId?: string;
  readonly statuses?: readonly string[];
  /** Also those on a private copy of it. */
  readonly planId?: string;
  /** Planned to end up to then. */
  readonly endingUntilMs?: number;
  readonly isParked?: boolean;
  /** Part of the external id, the name, or the customer's name or external id. */
  readonly search?: string;
}

const CUSTOMER_NAME = customerNameOf('customers');
/** Behind everything that has a date. */
const NEVER_MS = '9007199254740991';

const SOURCE: ListSource = {
  columns: `"subscriptions"."id" AS "id", "subscriptions"."customer_id" AS "customerId", ${CUSTOMER_NAME} AS "customerName",
    "plans"."name" AS "planName", "plans"."parent_id" IS NOT NULL AS "isOverridden"`,
  // Left joins, though each row has both: SQLite leaves out those that a count or an order does not need.
  from: `"subscriptions" LEFT JOIN "customers" ON "customers"."id" = "subscriptions"."customer_id"
    LEFT JOIN "plans" ON "plans"."id" = "subscriptions"."plan_id"`,
  sorts: {
    started: `COALESCE("subscriptions"."started_at", "subscriptions"."subscription_at")`,
    customer: `LOWER(${CUSTOMER_NAME})`,
    plan: `LOWER("plans"."name")`,
    status: `"subscriptions"."status"`,
    external_id: `"subscriptions"."external_id"`,
    next_invoice: `COALESCE("subscriptions"."next_billing_at", ${NEVER_MS})`,
    ending: `COALESCE("subscriptions"."ending_at", ${NEVER_MS})`,
  },
  unique: `"subscriptions"."sequence"`,
};

/** One page of the rows; one row for each plan of a line. */
export function listSubscriptionRows(
  db: ReadDatabase,
  filter: SubscriptionListFilter,
  wish: Omit<ListWish, 'conditions'>,
): ListPage<SubscriptionRow> {
  return readListPage<SubscriptionRow>(db, SOURCE, { ...wish, conditions: conditionsOf(filter) });
}

function conditionsOf(filter: SubscriptionListFilter): readonly ListCondition[] {
  const { customerId, statuses, planId, endingUntilMs, search } = filter;
  const conditions: ListCondition[] = [{ sql: `"subscriptions"."organization_id" = ?`, values: [filter.organizationId] }];
  if (customerId !== undefined) conditions.push({ sql: `"subscriptions"."customer_id" = ?`, values: [customerId] });
  if (statuses !== undefined) conditions.push(isOneOf(`"subscriptions"."status"`, statuses));
  if (planId !== undefined) conditions.push({ sql: `"plans"."id" = ? OR "plans"."parent_id" = ?`, values: [planId, planId] });
  if (endingUntilMs !== undefined) {
    const active: SubscriptionStatus = 'active';
    conditions.push({ sql: `"subscriptions"."status" = ? AND "subscriptions"."ending_at" <= ?`, values: [active, endingUntilMs] });
  }
  if (filter.isParked === true) conditions.push({ sql: `"subscriptions"."parked_at" IS NOT NULL`, values: [] });
  if (search !== undefined) conditions.push(matches(search));
  return conditions;
}

function matches(search: string): ListCondition {
  const own = [`"subscriptions"."external_id"`, `COALESCE("subscriptions"."name", '')`].map((column) => containsText(column, search));
  const each = [...own, ofCustomersNamed(`"subscriptions"."customer_id"`, search)];
  return { sql: each.map(({ sql }) => sql).join(' OR '), values: each.flatMap(({ values }) => values) };
}

/** Every row of a line, oldest first: what the plan was, and what waits. */
export function lineOfSubscription(
  db: ReadDatabase,
  named: { readonly customerId: string; readonly externalId: string },
): readonly string[] {
  return db
    .select<{ readonly id: string }>(`SELECT "id" FROM "subscriptions" WHERE "customer_id" = ? AND "external_id" = ? ORDER BY "sequence"`)
    .all(named.customerId, named.externalId)
    .map(({ id }) => id);
}

/** The failed invoice that stands for what a parked row could not be billed; its retry lets the row go on. */
export function failedInvoiceOfRow(
  db: ReadDatabase,
  subscriptionId: string,
): { readonly id: string; readonly message: string | null } | null {
  const found = db
    .select<{ readonly id: string; readonly message: string | null }>(
      `SELECT "invoices"."id" AS "id", (SELECT "message" FROM "invoice_errors" WHERE "invoice_errors"."invoice_id" = "invoices"."id" LIMIT 1) AS "message"
       FROM "invoices" JOIN "invoice_subscriptions" ON "invoice_subscriptions"."invoice_id" = "invoices"."id"
       WHERE "invoice_subscriptions"."subscription_id" = ? AND "invoices"."status" = 'failed' ORDER BY "invoices"."sequence" DESC LIMIT 1`,
    )
    .get(subscriptionId);
  return found ?? null;
}
