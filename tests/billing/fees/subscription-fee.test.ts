import { describe, expect, test } from 'vitest';
import type { FeeSpan } from '../../../main/billing/billing-item.ts';
import { billedDays, prorateCents, subscriptionFee } from '../../../main/billing/fees/subscription-fee.ts';
import { currencyCode } from '../../../shared/currency.ts';
import { startOfDay } from '../../../shared/dates.ts';
import { cents } from '../../../shared/money.ts';
import { day, plan } from '../../support/subscription-builders.ts';

/** Billed days, both included, in the whole period from `start` up to, not including, `next`. */
function span(firstDay: string, lastDay: string, start: string, next: string): FeeSpan {
  const period = { start: day(start), next: day(next) };
  return {
    firstDay: day(firstDay),
    lastDay: day(lastDay),
    period,
    fromAt: startOfDay(period.start, 'UTC'),
    toAt: startOfDay(period.next, 'UTC'),
  };
}

describe('a subscription fee is price × billed days ÷ days of the whole period', () => {
  test.each([
    // The table of subscriptions.md § 3.
    { name: 'weekly 700 from Wednesday', price: 700, of: span('2023-02-01', '2023-02-04', '2023-01-29', '2023-02-05'), fee: 400n },
    { name: '26 of 29 days', price: 5_000_000, of: span('2024-02-04', '2024-02-29', '2024-02-01', '2024-03-01'), fee: 4_482_759n },
    { name: '27 of 31 days', price: 1000, of: span('2023-03-05', '2023-03-31', '2023-03-01', '2023-04-01'), fee: 871n },
    { name: '83 of 365 days', price: 36_500, of: span('2023-10-10', '2023-12-31', '2023-01-01', '2024-01-01'), fee: 8300n },
    { name: '41 of 366 days', price: 36_500, of: span('2024-01-01', '2024-02-10', '2024-01-01', '2025-01-01'), fee: 4089n },
    { name: '42 of 91 days', price: 9100, of: span('2024-05-20', '2024-06-30', '2024-04-01', '2024-07-01'), fee: 4200n },
    { name: '10 of 30 days', price: 2900, of: span('2024-02-28', '2024-03-08', '2024-02-28', '2024-03-29'), fee: 967n },
    // Other examples of the rule page.
    { name: '83 of 365 days, rounded', price: 10_000, of: span('2023-10-10', '2023-12-31', '2023-01-01', '2024-01-01'), fee: 2274n },
    { name: '2 of 30 days', price: 1000, of: span('2023-09-05', '2023-09-06', '2023-09-01', '2023-10-01'), fee: 67n },
    { name: '17 of 31 days', price: 5_000_000, of: span('2024-03-15', '2024-03-31', '2024-03-01', '2024-04-01'), fee: 2_741_935n },
    { name: '12 of 30 days', price: 5_000_000, of: span('2024-04-19', '2024-04-30', '2024-04-01', '2024-05-01'), fee: 2_000_000n },
    { name: '275 of 366 days', price: 12_000, of: span('2023-09-28', '2024-06-28', '2023-06-29', '2024-06-29'), fee: 9016n },
    { name: '243 of 366 days', price: 118_800, of: span('2023-11-19', '2024-07-18', '2023-07-19', '2024-07-19'), fee: 78_875n },
    { name: 'one day of a week', price: 700, of: span('2023-06-17', '2023-06-17', '2023-06-11', '2023-06-18'), fee: 100n },
    // Half away from zero: 1 × 1/2 and 5 × 1/2 days of 14.
    { name: 'half a cent up', price: 1, of: span('2023-02-01', '2023-02-14', '2023-02-01', '2023-03-01'), fee: 1n },
    { name: 'two and a half cents up', price: 5, of: span('2023-02-01', '2023-02-14', '2023-02-01', '2023-03-01'), fee: 3n },
    { name: 'just below half a cent down', price: 1, of: span('2023-02-01', '2023-02-13', '2023-02-01', '2023-03-01'), fee: 0n },
    { name: 'a free plan', price: 0, of: span('2023-02-01', '2023-02-28', '2023-02-01', '2023-03-01'), fee: 0n },
    { name: 'a whole period', price: 999, of: span('2023-02-01', '2023-02-28', '2023-02-01', '2023-03-01'), fee: 999n },
  ])('$name of $price is $fee', ({ price, of, fee }) => {
    expect(subscriptionFee(plan({ amountCents: cents(price) }), of)?.amountCents).toBe(fee);
  });

  test('no day is no fee, rather than a fee of 0', () => {
    expect(subscriptionFee(plan(), span('2023-03-01', '2023-02-28', '2023-03-01', '2023-04-01'))).toBeNull();
  });

  test('a trial that ends after the last billed day is no fee', () => {
    expect(subscriptionFee(plan(), span('2023-04-10', '2023-03-31', '2023-03-01', '2023-04-01'))).toBeNull();
  });

  test('the exact amount is in currency units, before the rounding', () => {
    const fee = subscriptionFee(plan({ amountCents: cents(1000) }), span('2023-03-05', '2023-03-31', '2023-03-01', '2023-04-01'));
    expect(fee?.preciseAmount.toFixed(10)).toBe('8.7096774194');
  });

  test('a currency without decimals counts whole units', () => {
    const yen = plan({ amountCents: cents(1000), currency: currencyCode('JPY') });
    const fee = subscriptionFee(yen, span('2023-03-05', '2023-03-31', '2023-03-01', '2023-04-01'));
    expect([fee?.amountCents, fee?.preciseAmount.toFixed(3)]).toEqual([871n, '870.968']);
  });

  test('the steps name the days and the rounding', () => {
    const fee = subscriptionFee(plan({ amountCents: cents(700) }), span('2023-02-01', '2023-02-04', '2023-01-29', '2023-02-05'));
    expect(fee?.steps).toEqual([
      {
        kind: 'proration',
        values: { plan_amount: '7', billed_days: 4, period_days: 7, first_day: '2023-02-01', last_day: '2023-02-04' },
        result: '400',
      },
      { kind: 'rounding', values: { exact_cents: '400', currency: 'USD' }, result: '400' },
    ]);
  });
});

describe('billed days', () => {
  test.each([
    { firstDay: '2023-03-05', lastDay: '2023-03-05', days: 1 },
    { firstDay: '2023-03-05', lastDay: '2023-03-04', days: 0 },
    { firstDay: '2024-02-28', lastDay: '2024-03-01', days: 3 },
    { firstDay: '2023-03-20', lastDay: '2023-03-04', days: -15 },
  ])('from $firstDay to $lastDay are $days', ({ firstDay, lastDay, days }) => {
    expect(billedDays(span(firstDay, lastDay, '2023-03-01', '2023-04-01'))).toBe(days);
  });
});

test('a part of an amount is exact', () => {
  expect(prorateCents(cents(5000), 20, 28).toFixed(5)).toBe('3571.42857');
});
