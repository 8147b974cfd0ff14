import { describe, expect, test } from 'vitest';
import type { FeeSpan } from '../../main/billing/billing-item.ts';
import type { PlanTerms, SubscriptionTerms } from '../../main/billing/facts.ts';
import { subscriptionFee } from '../../main/billing/fees/subscription-fee.ts';
import { periodicItem, startingItem, terminatingItem } from '../../main/billing/occasions.ts';
import { isUpgrade, unusedAmountCents, yearlyAmount } from '../../main/billing/plan-change.ts';
import type { BillingInterval } from '../../shared/billing-interval.ts';
import { decimal, ZERO } from '../../shared/decimal.ts';
import { cents, roundCents } from '../../shared/money.ts';
import { at, day, plan, subscription } from '../support/subscription-builders.ts';

const priced = (interval: BillingInterval, amount: number): PlanTerms => plan({ interval, amountCents: cents(amount) });

describe('plans are compared by the year', () => {
  test.each([
    ['weekly', 700, 36_400n],
    ['monthly', 1000, 12_000n],
    ['quarterly', 9100, 36_400n],
    ['semiannual', 10_000, 20_000n],
    ['yearly', 36_500, 36_500n],
  ] as const)('%s %i is %i a year', (interval, amount, expected) => {
    expect(yearlyAmount(priced(interval, amount))).toBe(expected);
  });

  test.each([
    { name: 'dearer', from: priced('monthly', 1000), to: priced('monthly', 1001), expected: true },
    { name: 'equal', from: priced('monthly', 1000), to: priced('monthly', 1000), expected: true },
    { name: 'equal by the year', from: priced('monthly', 1000), to: priced('yearly', 12_000), expected: true },
    { name: 'a cent less by the year', from: priced('monthly', 1000), to: priced('yearly', 11_999), expected: false },
    { name: 'a year for less', from: priced('monthly', 12_900), to: priced('yearly', 118_800), expected: false },
    { name: 'weekly against monthly', from: priced('monthly', 3034), to: priced('weekly', 700), expected: false },
    { name: 'weekly just dearer than monthly', from: priced('monthly', 3033), to: priced('weekly', 700), expected: true },
    { name: 'free to free', from: priced('monthly', 0), to: priced('yearly', 0), expected: true },
  ])('$name is an upgrade: $expected', ({ from, to, expected }) => {
    expect(isUpgrade(from, to)).toBe(expected);
  });
});

interface Unused {
  readonly terms?: SubscriptionTerms;
  readonly of?: PlanTerms;
  readonly end: string;
  readonly isEndDateUsed: boolean;
  readonly price: number;
  readonly fee: number;
  readonly credited?: string;
}

function unused(row: Unused): string {
  return unusedAmountCents({
    subscription: row.terms ?? subscription('2023-01-05T09:00:00Z'),
    plan: row.of ?? plan({ payInAdvance: true }),
    endDate: day(row.end),
    isEndDateUsed: row.isEndDateUsed,
    planAmountCents: decimal(row.price),
    feeAmountCents: cents(row.fee),
    creditedCents: decimal(row.credited ?? '0'),
  }).toFixed();
}

const anniversary = (date: string) => subscription(`${date}T09:00:00Z`, { billingTime: 'anniversary' });
const inTrial = (start: string, trialEnd: string) => subscription(start, { trialEndsAt: at(trialEnd) });

