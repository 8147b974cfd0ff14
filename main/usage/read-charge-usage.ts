import { assertNever, present } from '../../shared/assert.ts';
import { startOfDay, type PlainDate } from '../../shared/dates.ts';
import { Decimal, ONE, ZERO } from '../../shared/decimal.ts';
import {
  aggregateDays,
  aggregateEvents,
  aggregatePartials,
  aggregateUniqueValues,
  aggregationTerms,
  nothingCarried,
  type AggregationTerms,
  type CarriedUsage,
  type DayPartial,
} from '../billing/aggregation/aggregate.ts';
import { mergeUniqueValues, noUniqueValues } from '../billing/aggregation/unique-values.ts';
import { emptyPartial } from '../billing/aggregation/usage-partial.ts';
import type { AggregatedUsage, BucketKey, BucketUsage, ChargeTerms, PricedEvent, UsageWindow } from '../billing/facts.ts';
import { bucketProperties } from '../billing/fees/charge-fee.ts';
import { areFreeOnesUsedUp } from '../billing/pricing/usage-needs.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { TimeRange } from './rollups/slots.ts';
import { mapBuckets, rangeBefore, rangeOf, UsageReader, type Buckets, type CountedEvent, type UsageScope } from './usage-reader.ts';

/** The usage of one charge in one window. */
export interface ChargeUsageRequest extends UsageScope {
  readonly window: UsageWindow;
}

/**
 * What one charge counted in a window, one entry for each bucket with usage, groups in order of their values; the same for billing and for
 * current usage. A charge paid in advance is read like one in arrears: what it holds at the window's end. Rule: pricing.md §§ 1–4, 7.
 */
export function readChargeUsage(db: ReadDatabase, request: ChargeUsageRequest): readonly BucketUsage[] {
  const charge: ChargeTerms = { ...request.charge, payInAdvance: false };
  const reader = new UsageReader(db, { ...request, charge });
  const terms = aggregationTerms(charge, request.window);
  const usage = (terms.needs === 'first_events' ? aggregateFirstEvents(reader, terms, charge) : null) ?? aggregateBuckets(reader, terms);
  return inGroupOrder([...usage.values()].map(({ key, content }) => ({ key, ...content })));
}

/** Highest arrival number of the events that a charge counted in a window; null without any. Recurring metrics count all history. */
export function eventWatermark(db: ReadDatabase, request: ChargeUsageRequest): number | null {
  return new UsageReader(db, request).lastSequence(countedRange(aggregationTerms(request.charge, request.window)));
}

/** The span whose events count for a window. */
function countedRange({ metric, window }: AggregationTerms): TimeRange {
  return metric.recurring ? { ...rangeOf(window), fromMs: 0 } : rangeOf(window);
}

/** What came before the window, bucket by bucket; nothing unless the metric is recurring. */
export function readCarriedUsage(reader: UsageReader, terms: AggregationTerms): Buckets<CarriedUsage> {
  if (!terms.metric.recurring) return new Map();
  const range = rangeBefore(terms.window);
  return terms.metric.aggregationType === 'unique_count_agg'
    ? mapBuckets(reader.lastOperations(range), (values) => ({ ...nothingCarried(), values }))
    : mapBuckets(reader.partials(range), (partial) => ({ ...nothingCarried(), partial }));
}

function aggregateBuckets(reader: UsageReader, terms: AggregationTerms): Buckets<AggregatedUsage> {
  const inside = rangeOf(terms.window);
  switch (terms.needs) {
    case 'totals':
    case 'totals_unless_falls':
      return join(reader.partials(inside), readCarriedUsage(reader, terms), (partial, carried) =>
        aggregatePartials(terms, partial ?? emptyPartial(), carried?.partial),
      );
    case 'unique_values':
      return join(reader.lastOperations(inside), readCarriedUsage(reader, terms), (values, carried) =>
        aggregateUniqueValues(mergeUniqueValues(carried?.values ?? noUniqueValues(), values ?? noUniqueValues())),
      );
    case 'day_totals':
      return join(dayPartials(reader, terms.window), readCarriedUsage(reader, terms), (days, carried) =>
        aggregateDays(terms, days ?? [], carried?.partial ?? emptyPartial()),
      );
    case 'window_events':
      return join(reader.events(inside), readCarriedUsage(reader, terms), (events, carried) =>
        aggregateEvents(terms, events ?? [], carried),
      );
    case 'first_events':
    case 'all_events':
      return mapBuckets(reader.events(countedRange(terms)), (events) => aggregateEvents(terms, events));
    default:
      return assertNever(terms.needs, 'need of a charge');
  }
}

interface ListedBucket {
  readonly key: BucketKey;
  readonly usage: AggregatedUsage;
  readonly listed: PricedEvent[];
  total: Decimal;
  isComplete: boolean;
}

