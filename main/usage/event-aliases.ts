import { VALUE_IS_MANDATORY } from '../../shared/wire/error-codes.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { AliasReading, RawEvent } from './event-input.ts';

/**
 * Whom an event without `external_subscription_id` is for, by the names of 2022: `subscription_id` is an external id, else our own id of
 * a subscription; a customer alone stands for its only active subscription. Rule: api.md § 7.
 */
export function resolveEventAlias(db: ReadDatabase, organizationId: string, raw: RawEvent): AliasReading {
  const subscriptionId = aliasText(raw['subscription_id']);
  if (subscriptionId !== null) return { externalSubscriptionId: externalIdOf(db, organizationId, subscriptionId) };
  const customerId = aliasText(raw['external_customer_id']) ?? aliasText(raw['customer_id']);
  if (customerId === null) return { errors: { external_subscription_id: [VALUE_IS_MANDATORY] } };
  const [only, second] = activeSubscriptionsOf(db, organizationId, customerId);
  if (only === undefined || second !== undefined) return { errors: { subscription_id: [VALUE_IS_MANDATORY] } };
  return { externalSubscriptionId: only };
}

function externalIdOf(db: ReadDatabase, organizationId: string, subscriptionId: string): string {
  const isExternal = db
    .select('SELECT 1 FROM "subscriptions" WHERE "organization_id" = ? AND "external_id" = ? LIMIT 1')
    .get(organizationId, subscriptionId);
  if (isExternal !== undefined) return subscriptionId;
  const own = db
    .select<{ external_id: string }>('SELECT "external_id" FROM "subscriptions" WHERE "organization_id" = ? AND "id" = ?')
    .get(organizationId, subscriptionId);
  return own?.external_id ?? subscriptionId;
}

/** At most two: more than one is as bad as many. */
function activeSubscriptionsOf(db: ReadDatabase, organizationId: string, customerId: string): readonly string[] {
  return db
    .select<{ external_id: string }>(
      `SELECT "subscriptions"."external_id" FROM "subscriptions" JOIN "customers" ON "customers"."id" = "subscriptions"."customer_id"
        WHERE "subscriptions"."organization_id" = ? AND "subscriptions"."status" = 'active'
          AND ("customers"."external_id" = ? OR "customers"."id" = ?) AND "customers"."deleted_at" IS NULL LIMIT 2`,
    )
    .all(organizationId, customerId, customerId)
    .map((row) => row.external_id);
}

function aliasText(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\0') ? value : null;
}
