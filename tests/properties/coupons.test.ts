import fc from 'fast-check';
import { expect, test } from 'vitest';
import { couponCredits, type CouponableFee } from '../../main/billing/invoice/coupons.ts';
import type { CouponLimit, CouponTerms } from '../../main/billing/facts.ts';
import { decimal, sumDecimals } from '../../shared/decimal.ts';
import { addCents, cents, minCents, subtractCents, ZERO_CENTS } from '../../shared/money.ts';
import { USD } from '../support/billing-rows.ts';
import { fixedCoupon, NO_LIMIT, onMetrics, onPlans, percentageCoupon, planFee, usageFee } from '../support/coupon-builders.ts';

const PLANS = ['p1', 'p2'] as const;
const METRICS = ['a', 'b', 'c'] as const;

const amounts = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 100_000 }));
const feeArbitrary: fc.Arbitrary<CouponableFee> = fc.oneof(
  fc.record({ plan: fc.constantFrom(...PLANS), amount: amounts }).map(({ plan, amount }) => planFee(plan, amount)),
  fc
    .record({ plan: fc.constantFrom(...PLANS), metric: fc.constantFrom(...METRICS), amount: amounts })
    .map(({ plan, metric, amount }) => usageFee(plan, metric, amount)),
);
const limitArbitrary: fc.Arbitrary<CouponLimit> = fc.oneof(
  fc.constant(NO_LIMIT),
  fc.uniqueArray(fc.constantFrom(...PLANS), { minLength: 1 }).map((ids) => onPlans(...ids)),
  fc.uniqueArray(fc.constantFrom(...METRICS), { minLength: 1 }).map((ids) => onMetrics(...ids)),
);
const couponArbitrary = fc
  .record({
    isFixed: fc.boolean(),
    amount: fc.integer({ min: 1, max: 50_000 }),
    rateMillis: fc.integer({ min: 1, max: 120_000 }),
    frequency: fc.constantFrom('once', 'recurring', 'forever'),
    turns: fc.integer({ min: 1, max: 3 }),
    limit: limitArbitrary,
  })
  .map(({ isFixed, amount, rateMillis, frequency, turns, limit }) => (id: string): CouponTerms => {
    const terms = { frequency, frequencyDurationRemaining: frequency === 'recurring' ? turns : null, limit } as const;
    return isFixed ? fixedCoupon(id, amount, terms) : percentageCoupon(id, decimal(rateMillis).div(1000).toFixed(), terms);
  });
const feesArbitrary = fc.array(feeArbitrary, { maxLength: 8 });
const couponsArbitrary = fc
  .array(couponArbitrary, { maxLength: 5 })
  .map((makers) => makers.map((make, index) => make(`k${String(index)}`)));

/** What the rounding of bases and shares may come to, in cents: a hundredth for each coupon, five decimals for each share. */
const ROUNDING = decimal('0.06');

test('coupons take no more off a fee than it is, and add up to what the invoice says', () => {
  fc.assert(
    fc.property(feesArbitrary, couponsArbitrary, (fees, coupons) => {
      const credits = couponCredits({ currency: USD, fees, coupons });
      for (const [index, { preciseCouponsAmountCents: share }] of credits.fees.entries()) {
        expect(share.isNegative()).toBe(false);
        expect(share.lte(decimal(fees[index]?.amountCents ?? 0n))).toBe(true);
        expect(share.decimalPlaces()).toBeLessThanOrEqual(5);
      }
      const spread = sumDecimals(credits.fees.map((fee) => fee.preciseCouponsAmountCents));
      expect(spread.minus(decimal(credits.couponsAmountCents)).abs().lte(ROUNDING)).toBe(true);
      expect(credits.couponsAmountCents).toBe(addCents(...credits.uses.map((use) => use.amountCents)));
      expect(credits.couponsAmountCents <= addCents(...fees.map((fee) => fee.amountCents))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a coupon is used once at most, for something, and never beyond its amount', () => {
  fc.assert(
    fc.property(feesArbitrary, couponsArbitrary, (fees, coupons) => {
      const { uses } = couponCredits({ currency: USD, fees, coupons });
      expect(new Set(uses.map((use) => use.appliedCouponId)).size).toBe(uses.length);
      for (const use of uses) {
        const coupon = coupons.find((each) => each.appliedCouponId === use.appliedCouponId);
        expect(use.amountCents > 0n).toBe(true);
        if (coupon?.couponType === 'fixed_amount') expect(use.amountCents <= (coupon.amountCents ?? 0n)).toBe(true);
      }
    }),
  );
});

test('a fixed coupon used once gives its whole amount over the invoices that follow, and no more', () => {
  const invoices = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), invoices, (amount, fees) => {
      let used = ZERO_CENTS;
      let isUsedUp = false;
      for (const fee of fees) {
        if (isUsedUp) break;
        const coupon = fixedCoupon('k', amount, { frequency: 'once', usedAmountCents: used });
        const [use] = couponCredits({ currency: USD, fees: [planFee('p', fee)], coupons: [coupon] }).uses;
        used = addCents(used, use?.amountCents ?? ZERO_CENTS);
        isUsedUp = use?.isUsedUp ?? false;
      }
      const billed = addCents(...fees.map((fee) => cents(fee)));
      expect(used).toBe(minCents(cents(amount), billed));
      expect(isUsedUp).toBe(used === cents(amount));
    }),
  );
});

test('what a coupon without limit leaves is the same, however the fees are split', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 8 }), couponArbitrary, (parts, make) => {
      const coupon = { ...make('k'), limit: NO_LIMIT };
      const whole = addCents(...parts.map((part) => cents(part)));
      const left = (fees: readonly CouponableFee[]) =>
        subtractCents(whole, couponCredits({ currency: USD, fees, coupons: [coupon] }).couponsAmountCents);
      expect(left(parts.map((part) => planFee('p', part)))).toBe(left([planFee('p', Number(whole))]));
    }),
  );
});
