import { customerNameOf } from './lists/customer-name.ts';
import type { ReadDatabase } from './read-database.ts';

// What Home counts. Each question is answered by an index or by a table that stays small.

export interface Example {
  readonly id: string | null;
  readonly label: string;
  readonly count: number | null;
}

export interface Counted {
  readonly count: number;
  readonly examples: readonly Example[];
}

/** Of how many things the names are told. */
const EXAMPLES = 3;

interface Question {
  /** The select list of an example: `id`, `label`, `count`. */
  readonly columns: string;
  readonly from: string;
  readonly where: string;
  readonly order: string;
}

function countWithExamples(db: ReadDatabase, question: Question, values: readonly unknown[]): Counted {
  const { columns, from, where, order } = question;
  const counted = db.select<{ readonly count: number }>(`SELECT COUNT(*) AS "count" FROM ${from} WHERE ${where}`).get(...values);
  const count = counted?.count ?? 0;
  if (count === 0) return { count, examples: [] };
  const examples = db.select<Example>(`SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ${String(EXAMPLES)}`);
  return { count, examples: examples.all(...values) };
}

/** Subscriptions that wait for a person, the latest first. */
export function countParked(db: ReadDatabase, organizationId: string): Counted {
  const question: Question = {
    columns: `"id", COALESCE(NULLIF("name", ''), "external_id") AS "label", NULL AS "count"`,
    from: '"subscriptions"',
    where: `"organization_id" = ? AND "parked_at" IS NOT NULL AND "status" IN ('active', 'pending')`,
    order: '"parked_at" DESC',
  };
  return countWithExamples(db, question, [organizationId]);
}

/** Final invoices whose payment failed, the latest first. */
export function countFailedPayments(db: ReadDatabase, organizationId: string): Counted {
  const question: Question = {
    columns: `"id", "number" AS "label", NULL AS "count"`,
    from: '"invoices"',
    where: `"organization_id" = ? AND "payment_status" = 'failed' AND "status" = 'finalized'`,
    order: '"issuing_date" DESC',
  };
  return countWithExamples(db, question, [organizationId]);
}

/** Invoices of payments that a provider was asked for and said nothing of. */
export function countUncertainPayments(db: ReadDatabase, organizationId: string): Counted {
  const question: Question = {
    columns: `"invoices"."id" AS "id", "invoices"."number" AS "label", NULL AS "count"`,
    from: '"payments" JOIN "invoices" ON "invoices"."id" = "payments"."invoice_id"',
    where: `"payments"."organization_id" = ? AND "payments"."next_try_at" IS NOT NULL AND "payments"."payable_payment_status" = 'pending'
      AND "payments"."sent_at" IS NOT NULL`,
    order: '"payments"."sequence" DESC',
  };
  return countWithExamples(db, question, [organizationId]);
}

/** Drafts, the one that becomes final first at the beginning. */
export function countDrafts(db: ReadDatabase, organizationId: string): Counted {
  const question: Question = {
    columns: `"invoices"."id" AS "id", ${customerNameOf('customers')} AS "label", NULL AS "count"`,
    from: '"invoices" JOIN "customers" ON "customers"."id" = "invoices"."customer_id"',
    where: `"invoices"."organization_id" = ? AND "invoices"."status" = 'draft'`,
    order: '"invoices"."finalize_at"',
  };
  return countWithExamples(db, question, [organizationId]);
}

/** Living metrics without a charge on a living plan. */
export function countUnusedMetrics(db: ReadDatabase, organizationId: string): Counted {
  const question: Question = {
    columns: `"id", "name" AS "label", NULL AS "count"`,
    from: '"billable_metrics"',
    where: `"organization_id" = ? AND "deleted_at" IS NULL AND NOT EXISTS (SELECT 1 FROM "charges" JOIN "plans" ON "plans"."id" = "charges"."plan_id"
      WHERE "charges"."billable_metric_id" = "billable_metrics"."id" AND "charges"."deleted_at" IS NULL AND "plans"."deleted_at" IS NULL)`,
    order: '"sequence" DESC',
  };
  return countWithExamples(db, question, [organizationId]);
}

/** Messages that were given up, by endpoint. */
export function countFailedWebhooks(db: ReadDatabase, organizationId: string): Counted {
  const endpoints = db
    .select<Example & { readonly count: number }>(
      `SELECT "webhook_endpoints"."id" AS "id", COALESCE(NULLIF("name", ''), "webhook_url") AS "label", COUNT(*) AS "count" FROM "webhook_deliveries"
       JOIN "webhook_endpoints" ON "webhook_endpoints"."id" = "endpoint_id"
       WHERE "webhook_deliveries"."status" = 'failed' AND "organization_id" = ? GROUP BY 1 ORDER BY 3 DESC`,
    )
    .all(organizationId);
  return { count: endpoints.reduce((sum, { count }) => sum + count, 0), examples: endpoints.slice(0, EXAMPLES) };
}