describe('unused days of a fee paid in advance', () => {
  test.each([
    // The tables of subscriptions.md §§ 7, 8 and invoicing.md § 7: five decimals, cut.
    {
      name: 'an upgrade on 12 March counts its day',
      end: '2023-03-12',
      isEndDateUsed: false,
      price: 1000,
      fee: 1000,
      expected: '645.16129',
    },
    { name: 'a termination does not', end: '2023-03-12', isEndDateUsed: true, price: 1000, fee: 1000, expected: '612.90322' },
    {
      name: 'an upgrade of 1 of 31 days of an anniversary month',
      terms: anniversary('2023-06-29'),
      end: '2023-09-28',
      isEndDateUsed: false,
      price: 1000,
      fee: 1000,
      expected: '32.25806',
    },
    { name: 'an upgrade on the first day', end: '2023-08-01', isEndDateUsed: false, price: 3100, fee: 3100, expected: '3100' },
    {
      name: 'ended 21 February of a fee from the 8th',
      terms: subscription('2025-02-08T09:00:00Z'),
      end: '2025-02-21',
      isEndDateUsed: true,
      price: 10_000,
      fee: 7500,
      expected: '2500',
    },
    {
      name: 'started and ended the same day',
      terms: subscription('2023-02-08T09:00:00Z'),
      end: '2023-02-08',
      isEndDateUsed: true,
      price: 5000,
      fee: 3750,
      expected: '3571.42857',
    },
    { name: 'ended on the last day', end: '2023-03-31', isEndDateUsed: true, price: 1000, fee: 1000, expected: '0' },
    {
      name: 'of a year',
      of: plan({ interval: 'yearly', payInAdvance: true }),
      end: '2023-12-01',
      isEndDateUsed: true,
      price: 36_500,
      fee: 36_500,
      expected: '3000',
    },
    { name: 'at the price of the fee, not of today', end: '2023-03-11', isEndDateUsed: true, price: 3100, fee: 3100, expected: '2000' },
    {
      name: 'less what was credited before',
      end: '2023-03-11',
      isEndDateUsed: true,
      price: 3100,
      fee: 3100,
      credited: '1500.5',
      expected: '499.5',
    },
    { name: 'never below nothing', end: '2023-03-11', isEndDateUsed: true, price: 3100, fee: 3100, credited: '2500', expected: '0' },
    { name: 'at most the fee', end: '2023-03-02', isEndDateUsed: true, price: 3100, fee: 1000, expected: '1000' },
  ])('$name: $expected', ({ expected, ...row }) => {
    expect(unused(row)).toBe(expected);
  });

  test.each([
    {
      name: 'upgraded on the day it started, exact 967.74',
      terms: subscription('2023-03-12T09:00:00Z'),
      end: '2023-03-12',
      isEndDateUsed: false,
      price: 1500,
      fee: 968,
      expected: '968',
    },
    {
      name: 'upgraded on the day it started, exact 645.16',
      terms: subscription('2023-03-12T09:00:00Z'),
      end: '2023-03-12',
      isEndDateUsed: false,
      price: 1000,
      fee: 645,
      expected: '645',
    },
    {
      name: 'ended on its trial-end date',
      terms: inTrial('2024-03-05T12:12:00Z', '2024-03-15T12:12:00Z'),
      end: '2024-03-15',
      isEndDateUsed: true,
      price: 5_000_000,
      fee: 2_741_935,
      expected: '2741935',
    },
    {
      name: 'ended before its trial-end date',
      terms: inTrial('2024-02-20T12:12:00Z', '2024-03-15T12:12:00Z'),
      end: '2024-03-10',
      isEndDateUsed: true,
      price: 5_000_000,
      fee: 2_741_935,
      expected: '2741935',
    },
    {
      name: 'upgraded the day after its trial-end date, one day used',
      terms: inTrial('2024-03-05T12:12:00Z', '2024-03-15T12:12:00Z'),
      end: '2024-03-16',
      isEndDateUsed: false,
      price: 5_000_000,
      fee: 2_741_935,
      expected: '2580645.16129', // 16 of 31 days
    },
  ])('a whole fee is given back as it was invoiced: $name', ({ expected, ...row }) => {
    expect(unused(row)).toBe(expected);
  });
});

