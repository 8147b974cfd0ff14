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
  const fee = decimal(of.feeAmountCents);
  const unused = unusedDays(of);
  const share = unused.isWholeFee ? fee : Decimal.min(of.planAmountCents.times(unused.days).div(unused.periodDays), fee);
  return Decimal.max(share.minus(of.creditedCents), 0).toDecimalPlaces(5, Decimal.ROUND_DOWN);
}

/** Days that were paid for and not used, of the period that holds them; or all that were paid for. */
export function unusedDays(of: Pick<UnusedDaysOf, 'subscription' | 'plan' | 'endDate' | 'isEndDateUsed'>): {
  readonly isWholeFee: boolean;
  readonly days: number;
  readonly periodDays: number;
} {
  const { subscription, plan, endDate } = of;
  const period = periodContaining(feeGrid(subscription, plan), endDate);
  const firstPaidDay = laterDate(period.start, dateIn(subscription.startedAt, subscription.timeZone));
  const firstUnusedDay = of.isEndDateUsed ? endDate.add({ days: 1 }) : endDate;
  const isWholeFee = Temporal.PlainDate.compare(firstUnusedDay, firstPaidDay) <= 0 || endsInTrial(subscription, endDate);
  const trialEnds = trialEndDate(subscription);
  const firstBilledDay = trialEnds === null ? firstPaidDay : laterDate(firstPaidDay, trialEnds);
  return { isWholeFee, days: daysBetween(isWholeFee ? firstBilledDay : firstUnusedDay, period.next), periodDays: lengthInDays(period) };
}

function endsInTrial(subscription: SubscriptionTerms, endDate: PlainDate): boolean {
  const trialEnds = trialEndDate(subscription);
  return trialEnds !== null && Temporal.PlainDate.compare(endDate, trialEnds) <= 0;
}
