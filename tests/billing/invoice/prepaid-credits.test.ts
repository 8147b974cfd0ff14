import { describe, expect, it } from 'vitest';
import {
  balanceGivenBack,
  balanceWith,
  balanceWithout,
  creditsOf,
  payableGroups,
  priceCredits,
  shareOutTotal,
  shareOutUsage,
  useSources,
  type PayableFee,
  type PayableGroup,
  type PayingWallet,
} from '../../../main/billing/invoice/prepaid-credits.ts';
import { currencyCode } from '../../../shared/currency.ts';
import { decimal, ZERO } from '../../../shared/decimal.ts';
import { cents, ZERO_CENTS } from '../../../shared/money.ts';
import { tax } from '../../support/subscription-builders.ts';

const terms = (rateAmount: string, currency = 'USD') => ({ rateAmount: decimal(rateAmount), currency: currencyCode(currency) });

describe('credits and what they are worth', () => {
  for (const { name, credits, rate, currency, amountCents, creditAmount } of [
    {
      name: 'are cut to five decimals and rounded to cents',
      credits: '17.969999',
      rate: '1',
      currency: 'EUR',
      amountCents: 1797n,
      creditAmount: '17.97',
    },
    { name: 'are cut, not rounded', credits: '0.004999', rate: '1000', currency: 'USD', amountCents: 499n, creditAmount: '0.00499' },
    { name: 'are half a cent up', credits: '0.005', rate: '1', currency: 'USD', amountCents: 1n, creditAmount: '0.01' },
    { name: 'are less than half a cent', credits: '0.00499', rate: '1', currency: 'USD', amountCents: 0n, creditAmount: '0' },
    { name: 'are cut to nothing', credits: '0.000009', rate: '1000', currency: 'USD', amountCents: 0n, creditAmount: '0' },
    { name: 'count by their rate', credits: '12.5', rate: '0.02', currency: 'USD', amountCents: 25n, creditAmount: '12.5' },
    { name: 'are what whole cents buy', credits: '1', rate: '0.333', currency: 'USD', amountCents: 33n, creditAmount: '0.99099' },
    { name: 'have no cents in yen', credits: '10.4', rate: '3', currency: 'JPY', amountCents: 31n, creditAmount: '10.33333' },
    { name: 'have thousandths in dinars', credits: '1.2345', rate: '1', currency: 'KWD', amountCents: 1235n, creditAmount: '1.235' },
  ]) {
    it(name, () => {
      const priced = priceCredits(decimal(credits), terms(rate, currency));
      expect([priced.amountCents, priced.creditAmount.toFixed()]).toEqual([amountCents, creditAmount]);
    });
  }

  it('are shown with five decimals, half away from zero', () => {
    expect(creditsOf(cents(200), terms('3')).toFixed()).toBe('0.66667');
    expect(creditsOf(cents(-100), terms('3')).toFixed()).toBe('-0.33333');
  });
});

describe('a balance', () => {
  const wallet = { ...terms('2'), balanceCents: cents(3000), consumedCredits: decimal('5'), ongoingUsageBalanceCents: cents(400) };
  const shown = (changed: ReturnType<typeof balanceWith>): readonly unknown[] => [
    changed.balanceCents,
    changed.creditsBalance.toFixed(),
    changed.ongoingBalanceCents,
    changed.consumedCredits.toFixed(),
  ];

  it('grows with what comes in', () => expect(shown(balanceWith(wallet, cents(1000)))).toEqual([4000n, '20', 3600n, '5']));
  it('shrinks with what is used, which counts as consumed', () => {
    expect(shown(balanceWithout(wallet, cents(1000)))).toEqual([2000n, '10', 1600n, '10']);
  });
  it('forgets what a voided invoice had consumed', () => {
    expect(shown(balanceGivenBack(wallet, cents(600)))).toEqual([3600n, '18', 3200n, '2']);
  });
  it('has never consumed less than nothing', () => {
    expect(shown(balanceGivenBack(wallet, cents(2000)))).toEqual([5000n, '25', 4600n, '0']);
  });

  it('shows three thirds of a credit as one', () => {
    const third = { ...terms('3'), balanceCents: cents(100), consumedCredits: ZERO, ongoingUsageBalanceCents: ZERO_CENTS };
    let consumedCredits = third.consumedCredits;
    for (let used = 0; used < 3; used += 1) consumedCredits = balanceWithout({ ...third, consumedCredits }, cents(100)).consumedCredits;
    expect(consumedCredits.toDecimalPlaces(5).toFixed()).toBe('1');
  });
});

