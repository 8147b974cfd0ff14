import type { BillingInterval } from '../../shared/billing-interval.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { decimal, sumDecimals, type Decimal } from '../../shared/decimal.ts';
import { addCents, cents, centsToUnits, maxCents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { PricedCharge } from './price-charge.ts';

/** What a plan says beside its charges. */
export interface TotalTerms {
  readonly interval: BillingInterval;
  readonly billChargesMonthly: boolean;
  readonly currency: CurrencyCode;
  readonly baseFeeCents: Cents;
  /** Null without a minimum commitment. */
  readonly commitmentCents: Cents | null;
}

/** What one fee period of a plan costs, all its charge periods included. */
export interface PlanTotals {
  readonly baseFeeCents: Cents;
  /** How often charges are billed in one fee period: 12 for a yearly plan with monthly charges. */
  readonly chargePeriods: number;
  /** Of one charge period. */
  readonly usageCents: Cents;
  /** Of the whole fee period. */
  readonly periodUsageCents: Cents;
  readonly commitmentCents: Cents | null;
  /** What lifts the period to the minimum commitment. */
  readonly trueUpCents: Cents;
  readonly totalCents: Cents;
  /** Before any rounding, in currency units. */
  readonly amount: Decimal;
}

/** Charge periods in one fee period. Rule: subscriptions.md § 1, `bill_charges_monthly`. */
export function chargePeriodsOf(interval: BillingInterval, billChargesMonthly: boolean): number {
  if (!billChargesMonthly) return 1;
  if (interval === 'yearly') return 12;
  return interval === 'semiannual' ? 6 : 1;
}

/** Adds a plan up: the same usage in each charge period, the whole fee period billed. */
export function planTotals(terms: TotalTerms, charges: readonly PricedCharge[]): PlanTotals {
  const { baseFeeCents, commitmentCents, currency } = terms;
  const chargePeriods = chargePeriodsOf(terms.interval, terms.billChargesMonthly);
  const usageCents = addCents(...charges.map((charge) => charge.amountCents));
  const periodUsageCents = cents(usageCents * BigInt(chargePeriods));
  const billedCents = addCents(baseFeeCents, periodUsageCents);
  const trueUpCents = commitmentCents === null ? ZERO_CENTS : maxCents(subtractCents(commitmentCents, billedCents), ZERO_CENTS);
  const usage = sumDecimals(charges.map((charge) => charge.amount)).times(decimal(chargePeriods));
  const amount = centsToUnits(addCents(baseFeeCents, trueUpCents), currency).plus(usage);
  return {
    ...{ baseFeeCents, chargePeriods, usageCents, periodUsageCents, commitmentCents, trueUpCents, amount },
    totalCents: addCents(billedCents, trueUpCents),
  };
}
