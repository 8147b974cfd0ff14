import { describe, expect, test } from 'vitest';
import { couponCredits, type CouponableFee, type CouponCredits } from '../../../main/billing/invoice/coupons.ts';
import type { CouponTerms } from '../../../main/billing/facts.ts';
import { currencyCode } from '../../../shared/currency.ts';
import { decimal } from '../../../shared/decimal.ts';
import { cents } from '../../../shared/money.ts';
import { USD } from '../../support/billing-rows.ts';
import { fixedCoupon, onMetrics, onPlans, percentageCoupon, planFee, usageFee } from '../../support/coupon-builders.ts';

function credit(fees: readonly CouponableFee[], coupons: readonly CouponTerms[], currency = USD): CouponCredits {
  return couponCredits({ currency, fees, coupons });
}

/** What each coupon took off, by its id. */
const used = (credits: CouponCredits): readonly (readonly [string, bigint])[] =>
  credits.uses.map((use) => [use.appliedCouponId, use.amountCents]);
const shares = (credits: CouponCredits): readonly string[] => credits.fees.map((fee) => fee.preciseCouponsAmountCents.toFixed());

describe('the examples of invoicing.md', () => {
  test('§ 3: one coupon of 1 000 over fees of 10 000, 5 000, 3 000 and 2 000', () => {
    const fees = [planFee('p', 10_000), usageFee('p', 'a', 5000), usageFee('p', 'b', 3000), usageFee('p', 'c', 2000)];
    const credits = credit(fees, [fixedCoupon('k', 1000)]);
    expect(credits.couponsAmountCents).toBe(1000n);
    expect(shares(credits)).toEqual(['500', '250', '150', '100']);
  });

  test('§ 4: metrics first, then plans, then the rest, whatever was applied first', () => {
    const fees = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8'].map((metric, position) =>
      usageFee(position < 4 ? 'P1' : 'P2', metric, 1000 * ((position % 4) + 1)),
    );
    const credits = credit(fees, [
      fixedCoupon('C', 500),
      fixedCoupon('B', 1000, { limit: onPlans('P2') }),
      fixedCoupon('A', 2000, { limit: onMetrics('m1', 'm2') }),
    ]);
    expect(credits.couponsAmountCents).toBe(3500n);
    expect(used(credits)).toEqual([
      ['A', 2000n],
      ['B', 1000n],
      ['C', 500n],
    ]);
    expect(shares(credits)).toEqual([
      '676.47059',
      '1352.94117',
      '88.23529',
      '117.64706',
      '126.47059',
      '252.94118',
      '379.41176',
      '505.88235',
    ]);
  });
});

describe('the credit of one coupon', () => {
  const forYen = { currency: currencyCode('JPY') };
  for (const { name, fee, coupon, expected } of [
    { name: '15 % of 9 999 is 1 499.85: 1 500', fee: 9999, coupon: percentageCoupon('k', '15'), expected: 1500n },
    { name: '50 % of 333 is 166.5: 167, half away from zero', fee: 333, coupon: percentageCoupon('k', '50'), expected: 167n },
    { name: '0.4 % of 124 is 0.496: nothing', fee: 124, coupon: percentageCoupon('k', '0.4'), expected: null },
    { name: '0.4 % of 125 is 0.5: 1', fee: 125, coupon: percentageCoupon('k', '0.4'), expected: 1n },
    { name: 'a rate above 100 % takes the whole', fee: 1000, coupon: percentageCoupon('k', '150'), expected: 1000n },
    { name: 'a fixed amount', fee: 1000, coupon: fixedCoupon('k', 300), expected: 300n },
    { name: 'a fixed amount above the fees takes the whole', fee: 1000, coupon: fixedCoupon('k', 1200), expected: 1000n },
    { name: 'an amount in another currency waits', fee: 1000, coupon: fixedCoupon('k', 300, forYen), expected: null },
    {
      name: 'used once: what is left of it',
      fee: 3000,
      coupon: fixedCoupon('k', 5000, { frequency: 'once', usedAmountCents: cents(3000) }),
      expected: 2000n,
    },
    {
      name: 'used once, and wholly used: nothing',
      fee: 3000,
      coupon: fixedCoupon('k', 5000, { frequency: 'once', usedAmountCents: cents(5000) }),
      expected: null,
    },
    {
      name: 'recurring: the whole amount again, whatever was used before',
      fee: 3000,
      coupon: fixedCoupon('k', 1000, { frequency: 'recurring', frequencyDurationRemaining: 1, usedAmountCents: cents(1000) }),
      expected: 1000n,
    },
  ]) {
    test(name, () => expect(used(credit([planFee('p', fee)], [coupon]))).toEqual(expected === null ? [] : [['k', expected]]));
  }

  test('counts in the smallest unit of the currency: 1 % of 40 yen is nothing, of 0.040 dinar too', () => {
    for (const code of ['JPY', 'KWD'])
      expect(used(credit([planFee('p', 40)], [percentageCoupon('k', '1')], currencyCode(code)))).toEqual([]);
  });

  test('50 % of 1.235 dinar is 0.618', () => {
    expect(used(credit([planFee('p', 1235)], [percentageCoupon('k', '50')], currencyCode('KWD')))).toEqual([['k', 618n]]);
  });
});

