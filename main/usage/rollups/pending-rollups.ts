import { present } from '../../../shared/assert.ts';
import { Temporal, type Instant } from '../../../shared/dates.ts';
import { meteredEvent } from '../../billing/aggregation/metered-event.ts';
import { laterOperation, type UniqueOperation } from '../../billing/aggregation/unique-values.ts';
import { addEvent, emptyPartial } from '../../billing/aggregation/usage-partial.ts';
import type { MetricTerms } from '../../billing/facts.ts';
import type { Transaction } from '../../database/unit-of-work.ts';
import type { StoredEvent } from '../stored-event.ts';
import { bucketOf, countedBy, type Layout } from './layout.ts';
import { addToRow, knownRow, mergeSums, type SlotSum } from './partial-rows.ts';
import { moveOpenSlot, type SeriesIds, type SeriesName, type SeriesPlace } from './series-ids.ts';
import { DAY_MINUTES, dayOfQuarterHour, eraOfQuarterHour, QUARTER_HOUR_MINUTES, quarterHourOf } from './slots.ts';

/** The sums of one series: by slot of 15 minutes, and the last operation on each value in each of them (unique counts only). */
export interface SeriesSums extends SeriesName {
  readonly layout: Layout;
  readonly slots: Map<number, SlotSum>;
  readonly operations: Map<number, Map<string, UniqueOperation>>;
}

const WRITE_VALUE = `INSERT INTO "usage_values" ("layout_id", "era", "series_id", "value", "slot", "operation", "at", "sequence")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET "operation" = excluded."operation", "at" = excluded."at", "sequence" = excluded."sequence"
    WHERE excluded."at" > "at" OR (excluded."at" = "at" AND excluded."sequence" > "sequence")`;

/** Sums events in memory until they are written, so that a row is touched once for all events of a commit that fall into it. */
export class PendingRollups {
  readonly #series = new Map<string, SeriesSums>();
  readonly #metrics = new Map<number, MetricTerms>();
  #lastInstant: Instant | null = null;

  /** Sums one event under a layout of its code; an event that the layout's aggregation does not count changes nothing. */
  add(layout: Layout, event: StoredEvent): void {
    const counted = meteredEvent(this.#metricOf(layout), {
      at: this.#instantOf(event.timestampMs),
      sequence: event.sequence,
      transactionId: event.transactionId,
      properties: event.properties,
      preciseTotalAmountCents: event.preciseTotalAmountCents,
    });
    if (counted === null) return;
    const series = this.#seriesOf(layout, event);
    const number = quarterHourOf(event.timestampMs);
    const { partial, lastSequence } = series.slots.get(number) ?? { partial: emptyPartial(), lastSequence: 0 };
    const isUnique = layout.aggregationType === 'unique_count_agg';
    series.slots.set(number, {
      partial: isUnique ? { ...partial, eventsCount: partial.eventsCount + 1 } : addEvent(partial, counted),
      lastSequence: Math.max(lastSequence, event.sequence),
    });
    if (!isUnique) return;
    const operations = series.operations.get(number) ?? new Map<string, UniqueOperation>();
    series.operations.set(number, operations);
    const value = present(counted.value, 'an event of a unique count has a value');
    operations.set(value, laterOperation(operations.get(value), counted));
  }

  /** What has been summed so far. */
  sums(): Iterable<SeriesSums> {
    return this.#series.values();
  }

  /** Writes what has been summed, and forgets it. */
  flush(tx: Transaction, seriesIds: SeriesIds): void {
    for (const series of this.#series.values()) {
      const slots = [...series.slots.keys()];
      const place = seriesIds.placeOf(tx, series, { first: Math.min(...slots), last: Math.max(...slots) });
      writeSums(tx, series, place);
      writeOperations(tx, series, place);
    }
    this.#series.clear();
  }

  clear(): void {
    this.#series.clear();
  }

  /** Events of one request mostly happened at one instant. */
  #instantOf(timestampMs: number): Instant {
    if (this.#lastInstant?.epochMilliseconds !== timestampMs) this.#lastInstant = Temporal.Instant.fromEpochMilliseconds(timestampMs);
    return this.#lastInstant;
  }

  #metricOf(layout: Layout): MetricTerms {
    const known = this.#metrics.get(layout.id);
    if (known !== undefined) return known;
    const metric = countedBy(layout);
    this.#metrics.set(layout.id, metric);
    return metric;
  }

  #seriesOf(layout: Layout, { externalSubscriptionId, properties }: StoredEvent): SeriesSums {
    const bucket = bucketOf(layout.trackedKeys, properties);
    const key = `${String(layout.id)}\0${externalSubscriptionId}\0${bucket}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const series: SeriesSums = { layout, externalSubscriptionId, bucket, slots: new Map(), operations: new Map() };
    this.#series.set(key, series);
    return series;
  }
}

/** The same sums by UTC day. */
export function daySums(slots: Iterable<readonly [number, SlotSum]>): ReadonlyMap<number, SlotSum> {
  const days = new Map<number, SlotSum>();
  for (const [slot, sum] of slots) {
    const day = dayOfQuarterHour(slot);
    const known = days.get(day);
    days.set(day, known === undefined ? sum : mergeSums(known, sum));
  }
  return days;
}

/**
 * Writes the slots of 15 minutes, and the days of all but the latest one: as long as events fall into it, one row is written for them. When
 * a later slot opens, the whole sum of the one before goes into its day.
 */
function writeSums(tx: Transaction, { layout, slots }: SeriesSums, place: SeriesPlace): void {
  const { openSlot: previous } = place;
  const intoDays = new Map<number, SlotSum>();
  for (const [slot, sum] of slots) {
    addToRow(tx, { layout, place, spanMinutes: QUARTER_HOUR_MINUTES, slot }, sum);
    if (slot > place.openSlot) moveOpenSlot(tx, place, slot);
    intoDays.set(slot, sum);
  }
  if (place.openSlot !== previous) {
    const whole = knownRow(tx, { layout, place, spanMinutes: QUARTER_HOUR_MINUTES, slot: previous });
    if (whole !== null) intoDays.set(previous, whole);
  }
  intoDays.delete(place.openSlot);
  for (const [slot, sum] of daySums(intoDays)) addToRow(tx, { layout, place, spanMinutes: DAY_MINUTES, slot }, sum);
}

function writeOperations(tx: Transaction, { layout, operations }: SeriesSums, place: SeriesPlace): void {
  for (const [slot, values] of operations) {
    const era = eraOfQuarterHour(slot);
    for (const [value, last] of values) {
      tx.statement(WRITE_VALUE).run(layout.id, era, place.seriesId, value, slot, last.operation, last.at.epochMilliseconds, last.sequence);
    }
  }
}
