import { daysBetween, startOfDay, type Instant, type PlainDate } from '../../../shared/dates.ts';
import { Decimal } from '../../../shared/decimal.ts';
import type { UsageWindow } from '../facts.ts';

const PRORATED_DECIMALS = 5;

/** Days of the window, first and last included: what units held since before it weigh. Rule: pricing.md § 4 "Prorated". */
export function billedDays(window: UsageWindow): number {
  return daysBetween(window.firstDay, window.lastDay) + 1;
}

/** Days from a day of the window to its last one, both included. */
export function daysHeldFrom(day: PlainDate, window: UsageWindow): number {
  return daysBetween(day, window.lastDay) + 1;
}

/**
 * Makes the function that tells the place of an instant's calendar day in the window, 0 for the first day, in the window's time zone. The day
 * of an upgrade, which the window holds only in part and does not bill, comes after the last one.
 */
export function dayIndexReader(window: UsageWindow): (at: Instant) => number {
  const starts = Array.from({ length: billedDays(window) + 1 }, (_, index) => {
    return startOfDay(window.firstDay.add({ days: index }), window.timeZone).epochMilliseconds;
  });
  return (at) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? Infinity) <= at.epochMilliseconds) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}

/**
 * Prorated units: Σ units × days held over the days of the full period, rounded up to 5 decimals. One division of the whole sum,
 * since summing rounded shares would round up more than once. Rule: pricing.md § 4 "Prorated".
 */
export function proratedUnits(unitDays: Decimal, window: UsageWindow): Decimal {
  return unitDays.div(window.fullPeriodDays).toDecimalPlaces(PRORATED_DECIMALS, Decimal.ROUND_CEIL);
}

/** A number of days as a share of the full period. */
export function shareOfPeriod(days: number, window: UsageWindow): Decimal {
  return new Decimal(days).div(window.fullPeriodDays);
}
