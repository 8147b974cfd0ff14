import { Temporal } from '../../../shared/dates.ts';
import { meteredEvent, type UsageEvent } from '../../billing/aggregation/metered-event.ts';
import { laterOperation, type UniqueOperation } from '../../billing/aggregation/unique-values.ts';
import { addEvent, emptyPartial, mergePartials, type UsagePartial } from '../../billing/aggregation/usage-partial.ts';
import { present } from '../../../shared/assert.ts';
import type { MeteredEvent, MetricTerms } from '../../billing/facts.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import { readEventsOfCode, type EventSource } from '../read-events.ts';
import { bucketOf, layoutOf, serves, type Layout, type LayoutRow } from './layout.ts';
import { PARTIAL_COLUMNS, partialOfRow, type PartialRow } from './partial-rows.ts';
import {
  cutIntoSlots,
  DAY_MINUTES,
  dayOfQuarterHour,
  eraOfQuarterHour,
  QUARTER_HOUR_MINUTES,
  startOfQuarterHour,
  wholeQuarterHours,
  type SlotRange,
  type TimeRange,
} from './slots.ts';

/** The rollups of one subscription line and metric, and the events that they were made of. */
export interface RollupSource {
  readonly layout: Layout;
  readonly source: EventSource;
}

interface Line {
  readonly id: number;
  /** The earliest slot that has a row. */
  readonly firstSlot: number;
}

/** Value → its last operation. */
export type LastOperations = Map<string, UniqueOperation>;

const READY_LAYOUTS = `SELECT "id", "organization_id", "code", "aggregation_type", "field_name", "expression", "tracked_keys", "status", "built_through", "build_until"
  FROM "usage_layouts" WHERE "organization_id" = ? AND "code" = ? AND "status" = 'ready'`;
const LINE = `SELECT "id", "first_slot" FROM "usage_lines" WHERE "layout_id" = ? AND "external_subscription_id" = ?`;
const SERIES = `SELECT "id", "bucket", "open_slot" FROM "usage_series" WHERE "line_id" = ?`;
// One search for each slot: rows are kept in order of time, those of one line together.
const OF_SLOTS = `WITH RECURSIVE "slots" ("slot") AS (SELECT ? UNION ALL SELECT "slot" + 1 FROM "slots" WHERE "slot" + 1 < ?)`;
const FROM_SLOTS = `FROM "slots" CROSS JOIN "usage_rollups" ON "usage_rollups"."layout_id" = ? AND "usage_rollups"."span" = ?
    AND "usage_rollups"."slot" = "slots"."slot" AND "usage_rollups"."line_id" = ?`;
const PARTIALS = `${OF_SLOTS} SELECT "series_id", ${PARTIAL_COLUMNS} ${FROM_SLOTS}`;
const LAST_SEQUENCE = `${OF_SLOTS} SELECT MAX("last_sequence") AS "last" ${FROM_SLOTS}`;
// SQLite takes the other columns from the row that holds the maximum.
const OPERATIONS = `SELECT "value", MAX("slot") AS "slot", "operation", "at", "sequence" FROM "usage_values"
  WHERE "layout_id" = ? AND "era" = ? AND "series_id" = ? AND "slot" >= ? AND "slot" < ? GROUP BY "value"`;

interface OperationRow {
  readonly value: string;
  readonly operation: 'add' | 'remove';
  readonly at: number;
  readonly sequence: number;
}

/** A layout whose rows are complete and say what is asked for; null while there is none: then the events themselves tell. */
export function findReadyLayout(
  db: ReadDatabase,
  asked: { readonly organizationId: string; readonly metric: MetricTerms; readonly keys: readonly string[] },
): Layout | null {
  const rows = db.select<LayoutRow>(READY_LAYOUTS).all(asked.organizationId, asked.metric.code);
  return rows.map(layoutOf).find((layout) => serves(layout, asked)) ?? null;
}

/** The partial of each bucket in a span of time: whole slots from rollups, ragged edges from the events. */
export function readPartials(db: ReadDatabase, { layout, source }: RollupSource, range: TimeRange): ReadonlyMap<string, UsagePartial> {
  const partials = new Map<string, UsagePartial>();
  const line = findLine(db, layout, source);
  if (line === null) return partials;
  const { slotRanges, raggedEdges } = cutIntoSlots(since(line, range));
  const series = readSeries(db, line);
  const merge = (slots: SlotRange, isWanted: (series: Series) => boolean): void => {
    const rows = db
      .select<PartialRow & { series_id: number }>(PARTIALS)
      .iterate(slots.first, slots.next, layout.id, slots.spanMinutes, line.id);
    for (const row of rows) {
      const of = present(series.get(row.series_id), 'a row of a line belongs to one of its series');
      if (!isWanted(of)) continue;
      const known = partials.get(of.bucket);
      partials.set(of.bucket, known === undefined ? partialOfRow(row) : mergePartials(known, partialOfRow(row)));
    }
  };
  for (const slots of slotRanges) {
    merge(slots, () => true);
    for (const openSlot of openSlotsOf(slots, series.values())) merge(slotRange(openSlot), (of) => of.openSlot === openSlot);
  }
  for (const edge of raggedEdges) {
    for (const [event, counted] of countedEvents(db, source, edge)) {
      const bucket = bucketOf(layout.trackedKeys, event.properties);
      partials.set(bucket, addEvent(partials.get(bucket) ?? emptyPartial(), counted));
    }
  }
  return partials;
}