const VAT = tax('vat', '24');
const fee = (amountCents: number, more: Partial<PayableFee> = {}): PayableFee => ({
  feeType: 'charge',
  metricCode: 'calls',
  amountCents: cents(amountCents),
  preciseCouponsAmountCents: ZERO,
  taxes: [],
  ...more,
});
const wallet = (id: string, balanceCents: number, more: Partial<PayingWallet> = {}): PayingWallet => ({
  id,
  balanceCents: cents(balanceCents),
  feeTypes: [],
  billableMetricCodes: [],
  ...more,
});
const group = (metricCode: string | null, exactCents: string, feeType = 'charge'): PayableGroup => ({
  feeType,
  metricCode,
  exactCents: decimal(exactCents),
});
const groupsShown = (groups: readonly PayableGroup[]): readonly (readonly unknown[])[] =>
  groups.map((each) => [each.feeType, each.metricCode, each.exactCents.toFixed()]);

describe('what is left to pay of an invoice', () => {
  it('is its fees less coupons plus exact tax, the missing fraction with the largest group', () => {
    const groups = payableGroups([fee(1429, { taxes: [VAT] })], { creditNotesAmountCents: ZERO_CENTS, totalAmountCents: cents(1772) });
    expect(groupsShown(groups)).toEqual([['charge', 'calls', '1772']]); // 1 429 + 342.96 = 1 771.96
  });

  it('is grouped by fee type and metric, the largest first', () => {
    const fees = [
      fee(100),
      fee(3000, { feeType: 'subscription', metricCode: null }),
      fee(500, { metricCode: 'storage', preciseCouponsAmountCents: decimal('100') }),
      fee(200),
    ];
    const groups = payableGroups(fees, { creditNotesAmountCents: ZERO_CENTS, totalAmountCents: cents(3700) });
    expect(groupsShown(groups)).toEqual([
      ['subscription', null, '3000'],
      ['charge', 'storage', '400'],
      ['charge', 'calls', '300'],
    ]);
  });

  it('is less what credit notes paid, each group by its size', () => {
    const fees = [fee(300), fee(100, { metricCode: 'storage' })];
    const groups = payableGroups(fees, { creditNotesAmountCents: cents(100), totalAmountCents: cents(300) });
    expect(groupsShown(groups)).toEqual([
      ['charge', 'calls', '225'],
      ['charge', 'storage', '75'],
    ]);
  });

  it('is nothing where there are no fees', () => {
    expect(payableGroups([fee(0)], { creditNotesAmountCents: ZERO_CENTS, totalAmountCents: ZERO_CENTS })).toEqual([]);
  });
});

