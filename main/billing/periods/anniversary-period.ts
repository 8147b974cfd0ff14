import { assertNever } from '../../../shared/assert.ts';
import type { BillingInterval } from '../../../shared/billing-interval.ts';
import { daysBetween, Temporal, type PlainDate } from '../../../shared/dates.ts';
import type { DatePeriod } from '../facts.ts';

const DAYS_OF_WEEK = 7;

/**
 * The anniversary period that holds a day. Every boundary is counted from the anchor, never from the boundary before it,
 * so a 31st gives 29 Feb, 31 Mar, 30 Apr. Days are days of the customer's zone. Rule: subscriptions.md § 2 "Anniversary".
 */
export function anniversaryPeriod(interval: BillingInterval, anchor: PlainDate, date: PlainDate): DatePeriod {
  const months = monthsOf(interval);
  if (months === null) {
    const weeks = Math.floor(daysBetween(anchor, date) / DAYS_OF_WEEK);
    const start = anchor.add({ days: weeks * DAYS_OF_WEEK });
    return { start, next: start.add({ days: DAYS_OF_WEEK }) };
  }
  const boundary = (k: number): PlainDate => anchor.add({ months: k * months }, { overflow: 'constrain' });
  let k = Math.floor(((date.year - anchor.year) * 12 + date.month - anchor.month) / months);
  if (Temporal.PlainDate.compare(boundary(k), date) > 0) k -= 1; // the boundary of date's own month may still be ahead
  return { start: boundary(k), next: boundary(k + 1) };
}

function monthsOf(interval: BillingInterval): number | null {
  switch (interval) {
    case 'weekly':
      return null;
    case 'monthly':
      return 1;
    case 'quarterly':
      return 3;
    case 'semiannual':
      return 6;
    case 'yearly':
      return 12;
    default:
      return assertNever(interval, 'billing interval');
  }
}
