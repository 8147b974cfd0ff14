import { describe, expect, test } from 'vitest';
import type { PlanTerms, SubscriptionTerms } from '../../../main/billing/facts.ts';
import { chargeGrid, chargePeriodContaining, currentChargePeriod, feeGrid, firstBillingDate } from '../../../main/billing/periods/index.ts';
import { startOfDay } from '../../../shared/dates.ts';
import { at, day, plan, subscription } from '../../support/subscription-builders.ts';

/** The counted seconds `[from, end)` and the instants shown. */
function periodOf(terms: SubscriptionTerms, of: PlanTerms, date: string) {
  const { window, fromAt, toAt, nextDate } = chargePeriodContaining(terms, of, day(date));
  return {
    counted: [window.from.toString(), window.end.toString()],
    shown: [fromAt.toString(), toAt.toString()],
    days: [window.firstDay.toString(), window.lastDay.toString(), window.fullPeriodDays],
    next: nextDate.toString(),
  };
}

describe('the grids of a subscription', () => {
  const started = subscription('2023-03-15T10:00:00Z', { billingTime: 'anniversary' });

  test('a yearly plan that bills charges monthly has a monthly charge grid beside its yearly fee grid', () => {
    const yearly = plan({ interval: 'yearly', billChargesMonthly: true });
    expect([feeGrid(started, yearly).interval, chargeGrid(started, yearly).interval]).toEqual(['yearly', 'monthly']);
  });

  test('otherwise both are the fee grid', () => {
    const yearly = plan({ interval: 'yearly' });
    expect(chargeGrid(started, yearly)).toEqual(feeGrid(started, yearly));
  });

  test('the anchor is the date of subscription_at in the customer’s zone, even if the row began later', () => {
    const late = subscription('2023-09-28T10:00:00Z', { subscriptionAt: at('2023-06-16T20:00:00Z'), timeZone: 'Asia/Karachi' });
    expect(feeGrid(late, plan()).anchor.toString()).toBe('2023-06-17');
  });
});

describe('a charge period', () => {
  test('in New York, November 2023 ends an hour later than it starts', () => {
    const newYork = subscription('2023-01-05T12:00:00Z', { timeZone: 'America/New_York' });
    expect(periodOf(newYork, plan(), '2023-11-20')).toEqual({
      counted: ['2023-11-01T04:00:00Z', '2023-12-01T05:00:00Z'],
      shown: ['2023-11-01T04:00:00Z', '2023-12-01T04:59:59.999Z'],
      days: ['2023-11-01', '2023-11-30', 30],
      next: '2023-12-01',
    });
  });

  test('of the first period counts from the second of the start and shows its millisecond', () => {
    expect(periodOf(subscription('2023-03-05T12:12:30.750Z'), plan(), '2023-03-20')).toEqual({
      counted: ['2023-03-05T12:12:30Z', '2023-04-01T00:00:00Z'],
      shown: ['2023-03-05T12:12:30.75Z', '2023-03-31T23:59:59.999Z'],
      days: ['2023-03-05', '2023-03-31', 31],
      next: '2023-04-01',
    });
  });

  test('of a terminated row counts the whole second of the termination', () => {
    const ended = subscription('2023-03-05T12:00:00Z', { terminatedAt: at('2023-03-21T10:20:30.400Z') });
    expect(periodOf(ended, plan(), '2023-03-21')).toEqual({
      counted: ['2023-03-05T12:00:00Z', '2023-03-21T10:20:31Z'],
      shown: ['2023-03-05T12:00:00Z', '2023-03-21T10:20:30.4Z'],
      days: ['2023-03-05', '2023-03-21', 31],
      next: '2023-04-01',
    });
  });

  test('of a changed plan leaves the second of the change, and the days from it on, to the new row', () => {
    const changed = subscription('2023-03-05T12:00:00Z', { terminatedAt: at('2023-03-21T10:20:30.400Z'), endsBeforeTermination: true });
    const { counted, days } = periodOf(changed, plan(), '2023-03-21');
    expect(counted).toEqual(['2023-03-05T12:00:00Z', '2023-03-21T10:20:30Z']);
    expect(days).toEqual(['2023-03-05', '2023-03-20', 31]);
  });

  test('of a plan changed in the first hours of a period bills no day of it', () => {
    const changed = subscription('2023-03-05T12:00:00Z', { terminatedAt: at('2023-04-01T10:00:00Z'), endsBeforeTermination: true });
    expect(periodOf(changed, plan(), '2023-04-01')).toMatchObject({
      counted: ['2023-04-01T00:00:00Z', '2023-04-01T10:00:00Z'],
      days: ['2023-04-01', '2023-03-31', 30],
    });
  });

  test('that a row closes exactly at its boundary shows the ordinary end', () => {
    const switched = subscription('2023-03-05T12:00:00Z', { terminatedAt: at('2023-04-01T00:00:00Z'), endsBeforeTermination: true });
    expect(periodOf(switched, plan(), '2023-03-31')).toEqual({
      counted: ['2023-03-05T12:00:00Z', '2023-04-01T00:00:00Z'],
      shown: ['2023-03-05T12:00:00Z', '2023-03-31T23:59:59.999Z'],
      days: ['2023-03-05', '2023-03-31', 31],
      next: '2023-04-01',
    });
  });

  test('tells until when a weighted level is held where the row ends inside a second', () => {
    const ended = subscription('2023-03-05T12:00:00Z', { terminatedAt: at('2023-03-21T10:20:30.400Z') });
    expect(chargePeriodContaining(ended, plan(), day('2023-03-21')).window.heldUntil?.toString()).toBe('2023-03-21T10:20:30.4Z');
  });

  test('of a yearly plan with monthly charges is a month', () => {
    const yearly = plan({ interval: 'yearly', billChargesMonthly: true });
    const terms = subscription('2023-03-15T10:00:00Z', { billingTime: 'anniversary' });
    expect(periodOf(terms, yearly, '2024-02-20').days).toEqual(['2024-02-15', '2024-03-14', 29]);
  });

  test('that has no midnight starts at its first instant', () => {
    const saoPaulo = subscription('2018-10-04T15:00:00Z', { billingTime: 'anniversary', timeZone: 'America/Sao_Paulo' });
    const weekly = plan({ interval: 'weekly' });
    // Midnight of Sunday 4 November 2018 does not exist there: the day begins at 01:00, UTC-2.
    expect(startOfDay(day('2018-11-04'), 'America/Sao_Paulo').toString()).toBe('2018-11-04T03:00:00Z');
    const calendar = { ...saoPaulo, billingTime: 'calendar' } as const;
    expect(periodOf(calendar, weekly, '2018-11-04').counted).toEqual(['2018-11-04T03:00:00Z', '2018-11-11T02:00:00Z']);
    expect(periodOf(calendar, weekly, '2018-11-03').counted).toEqual(['2018-10-28T03:00:00Z', '2018-11-04T03:00:00Z']);
  });

  test('that holds a day which never was still has its date in the count', () => {
    // Apia skipped Friday 30 December 2011.
    const apia = subscription('2011-11-15T12:00:00Z', { timeZone: 'Pacific/Apia' });
    const december = periodOf(apia, plan(), '2011-12-29');
    expect(december.counted).toEqual(['2011-12-01T10:00:00Z', '2011-12-31T10:00:00Z']);
    expect(december.days).toEqual(['2011-12-01', '2011-12-31', 31]);
  });
});

