import type { ReadDatabase } from '../read-database.ts';
import { customerNameOf } from './customer-name.ts';

/** The running subscriptions of a customer that fall due at one instant. */
export interface UpcomingGroup {
  readonly customerId: string;
  readonly externalCustomerId: string;
  readonly customerName: string;
  readonly billingAtMs: number;
  readonly subscriptions: readonly { readonly id: string; readonly externalId: string; readonly name: string }[];
}

/** When a running subscription is billed next: at its end where that comes first. */
const BILLING_AT = `MIN("subscriptions"."next_billing_at", COALESCE("subscriptions"."ending_at", "subscriptions"."next_billing_at"))`;
const RUNNING = `"subscriptions"."organization_id" = ? AND "subscriptions"."status" = 'active' AND "subscriptions"."parked_at" IS NULL
  AND "subscriptions"."next_billing_at" IS NOT NULL`;

const GROUPS = `SELECT "subscriptions"."customer_id" AS "customerId", ${BILLING_AT} AS "billingAtMs" FROM "subscriptions"
  WHERE ${RUNNING} AND (? IS NULL OR "subscriptions"."customer_id" = ?)
  GROUP BY "subscriptions"."customer_id", ${BILLING_AT}`;

interface GroupRow {
  readonly customerId: string;
  readonly billingAtMs: number;
}

/** A page of what falls due next, soonest first. */
export function readUpcomingGroups(
  db: ReadDatabase,
  wish: {
    readonly organizationId: string;
    readonly customerId?: string | undefined;
    readonly after: string | null;
    readonly limit: number;
  },
): { readonly rows: readonly UpcomingGroup[]; readonly next: string | null; readonly total: number } {
  const { organizationId, customerId = null, limit } = wish;
  const [afterMs, afterCustomer] = placeOf(wish.after);
  const found = db
    .select<GroupRow>(`SELECT * FROM (${GROUPS}) WHERE ("billingAtMs", "customerId") > (?, ?) ORDER BY "billingAtMs", "customerId" LIMIT ?`)
    .all(organizationId, customerId, customerId, afterMs, afterCustomer, limit + 1);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const total = db.select<{ count: number }>(`SELECT COUNT(*) AS "count" FROM (${GROUPS})`).get(organizationId, customerId, customerId);
  return {
    rows: rows.map((row) => fillIn(db, organizationId, row)),
    next: found.length > limit && last !== undefined ? `${String(last.billingAtMs)}.${last.customerId}` : null,
    total: total?.count ?? 0,
  };
}

/** What a running subscription falls due with; null for one that is not billed by itself. */
export function readUpcomingGroupOf(db: ReadDatabase, organizationId: string, subscriptionId: string): UpcomingGroup | null {
  const row = db
    .select<GroupRow>(
      `SELECT "subscriptions"."customer_id" AS "customerId", ${BILLING_AT} AS "billingAtMs" FROM "subscriptions"
       WHERE ${RUNNING} AND "subscriptions"."id" = ?`,
    )
    .get(organizationId, subscriptionId);
  return row === undefined ? null : fillIn(db, organizationId, row);
}

function fillIn(db: ReadDatabase, organizationId: string, row: GroupRow): UpcomingGroup {
  const customer = db
    .select<{ externalId: string; name: string }>(
      `SELECT "external_id" AS "externalId", ${customerNameOf('customers')} AS "name" FROM "customers" WHERE "id" = ?`,
    )
    .get(row.customerId);
  const subscriptions = db
    .select<UpcomingGroup['subscriptions'][number]>(
      `SELECT "subscriptions"."id" AS "id", "subscriptions"."external_id" AS "externalId",
         COALESCE(NULLIF("subscriptions"."name", ''), "plans"."name") AS "name"
       FROM "subscriptions" JOIN "plans" ON "plans"."id" = "subscriptions"."plan_id"
       WHERE ${RUNNING} AND "subscriptions"."customer_id" = ? AND ${BILLING_AT} = ? ORDER BY "subscriptions"."sequence"`,
    )
    .all(organizationId, row.customerId, row.billingAtMs);
  return { ...row, externalCustomerId: customer?.externalId ?? '', customerName: customer?.name ?? '', subscriptions };
}

function placeOf(after: string | null): readonly [number, string] {
  const [, ms, customerId] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(after ?? '') ?? [];
  return ms === undefined || customerId === undefined ? [-1, ''] : [Number(ms), customerId];
}
