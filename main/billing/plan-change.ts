import { PAYMENTS_PER_YEAR } from '../../shared/billing-interval.ts';
import { dateIn, daysBetween, laterDate, Temporal, type PlainDate } from '../../shared/dates.ts';
import { Decimal, decimal } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import type { PlanTerms, SubscriptionTerms } from './facts.ts';
import { feeGrid, lengthInDays, periodContaining, trialEndDate } from './periods/index.ts';

/** Whether a change to `next` is an upgrade: dearer or equal by the year; charges do not matter. Rule: subscriptions.md § 7. */
export function isUpgrade(current: PlanTerms, next: PlanTerms): boolean {
  return yearlyAmount(next) >= yearlyAmount(current);
}

/** Amount × 52, 12, 4, 2 or 1, in cents. */
export function yearlyAmount(plan: PlanTerms): bigint {
  return plan.amountCents * PAYMENTS_PER_YEAR[plan.interval];
}

/** A subscription fee paid in advance, of which days were not used. */
export interface UnusedDaysOf {
  readonly subscription: SubscriptionTerms;
  readonly plan: PlanTerms;
  /** The last day of the row. */
  readonly endDate: PlainDate;
  /** A termination uses its day; an upgrade, or an end on a billing date, does not. */
  readonly isEndDateUsed: boolean;
  /** The price used on the fee, not today's. */
  readonly planAmountCents: Decimal;
  readonly feeAmountCents: Cents;
  readonly creditedCents: Decimal;
}

/**
 * What is given back of a fee paid in advance, in cents with five decimals, cut: price × unused days ÷ days of the period, at most the fee less
 * what was credited already. Where none of its days was used, the whole fee as it was invoiced: trial days were never paid, so that an end on or
 * before the trial's last day uses none. Rule: subscriptions.md § 8, invoicing.md § 7 "Automatic notes".
 */
export function unusedAmountCents(of: UnusedDaysOf): Decimal {
  const { subscription, plan, endDate } = of;
  const fee = decimal(of.feeAmountCents);
  const period = periodContaining(feeGrid(subscription, plan), endDate);
  const firstPaidDay = laterDate(period.start, dateIn(subscription.startedAt, subscription.timeZone));
  const firstUnusedDay = of.isEndDateUsed ? endDate.add({ days: 1 }) : endDate;
  const isWhollyUnused = Temporal.PlainDate.compare(firstUnusedDay, firstPaidDay) <= 0 || endsInTrial(subscription, endDate);
  const unusedDays = daysBetween(firstUnusedDay, period.next);
  const unused = isWhollyUnused ? fee : Decimal.min(of.planAmountCents.times(unusedDays).div(lengthInDays(period)), fee);
  return Decimal.max(unused.minus(of.creditedCents), 0).toDecimalPlaces(5, Decimal.ROUND_DOWN);
}

function endsInTrial(subscription: SubscriptionTerms, endDate: PlainDate): boolean {
  const trialEnds = trialEndDate(subscription);
  return trialEnds !== null && Temporal.PlainDate.compare(endDate, trialEnds) <= 0;
}
