import { dateIn, daysBetween, startOfDay, type Instant, type PlainDate } from '../../../shared/dates.ts';
import type { DatePeriod, GridTerms, PlanTerms, SubscriptionTerms } from '../facts.ts';
import { anniversaryPeriod } from './anniversary-period.ts';
import { calendarPeriod } from './calendar-period.ts';

/** The half-open run of days of a grid that holds `date`. Rule: subscriptions.md § 2, `period(date)`. */
export function periodContaining(grid: GridTerms, date: PlainDate): DatePeriod {
  return grid.billingTime === 'calendar' ? calendarPeriod(grid.interval, date) : anniversaryPeriod(grid.interval, grid.anchor, date);
}

/** The first boundary of a grid strictly after a day. */
export function nextBoundary(grid: GridTerms, after: PlainDate): PlainDate {
  return periodContaining(grid, after).next;
}

/** Whether a period of the grid starts on that day. */
export function isBoundary(grid: GridTerms, date: PlainDate): boolean {
  return periodContaining(grid, date).start.equals(date);
}

/**
 * The day of a grid that begins at an instant: as a rule the day that the instant falls on, but where a zone skipped a day, the boundary on the
 * skipped day begins with the day after it (Apia, 30 December 2011). Rule: subscriptions.md §§ 2, 10.
 */
export function boundaryAt(grid: GridTerms, instant: Instant, timeZone: string): PlainDate {
  const date = dateIn(instant, timeZone);
  const skipped = date.subtract({ days: 1 });
  const wasSkipped = startOfDay(skipped, timeZone).equals(instant);
  return wasSkipped && isBoundary(grid, skipped) ? skipped : date;
}

/** Length in days: February 28 or 29, a quarter 90 to 92; never 30 or 365 by convention. Rule: subscriptions.md § 3. */
export function lengthInDays(period: DatePeriod): number {
  return daysBetween(period.start, period.next);
}

/** What the grids need to know of a plan. */
export type GridPlan = Pick<PlanTerms, 'interval' | 'billChargesMonthly'>;

/** The grid of the subscription fee: the plan's interval on the subscription's anchor. */
export function feeGrid(subscription: SubscriptionTerms, plan: GridPlan): GridTerms {
  return {
    interval: plan.interval,
    billingTime: subscription.billingTime,
    anchor: dateIn(subscription.subscriptionAt, subscription.timeZone),
  };
}

/** The grid of usage, whose starts are the billing dates: monthly where the plan bills charges monthly, else the fee grid. */
export function chargeGrid(subscription: SubscriptionTerms, plan: GridPlan): GridTerms {
  const grid = feeGrid(subscription, plan);
  return plan.billChargesMonthly ? { ...grid, interval: 'monthly' } : grid;
}
