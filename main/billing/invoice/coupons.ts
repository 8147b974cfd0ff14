import { assertNever } from '../../../shared/assert.ts';
import type { CurrencyCode } from '../../../shared/currency.ts';
import { Decimal, decimal, sumDecimals, ZERO } from '../../../shared/decimal.ts';
import { addCents, cents, minCents, roundCents, subtractCents, ZERO_CENTS, type Cents } from '../../../shared/money.ts';
import type { CouponLimit, CouponTerms, ExplainStep } from '../facts.ts';

const SHARE_DECIMALS = 5;
/** Shares are stored with five decimals, so a base may miss a whole cent by a few of the last ones: that must not cost the cent. */
const BASE_DECIMALS = 2;

/** What coupons need to know of a fee. */
export interface CouponableFee {
  /** The plan that its subscription is on: the plan itself where that is a copy. Null for fees without subscription. */
  readonly planId: string | null;
  /** The billable metric of a usage fee; null for all others. */
  readonly metricId: string | null;
  readonly amountCents: Cents;
  /** What coupons took off it already, in cents, five decimals. */
  readonly preciseCouponsAmountCents: Decimal;
}

/** A coupon used on an invoice, and what is left of it. */
export interface CouponUse {
  readonly appliedCouponId: string;
  readonly amountCents: Cents;
  /** Of recurring coupons, after this invoice; null for others. */
  readonly frequencyDurationRemaining: number | null;
  /** It will lower no later invoice. */
  readonly isUsedUp: boolean;
}

/** What coupons did to one fee, in the order of the fees given. */
export interface CouponedFee {
  readonly preciseCouponsAmountCents: Decimal;
  /** One step for each coupon that lowered it. */
  readonly steps: readonly ExplainStep[];
}

export interface CouponCredits {
  readonly couponsAmountCents: Cents;
  readonly uses: readonly CouponUse[];
  readonly fees: readonly CouponedFee[];
}

/** The fees and coupons of one invoice. Coupons come oldest first. */
export interface CouponFacts {
  readonly currency: CurrencyCode;
  readonly fees: readonly CouponableFee[];
  readonly coupons: readonly CouponTerms[];
}

/**
 * What a customer's coupons take off an invoice, in cents: those limited to metrics first, then to plans, then the rest, until nothing is left.
 * Each credit is a whole number of cents, percentages rounded half away from zero, never above what is left of its fees; it is spread over them
 * in proportion to what is left of each, five decimals kept. A coupon that takes off nothing is not used. Rule: invoicing.md § 4.
 */
export function couponCredits(facts: CouponFacts): CouponCredits {
  let fees: readonly CouponedFee[] = facts.fees.map((fee) => ({ preciseCouponsAmountCents: fee.preciseCouponsAmountCents, steps: [] }));
  let rest = addCents(...facts.fees.map((fee) => fee.amountCents));
  const uses: CouponUse[] = [];
  for (const coupon of inOrderOfUse(facts.coupons)) {
    if (rest === 0n) break;
    const base = couponBase(coupon.limit, { facts, fees, rest });
    const amountCents = minCents(creditCents(coupon, { base, currency: facts.currency }), rest);
    if (amountCents <= 0n) continue;
    fees = fees.map((fee, position) => spread(facts.fees[position], fee, { coupon, amountCents, base }));
    uses.push(useOf(coupon, amountCents));
    rest = subtractCents(rest, amountCents);
  }
  return { couponsAmountCents: addCents(...uses.map((use) => use.amountCents)), uses, fees };
}

const ORDER_OF_LIMITS: readonly CouponLimit['kind'][] = ['billable_metrics', 'plans', 'none'];

function inOrderOfUse(coupons: readonly CouponTerms[]): readonly CouponTerms[] {
  return ORDER_OF_LIMITS.flatMap((kind) => coupons.filter((coupon) => coupon.limit.kind === kind));
}

