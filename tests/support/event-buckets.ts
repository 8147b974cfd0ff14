import { bucketKeyReader, bucketKeyText } from '../../main/billing/aggregation/filter-match.ts';
import { meteredEvent, type UsageEvent } from '../../main/billing/aggregation/metered-event.ts';
import type { BucketKey, ChargeTerms, MeteredEvent } from '../../main/billing/facts.ts';

/** The events of one bucket. */
export interface EventBucket {
  readonly key: BucketKey;
  readonly events: readonly MeteredEvent[];
}

/** Sorts events into the buckets of a charge, leaving out those that its metric does not count; their order is kept. */
export function bucketEvents(charge: ChargeTerms, events: Iterable<UsageEvent>): readonly EventBucket[] {
  const keyOf = bucketKeyReader(charge);
  const buckets = new Map<string, { readonly key: BucketKey; readonly events: MeteredEvent[] }>();
  for (const event of events) {
    const metered = meteredEvent(charge.metric, event);
    if (metered === null) continue;
    const key = keyOf(event.properties);
    const text = bucketKeyText(key);
    const bucket = buckets.get(text) ?? { key, events: [] };
    buckets.set(text, bucket);
    bucket.events.push(metered);
  }
  return [...buckets.values()];
}