/** Events whose code is no metric's, by code; codes that have not come since then are left out. */
export function countUnmatchedEvents(db: ReadDatabase, of: { readonly organizationId: string; readonly sinceMs: number }): Counted {
  const codes = db
    .select<Example & { readonly count: number }>(
      `SELECT NULL AS "id", "event_codes"."code" AS "label", "events_count" AS "count" FROM "event_codes"
       JOIN "events" ON "events"."sequence" = "last_sequence" AND "events"."created_at" >= ?
       WHERE "event_codes"."organization_id" = ? AND NOT EXISTS (SELECT 1 FROM "billable_metrics" WHERE "billable_metrics"."organization_id" = "event_codes"."organization_id"
         AND "billable_metrics"."code" = "event_codes"."code" AND "deleted_at" IS NULL) ORDER BY "events_count" DESC`,
    )
    .all(of.sinceMs, of.organizationId);
  return { count: codes.reduce((sum, { count }) => sum + count, 0), examples: codes.slice(0, EXAMPLES) };
}

/** Whether there is anything of a kind; deleted things count for nothing. */
export function existingThings(db: ReadDatabase, organizationId: string): Readonly<Record<Thing, boolean>> {
  const exists = (sql: string): boolean => db.select(`SELECT 1 FROM ${sql} LIMIT 1`).get(organizationId) !== undefined;
  return {
    metric: exists(`"billable_metrics" WHERE "organization_id" = ? AND "deleted_at" IS NULL`),
    plan: exists(`"plans" WHERE "organization_id" = ? AND "deleted_at" IS NULL AND "parent_id" IS NULL`),
    customer: exists(`"customers" WHERE "organization_id" = ? AND "deleted_at" IS NULL`),
    subscription: exists(`"subscriptions" WHERE "organization_id" = ? AND "status" IN ('active', 'pending')`),
    event: exists(`"events" WHERE "organization_id" = ?`),
    invoice: exists(`"invoices" WHERE "organization_id" = ? AND "status" IN ('draft', 'finalized')`),
  };
}

export type Thing = 'metric' | 'plan' | 'customer' | 'subscription' | 'event' | 'invoice';

/** Customers with active subscriptions, oldest first, and how many each has. */
export function customersWithSubscriptions(
  db: ReadDatabase,
  organizationId: string,
): readonly { readonly customerId: string; readonly subscriptions: number }[] {
  return db
    .select<{ customerId: string; subscriptions: number }>(
      `SELECT "customer_id" AS "customerId", COUNT(*) AS "subscriptions" FROM "subscriptions" WHERE "organization_id" = ? AND "status" = 'active'
       GROUP BY 1 ORDER BY MIN("sequence")`,
    )
    .all(organizationId);
}

export interface NamedCustomer {
  readonly id: string;
  readonly externalId: string;
  readonly name: string;
}

export function namesOfCustomers(db: ReadDatabase, ids: readonly string[]): ReadonlyMap<string, NamedCustomer> {
  const rows = db
    .select<NamedCustomer>(
      `SELECT "id", "external_id" AS "externalId", ${customerNameOf('customers')} AS "name" FROM "customers"
       WHERE "id" IN (SELECT "value" FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The customers of these subscription rows. */
export function customersOfSubscriptions(db: ReadDatabase, ids: readonly string[]): readonly string[] {
  return db
    .select<{ id: string }>(`SELECT DISTINCT "customer_id" AS "id" FROM "subscriptions" WHERE "id" IN (SELECT "value" FROM json_each(?))`)
    .all(JSON.stringify(ids))
    .map(({ id }) => id);
}

/** Arrival of the newest event; 0 without any. */
export function newestEvent(db: ReadDatabase): number {
  return db.select<{ newest: number | null }>(`SELECT MAX("sequence") AS "newest" FROM "events"`).get()?.newest ?? 0;
}

/** Events that arrived after one and up to another. */
export interface ArrivalSpan {
  readonly after: number;
  readonly until: number;
}

/** The customers whose active subscriptions these events are of. */
export function customersOfArrivals(db: ReadDatabase, { after, until }: ArrivalSpan): readonly string[] {
  return db
    .select<{ id: string }>(
      `SELECT DISTINCT "customer_id" AS "id" FROM "subscriptions" WHERE "status" = 'active' AND ("organization_id", "external_id") IN
         (SELECT DISTINCT "organization_id", "external_subscription_id" FROM "events" WHERE "sequence" > ? AND "sequence" <= ?)`,
    )
    .all(after, until)
    .map(({ id }) => id);
}

const HOUR_MS = 3_600_000;

export interface HourCount {
  /** Hours since 1970. */
  readonly hour: number;
  readonly count: number;
}

/** These events by the hour in which they happened. */
export function arrivalsByHour(db: ReadDatabase, { after, until }: ArrivalSpan): readonly HourCount[] {
  return db
    .select<HourCount>(
      `SELECT "timestamp" / ${String(HOUR_MS)} AS "hour", COUNT(*) AS "count" FROM "events" WHERE "sequence" > ? AND "sequence" <= ? GROUP BY 1`,
    )
    .all(after, until);
}

/** Events that happened in an hour and had arrived by then. */
export function countOfHour(
  db: ReadDatabase,
  of: { readonly organizationId: string; readonly hour: number; readonly until: number },
): number {
  const row = db
    .select<{ count: number }>(
      `SELECT COUNT(*) AS "count" FROM "events" WHERE "organization_id" = ? AND "timestamp" >= ? AND "timestamp" < ? AND "sequence" <= ?`,
    )
    .get(of.organizationId, of.hour * HOUR_MS, (of.hour + 1) * HOUR_MS, of.until);
  return row?.count ?? 0;
}
