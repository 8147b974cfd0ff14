import { bucketKeyReader, bucketKeyText } from '../billing/aggregation/filter-match.ts';
import { meteredEvent } from '../billing/aggregation/metered-event.ts';
import type { EventProperties } from '../billing/aggregation/property-text.ts';
import { mergeUniqueValues, uniqueValuesOf, type UniqueValues } from '../billing/aggregation/unique-values.ts';
import { addEvent, emptyPartial, mergePartials, type UsagePartial } from '../billing/aggregation/usage-partial.ts';
import type { BucketKey, ChargeTerms, MeteredEvent, UsageWindow } from '../billing/facts.ts';
import { pricingGroupKeys } from '../billing/pricing/charge-properties.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { readEventsOfCode, readLastEvent, type EventSource, type PlacedInTime } from './read-events.ts';
import { propertiesOfBucket, type Layout } from './rollups/layout.ts';
import { findReadyLayout, readLastOperations, readLastSequence, readPartials } from './rollups/read-rollups.ts';
import type { TimeRange } from './rollups/slots.ts';

/** Whose usage of which charge. */
export interface UsageScope {
  readonly organizationId: string;
  readonly externalSubscriptionId: string;
  readonly charge: ChargeTerms;
}

/** One bucket of a charge with what was read for it. */
export interface Bucket<Content> {
  readonly key: BucketKey;
  readonly content: Content;
}

/** An event that its metric counts, and where it belongs. */
export interface CountedEvent {
  /** Text of the bucket's key. */
  readonly text: string;
  readonly key: BucketKey;
  readonly event: MeteredEvent;
}

/** Buckets by the text of their key. */
export type Buckets<Content> = ReadonlyMap<string, Bucket<Content>>;

/**
 * Reads the usage of one charge sorted into its buckets: from rollups where a layout serves the charge, else, with the same outcome, from
 * the events. Everything is synchronous: one call sees one state of the books.
 */
export class UsageReader {
  readonly #db: ReadDatabase;
  readonly #source: EventSource;
  readonly #layout: Layout | null;
  readonly #keyOf: (properties: EventProperties) => BucketKey;

  constructor(db: ReadDatabase, { organizationId, externalSubscriptionId, charge }: UsageScope) {
    this.#db = db;
    this.#source = { organizationId, externalSubscriptionId, metric: charge.metric };
    this.#layout = findReadyLayout(db, { organizationId, metric: charge.metric, keys: keysOf(charge) });
    this.#keyOf = bucketKeyReader(charge);
  }

  /** The bucket that an event with these properties belongs to. */
  bucketKey(properties: EventProperties): BucketKey {
    return this.#keyOf(properties);
  }

  /** What the counted events of each bucket add up to. Not for unique counts. */
  partials(range: TimeRange): Buckets<UsagePartial> {
    if (this.#layout !== null) {
      return this.#byCharge(readPartials(this.#db, { layout: this.#layout, source: this.#source }, range), mergePartials);
    }
    const partials = new Map<string, Bucket<UsagePartial>>();
    for (const { text, key, event } of this.counted(range)) {
      partials.set(text, { key, content: addEvent(partials.get(text)?.content ?? emptyPartial(), event) });
    }
    return partials;
  }

  /** Unique counts: the last operation on each value of each bucket. */
  lastOperations(range: TimeRange): Buckets<UniqueValues> {
    if (this.#layout !== null) {
      const read = readLastOperations(this.#db, { layout: this.#layout, source: this.#source }, range);
      return this.#byCharge<UniqueValues>(read, mergeUniqueValues);
    }
    return mapBuckets(this.events(range), uniqueValuesOf);
  }

  /** The counted events of each bucket in time order. */
  events(range: TimeRange): Buckets<readonly MeteredEvent[]> {
    const buckets = new Map<string, Bucket<MeteredEvent[]>>();
    for (const { text, key, event } of this.counted(range)) {
      const bucket = buckets.get(text) ?? { key, content: [] };
      buckets.set(text, bucket);
      bucket.content.push(event);
    }
    return buckets;
  }

  /** The last event of the metric's code in a span of time, counted or not; null without any. */
  lastEvent(range: TimeRange): PlacedInTime | null {
    return readLastEvent(this.#db, this.#source, range);
  }

  /** Highest arrival number of the counted events, whatever their bucket; null without any. */
  lastSequence(range: TimeRange): number | null {
    if (this.#layout !== null) return readLastSequence(this.#db, { layout: this.#layout, source: this.#source }, range);
    let last: number | null = null;
    for (const { event } of this.counted(range)) last = Math.max(last ?? 0, event.sequence);
    return last;
  }

  /** The counted events one by one, in time order: whoever has seen enough may stop. */
  *counted(range: TimeRange): Generator<CountedEvent> {
    for (const stored of readEventsOfCode(this.#db, this.#source, range)) {
      const event = meteredEvent(this.#source.metric, stored);
      if (event === null) continue;
      const key = this.#keyOf(stored.properties);
      yield { text: bucketKeyText(key), key, event };
    }
  }

  #byCharge<Content>(series: ReadonlyMap<string, Content>, merge: (one: Content, other: Content) => Content): Buckets<Content> {
    const buckets = new Map<string, Bucket<Content>>();
    for (const [bucket, content] of series) {
      const key = this.#keyOf(propertiesOfBucket(this.#layout?.trackedKeys ?? [], bucket));
      const text = bucketKeyText(key);
      const known = buckets.get(text);
      buckets.set(text, { key, content: known === undefined ? content : merge(known.content, content) });
    }
    return buckets;
  }
}

/** The counted span of a window. */
export function rangeOf(window: UsageWindow): TimeRange {
  return { fromMs: window.from.epochMilliseconds, untilMs: window.end.epochMilliseconds };
}

/** All that came before a window. */
export function rangeBefore(window: UsageWindow): TimeRange {
  return { fromMs: 0, untilMs: window.from.epochMilliseconds };
}

export function mapBuckets<From, To>(buckets: Buckets<From>, map: (content: From) => To): Buckets<To> {
  return new Map([...buckets].map(([text, { key, content }]) => [text, { key, content: map(content) }]));
}

/** The event properties that a charge sorts by. */
function keysOf(charge: ChargeTerms): readonly string[] {
  const ofFilters = charge.filters.flatMap((filter) => [...Object.keys(filter.values), ...pricingGroupKeys(filter.properties)]);
  return [...ofFilters, ...pricingGroupKeys(charge.properties)];
}
