import { daysBetween } from '../../../shared/dates.ts';
import { decimal, type Decimal } from '../../../shared/decimal.ts';
import { centsToUnits, roundCents, type Cents } from '../../../shared/money.ts';
import type { FeeSpan } from '../billing-item.ts';
import type { ExplainStep, PlanTerms } from '../facts.ts';
import { lengthInDays } from '../periods/period-grid.ts';

/** The subscription fee of a span of days, with its arithmetic. */
export interface SubscriptionFee {
  readonly amountCents: Cents;
  /** Exact amount in currency units before the rounding. */
  readonly preciseAmount: Decimal;
  readonly billedDays: number;
  readonly periodDays: number;
  readonly steps: readonly ExplainStep[];
}

/** Whole days of a span, both ends included; zero or less means that nothing is billed. */
export function billedDays(span: FeeSpan): number {
  return daysBetween(span.firstDay, span.lastDay) + 1;
}

/**
 * round(plan amount × billed days ÷ days of the whole period), half away from zero to the currency's cents; a whole period gives exactly the
 * plan amount. Days are days of the customer's zone. Null when no day is billed. Rule: subscriptions.md § 3.
 */
export function subscriptionFee(plan: PlanTerms, span: FeeSpan): SubscriptionFee | null {
  const days = billedDays(span);
  if (days <= 0) return null;
  const periodDays = lengthInDays(span.period);
  const exactCents = decimal(plan.amountCents).times(days).div(periodDays);
  const amountCents = roundCents(exactCents);
  const planAmount = centsToUnits(plan.amountCents, plan.currency);
  return {
    amountCents,
    preciseAmount: planAmount.times(days).div(periodDays),
    billedDays: days,
    periodDays,
    steps: [
      {
        kind: 'proration',
        values: {
          plan_amount: planAmount.toFixed(),
          billed_days: days,
          period_days: periodDays,
          first_day: span.firstDay.toString(),
          last_day: span.lastDay.toString(),
        },
        result: exactCents.toFixed(),
      },
      { kind: 'rounding', values: { exact_cents: exactCents.toFixed(), currency: plan.currency }, result: amountCents.toString() },
    ],
  };
}

/** The part of an amount in cents that falls on some days of a period: exact, not rounded. Rule: pricing.md § 4, subscriptions.md § 8. */
export function prorateCents(amountCents: Cents, days: number, periodDays: number): Decimal {
  return decimal(amountCents).times(days).div(periodDays);
}