describe('what a coupon is used on', () => {
  const fees = [planFee('p1', 1000), usageFee('p1', 'm', 500), planFee('p2', 2000)];

  test('a limit to a metric means its usage fees', () => {
    const credits = credit(fees, [percentageCoupon('k', '10', { limit: onMetrics('m') })]);
    expect([credits.couponsAmountCents, shares(credits)]).toEqual([50n, ['0', '50', '0']]);
  });

  test('a limit to a plan means all its fees', () => {
    const credits = credit(fees, [percentageCoupon('k', '10', { limit: onPlans('p1') })]);
    expect([credits.couponsAmountCents, shares(credits)]).toEqual([150n, ['100', '50', '0']]);
  });

  test('a coupon without an eligible fee is not used, and the next one is', () => {
    const credits = credit(fees, [fixedCoupon('k', 100, { limit: onPlans('p3') }), fixedCoupon('rest', 100)]);
    expect(used(credits)).toEqual([['rest', 100n]]);
  });

  test('a coupon whose fees are used up is not used, while others have something left', () => {
    const credits = credit(fees, [
      percentageCoupon('all', '100', { limit: onMetrics('m') }),
      percentageCoupon('again', '10', { limit: onMetrics('m') }),
      percentageCoupon('rest', '10'),
    ]);
    expect(used(credits)).toEqual([
      ['all', 500n],
      ['rest', 300n],
    ]);
  });

  test('the older one of two alike comes first', () => {
    const credits = credit([planFee('p', 1000)], [percentageCoupon('older', '10'), percentageCoupon('newer', '10')]);
    expect(used(credits)).toEqual([
      ['older', 100n],
      ['newer', 90n],
    ]);
  });

  test('nothing is used once nothing is left', () => {
    const credits = credit([planFee('p', 1000)], [fixedCoupon('all', 1000), percentageCoupon('late', '10')]);
    expect(used(credits)).toEqual([['all', 1000n]]);
  });

  test('nothing is used on an invoice without fees, or with fees of zero', () => {
    expect(used(credit([], [fixedCoupon('k', 100)]))).toEqual([]);
    expect(used(credit([planFee('p', 0)], [fixedCoupon('k', 100)]))).toEqual([]);
  });
});

describe('fractions of a cent', () => {
  // 2 000 of 3 000 leaves 333.33333 and 666.66667.
  const fees = [usageFee('p', 'm1', 1000), usageFee('p', 'm2', 2000)];
  const first = fixedCoupon('first', 2000, { limit: onMetrics('m1', 'm2') });

  test('that are left are no whole cent: 100 % of 333.33333 is 333, of 666.66667 is 666', () => {
    const all = [percentageCoupon('m1', '100', { limit: onMetrics('m1') }), percentageCoupon('m2', '100', { limit: onMetrics('m2') })];
    const credits = credit(fees, [first, ...all]);
    expect(used(credits)).toEqual([
      ['first', 2000n],
      ['m1', 333n],
      ['m2', 666n],
    ]);
    expect(shares(credits)).toEqual(['999.66667', '1999.33333']);
  });

  test('that the shares themselves lost cost no cent: 6 x 166.66667 still leaves 2 000 of 3 000', () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((metric) => usageFee('p', metric, 500));
    const credits = credit(six, [
      fixedCoupon('first', 1000, { limit: onMetrics('a', 'b', 'c', 'd', 'e', 'f') }),
      fixedCoupon('rest', 5000, { limit: onPlans('p') }),
    ]);
    expect(used(credits)).toEqual([
      ['first', 1000n],
      ['rest', 2000n],
    ]);
    expect(shares(credits)).toEqual(['500', '500', '500', '500', '500', '500']);
  });

  test('go on from shares that are stored already', () => {
    const stored = [{ ...planFee('p', 1000), preciseCouponsAmountCents: decimal('333.33333') }];
    expect(shares(credit(stored, [percentageCoupon('k', '10', { limit: onPlans('p') })]))).toEqual(['400.33333']);
  });
});

describe('what is left of a coupon', () => {
  const after = (coupon: CouponTerms) => {
    const [use] = credit([planFee('p', 3000)], [coupon]).uses;
    return use === undefined ? null : [use.frequencyDurationRemaining, use.isUsedUp];
  };
  for (const { name, coupon, expected } of [
    { name: 'forever: all of it', coupon: fixedCoupon('k', 1000), expected: [null, false] },
    { name: 'once, a percentage: nothing', coupon: percentageCoupon('k', '10', { frequency: 'once' }), expected: [null, true] },
    { name: 'once, a fixed amount wholly used: nothing', coupon: fixedCoupon('k', 1000, { frequency: 'once' }), expected: [null, true] },
    {
      name: 'once, a fixed amount above the fees: the rest',
      coupon: fixedCoupon('k', 3001, { frequency: 'once' }),
      expected: [null, false],
    },
    {
      name: 'recurring: one invoice less',
      coupon: fixedCoupon('k', 1000, { frequency: 'recurring', frequencyDurationRemaining: 3 }),
      expected: [2, false],
    },
    {
      name: 'recurring: nothing after the last',
      coupon: percentageCoupon('k', '5', { frequency: 'recurring', frequencyDurationRemaining: 1 }),
      expected: [0, true],
    },
    {
      name: 'a percentage that rounds to nothing loses no turn',
      coupon: percentageCoupon('k', '0.001', { frequency: 'recurring', frequencyDurationRemaining: 1 }),
      expected: null,
    },
  ]) {
    test(name, () => expect(after(coupon)).toEqual(expected));
  }
});

test('each fee says what each coupon did to it', () => {
  const credits = credit([planFee('p', 1000), usageFee('p', 'm', 3000)], [fixedCoupon('SPRING', 100)]);
  expect(credits.fees[1]?.steps).toEqual([
    {
      kind: 'coupon',
      values: { applied_coupon_id: 'SPRING', coupon_code: 'SPRING', credit_cents: '100', base_cents: '4000', fee_rest_cents: '3000' },
      result: '75',
    },
  ]);
});
