import type { ReadDatabase } from '../../database/read-database.ts';
import { storedEventOf, type EventRow } from '../stored-event.ts';
import { readLivingLayouts } from './definitions.ts';
import type { Layout } from './layout.ts';
import { amountsOf, PARTIAL_COLUMNS, type PartialRow, type SlotSum } from './partial-rows.ts';
import { daySums, PendingRollups, type SeriesSums } from './pending-rollups.ts';
import { DAY_MINUTES, QUARTER_HOUR_MINUTES } from './slots.ts';

/** A row that says something else than the events. */
export interface RollupFault {
  readonly code: string;
  /** Which row: subscription line, bucket, span and slot, or the value of a unique count. */
  readonly place: string;
  /** What the events say; null when there should be no row. */
  readonly expected: string | null;
  /** What is kept; null when the row is missing. */
  readonly found: string | null;
}

type Rows = Map<string, string>;

const EVENTS = `SELECT "sequence", "id", "transaction_id", "external_subscription_id", "code", "timestamp", "properties", "precise_total_amount_cents", "created_at"
  FROM "events" WHERE "organization_id" = ? AND "code" = ? ORDER BY "sequence"`;
const OF_LINES = `JOIN "usage_series" ON "usage_series"."id" = "kept"."series_id" JOIN "usage_lines" ON "usage_lines"."id" = "usage_series"."line_id"
  WHERE "kept"."layout_id" = ?`;
const ROLLUPS = `SELECT "external_subscription_id", "bucket", "span", "slot", "last_sequence", ${PARTIAL_COLUMNS} FROM "usage_rollups" AS "kept" ${OF_LINES}`;
const VALUES = `SELECT "external_subscription_id", "bucket", "value", "slot", "operation", "at", "sequence" FROM "usage_values" AS "kept" ${OF_LINES}`;
const SERIES = `SELECT "external_subscription_id", "bucket", "open_slot" AS "slot" FROM "usage_series"
  JOIN "usage_lines" ON "usage_lines"."id" = "usage_series"."line_id" WHERE "usage_lines"."layout_id" = ?`;
const CODES = `SELECT "organization_id", "code", "events_count", "first_sequence", "last_sequence" FROM "event_codes"`;
const COUNTED_CODES = `SELECT "organization_id", "code", COUNT(*) AS "events_count", MIN("sequence") AS "first_sequence", MAX("sequence") AS "last_sequence"
  FROM "events" GROUP BY "organization_id", "code"`;

interface NamedRow {
  readonly external_subscription_id: string;
  readonly bucket: string;
  readonly slot: number;
}

/** Rebuilds in memory, from the events, what is kept of them, and tells every difference. Layouts under construction are left out. */
export function verifyRollups(db: ReadDatabase): readonly RollupFault[] {
  const faults = differences('event_codes', readCodes(db, COUNTED_CODES), readCodes(db, CODES));
  for (const layout of readLivingLayouts(db)) {
    if (layout.status === 'ready') faults.push(...differences(layout.code, expectedRows(db, layout), keptRows(db, layout)));
  }
  return faults;
}

function differences(code: string, expected: Rows, found: Rows): RollupFault[] {
  return [...new Set([...expected.keys(), ...found.keys()])]
    .map((place) => ({ code, place, expected: expected.get(place) ?? null, found: found.get(place) ?? null }))
    .filter((row) => row.expected !== row.found);
}

function expectedRows(db: ReadDatabase, layout: Layout): Rows {
  const pending = new PendingRollups();
  for (const row of db.select<EventRow>(EVENTS).iterate(layout.organizationId, layout.code)) pending.add(layout, storedEventOf(row));
  const rows: Rows = new Map();
  for (const series of pending.sums()) {
    keepSums(rows, { series, spanMinutes: QUARTER_HOUR_MINUTES, sums: series.slots });
    // The latest slot of a series is not in its day's row yet.
    const openSlot = Math.max(...series.slots.keys());
    keepSums(rows, { series, spanMinutes: DAY_MINUTES, sums: daySums([...series.slots].filter(([slot]) => slot !== openSlot)) });
    rows.set(placeOf(series, 'open', 0), String(openSlot));
    for (const [slot, values] of series.operations) {
      for (const [value, last] of values) {
        const place = placeOf(series, `value ${value}`, slot);
        rows.set(place, JSON.stringify([last.operation, last.at.epochMilliseconds, last.sequence]));
      }
    }
  }
  return rows;
}

function keepSums(
  rows: Rows,
  of: { readonly series: SeriesSums; readonly spanMinutes: number; readonly sums: ReadonlyMap<number, SlotSum> },
): void {
  for (const [slot, { partial, lastSequence }] of of.sums) {
    const place = placeOf(of.series, `${String(of.spanMinutes)} minutes`, slot);
    rows.set(place, JSON.stringify([lastSequence, partial.eventsCount, ...amountsOf(of.series.layout.aggregationType, partial)]));
  }
}

function keptRows(db: ReadDatabase, layout: Layout): Rows {
  const rows: Rows = new Map();
  const rollups = db.select<NamedRow & PartialRow & { span: number; last_sequence: number }>(ROLLUPS);
  for (const row of rollups.iterate(layout.id)) {
    const place = placeOf(seriesOf(row), `${String(row.span)} minutes`, row.slot);
    const amounts = [
      row.falls_count,
      row.sum,
      row.max,
      row.latest_value,
      row.latest_at,
      row.latest_sequence,
      row.weighted_ms,
      row.precise_amount_cents,
    ];
    rows.set(place, JSON.stringify([row.last_sequence, row.events_count, ...amounts]));
  }
  for (const row of db.select<NamedRow>(SERIES).iterate(layout.id)) rows.set(placeOf(seriesOf(row), 'open', 0), String(row.slot));
  const values = db.select<NamedRow & { value: string; operation: string; at: number; sequence: number }>(VALUES);
  for (const row of values.iterate(layout.id)) {
    const place = placeOf(seriesOf(row), `value ${row.value}`, row.slot);
    rows.set(place, JSON.stringify([row.operation, row.at, row.sequence]));
  }
  return rows;
}

function placeOf(series: Pick<SeriesSums, 'externalSubscriptionId' | 'bucket'>, part: string, slot: number): string {
  return JSON.stringify([series.externalSubscriptionId, series.bucket, part, slot]);
}

function seriesOf(row: NamedRow): Pick<SeriesSums, 'externalSubscriptionId' | 'bucket'> {
  return { externalSubscriptionId: row.external_subscription_id, bucket: row.bucket };
}

function readCodes(db: ReadDatabase, sql: string): Rows {
  const rows = db.select<Readonly<Record<string, string | number>>>(sql).all();
  return new Map(
    rows.map((row) => [
      JSON.stringify([row['organization_id'], row['code']]),
      JSON.stringify([row['events_count'], row['first_sequence'], row['last_sequence']]),
    ]),
  );
}
