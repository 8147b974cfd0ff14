import type { CouponableFee } from '../../main/billing/invoice/coupons.ts';
import type { CouponLimit, CouponTerms } from '../../main/billing/facts.ts';
import { decimal, ZERO } from '../../shared/decimal.ts';
import { cents, ZERO_CENTS } from '../../shared/money.ts';
import { USD } from './billing-rows.ts';

export const NO_LIMIT: CouponLimit = { kind: 'none' };
export const onPlans = (...planIds: readonly string[]): CouponLimit => ({ kind: 'plans', planIds });
export const onMetrics = (...metricIds: readonly string[]): CouponLimit => ({ kind: 'billable_metrics', metricIds });

/** An amount in USD cents off every invoice, unless told. */
export function fixedCoupon(id: string, amount: number, changes: Partial<CouponTerms> = {}): CouponTerms {
  return {
    appliedCouponId: id,
    code: id,
    couponType: 'fixed_amount',
    amountCents: cents(amount),
    currency: USD,
    percentageRate: null,
    frequency: 'forever',
    frequencyDurationRemaining: null,
    usedAmountCents: ZERO_CENTS,
    limit: NO_LIMIT,
    ...changes,
  };
}

/** A rate off every invoice, unless told. */
export function percentageCoupon(id: string, rate: string, changes: Partial<CouponTerms> = {}): CouponTerms {
  return {
    ...fixedCoupon(id, 0),
    ...{ couponType: 'percentage', amountCents: null, currency: null, percentageRate: decimal(rate) },
    ...changes,
  };
}

/** A usage fee of a metric on a plan. */
export function usageFee(planId: string, metricId: string, amount: number): CouponableFee {
  return { planId, metricId, amountCents: cents(amount), preciseCouponsAmountCents: ZERO };
}

/** The subscription fee of a plan. */
export function planFee(planId: string, amount: number): CouponableFee {
  return { ...usageFee(planId, '', amount), metricId: null };
}
