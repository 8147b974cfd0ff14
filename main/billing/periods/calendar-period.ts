import { assertNever } from '../../../shared/assert.ts';
import type { BillingInterval } from '../../../shared/billing-interval.ts';
import type { PlainDate } from '../../../shared/dates.ts';
import type { DatePeriod } from '../facts.ts';

/**
 * The calendar period that holds a day: weeks run Sunday to Saturday, the others start on the first day of fixed months.
 * Days are days of the customer's zone. Rule: subscriptions.md § 2 "Calendar".
 */
export function calendarPeriod(interval: BillingInterval, date: PlainDate): DatePeriod {
  switch (interval) {
    case 'weekly': {
      const start = date.subtract({ days: date.dayOfWeek % 7 }); // Temporal numbers Sunday 7: it stays, Saturday goes back six
      return { start, next: start.add({ days: 7 }) };
    }
    case 'monthly':
      return monthsFrom(date, 1);
    case 'quarterly':
      return monthsFrom(date, 3);
    case 'semiannual':
      return monthsFrom(date, 6);
    case 'yearly':
      return monthsFrom(date, 12);
    default:
      return assertNever(interval, 'billing interval');
  }
}

function monthsFrom(date: PlainDate, months: number): DatePeriod {
  const start = date.with({ day: 1, month: date.month - ((date.month - 1) % months) }); // 2024-05-20, 3 → 2024-04-01
  return { start, next: start.add({ months }) };
}