/**
 * Totals, and the first events of each bucket until its free ones are used up: a month of a million transactions is read as far as its
 * allowance goes. Null when a value is negative, which only all events can tell.
 */
function aggregateFirstEvents(reader: UsageReader, terms: AggregationTerms, charge: ChargeTerms): Buckets<AggregatedUsage> | null {
  const totals = join(reader.partials(rangeOf(terms.window)), readCarriedUsage(reader, terms), (inside, carried) => ({
    inside: inside ?? emptyPartial(),
    before: carried?.partial ?? emptyPartial(),
  }));
  if ([...totals.values()].some(({ content: { inside, before } }) => inside.fallsCount + before.fallsCount > 0)) return null;
  const buckets = new Map<string, ListedBucket>();
  for (const [text, { key, content }] of totals) {
    const bucket = { key, usage: aggregatePartials(terms, content.inside, content.before), listed: [], total: ZERO, isComplete: false };
    buckets.set(text, complete(bucket, charge));
  }
  listFirstEvents(reader.counted(countedRange(terms)), buckets, charge);
  return mapBuckets(
    new Map([...buckets].map(([text, { key, ...content }]) => [text, { key, content }])),
    ({ usage, listed }): AggregatedUsage => ({ ...usage, events: listed, unlistedCount: usage.eventsCount - listed.length }),
  );
}

function listFirstEvents(events: Iterable<CountedEvent>, buckets: ReadonlyMap<string, ListedBucket>, charge: ChargeTerms): void {
  let openCount = [...buckets.values()].filter(({ isComplete }) => !isComplete).length;
  if (openCount === 0) return;
  for (const { text, event } of events) {
    const bucket = present(buckets.get(text), 'an event that is counted is in its totals');
    if (bucket.isComplete) continue;
    const value = new Decimal(present(event.value, 'an event of a sum has a value'));
    bucket.listed.push({ value, ratio: ONE });
    bucket.total = bucket.total.plus(value);
    if (complete(bucket, charge).isComplete) openCount -= 1;
    if (openCount === 0) return;
  }
}

function complete(bucket: ListedBucket, charge: ChargeTerms): ListedBucket {
  const { listed, total, usage } = bucket;
  const properties = bucketProperties(charge, bucket.key);
  bucket.isComplete = listed.length === usage.eventsCount || areFreeOnesUsedUp(properties, { count: listed.length, total });
  return bucket;
}

/** The partials of each calendar day of the window's zone, bucket by bucket; days without events are left out. */
function dayPartials(reader: UsageReader, window: UsageWindow): Buckets<readonly DayPartial[]> {
  const buckets = new Map<string, { readonly key: BucketKey; readonly content: DayPartial[] }>();
  for (const { day, range } of daysOf(window)) {
    for (const [text, { key, content: partial }] of reader.partials(range)) {
      const bucket = buckets.get(text) ?? { key, content: [] };
      buckets.set(text, bucket);
      bucket.content.push({ day, partial });
    }
  }
  return buckets;
}

function* daysOf(window: UsageWindow): Generator<{ readonly day: PlainDate; readonly range: TimeRange }> {
  const { fromMs, untilMs } = rangeOf(window);
  const startMs = (day: PlainDate): number => startOfDay(day, window.timeZone).epochMilliseconds;
  for (let day = window.firstDay; day.equals(window.firstDay) || startMs(day) < untilMs; day = day.add({ days: 1 })) {
    const range = {
      fromMs: day.equals(window.firstDay) ? fromMs : startMs(day),
      untilMs: Math.min(startMs(day.add({ days: 1 })), untilMs),
    };
    if (range.fromMs < range.untilMs) yield { day, range };
  }
}

/** The buckets of both, each with what either has for it. */
function join<One, Other, To>(
  one: Buckets<One>,
  other: Buckets<Other>,
  combine: (one: One | undefined, other: Other | undefined) => To,
): Buckets<To> {
  return new Map(
    [...keysOfBoth(one, other)].map(([text, key]) => [text, { key, content: combine(one.get(text)?.content, other.get(text)?.content) }]),
  );
}

/** The keys of the buckets of both, by their text. */
export function keysOfBoth(one: Buckets<unknown>, other: Buckets<unknown>): ReadonlyMap<string, BucketKey> {
  return new Map([...one, ...other].map(([text, { key }]) => [text, key]));
}

/** By the values of the groups, null last, so that the same usage always gives the same order of fees. */
export function inGroupOrder<Keyed extends { readonly key: BucketKey }>(buckets: readonly Keyed[]): readonly Keyed[] {
  return [...buckets].sort((one, other) => compareGroups(Object.values(one.key.groupedBy), Object.values(other.key.groupedBy)));
}

function compareGroups(one: readonly (string | null)[], other: readonly (string | null)[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? null;
    if (value === against) continue;
    if (value === null || against === null) return value === null ? 1 : -1;
    return value < against ? -1 : 1;
  }
  return 0;
}
