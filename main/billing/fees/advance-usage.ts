import { assert, assertNever, present } from '../../../shared/assert.ts';
import { Decimal, decimal, ONE, ZERO } from '../../../shared/decimal.ts';
import type { AggregationTerms, CarriedUsage } from '../aggregation/aggregate.ts';
import { billedDays, dayIndexReader } from '../aggregation/held-days.ts';
import { countActive } from '../aggregation/unique-values.ts';
import type { UsagePartial } from '../aggregation/usage-partial.ts';
import type { MeteredEvent, UsageWindow } from '../facts.ts';

/**
 * What a bucket of a charge paid in advance has come to at some moment of its charge period. The units that are billed are the rises of
 * the level above its high-water mark, so that a fall never refunds and climbing back is free. Rule: pricing.md § 6.
 */
export interface AdvanceUsage {
  readonly window: UsageWindow;
  /** Units held since before the period, where the mark starts: 0 unless the metric is recurring, never below 0. */
  readonly opening: Decimal;
  readonly level: Decimal;
  readonly highWater: Decimal;
  /** Events of the period. */
  readonly eventsCount: number;
  /** Events of all earlier periods; 0 unless the metric is recurring. */
  readonly carriedEventsCount: number;
  /** Σ of the prices that came with the events, in cents with fractions. */
  readonly preciseAmountCents: Decimal;
  /** Σ rise × days from the event's date to the end of the period, both included; null where no charge is prorated. */
  readonly riseDays: Decimal | null;
  /** The rise of each event, in time order; null where only the totals were read. */
  readonly rises: readonly Decimal[] | null;
}

/** The usage of a bucket at the start of its period. */
export function openingAdvanceUsage(terms: AggregationTerms, carried: CarriedUsage): AdvanceUsage {
  const level = carriedLevel(terms, carried);
  const opening = Decimal.max(level, ZERO);
  return {
    window: terms.window,
    opening,
    level,
    highWater: opening,
    eventsCount: 0,
    carriedEventsCount: terms.metric.recurring ? carried.partial.eventsCount : 0,
    preciseAmountCents: ZERO,
    riseDays: terms.prorated ? ZERO : null,
    rises: [],
  };
}

/** The usage after some events of the period, which are in time order. */
export function advanceUsage(terms: AggregationTerms, carried: CarriedUsage, events: readonly MeteredEvent[]): AdvanceUsage {
  const start = openingAdvanceUsage(terms, carried);
  const moves = levelMoves(terms, carried, events);
  const dayIndex = terms.prorated ? dayIndexReader(terms.window) : null;
  const days = billedDays(terms.window);
  const rises: Decimal[] = [];
  let { level, highWater, preciseAmountCents, riseDays } = start;
  for (const [index, event] of events.entries()) {
    level = level.plus(moves[index] ?? ZERO);
    const rise = Decimal.max(level.minus(highWater), ZERO);
    highWater = highWater.plus(rise);
    rises.push(rise);
    preciseAmountCents = preciseAmountCents.plus(event.preciseAmountCents ?? ZERO);
    if (riseDays !== null && dayIndex !== null) riseDays = riseDays.plus(rise.times(days - dayIndex(event.at)));
  }
  return { ...start, level, highWater, eventsCount: events.length, preciseAmountCents, riseDays, rises };
}

/**
 * The usage after the events of a partial, whatever their order: null when there was a fall, since the highest level is then not the last
 * one and the events are needed. Only for counts and sums that are not prorated.
 */
export function advanceUsageOfTotals(terms: AggregationTerms, carried: CarriedUsage, inside: UsagePartial): AdvanceUsage | null {
  assert(!terms.prorated && terms.metric.aggregationType !== 'unique_count_agg', 'totals say nothing of days or of values');
  if (inside.fallsCount > 0) return null;
  const start = openingAdvanceUsage(terms, carried);
  const level = start.level.plus(terms.metric.aggregationType === 'count_agg' ? decimal(inside.eventsCount) : inside.sum);
  const { eventsCount, preciseAmountCents } = inside;
  return { ...start, level, highWater: Decimal.max(start.highWater, level), eventsCount, preciseAmountCents, rises: null };
}

/** The usage after one more event of a count or a sum that is not prorated. */
export function nextAdvanceUsage(terms: AggregationTerms, usage: AdvanceUsage, event: MeteredEvent): AdvanceUsage {
  assert(!terms.prorated && terms.metric.aggregationType !== 'unique_count_agg', 'one event says nothing of days or of values');
  const level = usage.level.plus(event.value === null ? ONE : new Decimal(event.value));
  return {
    ...usage,
    level,
    highWater: Decimal.max(usage.highWater, level),
    eventsCount: usage.eventsCount + 1,
    preciseAmountCents: usage.preciseAmountCents.plus(event.preciseAmountCents ?? ZERO),
    rises: usage.rises === null ? null : [...usage.rises, Decimal.max(level.minus(usage.highWater), ZERO)],
  };
}

function carriedLevel(terms: AggregationTerms, carried: CarriedUsage): Decimal {
  if (!terms.metric.recurring) return ZERO;
  return terms.metric.aggregationType === 'unique_count_agg' ? decimal(countActive(carried.values)) : carried.partial.sum;
}

/** How each event moves the level. */
function levelMoves(terms: AggregationTerms, carried: CarriedUsage, events: readonly MeteredEvent[]): readonly Decimal[] {
  const { aggregationType, recurring } = terms.metric;
  switch (aggregationType) {
    case 'count_agg':
      return events.map(() => ONE);
    case 'sum_agg':
      return events.map((event) => new Decimal(present(event.value, 'an event of a sum has a value')));
    case 'unique_count_agg': {
      const held = recurring ? [...carried.values].filter(([, { operation }]) => operation === 'add') : [];
      return uniqueMoves(new Set(held.map(([value]) => value)), events);
    }
    case 'max_agg':
    case 'latest_agg':
    case 'weighted_sum_agg':
      throw new Error(`broken belief: ${aggregationType} is never paid in advance`);
    default:
      return assertNever(aggregationType, 'aggregation type');
  }
}

function uniqueMoves(active: Set<string>, events: readonly MeteredEvent[]): readonly Decimal[] {
  return events.map(({ value, operation }) => {
    const text = present(value, 'an event of a unique count has a value');
    if (operation === 'remove') return active.delete(text) ? decimal(-1) : ZERO;
    if (active.has(text)) return ZERO;
    active.add(text);
    return ONE;
  });
}