describe('after a change of time zone', () => {
  const billedInUtc = { chargesBilledUntil: at('2023-02-01T00:00:00Z') };

  test('to the west, the next period begins where the last one ended', () => {
    const honolulu = subscription('2023-01-05T12:00:00Z', { ...billedInUtc, timeZone: 'Pacific/Honolulu' });
    expect(periodOf(honolulu, plan(), '2023-02-20').counted).toEqual(['2023-02-01T00:00:00Z', '2023-03-01T10:00:00Z']);
  });

  test('to the east, the next period begins where the last one ended', () => {
    const tokyo = subscription('2023-01-05T12:00:00Z', { ...billedInUtc, timeZone: 'Asia/Tokyo' });
    expect(periodOf(tokyo, plan(), '2023-02-20').counted).toEqual(['2023-02-01T00:00:00Z', '2023-02-28T15:00:00Z']);
  });

  test('the day before the billed boundary, which has come again, does not bill its period again', () => {
    const honolulu = subscription('2023-01-05T12:00:00Z', { ...billedInUtc, timeZone: 'Pacific/Honolulu' });
    expect(periodOf(honolulu, plan(), '2023-01-31').counted).toEqual(['2023-02-01T00:00:00Z', '2023-02-01T10:00:00Z']);
  });

  test('periods long over are as they were', () => {
    const utc = subscription('2022-12-05T12:00:00Z', { chargesBilledUntil: at('2023-04-01T00:00:00Z') });
    expect(periodOf(utc, plan(), '2023-01-20').counted).toEqual(['2023-01-01T00:00:00Z', '2023-02-01T00:00:00Z']);
  });
});

describe('the current charge period', () => {
  test('is the one that holds now', () => {
    const terms = subscription('2023-01-05T12:00:00Z');
    expect(currentChargePeriod(terms, plan(), at('2023-03-10T00:00:00Z')).fromAt.toString()).toBe('2023-03-01T00:00:00Z');
  });

  test('of a row that starts later today is its first one', () => {
    const terms = subscription('2023-01-05T18:00:00Z');
    expect(currentChargePeriod(terms, plan(), at('2023-01-05T12:00:00Z')).fromAt.toString()).toBe('2023-01-05T18:00:00Z');
  });
});

describe('the first billing date', () => {
  test.each([
    { name: 'of a calendar month is the 1st', terms: subscription('2023-03-05T12:00:00Z'), of: plan(), expected: '2023-04-01' },
    { name: 'is never the day the row starts', terms: subscription('2023-04-01T00:00:00Z'), of: plan(), expected: '2023-05-01' },
    {
      name: 'of an anniversary is a period later',
      terms: subscription('2023-01-31T12:00:00Z', { billingTime: 'anniversary' }),
      of: plan(),
      expected: '2023-02-28',
    },
    {
      name: 'of a backdated row is after the day it was made',
      terms: subscription('2023-01-15T00:00:00Z', { createdAt: at('2023-03-10T09:00:00Z') }),
      of: plan(),
      expected: '2023-04-01',
    },
    {
      name: 'of a backdated row made on a boundary is the next one',
      terms: subscription('2023-01-15T00:00:00Z', { createdAt: at('2023-03-01T09:00:00Z') }),
      of: plan(),
      expected: '2023-04-01',
    },
    {
      name: 'of a yearly plan with monthly charges is a month later',
      terms: subscription('2023-10-10T12:00:00Z'),
      of: plan({ interval: 'yearly', billChargesMonthly: true }),
      expected: '2023-11-01',
    },
    {
      name: 'counts days of the customer’s zone',
      terms: subscription('2023-06-16T20:00:00Z', { timeZone: 'Asia/Karachi' }),
      of: plan({ interval: 'weekly' }),
      expected: '2023-06-18',
    },
  ])('$name', ({ terms, of, expected }) => {
    expect(firstBillingDate(terms, of).toString()).toBe(expected);
  });
});
