import type { CountedThing, UsedFeature } from '../../shared/internal/telemetry.ts';
import type { ReadDatabase } from './read-database.ts';
import type { Transaction } from './unit-of-work.ts';

// How much there is, and what is used. Nothing here reads a text that somebody wrote into the books.

/** Beyond this a count says the same. */
const MOST = 1_000_000;

const COUNTED: Readonly<Record<CountedThing, string>> = {
  billable_metrics: `"billable_metrics" WHERE "deleted_at" IS NULL`,
  plans: `"plans" WHERE "deleted_at" IS NULL AND "parent_id" IS NULL`,
  customers: `"customers" WHERE "deleted_at" IS NULL`,
  subscriptions: `"subscriptions" WHERE "status" = 'active'`,
  events: `"events"`,
  invoices: `"invoices" WHERE "status" = 'finalized'`,
};

/** Counting a million events would hold the books up: the counter of their rows is near enough. */
const EVENTS = `SELECT COALESCE(MAX("sequence"), 0) AS "count" FROM "events"`;

export function countThings(db: ReadDatabase, thing: CountedThing): number {
  const sql = thing === 'events' ? EVENTS : `SELECT COUNT(*) AS "count" FROM (SELECT 1 FROM ${COUNTED[thing]} LIMIT ${String(MOST)})`;
  return db.select<{ readonly count: number }>(sql).get()?.count ?? 0;
}

const USED: Readonly<Record<UsedFeature, string>> = {
  add_ons: `"add_ons" WHERE "deleted_at" IS NULL`,
  coupons: `"coupons" WHERE "deleted_at" IS NULL`,
  credit_notes: `"credit_notes"`,
  minimum_commitments: `"minimum_commitments"`,
  payment_provider: `"payment_providers"`,
  plan_overrides: `"plans" WHERE "parent_id" IS NOT NULL AND "deleted_at" IS NULL`,
  sample_company: `"workspace_settings" WHERE "name" = 'sample'`,
  taxes: `"taxes" WHERE "deleted_at" IS NULL`,
  wallets: `"wallets"`,
  webhooks: `"webhook_endpoints"`,
};

export function isFeatureUsed(db: ReadDatabase, feature: UsedFeature): boolean {
  return db.select<{ readonly used: number }>(`SELECT EXISTS (SELECT 1 FROM ${USED[feature]}) AS "used"`).get()?.used === 1;
}

/** The charge models of charges that are not deleted. */
export function usedChargeModels(db: ReadDatabase): ReadonlySet<string> {
  const found = db.select<{ readonly model: string }>(
    `SELECT DISTINCT "charge_model" AS "model" FROM "charges" WHERE "deleted_at" IS NULL`,
  );
  return new Set(found.all().map(({ model }) => model));
}

/** Keeps the newest messages. */
export function trimTelemetry(tx: Transaction, kept: number): void {
  tx.statement(`DELETE FROM "telemetry_messages" WHERE "sequence" <= (SELECT MAX("sequence") FROM "telemetry_messages") - ?`).run(kept);
}
