import { assertNever, present } from '../../../shared/assert.ts';
import { Temporal } from '../../../shared/dates.ts';
import { Decimal, ZERO } from '../../../shared/decimal.ts';
import { emptyPartial, mergePartials, type UsagePartial } from '../../billing/aggregation/usage-partial.ts';
import type { AggregationType } from '../../billing/facts.ts';
import type { Transaction } from '../../database/unit-of-work.ts';
import type { Layout } from './layout.ts';
import type { SeriesPlace } from './series-ids.ts';
import { DAY_MINUTES } from './slots.ts';

/** The amounts of a row of `usage_rollups`, as prepared statements answer it. */
export interface PartialRow {
  readonly events_count: number;
  readonly falls_count: number;
  readonly sum: string | null;
  readonly max: string | null;
  readonly latest_value: string | null;
  readonly latest_at: number | null;
  readonly latest_sequence: number | null;
  readonly weighted_ms: string | null;
  readonly precise_amount_cents: string | null;
}

/** What the events of one series amount to in one slot. */
export interface SlotSum {
  readonly partial: UsagePartial;
  /** Highest arrival number. */
  readonly lastSequence: number;
}

/** One row of `usage_rollups`. */
export interface RowName {
  readonly layout: Pick<Layout, 'id' | 'aggregationType'>;
  readonly place: SeriesPlace;
  readonly spanMinutes: number;
  readonly slot: number;
}

export const PARTIAL_COLUMNS = `"events_count", "falls_count", "sum", "max", "latest_value", "latest_at", "latest_sequence", "weighted_ms", "precise_amount_cents"`;

const READ = `SELECT "last_sequence", ${PARTIAL_COLUMNS} FROM "usage_rollups"
  WHERE "layout_id" = ? AND "span" = ? AND "slot" = ? AND "line_id" = ? AND "series_id" = ?`;
const WRITE = `REPLACE INTO "usage_rollups" ("layout_id", "span", "slot", "line_id", "series_id", "last_sequence", ${PARTIAL_COLUMNS})
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Rows of one series that are remembered: the running quarter of an hour, and a few late ones. */
const MAX_ROWS = 4;

type Amounts = readonly [
  fallsCount: number,
  sum: string | null,
  max: string | null,
  latestValue: string | null,
  latestAt: number | null,
  latestSequence: number | null,
  weightedMs: string | null,
  preciseAmountCents: string | null,
];

export function partialOfRow(row: PartialRow): UsagePartial {
  return {
    eventsCount: row.events_count,
    sum: decimalOr(row.sum, ZERO),
    max: decimalOr(row.max, null),
    fallsCount: row.falls_count,
    latest:
      row.latest_value === null
        ? null
        : {
            value: new Decimal(row.latest_value),
            at: Temporal.Instant.fromEpochMilliseconds(present(row.latest_at, 'a latest value has its time')),
            sequence: present(row.latest_sequence, 'a latest value has its arrival number'),
          },
    weightedMs: decimalOr(row.weighted_ms, ZERO),
    preciseAmountCents: decimalOr(row.precise_amount_cents, ZERO),
  };
}

/** Adds a sum to what a row already holds. */
export function addToRow(tx: Transaction, name: RowName, added: SlotSum): void {
  const { layout, place, spanMinutes, slot } = name;
  const known = knownRow(tx, name);
  const sum = known === null ? added : mergeSums(known, added);
  const amounts = amountsOf(layout.aggregationType, sum.partial);
  tx.statement(WRITE).run(
    layout.id,
    spanMinutes,
    slot,
    place.lineId,
    place.seriesId,
    sum.lastSequence,
    sum.partial.eventsCount,
    ...amounts,
  );
  if (place.rows.size >= MAX_ROWS) place.rows.clear();
  place.rows.set(rowKey(name), { ...sum, partial: askedFor(layout.aggregationType, sum.partial) });
}

/** What a row holds; null when there is none. */
export function knownRow(tx: Transaction, name: RowName): SlotSum | null {
  const remembered = name.place.rows.get(rowKey(name));
  if (remembered !== undefined) return remembered;
  const row = tx.statement(READ).get(name.layout.id, name.spanMinutes, name.slot, name.place.lineId, name.place.seriesId);
  if (row === undefined) return null;
  return { partial: partialOfRow(row as PartialRow), lastSequence: (row as { readonly last_sequence: number }).last_sequence };
}

/** One number for each row of a series. */
function rowKey({ spanMinutes, slot }: Pick<RowName, 'spanMinutes' | 'slot'>): number {
  return slot * 2 + (spanMinutes === DAY_MINUTES ? 1 : 0);
}

export function mergeSums(one: SlotSum, other: SlotSum): SlotSum {
  return { partial: mergePartials(one.partial, other.partial), lastSequence: Math.max(one.lastSequence, other.lastSequence) };
}

/** What each aggregation asks for; the rest is left out, since a row is written for nearly every event. */
export function amountsOf(aggregationType: AggregationType, partial: UsagePartial): Amounts {
  const { sum, max, fallsCount, latest, weightedMs, preciseAmountCents } = partial;
  switch (aggregationType) {
    case 'count_agg':
    case 'unique_count_agg':
      return [0, null, null, null, null, null, null, null];
    case 'sum_agg':
      return [fallsCount, sum.toFixed(), null, null, null, null, null, preciseAmountCents.isZero() ? null : preciseAmountCents.toFixed()];
    case 'max_agg':
      return [0, null, textOf(max), null, null, null, null, null];
    case 'latest_agg':
      return [0, null, null, textOf(latest?.value), latest?.at.epochMilliseconds ?? null, latest?.sequence ?? null, null, null];
    case 'weighted_sum_agg':
      return [0, sum.toFixed(), null, null, null, null, weightedMs.toFixed(), null];
    default:
      return assertNever(aggregationType, 'aggregation type');
  }
}

/** The partial as its row would be read again: without what the aggregation does not ask for. */
function askedFor(aggregationType: AggregationType, partial: UsagePartial): UsagePartial {
  const empty = emptyPartial();
  const { eventsCount, fallsCount, sum, max, latest, weightedMs, preciseAmountCents } = partial;
  return {
    eventsCount,
    fallsCount: aggregationType === 'sum_agg' ? fallsCount : 0,
    sum: aggregationType === 'sum_agg' || aggregationType === 'weighted_sum_agg' ? sum : empty.sum,
    max: aggregationType === 'max_agg' ? max : null,
    latest: aggregationType === 'latest_agg' ? latest : null,
    weightedMs: aggregationType === 'weighted_sum_agg' ? weightedMs : empty.weightedMs,
    preciseAmountCents: aggregationType === 'sum_agg' ? preciseAmountCents : empty.preciseAmountCents,
  };
}

function decimalOr<Other>(text: string | null, other: Other): Decimal | Other {
  return text === null ? other : new Decimal(text);
}

function textOf(value: Decimal | null | undefined): string | null {
  return value == null ? null : value.toFixed();
}
