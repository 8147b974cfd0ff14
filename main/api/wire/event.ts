import { formatEpochMs, type EventAnswer } from '../../../shared/wire/event.ts';
import type { ListedEvent, StoredEvent } from '../../usage/index.ts';

/** An event as it is acknowledged: whose it is is not looked up. */
export function serializeEvent(event: StoredEvent): EventAnswer {
  return {
    lago_id: event.id,
    transaction_id: event.transactionId,
    lago_customer_id: null,
    code: event.code,
    timestamp: formatEpochMs(event.timestampMs),
    precise_total_amount_cents: event.preciseTotalAmountCents,
    properties: event.properties,
    lago_subscription_id: null,
    external_subscription_id: event.externalSubscriptionId,
    // Whole seconds: `2023-03-06T10:00:00Z`.
    created_at: `${formatEpochMs(event.createdAtMs).slice(0, 19)}Z`,
  };
}

/** An event as it is read later, with the subscription that it turned out to belong to. */
export function serializeListedEvent({ event, subscription }: ListedEvent): EventAnswer {
  return {
    ...serializeEvent(event),
    lago_customer_id: subscription?.customerId ?? null,
    lago_subscription_id: subscription?.subscriptionId ?? null,
  };
}
