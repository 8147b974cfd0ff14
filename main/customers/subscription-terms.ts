import { present } from '../../shared/assert.ts';
import type { SubscriptionTerms } from '../billing/facts.ts';
import type { Subscription } from '../database/tables/customers.ts';

/**
 * What the pure billing functions know of a subscription row that has started. `endsBeforeTermination` says that the last second
 * belongs to the row that follows (subscriptions.md § 6).
 */
export function subscriptionTerms(row: Subscription, timeZone: string, endsBeforeTermination = false): SubscriptionTerms {
  return {
    id: row.id,
    externalId: row.externalId,
    billingTime: row.billingTime,
    subscriptionAt: row.subscriptionAt,
    startedAt: present(row.startedAt, 'a subscription that is billed has started'),
    createdAt: row.createdAt,
    terminatedAt: row.terminatedAt,
    endsBeforeTermination,
    trialEndsAt: row.trialEndsAt,
    timeZone,
    chargesBilledUntil: row.chargesBilledUntil,
  };
}
