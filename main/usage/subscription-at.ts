import type { ReadDatabase } from '../database/read-database.ts';

/** Which row of a subscription line an event belongs to, and whose it is. */
export interface SubscriptionAt {
  readonly subscriptionId: string;
  readonly customerId: string;
}

const ROW = `SELECT "id" AS "subscriptionId", "customer_id" AS "customerId" FROM "subscriptions"
  WHERE "organization_id" = ? AND "external_id" = ? AND "status" IN ('active', 'terminated')
    AND "started_at" < ? AND ("terminated_at" IS NULL OR "terminated_at" >= ?)
  ORDER BY "started_at" DESC, "sequence" DESC LIMIT 1`;

/**
 * The row that covers an event's timestamp, compared in whole seconds; null when none does. At a plan change that second belongs to
 * the new row. Rule: api.md § 7.
 */
export function subscriptionAt(
  db: ReadDatabase,
  event: { readonly organizationId: string; readonly externalSubscriptionId: string; readonly timestampMs: number },
): SubscriptionAt | null {
  const secondMs = Math.floor(event.timestampMs / 1000) * 1000;
  return db.select<SubscriptionAt>(ROW).get(event.organizationId, event.externalSubscriptionId, secondMs + 1000, secondMs) ?? null;
}