describe('wallets that pay an invoice', () => {
  const shares = (total: number, groups: readonly PayableGroup[], wallets: readonly PayingWallet[]): Record<string, bigint> =>
    Object.fromEntries(shareOutTotal(cents(total), groups, wallets).map((share) => [share.walletId, share.amountCents]));

  it('pay one after the other, each up to its balance', () => {
    expect(shares(3300, [group(null, '3300', 'subscription')], [wallet('a', 1000), wallet('b', 3000)])).toEqual({ a: 1000n, b: 2300n });
  });

  it('pay no more than the total', () => {
    expect(shares(1772, [group('calls', '1771.96')], [wallet('a', 5000), wallet('b', 5000)])).toEqual({ a: 1772n });
    expect(shares(1771, [group('calls', '885.7'), group('storage', '885.7')], [wallet('a', 5000)])).toEqual({ a: 1771n });
  });

  it('pay only the metrics that they are for', () => {
    const groups = [group('calls', '600'), group('storage', '400')];
    expect(shares(1000, groups, [wallet('a', 5000, { billableMetricCodes: ['storage'] })])).toEqual({ a: 400n });
    expect(shares(1000, groups, [wallet('a', 5000, { billableMetricCodes: ['other'] })])).toEqual({});
  });

  it('pay only the fee types that they are for, or either of types and metrics', () => {
    const groups = [group(null, '3000', 'subscription'), group('calls', '600'), group('storage', '400')];
    expect(shares(4000, groups, [wallet('a', 9000, { feeTypes: ['subscription'] })])).toEqual({ a: 3000n });
    expect(shares(4000, groups, [wallet('a', 9000, { feeTypes: ['charge'] })])).toEqual({ a: 1000n });
    expect(shares(4000, groups, [wallet('a', 9000, { feeTypes: ['subscription'], billableMetricCodes: ['calls'] })])).toEqual({ a: 3600n });
  });

  it('do not pay what another has paid', () => {
    const groups = [group('calls', '600'), group('storage', '400')];
    const limited = wallet('b', 5000, { billableMetricCodes: ['calls'] });
    expect(shares(1000, groups, [wallet('a', 500), limited])).toEqual({ a: 500n, b: 100n });
  });

  it('leave no cent unpaid that one of them could pay', () => {
    const groups = [group('a', '100.4'), group('b', '100.4'), group('c', '100.4')]; // 301.2, the invoice asks for 301
    const wallets = [wallet('1', 999, { billableMetricCodes: ['a'] }), wallet('2', 999, { billableMetricCodes: ['b'] }), wallet('3', 999)];
    expect(shares(301, groups, wallets)).toEqual({ '1': 100n, '2': 100n, '3': 101n });
  });

  it('that are empty pay nothing', () => expect(shares(100, [group('a', '100')], [wallet('a', 0)])).toEqual({}));
});

describe('usage that is not billed yet', () => {
  const shares = (groups: readonly PayableGroup[], wallets: readonly PayingWallet[]): Record<string, bigint> =>
    Object.fromEntries(shareOutUsage(groups, wallets).map((share) => [share.walletId, share.amountCents]));

  it('rests on the wallets in their order, and beyond all balances on the last', () => {
    expect(shares([group('a', '800')], [wallet('1', 300), wallet('2', 200)])).toEqual({ '1': 300n, '2': 500n });
    expect(shares([group('a', '100')], [wallet('1', 300), wallet('2', 200)])).toEqual({ '1': 100n, '2': 0n });
  });

  it('rests on the wallets that may pay it only', () => {
    const limited = wallet('1', 300, { billableMetricCodes: ['b'] });
    expect(shares([group('a', '100'), group('b', '50')], [limited, wallet('2', 0)])).toEqual({ '1': 50n, '2': 100n });
    expect(shares([group('a', '100')], [limited])).toEqual({ '1': 0n });
  });
});

describe('where used credits come from', () => {
  const source = (id: string, isGranted: boolean, remaining: number) => ({ id, isGranted, remainingAmountCents: cents(remaining) });

  it('granted before purchased, then the oldest', () => {
    const used = useSources(
      [source('p1', false, 100), source('g1', true, 50), source('p2', false, 100), source('g2', true, 30)],
      cents(200),
    );
    expect(used).toEqual({
      uses: [
        { id: 'g1', amountCents: 50n },
        { id: 'g2', amountCents: 30n },
        { id: 'p1', amountCents: 100n },
        { id: 'p2', amountCents: 20n },
      ],
      grantedAmountCents: 80n,
      purchasedAmountCents: 120n,
    });
  });

  it('nothing is taken of what is used up', () => {
    expect(useSources([source('g1', true, 0), source('g2', true, 30)], cents(10)).uses).toEqual([{ id: 'g2', amountCents: 10n }]);
  });
});
