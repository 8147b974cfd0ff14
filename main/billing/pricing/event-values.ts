import { decimal, ONE, sumDecimals, ZERO, type Decimal } from '../../../shared/decimal.ts';
import type { PricedEvent } from '../facts.ts';

/** Consecutive events of one value. */
export interface EventRun {
  readonly value: Decimal;
  readonly count: number;
}

/** The values of the events of one bucket in time order, as the percentage model reads them. */
export interface EventValues {
  readonly count: number;
  /** Sum of the first events, or of all when there are fewer. */
  sumOfFirst(count: number): Decimal;
  /** How many of the first `limit` running totals are strictly below a total. */
  countTotalsBelow(total: Decimal, limit: number): number;
  /** How many events come before the one with which the running total first reaches a total. */
  countUntilReached(total: Decimal): number;
  /** The events after the first `skipped` ones. */
  runsAfter(skipped: number): readonly EventRun[];
}

/** Events of a count: each is 1, so nothing has to be listed. */
export function valuesOfCount(count: number): EventValues {
  const below = (total: Decimal): number => Math.max(total.ceil().toNumber() - 1, 0); // totals 1, 2, … below 15 are 14, below 14.5 too
  return {
    count,
    sumOfFirst: (first) => decimal(Math.min(first, count)),
    countTotalsBelow: (total, limit) => Math.min(below(total), limit, count),
    countUntilReached: (total) => Math.min(below(total), count),
    runsAfter: (skipped) => (skipped < count ? [{ value: ONE, count: count - skipped }] : []),
  };
}

/** Events with values of their own, listed in time order, perhaps with more behind them that are only counted. */
export function valuesOfEvents(events: readonly PricedEvent[], unlistedCount = 0): EventValues {
  return {
    count: events.length + unlistedCount,
    sumOfFirst: (first) => sumDecimals(events.slice(0, first).map(({ value }) => value)),
    countTotalsBelow: (total, limit) => runningTotals(events.slice(0, limit)).filter((running) => running.lt(total)).length,
    countUntilReached: (total) => {
      const index = runningTotals(events).findIndex((running) => running.gte(total));
      return index === -1 ? events.length : index;
    },
    runsAfter: (skipped) => events.slice(skipped).map(({ value }) => ({ value, count: 1 })),
  };
}

/**
 * So many events that share the units evenly, as a calculator imagines them; nothing is listed. Quotients are taken last, so that a third of
 * the units three times is all of them.
 */
export function valuesOfEvenEvents(units: Decimal, count: number): EventValues {
  const before = (total: Decimal): number => {
    if (units.isZero()) return total.gt(ZERO) ? count : 0;
    return Math.min(Math.max(total.times(count).div(units).ceil().toNumber() - 1, 0), count);
  };
  return {
    count,
    sumOfFirst: (first) => (count === 0 ? ZERO : units.times(Math.min(first, count)).div(count)),
    countTotalsBelow: (total, limit) => Math.min(before(total), limit),
    countUntilReached: before,
    runsAfter: (skipped) => (skipped < count ? [{ value: units.div(count), count: count - skipped }] : []),
  };
}

function runningTotals(events: readonly PricedEvent[]): readonly Decimal[] {
  let running = ZERO;
  return events.map(({ value }) => (running = running.plus(value)));
}
