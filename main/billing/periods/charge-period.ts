import {
  dateIn,
  earlierOf,
  inclusiveEnd,
  isBefore,
  laterDate,
  laterOf,
  startOfDay,
  wholeSecond,
  type Instant,
  type PlainDate,
} from '../../../shared/dates.ts';
import type { SubscriptionTerms, UsageWindow } from '../facts.ts';
import { chargeGrid, lengthInDays, nextBoundary, periodContaining, type GridPlan } from './period-grid.ts';

/** From UTC+14 to UTC-12. */
const LARGEST_SHIFT_HOURS = 26;

/** A charge period of one subscription row: what usage counts, and the pair of instants that the wire shows. */
export interface ChargePeriod {
  readonly window: UsageWindow;
  /** First and last instant, both included as the wire shows them. */
  readonly fromAt: Instant;
  readonly toAt: Instant;
  /** The day after the period in the customer's zone: the date of the invoice that bills it. */
  readonly nextDate: PlainDate;
}

/**
 * The charge period of a subscription row that holds a day of the customer's zone. It starts at the period's first instant, at `started_at`
 * when that is later, or where the charges billed last ended; it ends with the period or with the row. Whole seconds count.
 * Rule: subscriptions.md §§ 2, 4, 10; pricing.md § 2.
 */
export function chargePeriodContaining(subscription: SubscriptionTerms, plan: GridPlan, date: PlainDate): ChargePeriod {
  const period = periodContaining(chargeGrid(subscription, plan), date);
  const zone = subscription.timeZone;
  const gridStart = laterOf(startOfDay(period.start, zone), subscription.startedAt);
  const periodEnd = startOfDay(period.next, zone);
  const fromAt = startsWhereBilled(subscription.chargesBilledUntil, gridStart, periodEnd) ?? gridStart;
  const end = subscription.terminatedAt === null ? periodEnd : earlierOf(periodEnd, endOfRow(subscription, subscription.terminatedAt));
  const endedAt = subscription.terminatedAt !== null && endsInside(subscription.terminatedAt, periodEnd) ? subscription.terminatedAt : null;
  const window: UsageWindow = {
    from: wholeSecond(fromAt),
    end,
    ...(endedAt === null ? {} : { heldUntil: endedAt }),
    timeZone: zone,
    fullPeriodDays: lengthInDays(period),
    firstDay: laterDate(period.start, dateIn(fromAt, zone)),
    lastDay: lastBilledDay(subscription, end),
  };
  return { window, fromAt, toAt: endedAt ?? inclusiveEnd(periodEnd), nextDate: period.next };
}

/** The charge period that holds now: what current usage shows and `current_billing_period_*` names. Rule: pricing.md § 8. */
export function currentChargePeriod(subscription: SubscriptionTerms, plan: GridPlan, now: Instant): ChargePeriod {
  const at = laterOf(now, subscription.startedAt);
  return chargePeriodContaining(subscription, plan, dateIn(at, subscription.timeZone));
}

/** The billing date that follows the start of a row: never the day it started or was made. Rule: subscriptions.md § 11. */
export function firstBillingDate(subscription: SubscriptionTerms, plan: GridPlan): PlainDate {
  const zone = subscription.timeZone;
  return nextBoundary(
    chargeGrid(subscription, plan),
    laterDate(dateIn(subscription.startedAt, zone), dateIn(subscription.createdAt, zone)),
  );
}

/** Where the charges billed last ended, if that is not where the grid says: only a changed time zone moves the two apart. */
function startsWhereBilled(billed: Instant | null, gridStart: Instant, periodEnd: Instant): Instant | null {
  if (billed === null || !isBefore(billed, periodEnd)) return null;
  if (isBefore(gridStart, billed)) return billed; // the zone moved west: the last billed hours have come again
  return billed.until(gridStart, { largestUnit: 'hour' }).hours <= LARGEST_SHIFT_HOURS ? billed : null; // east: hours were left out
}

function endsInside(terminatedAt: Instant, periodEnd: Instant): boolean {
  return terminatedAt.epochMilliseconds < periodEnd.epochMilliseconds;
}

/** The last day that the window bills: at a plan change the day belongs to the new row, whatever the hour. Rule: subscriptions.md § 3. */
function lastBilledDay(subscription: SubscriptionTerms, end: Instant): PlainDate {
  const { terminatedAt, endsBeforeTermination, timeZone } = subscription;
  const isChange = endsBeforeTermination && terminatedAt !== null && wholeSecond(terminatedAt).equals(end);
  const unbilled = isChange ? startOfDay(dateIn(end, timeZone), timeZone) : end;
  return dateIn(inclusiveEnd(unbilled), timeZone);
}

/** The first instant that the row no longer counts: its last second is included, unless the row that follows owns it. */
function endOfRow(subscription: SubscriptionTerms, terminatedAt: Instant): Instant {
  const second = wholeSecond(terminatedAt);
  return subscription.endsBeforeTermination ? second : second.add({ seconds: 1 });
}
