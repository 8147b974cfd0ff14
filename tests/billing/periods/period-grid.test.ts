import { describe, expect, test } from 'vitest';
import { boundaryAt, isBoundary, lengthInDays, nextBoundary, periodContaining } from '../../../main/billing/periods/index.ts';
import { at, day, grid } from '../../support/subscription-builders.ts';

describe('the period that holds a day', () => {
  test.each([
    // The table of subscriptions.md § 2; a calendar grid has no anchor.
    ['weekly', 'calendar', '2020-01-01', '2023-02-01', '2023-01-29', '2023-02-04', 7],
    ['weekly', 'calendar', '2020-01-01', '2023-02-05', '2023-02-05', '2023-02-11', 7],
    ['weekly', 'anniversary', '2023-02-01', '2023-02-14', '2023-02-08', '2023-02-14', 7],
    ['monthly', 'anniversary', '2024-01-31', '2024-02-28', '2024-01-31', '2024-02-28', 29],
    ['monthly', 'anniversary', '2024-01-31', '2024-02-29', '2024-02-29', '2024-03-30', 31],
    ['monthly', 'anniversary', '2024-01-31', '2024-04-30', '2024-04-30', '2024-05-30', 31],
    ['monthly', 'anniversary', '2023-01-30', '2023-03-29', '2023-02-28', '2023-03-29', 30],
    ['quarterly', 'calendar', '2020-01-01', '2024-05-20', '2024-04-01', '2024-06-30', 91],
    ['quarterly', 'anniversary', '2023-11-30', '2024-02-29', '2024-02-29', '2024-05-29', 91],
    ['semiannual', 'anniversary', '2023-08-31', '2024-02-29', '2024-02-29', '2024-08-30', 184],
    ['yearly', 'calendar', '2020-01-01', '2024-02-10', '2024-01-01', '2024-12-31', 366],
    ['yearly', 'anniversary', '2024-02-29', '2025-02-28', '2025-02-28', '2026-02-27', 365],
    ['yearly', 'anniversary', '2024-02-29', '2028-02-28', '2027-02-28', '2028-02-28', 366],
    // Edges beside the table.
    ['weekly', 'calendar', '2020-01-01', '2023-02-04', '2023-01-29', '2023-02-04', 7],
    ['weekly', 'calendar', '2020-01-01', '2022-12-31', '2022-12-25', '2022-12-31', 7],
    ['weekly', 'calendar', '2020-01-01', '2023-01-01', '2023-01-01', '2023-01-07', 7],
    ['weekly', 'anniversary', '2023-02-01', '2023-02-01', '2023-02-01', '2023-02-07', 7],
    ['weekly', 'anniversary', '2023-02-01', '2023-01-31', '2023-01-25', '2023-01-31', 7],
    ['monthly', 'calendar', '2024-01-31', '2024-02-29', '2024-02-01', '2024-02-29', 29],
    ['monthly', 'calendar', '2024-01-31', '2023-02-28', '2023-02-01', '2023-02-28', 28],
    ['monthly', 'anniversary', '2024-01-31', '2024-03-30', '2024-02-29', '2024-03-30', 31],
    ['monthly', 'anniversary', '2024-01-31', '2024-03-31', '2024-03-31', '2024-04-29', 30],
    ['monthly', 'anniversary', '2024-01-31', '2023-12-30', '2023-11-30', '2023-12-30', 31],
    ['monthly', 'anniversary', '2023-02-28', '2023-03-31', '2023-03-28', '2023-04-27', 31],
    ['monthly', 'anniversary', '2024-02-29', '2025-03-01', '2025-02-28', '2025-03-28', 29],
    ['quarterly', 'calendar', '2020-01-01', '2023-03-31', '2023-01-01', '2023-03-31', 90],
    ['quarterly', 'calendar', '2020-01-01', '2023-12-31', '2023-10-01', '2023-12-31', 92],
    ['quarterly', 'anniversary', '2023-11-30', '2024-02-28', '2023-11-30', '2024-02-28', 91],
    ['semiannual', 'calendar', '2020-01-01', '2024-06-30', '2024-01-01', '2024-06-30', 182],
    ['semiannual', 'calendar', '2020-01-01', '2024-07-01', '2024-07-01', '2024-12-31', 184],
    ['yearly', 'anniversary', '2024-02-29', '2028-02-29', '2028-02-29', '2029-02-27', 365],
    ['yearly', 'anniversary', '2023-06-29', '2023-09-28', '2023-06-29', '2024-06-28', 366],
  ] as const)('%s %s from %s: %s is in %s – %s', (interval, billingTime, anchor, date, start, last, days) => {
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
    ['weekly', 'calendar', '2023-01-04', '2023-03-05', true],
    ['weekly', 'calendar', '2023-01-04', '2023-03-06', false],
    ['monthly', 'anniversary', '2023-01-30', '2023-02-28', true],
    ['monthly', 'anniversary', '2023-01-30', '2024-02-28', false],
    ['yearly', 'anniversary', '2024-02-29', '2025-02-28', true],
    ['yearly', 'anniversary', '2024-02-29', '2028-02-28', false],
    ['quarterly', 'calendar', '2023-02-10', '2023-05-01', false],
  ] as const)('%s %s from %s starts on %s: %s', (interval, billingTime, anchor, date, expected) => {
    expect(isBoundary(grid(interval, billingTime, anchor), day(date))).toBe(expected);
  });

  test.each([
    ['is the day that begins', 'monthly', '2023-01-01', '2023-02-28T23:00:00Z', 'Europe/Paris', '2023-03-01'],
    ['is the day whose midnight never was', 'weekly', '2018-10-07', '2018-11-04T03:00:00Z', 'America/Sao_Paulo', '2018-11-04'],
    ['is the day that was skipped', 'monthly', '2011-10-30', '2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-30'],
    ['is the day after the one that was skipped', 'monthly', '2011-10-31', '2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
  ] as const)('a boundary %s', (_, interval, anchor, instant, timeZone, expected) => {
    expect(boundaryAt(grid(interval, 'anniversary', anchor), at(instant), timeZone).toString()).toBe(expected);
  });
});