describe('an upgrade splits the day between the plans', () => {
  interface Upgrade {
    readonly name: string;
    readonly terms: SubscriptionTerms;
    readonly on: string;
    readonly from: PlanTerms;
    readonly to: PlanTerms;
  }
  const advance = (interval: BillingInterval, amount: number) => plan({ interval, amountCents: cents(amount), payInAdvance: true });
  const calendar = subscription('2023-01-05T09:00:00Z');
  const endOf = ({ terms, on }: Upgrade) => ({ ...terms, terminatedAt: at(`${on}T15:00:00Z`), endsBeforeTermination: true });
  const feeOf = (of: PlanTerms, span: FeeSpan | null) => span && (subscriptionFee(of, span)?.amountCents ?? null);

  // The table of subscriptions.md § 7, fees paid in advance.
  test.each<Upgrade & { readonly paid: number; readonly credit: bigint; readonly fee: bigint }>([
    {
      name: '1 000 → 1 500',
      ...{ terms: calendar, on: '2023-03-12', from: advance('monthly', 1000), to: advance('monthly', 1500) },
      ...{ paid: 1000, credit: 645n, fee: 968n },
    },
    {
      name: 'again → 1 900 the same day',
      ...{ terms: subscription('2023-03-12T09:00:00Z'), on: '2023-03-12', from: advance('monthly', 1500), to: advance('monthly', 1900) },
      ...{ paid: 968, credit: 968n, fee: 1226n },
    },
    {
      name: '1 000 monthly → 12 000 yearly',
      ...{ terms: anniversary('2023-06-29'), on: '2023-09-28', from: advance('monthly', 1000), to: advance('yearly', 12_000) },
      ...{ paid: 1000, credit: 32n, fee: 9016n },
    },
    {
      name: '3 100 → 6 200 on the first day',
      ...{ terms: calendar, on: '2023-08-01', from: advance('monthly', 3100), to: advance('monthly', 6200) },
      ...{ paid: 3100, credit: 3100n, fee: 6200n },
    },
  ])('$name credits $credit and bills $fee', (row) => {
    const unusedCents = unusedAmountCents({
      subscription: endOf(row),
      plan: row.from,
      endDate: day(row.on),
      isEndDateUsed: false,
      planAmountCents: decimal(row.from.amountCents),
      feeAmountCents: cents(row.paid),
      creditedCents: ZERO,
    });
    const started = { ...row.terms, startedAt: at(`${row.on}T15:00:00Z`) };
    expect(roundCents(unusedCents)).toBe(row.credit);
    expect(feeOf(row.to, startingItem(started, row.to, day(row.on)).subscriptionFee)).toBe(row.fee);
  });

  // The same table, fees in arrears: the new plan bills at its next boundary.
  test.each<Upgrade & { readonly old: bigint; readonly next: string; readonly fee: bigint }>([
    {
      name: '3 100 → 6 200',
      ...{ terms: calendar, on: '2023-08-21', from: priced('monthly', 3100), to: priced('monthly', 6200) },
      ...{ old: 2000n, next: '2023-09-01', fee: 2200n },
    },
    {
      name: '45 500 → 91 000 quarterly',
      ...{ terms: anniversary('2023-01-15'), on: '2023-05-20', from: priced('quarterly', 45_500), to: priced('quarterly', 91_000) },
      ...{ old: 17_500n, next: '2023-07-15', fee: 56_000n }, // 56 of 91 days
    },
  ])('$name bills $old now and $fee on $next', (row) => {
    const change = at(`${row.on}T15:00:00Z`);
    const last = terminatingItem(endOf(row), row.from, { kind: 'upgrade', at: change, excludedMetricIds: [] });
    const started = { ...row.terms, startedAt: change };
    expect(feeOf(row.from, last.subscriptionFee)).toBe(row.old);
    expect(feeOf(row.to, periodicItem(started, row.to, day(row.next)).subscriptionFee)).toBe(row.fee);
  });

  test('and the new row, ended a month later, bills 32 of 91 days', () => {
    const started = { ...anniversary('2023-01-15'), startedAt: at('2023-05-20T15:00:00Z'), terminatedAt: at('2023-06-20T09:00:00Z') };
    const next = priced('quarterly', 91_000);
    const item = terminatingItem(started, next, { kind: 'termination', at: at('2023-06-20T09:00:00Z') });
    expect(feeOf(next, item.subscriptionFee)).toBe(32_000n);
  });
});
