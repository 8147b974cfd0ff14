import { assertNever, present } from '../../../shared/assert.ts';
import { Temporal } from '../../../shared/dates.ts';
import { Decimal, ZERO } from '../../../shared/decimal.ts';
import { mergePartials, type UsagePartial } from '../../billing/aggregation/usage-partial.ts';
import type { AggregationType } from '../../billing/facts.ts';
import type { Transaction } from '../../database/unit-of-work.ts';

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

/** One row of `usage_rollups`. */
export interface RollupKey {
  readonly layoutId: number;
  readonly spanMinutes: number;
  readonly slot: number;
  readonly lineId: number;
  readonly seriesId: number;
}

export const PARTIAL_COLUMNS = `"events_count", "falls_count", "sum", "max", "latest_value", "latest_at", "latest_sequence", "weighted_ms", "precise_amount_cents"`;

const READ = `SELECT ${PARTIAL_COLUMNS} FROM "usage_rollups"
  WHERE "layout_id" = ? AND "span" = ? AND "slot" = ? AND "line_id" = ? AND "series_id" = ?`;
const WRITE = `INSERT INTO "usage_rollups" ("layout_id", "span", "slot", "line_id", "series_id", "last_sequence", ${PARTIAL_COLUMNS})
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET "events_count" = excluded."events_count",
    "last_sequence" = MAX("last_sequence", excluded."last_sequence"), "falls_count" = excluded."falls_count",
    "sum" = excluded."sum", "max" = excluded."max",
    "latest_value" = excluded."latest_value", "latest_at" = excluded."latest_at", "latest_sequence" = excluded."latest_sequence",
    "weighted_ms" = excluded."weighted_ms", "precise_amount_cents" = excluded."precise_amount_cents"`;

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

/** Adds a partial to what a row already holds. */
export function addToRow(
  tx: Transaction,
  key: RollupKey,
  added: { readonly aggregationType: AggregationType; readonly partial: UsagePartial; readonly lastSequence: number },
): void {
  const place = [key.layoutId, key.spanMinutes, key.slot, key.lineId, key.seriesId];
  const known = tx.statement(READ).get(...place) as PartialRow | undefined;
  const partial = known === undefined ? added.partial : mergePartials(partialOfRow(known), added.partial);
  tx.statement(WRITE).run(...place, added.lastSequence, partial.eventsCount, ...amountsOf(added.aggregationType, partial));
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

function decimalOr<Other>(text: string | null, other: Other): Decimal | Other {
  return text === null ? other : new Decimal(text);
}

function textOf(value: Decimal | null | undefined): string | null {
  return value == null ? null : value.toFixed();
}
