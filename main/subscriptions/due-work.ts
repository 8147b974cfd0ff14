import { Temporal, type Instant } from '../../shared/dates.ts';
import type { ReadDatabase } from '../database/read-database.ts';

/** What can fall due, in the order in which it is taken at the same instant. Rule: subscriptions.md § 11. */
export type DueKind =
  | 'coupon_expiry'
  | 'wallet_expiry'
  | 'ending'
  | 'switch'
  | 'periodic'
  | 'start'
  | 'trial'
  | 'alert'
  | 'grace'
  | 'overdue'
  | 'wallet_top_up'
  | 'wallet_sync';

export interface DueWork {
  readonly kind: DueKind;
  readonly at: Instant;
  /** The coupon, the wallet or its rule, the subscription or the invoice. */
  readonly id: string;
}

/**
 * For each kind: the first row that is due, by instant, then by creation. Parked rows wait for a person. The plus keeps SQLite, which has no
 * statistics, on the index of what is due: it would walk the whole organization otherwise.
 */
const QUERIES: readonly { readonly kind: DueKind; readonly sql: string }[] = [
  {
    kind: 'coupon_expiry',
    sql: `SELECT "id", "expiration_at" AS "at" FROM "coupons" WHERE "terminated_at" IS NULL AND "deleted_at" IS NULL
          AND "expiration_at" IS NOT NULL AND "expiration_at" <= ? AND "organization_id" = ? ORDER BY "expiration_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'wallet_expiry',
    sql: `SELECT "id", "expiration_at" AS "at" FROM "wallets" WHERE "status" = 'active' AND "expiration_at" IS NOT NULL
          AND "expiration_at" <= ? AND +"organization_id" = ? ORDER BY "expiration_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'ending',
    sql: `SELECT "id", "ending_at" AS "at" FROM "subscriptions" WHERE "status" = 'active' AND "ending_at" IS NOT NULL AND "ending_at" <= ?
          AND "parked_at" IS NULL AND +"organization_id" = ? ORDER BY "ending_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'switch',
    sql: `SELECT "id", "next_billing_at" AS "at" FROM "subscriptions" WHERE "status" = 'pending' AND "next_billing_at" <= ?
          AND "previous_id" IS NOT NULL AND "parked_at" IS NULL AND +"organization_id" = ? ORDER BY "next_billing_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'periodic',
    sql: `SELECT "id", "next_billing_at" AS "at" FROM "subscriptions" WHERE "status" = 'active' AND "parked_at" IS NULL
          AND "next_billing_at" <= ? AND +"organization_id" = ? ORDER BY "next_billing_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'start',
    sql: `SELECT "id", "next_billing_at" AS "at" FROM "subscriptions" WHERE "status" = 'pending' AND "next_billing_at" <= ?
          AND "previous_id" IS NULL AND "parked_at" IS NULL AND +"organization_id" = ? ORDER BY "next_billing_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'trial',
    sql: `SELECT "id", "trial_ends_at" AS "at" FROM "subscriptions" WHERE "status" = 'active' AND "trial_ended_at" IS NULL
          AND "trial_ends_at" IS NOT NULL AND "trial_ends_at" <= ? AND "parked_at" IS NULL AND +"organization_id" = ?
          ORDER BY "trial_ends_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'alert',
    sql: `SELECT "id", "next_alert_at" AS "at" FROM "subscriptions" WHERE "status" = 'active' AND "next_alert_at" IS NOT NULL
          AND "next_alert_at" <= ? AND "parked_at" IS NULL AND +"organization_id" = ? ORDER BY "next_alert_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'grace',
    sql: `SELECT "id", "finalize_at" AS "at" FROM "invoices" WHERE "status" = 'draft' AND "finalize_at" <= ? AND +"organization_id" = ?
          ORDER BY "finalize_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'overdue',
    sql: `SELECT "id", "overdue_at" AS "at" FROM "invoices" WHERE "overdue_at" IS NOT NULL AND "overdue_at" <= ? AND +"organization_id" = ?
          ORDER BY "overdue_at", "sequence" LIMIT 1`,
  },
  {
    kind: 'wallet_top_up',
    sql: `SELECT "recurring_transaction_rules"."id" AS "id", "next_at" AS "at" FROM "recurring_transaction_rules"
          JOIN "wallets" ON "wallets"."id" = "wallet_id" WHERE "next_at" IS NOT NULL AND "next_at" <= ? AND +"wallets"."organization_id" = ?
          ORDER BY "next_at", "recurring_transaction_rules"."sequence" LIMIT 1`,
  },
  {
    // After everything else of the same instant: it looks at what is left.
    kind: 'wallet_sync',
    sql: `SELECT "id", "sync_at" AS "at" FROM "wallets" WHERE "status" = 'active' AND "sync_at" IS NOT NULL AND "sync_at" <= ?
          AND +"organization_id" = ? ORDER BY "sync_at", "sequence" LIMIT 1`,
  },
];

/** The work that falls due first, at or before `until`; null when there is none. */
export function nextDueWork(db: ReadDatabase, organizationId: string, until: Instant): DueWork | null {
  let first: DueWork | null = null;
  for (const { kind, sql } of QUERIES) {
    const row = db.select<{ id: string; at: number }>(sql).get(until.epochMilliseconds, organizationId);
    if (row === undefined || (first !== null && row.at >= first.at.epochMilliseconds)) continue;
    first = { kind, id: row.id, at: Temporal.Instant.fromEpochMilliseconds(row.at) };
  }
  return first;
}