function isEligible(fee: CouponableFee, limit: CouponLimit): boolean {
  switch (limit.kind) {
    case 'none':
      return true;
    case 'plans':
      return fee.planId !== null && limit.planIds.includes(fee.planId);
    case 'billable_metrics':
      return fee.metricId !== null && limit.metricIds.includes(fee.metricId);
    default:
      return assertNever(limit, 'kind of coupon limit');
  }
}

interface SoFar {
  readonly facts: CouponFacts;
  readonly fees: readonly CouponedFee[];
  /** Fees less the coupons used so far. */
  readonly rest: Cents;
}

function couponBase(limit: CouponLimit, soFar: SoFar): Decimal {
  if (limit.kind === 'none') return decimal(soFar.rest);
  const rests = soFar.facts.fees.map((fee, position) => (isEligible(fee, limit) ? restOf(fee, soFar.fees[position]) : ZERO));
  return sumDecimals(rests);
}

function restOf(fee: CouponableFee, couponed: CouponedFee | undefined): Decimal {
  return decimal(fee.amountCents).minus(couponed?.preciseCouponsAmountCents ?? ZERO);
}

/** Whole cents, at most the base. */
function creditCents(coupon: CouponTerms, on: { readonly base: Decimal; readonly currency: CurrencyCode }): Cents {
  const wholeBase = cents(BigInt(on.base.toDecimalPlaces(BASE_DECIMALS, Decimal.ROUND_HALF_UP).floor().toFixed()));
  if (coupon.couponType === 'percentage') {
    return minCents(roundCents(on.base.times(coupon.percentageRate ?? ZERO).div(100)), wholeBase);
  }
  if (coupon.currency !== on.currency) return ZERO_CENTS;
  const amount = coupon.amountCents ?? ZERO_CENTS;
  return minCents(coupon.frequency === 'once' ? subtractCents(amount, coupon.usedAmountCents) : amount, wholeBase);
}

function spread(
  fee: CouponableFee | undefined,
  couponed: CouponedFee,
  credit: { readonly coupon: CouponTerms; readonly amountCents: Cents; readonly base: Decimal },
): CouponedFee {
  const { coupon, amountCents, base } = credit;
  if (fee === undefined || !isEligible(fee, coupon.limit)) return couponed;
  const before = couponed.preciseCouponsAmountCents;
  const rest = restOf(fee, couponed);
  const share = decimal(amountCents).times(rest).div(base);
  const after = Decimal.min(before.plus(share).toDecimalPlaces(SHARE_DECIMALS, Decimal.ROUND_HALF_UP), decimal(fee.amountCents));
  if (after.equals(before)) return couponed;
  const step: ExplainStep = {
    kind: 'coupon',
    values: {
      applied_coupon_id: coupon.appliedCouponId,
      coupon_code: coupon.code,
      credit_cents: amountCents.toString(),
      base_cents: base.toFixed(),
      fee_rest_cents: rest.toFixed(),
    },
    result: after.minus(before).toFixed(),
  };
  return { preciseCouponsAmountCents: after, steps: [...couponed.steps, step] };
}

function useOf(coupon: CouponTerms, amountCents: Cents): CouponUse {
  const { appliedCouponId } = coupon;
  switch (coupon.frequency) {
    case 'forever':
      return { appliedCouponId, amountCents, frequencyDurationRemaining: null, isUsedUp: false };
    case 'recurring': {
      const frequencyDurationRemaining = Math.max((coupon.frequencyDurationRemaining ?? 0) - 1, 0);
      return { appliedCouponId, amountCents, frequencyDurationRemaining, isUsedUp: frequencyDurationRemaining === 0 };
    }
    case 'once': {
      const isWholeAmount = addCents(coupon.usedAmountCents, amountCents) >= (coupon.amountCents ?? ZERO_CENTS);
      return {
        appliedCouponId,
        amountCents,
        frequencyDurationRemaining: null,
        isUsedUp: coupon.couponType === 'percentage' || isWholeAmount,
      };
    }
    default:
      return assertNever(coupon.frequency, 'frequency of a coupon');
  }
}
