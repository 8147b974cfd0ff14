import { describe, expect, test } from 'vitest';
import { isBoundary, lengthInDays, nextBoundary, periodContaining } from '../../../main/billing/periods/index.ts';
import { day, grid } from '../../support/subscription-builders.ts';

describe('the period that holds a day', () => {
  test.each([
    // The table of subscriptions.md § 2.
    { interval: 'weekly', billingTime: 'calendar', anchor: '2020-01-01', date: '2023-02-01', start: '2023-01-29', last: '2023-02-04', days: 7 },
    { interval: 'weekly', billingTime: 'calendar', anchor: '2020-01-01', date: '2023-02-05', start: '2023-02-05', last: '2023-02-11', days: 7 },
    { interval: 'weekly', billingTime: 'anniversary', anchor: '2023-02-01', date: '2023-02-14', start: '2023-02-08', last: '2023-02-14', days: 7 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2024-01-31', date: '2024-02-28', start: '2024-01-31', last: '2024-02-28', days: 29 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2024-01-31', date: '2024-02-29', start: '2024-02-29', last: '2024-03-30', days: 31 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2024-01-31', date: '2024-04-30', start: '2024-04-30', last: '2024-05-30', days: 31 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2023-01-30', date: '2023-03-29', start: '2023-02-28', last: '2023-03-29', days: 30 },
    { interval: 'quarterly', billingTime: 'calendar', anchor: '2020-01-01', date: '2024-05-20', start: '2024-04-01', last: '2024-06-30', days: 91 },
    { interval: 'quarterly', billingTime: 'anniversary', anchor: '2023-11-30', date: '2024-02-29', start: '2024-02-29', last: '2024-05-29', days: 91 },
    { interval: 'semiannual', billingTime: 'anniversary', anchor: '2023-08-31', date: '2024-02-29', start: '2024-02-29', last: '2024-08-30', days: 184 },
    { interval: 'yearly', billingTime: 'calendar', anchor: '2020-01-01', date: '2024-02-10', start: '2024-01-01', last: '2024-12-31', days: 366 },
    { interval: 'yearly', billingTime: 'anniversary', anchor: '2024-02-29', date: '2025-02-28', start: '2025-02-28', last: '2026-02-27', days: 365 },
    { interval: 'yearly', billingTime: 'anniversary', anchor: '2024-02-29', date: '2028-02-28', start: '2027-02-28', last: '2028-02-28', days: 366 },
    // Edges beside the table.
    { interval: 'weekly', billingTime: 'calendar', anchor: '2020-01-01', date: '2023-02-04', start: '2023-01-29', last: '2023-02-04', days: 7 },
    { interval: 'weekly', billingTime: 'calendar', anchor: '2020-01-01', date: '2022-12-31', start: '2022-12-25', last: '2022-12-31', days: 7 },
    { interval: 'weekly', billingTime: 'calendar', anchor: '2020-01-01', date: '2023-01-01', start: '2023-01-01', last: '2023-01-07', days: 7 },
    { interval: 'weekly', billingTime: 'anniversary', anchor: '2023-02-01', date: '2023-02-01', start: '2023-02-01', last: '2023-02-07', days: 7 },
    { interval: 'weekly', billingTime: 'anniversary', anchor: '2023-02-01', date: '2023-01-31', start: '2023-01-25', last: '2023-01-31', days: 7 },
    { interval: 'monthly', billingTime: 'calendar', anchor: '2024-01-31', date: '2024-02-29', start: '2024-02-01', last: '2024-02-29', days: 29 },
    { interval: 'monthly', billingTime: 'calendar', anchor: '2024-01-31', date: '2023-02-28', start: '2023-02-01', last: '2023-02-28', days: 28 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2024-01-31', date: '2024-03-30', start: '2024-02-29', last: '2024-03-30', days: 31 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2024-01-31', date: '2024-03-31', start: '2024-03-31', last: '2024-04-29', days: 30 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2024-01-31', date: '2023-12-30', start: '2023-11-30', last: '2023-12-30', days: 31 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2023-02-28', date: '2023-03-31', start: '2023-03-28', last: '2023-04-27', days: 31 },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2024-02-29', date: '2025-03-01', start: '2025-02-28', last: '2025-03-28', days: 29 },
    { interval: 'quarterly', billingTime: 'calendar', anchor: '2020-01-01', date: '2023-03-31', start: '2023-01-01', last: '2023-03-31', days: 90 },
    { interval: 'quarterly', billingTime: 'calendar', anchor: '2020-01-01', date: '2023-12-31', start: '2023-10-01', last: '2023-12-31', days: 92 },
    { interval: 'quarterly', billingTime: 'anniversary', anchor: '2023-11-30', date: '2024-02-28', start: '2023-11-30', last: '2024-02-28', days: 91 },
    { interval: 'semiannual', billingTime: 'calendar', anchor: '2020-01-01', date: '2024-06-30', start: '2024-01-01', last: '2024-06-30', days: 182 },
    { interval: 'semiannual', billingTime: 'calendar', anchor: '2020-01-01', date: '2024-07-01', start: '2024-07-01', last: '2024-12-31', days: 184 },
    { interval: 'yearly', billingTime: 'anniversary', anchor: '2024-02-29', date: '2028-02-29', start: '2028-02-29', last: '2029-02-27', days: 365 },
    { interval: 'yearly', billingTime: 'anniversary', anchor: '2023-06-29', date: '2023-09-28', start: '2023-06-29', last: '2024-06-28', days: 366 },
  ] as const)('$interval $billingTime from $anchor: $date is in $start – $last', ({ interval, billingTime, anchor, date, start, last, days }) => {
    const period = periodContaining(grid(interval, billingTime, anchor), day(date));
    expect(period.start.toString()).toBe(start);
    expect(period.next.subtract({ days: 1 }).toString()).toBe(last);
    expect(lengthInDays(period)).toBe(days);
  });
});

describe('the boundaries of a grid', () => {
  test('a month counted from a 31st never drifts', () => {
    const monthly = grid('monthly', 'anniversary', '2024-01-31');
    const boundaries: string[] = [];
    for (let date = day('2024-01-31'); boundaries.length < 6; date = nextBoundary(monthly, date)) boundaries.push(date.toString());
    expect(boundaries).toEqual(['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30']);
  });

  test('a boundary is strictly after the day asked for, also on a boundary', () => {
    expect(nextBoundary(grid('monthly', 'calendar', '2023-01-01'), day('2023-03-01')).toString()).toBe('2023-04-01');
  });

  test.each([
    { interval: 'weekly', billingTime: 'calendar', anchor: '2023-01-04', date: '2023-03-05', expected: true },
    { interval: 'weekly', billingTime: 'calendar', anchor: '2023-01-04', date: '2023-03-06', expected: false },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2023-01-30', date: '2023-02-28', expected: true },
    { interval: 'monthly', billingTime: 'anniversary', anchor: '2023-01-30', date: '2024-02-28', expected: false },
    { interval: 'yearly', billingTime: 'anniversary', anchor: '2024-02-29', date: '2025-02-28', expected: true },
    { interval: 'yearly', billingTime: 'anniversary', anchor: '2024-02-29', date: '2028-02-28', expected: false },
    { interval: 'quarterly', billingTime: 'calendar', anchor: '2023-02-10', date: '2023-05-01', expected: false },
  ] as const)('$interval $billingTime from $anchor starts on $date: $expected', ({ interval, billingTime, anchor, date, expected }) => {
    expect(isBoundary(grid(interval, billingTime, anchor), day(date))).toBe(expected);
  });
});
