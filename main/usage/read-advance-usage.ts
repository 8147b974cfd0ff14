import type { CurrencyCode } from '../../shared/currency.ts';
import { aggregationTerms, nothingCarried, type AggregationTerms, type CarriedUsage } from '../billing/aggregation/aggregate.ts';
import { bucketKeyText } from '../billing/aggregation/filter-match.ts';
import { meteredEvent, type UsageEvent } from '../billing/aggregation/metered-event.ts';
import { compareInTime, emptyPartial, mergePartials, partialOf, type UsagePartial } from '../billing/aggregation/usage-partial.ts';
import { advanceEvent, advanceFee, type AdvanceBucket, type AdvanceEvent } from '../billing/fees/advance-fee.ts';
import { advanceUsage, advanceUsageOfTotals, nextAdvanceUsage } from '../billing/fees/advance-usage.ts';
import type { BucketKey, ChargeFeeDraft, MeteredEvent } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { inGroupOrder, keysOfBoth, readCarriedUsage, type ChargeUsageRequest } from './read-charge-usage.ts';
import { rangeOf, UsageReader } from './usage-reader.ts';

/** The fee of one event of a charge paid in advance. */
export interface AdvanceFeeRequest extends ChargeUsageRequest {
  readonly currency: CurrencyCode;
  readonly event: UsageEvent;
}

/** What the buckets of a charge paid in advance have come to in a window: level and high-water mark. Rule: pricing.md §§ 6, 8. */
export function readAdvanceUsage(db: ReadDatabase, request: ChargeUsageRequest): readonly AdvanceBucket[] {
  const reader = new UsageReader(db, request);
  const terms = aggregationTerms(request.charge, request.window);
  const carried = readCarriedUsage(reader, terms);
  const fromTotals = terms.needs === 'window_events' ? null : usageOfTotals(reader, terms, carried);
  return inGroupOrder(fromTotals ?? usageOfEvents(reader, terms, carried));
}

/**
 * The fee of an event: what its bucket costs up to and including it less the same without it. The event may be stored already or not: it is not
 * counted twice. Null when its metric does not count it. Rule: pricing.md § 6.
 */
export function advanceFeeDraft(db: ReadDatabase, request: AdvanceFeeRequest): ChargeFeeDraft | null {
  const { charge, window, event, currency } = request;
  const counted = meteredEvent(charge.metric, event);
  if (counted === null) return null;
  const reader = new UsageReader(db, request);
  const terms = aggregationTerms(charge, window);
  const key = reader.bucketKey(event.properties);
  const place: EventPlace = { key, text: bucketKeyText(key), event: counted };
  const carried = readCarriedUsage(reader, terms).get(place.text)?.content ?? nothingCarried();
  const usages =
    (terms.needs === 'window_events' ? null : fromTotals(reader, terms, { place, carried })) ??
    fromEvents(reader, terms, { place, carried });
  return advanceFee(charge, usages, currency);
}

type CarriedBuckets = ReturnType<typeof readCarriedUsage>;

interface EventPlace {
  readonly key: BucketKey;
  /** Text of the key. */
  readonly text: string;
  readonly event: MeteredEvent;
}

interface PlacedEvent {
  readonly place: EventPlace;
  readonly carried: CarriedUsage;
}

/** Null when some bucket fell: then only the events tell how high it was. */
function usageOfTotals(reader: UsageReader, terms: AggregationTerms, carried: CarriedBuckets): readonly AdvanceBucket[] | null {
  const inside = reader.partials(rangeOf(terms.window));
  const buckets: AdvanceBucket[] = [];
  for (const [text, key] of keysOfBoth(carried, inside)) {
    const usage = advanceUsageOfTotals(terms, carried.get(text)?.content ?? nothingCarried(), inside.get(text)?.content ?? emptyPartial());
    if (usage === null) return null;
    buckets.push({ key, usage });
  }
  return buckets;
}

function usageOfEvents(reader: UsageReader, terms: AggregationTerms, carried: CarriedBuckets): readonly AdvanceBucket[] {
  const inside = reader.events(rangeOf(terms.window));
  return [...keysOfBoth(carried, inside)].map(([text, key]) => ({
    key,
    usage: advanceUsage(terms, carried.get(text)?.content ?? nothingCarried(), inside.get(text)?.content ?? []),
  }));
}

/** From totals while nothing fell: those of all that came before the event, in time and then in arrival. */
function fromTotals(reader: UsageReader, terms: AggregationTerms, { place, carried }: PlacedEvent): AdvanceEvent | null {
  const before = advanceUsageOfTotals(terms, carried, partialBefore(reader, terms, place));
  return before === null ? null : { key: place.key, before, after: nextAdvanceUsage(terms, before, place.event) };
}

/**
 * What the event's bucket came to before it. As a rule the event is the last one in time: then whole rollups tell, without the event itself,
 * however many events its quarter of an hour holds.
 */
function partialBefore(reader: UsageReader, terms: AggregationTerms, { text, event }: EventPlace): UsagePartial {
  const { fromMs, untilMs } = rangeOf(terms.window);
  const atMs = event.at.epochMilliseconds;
  const last = reader.lastEvent({ fromMs: atMs, untilMs });
  const isLast = last === null || last.sequence === event.sequence || compareInTime(last, event) < 0;
  if (isLast) {
    const all = reader.partials({ fromMs, untilMs }).get(text)?.content ?? emptyPartial();
    return last?.sequence === event.sequence ? withoutEvent(all, event) : all;
  }
  const sameInstant = reader.events({ fromMs: atMs, untilMs: atMs + 1 }).get(text)?.content ?? [];
  const earlier = sameInstant.filter(({ sequence }) => sequence < event.sequence);
  return mergePartials(reader.partials({ fromMs, untilMs: atMs }).get(text)?.content ?? emptyPartial(), partialOf(earlier));
}

/** A count or a sum less one of its events; what cannot be taken back is left out, since nothing here asks for it. */
function withoutEvent(partial: UsagePartial, event: MeteredEvent): UsagePartial {
  const own = partialOf([event]);
  return {
    ...emptyPartial(),
    eventsCount: partial.eventsCount - 1,
    fallsCount: partial.fallsCount - own.fallsCount,
    sum: partial.sum.minus(own.sum),
    preciseAmountCents: partial.preciseAmountCents.minus(own.preciseAmountCents),
  };
}

/** From the events themselves, up to and including this one. */
function fromEvents(reader: UsageReader, terms: AggregationTerms, { place, carried }: PlacedEvent): AdvanceEvent {
  const { fromMs } = rangeOf(terms.window);
  const read = reader.events({ fromMs, untilMs: place.event.at.epochMilliseconds + 1 }).get(place.text)?.content ?? [];
  const before = read.filter((event) => compareInTime(event, place.event) < 0);
  return advanceEvent(terms, place.key, { carried, events: [...before, place.event] });
}