/** Unique counts: the last operation on each value of each bucket in a span of time. */
export function readLastOperations(
  db: ReadDatabase,
  { layout, source }: RollupSource,
  range: TimeRange,
): ReadonlyMap<string, LastOperations> {
  const buckets = new Map<string, LastOperations>();
  const line = findLine(db, layout, source);
  if (line === null) return buckets;
  const { first, next, raggedEdges } = wholeQuarterHours(since(line, range));
  for (const [seriesId, { bucket }] of readSeries(db, line)) {
    const operations: LastOperations = new Map();
    buckets.set(bucket, operations);
    for (let era = eraOfQuarterHour(first); first < next && era <= eraOfQuarterHour(next - 1); era += 1) {
      for (const { value, operation, at, sequence } of db.select<OperationRow>(OPERATIONS).iterate(layout.id, era, seriesId, first, next)) {
        operations.set(
          value,
          laterOperation(operations.get(value), { operation, at: Temporal.Instant.fromEpochMilliseconds(at), sequence }),
        );
      }
    }
  }
  for (const edge of raggedEdges) {
    for (const [event, counted] of countedEvents(db, source, edge)) {
      const value = present(counted.value, 'an event of a unique count has a value');
      const operations = buckets.get(bucketOf(layout.trackedKeys, event.properties));
      operations?.set(value, laterOperation(operations.get(value), counted));
    }
  }
  return new Map([...buckets].filter(([, operations]) => operations.size > 0));
}

/** Highest arrival number of the counted events of a span of time; null when there are none. */
export function readLastSequence(db: ReadDatabase, { layout, source }: RollupSource, range: TimeRange): number | null {
  const line = findLine(db, layout, source);
  if (line === null) return null;
  const { slotRanges, raggedEdges } = cutIntoSlots(since(line, range));
  const series = readSeries(db, line);
  const withOpen = slotRanges.flatMap((slots) => [slots, ...[...openSlotsOf(slots, series.values())].map(slotRange)]);
  const lasts = withOpen.map(({ spanMinutes, first, next }) => {
    return db.select<{ last: number | null }>(LAST_SEQUENCE).get(first, next, layout.id, spanMinutes, line.id)?.last ?? 0;
  });
  let last = Math.max(0, ...lasts);
  for (const edge of raggedEdges) {
    for (const [event] of countedEvents(db, source, edge)) last = Math.max(last, event.sequence);
  }
  return last === 0 ? null : last;
}

/** The events of a span of time that the metric counts, in time order. */
export function* countedEvents(db: ReadDatabase, source: EventSource, range: TimeRange): Generator<readonly [UsageEvent, MeteredEvent]> {
  for (const event of readEventsOfCode(db, source, range)) {
    const counted = meteredEvent(source.metric, event);
    if (counted !== null) yield [event, counted];
  }
}

function findLine(db: ReadDatabase, layout: Layout, source: EventSource): Line | null {
  const row = db.select<{ id: number; first_slot: number }>(LINE).get(layout.id, source.externalSubscriptionId);
  return row === undefined ? null : { id: row.id, firstSlot: row.first_slot };
}

interface Series {
  readonly bucket: string;
  readonly openSlot: number;
}

/** The series of a line by id. */
function readSeries(db: ReadDatabase, line: Line): ReadonlyMap<number, Series> {
  const rows = db.select<{ id: number; bucket: string; open_slot: number }>(SERIES).all(line.id);
  return new Map(rows.map((row) => [row.id, { bucket: row.bucket, openSlot: row.open_slot }]));
}

/** The open slots that days of this run still miss: each series' latest one is not in its day's row yet. */
function openSlotsOf({ spanMinutes, first, next }: SlotRange, series: Iterable<Series>): ReadonlySet<number> {
  const open = spanMinutes === DAY_MINUTES ? [...series].map((each) => each.openSlot) : [];
  return new Set(open.filter((slot) => dayOfQuarterHour(slot) >= first && dayOfQuarterHour(slot) < next));
}

function slotRange(slot: number): SlotRange {
  return { spanMinutes: QUARTER_HOUR_MINUTES, first: slot, next: slot + 1 };
}

/** The part of a span in which the line has events. */
function since(line: Line, range: TimeRange): TimeRange {
  return { ...range, fromMs: Math.max(range.fromMs, startOfQuarterHour(line.firstSlot)) };
}
