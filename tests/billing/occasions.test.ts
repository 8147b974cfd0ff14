import { describe, expect, test } from 'vitest';
import type { BillingItem } from '../../main/billing/billing-item.ts';
import type { PlanTerms, SubscriptionTerms } from '../../main/billing/facts.ts';
import { subscriptionFee } from '../../main/billing/fees/subscription-fee.ts';
import {
  advanceUsageItem,
  metricsBilledByNextPlan,
  periodicItem,
  startingItem,
  terminatingItem,
  type Ending,
} from '../../main/billing/occasions.ts';
import { cents } from '../../shared/money.ts';
import { at, day, plan, subscription } from '../support/subscription-builders.ts';
import { charge, metric } from '../support/usage-builders.ts';

/** What an item bills: the days of its fee, its usage, and its four dates. */
function summary(item: BillingItem) {
  const { subscriptionFee: fee, usage, shown } = item;
  return {
    reason: item.reason,
    fee: fee && `${fee.firstDay.toString()} – ${fee.lastDay.toString()}`,
    usage: usage && `${usage.window.from.toString()} – ${usage.window.end.toString()}`,
    subscription: `${shown.subscriptionFrom.toString()} – ${shown.subscriptionTo.toString()}`,
    charges: `${shown.chargesFrom.toString()} – ${shown.chargesTo.toString()}`,
  };
}

const feeOf = (item: BillingItem, of: PlanTerms): bigint | null =>
  item.subscriptionFee && (subscriptionFee(of, item.subscriptionFee)?.amountCents ?? null);

const monthlyArrears = plan({ amountCents: cents(3100) });
const monthlyAdvance = plan({ amountCents: cents(3100), payInAdvance: true });
const yearlyArrears = plan({ interval: 'yearly', billChargesMonthly: true, amountCents: cents(36_500) });
const yearlyAdvance = { ...yearlyArrears, payInAdvance: true };

describe('a billing date', () => {
  const started = subscription('2023-01-10T09:00:00Z');

  test('in arrears bills the elapsed fee and the elapsed usage', () => {
    expect(summary(periodicItem(started, monthlyArrears, day('2023-02-01')))).toEqual({
      reason: 'subscription_periodic',
      fee: '2023-01-10 – 2023-01-31',
      usage: '2023-01-10T09:00:00Z – 2023-02-01T00:00:00Z',
      subscription: '2023-01-10T00:00:00Z – 2023-01-31T23:59:59.999Z',
      charges: '2023-01-10T09:00:00Z – 2023-01-31T23:59:59.999Z',
    });
  });

  test('in advance bills the new fee and the elapsed usage, so it has two pairs of dates', () => {
    expect(summary(periodicItem(started, monthlyAdvance, day('2023-02-01')))).toEqual({
      reason: 'subscription_periodic',
      fee: '2023-02-01 – 2023-02-28',
      usage: '2023-01-10T09:00:00Z – 2023-02-01T00:00:00Z',
      subscription: '2023-02-01T00:00:00Z – 2023-02-28T23:59:59.999Z',
      charges: '2023-01-10T09:00:00Z – 2023-01-31T23:59:59.999Z',
    });
  });

  test('settles the commitment of the elapsed fee period, whichever way the fee is paid', () => {
    const ends = [monthlyArrears, monthlyAdvance].map((of) => periodicItem(started, of, day('2023-02-01')).commitment?.lastDay.toString());
    expect(ends).toEqual(['2023-01-31', '2023-01-31']);
  });

  test('begins a period of recurring charges paid in advance', () => {
    const ahead = periodicItem(started, monthlyAdvance, day('2023-02-01')).advanceUsage;
    expect([ahead?.fromAt.toString(), ahead?.toAt.toString()]).toEqual(['2023-02-01T00:00:00Z', '2023-02-28T23:59:59.999Z']);
  });
});

describe('a yearly plan with monthly charges, anniversary of 15 March 2023', () => {
  const started = subscription('2023-03-15T10:00:00Z', { billingTime: 'anniversary' });

  test.each([
    // Advance: usage alone until the fee boundary; there the usage of 15 Feb – 14 Mar and the fee of year two.
    { of: yearlyAdvance, date: '2023-04-15', fee: null, usage: '2023-03-15T10:00:00Z – 2023-04-15T00:00:00Z' },
    { of: yearlyAdvance, date: '2024-02-15', fee: null, usage: '2024-01-15T00:00:00Z – 2024-02-15T00:00:00Z' },
    { of: yearlyAdvance, date: '2024-03-15', fee: '2024-03-15 – 2025-03-14', usage: '2024-02-15T00:00:00Z – 2024-03-15T00:00:00Z' },
    // Arrears: the fee of the elapsed year at its end.
    { of: yearlyArrears, date: '2023-04-15', fee: null, usage: '2023-03-15T10:00:00Z – 2023-04-15T00:00:00Z' },
    { of: yearlyArrears, date: '2024-02-15', fee: null, usage: '2024-01-15T00:00:00Z – 2024-02-15T00:00:00Z' },
    { of: yearlyArrears, date: '2024-03-15', fee: '2023-03-15 – 2024-03-14', usage: '2024-02-15T00:00:00Z – 2024-03-15T00:00:00Z' },
  ])('in advance $of.payInAdvance: on $date the fee is $fee', ({ of, date, fee, usage }) => {
    expect(summary(periodicItem(started, of, day(date)))).toMatchObject({ fee, usage });
  });

  test('usage-only invoices show the running year in advance and the year to be billed in arrears', () => {
    const year = '2023-03-15T00:00:00Z – 2024-03-14T23:59:59.999Z';
    expect(summary(periodicItem(started, yearlyAdvance, day('2023-06-15'))).subscription).toBe(year);
    expect(summary(periodicItem(started, yearlyArrears, day('2023-06-15'))).subscription).toBe(year);
  });

  test('the commitment is settled only when the year is over', () => {
    expect(periodicItem(started, yearlyArrears, day('2023-06-15')).commitment).toBeNull();
    expect(periodicItem(started, yearlyArrears, day('2024-03-15')).commitment?.firstDay.toString()).toBe('2023-03-15');
  });
});

describe('a yearly plan with monthly charges, calendar from 10 October 2023', () => {
  const started = subscription('2023-10-10T08:00:00Z');

  test('in arrears 1 January bills December usage and 83 of 365 days', () => {
    const item = periodicItem(started, yearlyArrears, day('2024-01-01'));
    expect(summary(item)).toMatchObject({ fee: '2023-10-10 – 2023-12-31', usage: '2023-12-01T00:00:00Z – 2024-01-01T00:00:00Z' });
    expect(feeOf(item, yearlyArrears)).toBe(8300n);
  });

  test('in advance 1 January bills December usage and the whole new year', () => {
    const item = periodicItem(started, yearlyAdvance, day('2024-01-01'));
    expect(summary(item)).toMatchObject({ fee: '2024-01-01 – 2024-12-31', usage: '2023-12-01T00:00:00Z – 2024-01-01T00:00:00Z' });
    expect(feeOf(item, yearlyAdvance)).toBe(36_500n);
  });
});

describe('a trial', () => {
  const inTrial = (days: number): SubscriptionTerms => {
    const started = subscription('2024-03-05T12:12:00Z');
    return { ...started, trialEndsAt: started.startedAt.add({ hours: 24 * days }) };
  };
  const advance = plan({ amountCents: cents(5_000_000), payInAdvance: true });
  const arrears = plan({ amountCents: cents(5_000_000) });

  test('ending after 10 days, in advance: from the trial-end day 17 of 31 days', () => {
    const item = startingItem(inTrial(10), advance, day('2024-03-15'));
    expect([item.reason, feeOf(item, advance), item.usage]).toEqual(['subscription_starting', 2_741_935n, null]);
  });

  test('does not move the start of the fee’s dates', () => {
    expect(summary(startingItem(inTrial(10), advance, day('2024-03-15'))).subscription).toBe(
      '2024-03-05T00:00:00Z – 2024-03-31T23:59:59.999Z',
    );
  });

  test('of 45 days, in advance: a billing date inside it bills usage alone', () => {
    expect(summary(periodicItem(inTrial(45), advance, day('2024-04-01')))).toMatchObject({
      fee: null,
      usage: '2024-03-05T12:12:00Z – 2024-04-01T00:00:00Z',
    });
  });

  test('of 45 days, in advance: its end bills 12 of 30 days', () => {
    expect(feeOf(startingItem(inTrial(45), advance, day('2024-04-19')), advance)).toBe(2_000_000n);
  });

  test('ending later on a billing date, in advance: that date bills normally', () => {
    expect(feeOf(periodicItem(inTrial(27), advance, day('2024-04-01')), advance)).toBe(5_000_000n);
  });

  test('in arrears: the period’s fee counts from the trial-end date', () => {
    expect(feeOf(periodicItem(inTrial(10), arrears, day('2024-04-01')), arrears)).toBe(2_741_935n);
  });

  test('in arrears: a period wholly in trial has no fee', () => {
    expect(feeOf(periodicItem(inTrial(45), arrears, day('2024-04-01')), arrears)).toBeNull();
    expect(feeOf(periodicItem(inTrial(45), arrears, day('2024-05-01')), arrears)).toBe(2_000_000n);
  });

  test('in arrears: a termination inside it has no fee, but its usage', () => {
    const ended = { ...inTrial(45), terminatedAt: at('2024-03-20T10:00:00Z') };
    const item = terminatingItem(ended, arrears, { kind: 'termination', at: at('2024-03-20T10:00:00Z') });
    expect([feeOf(item, arrears), item.usage !== null]).toEqual([null, true]);
  });
});

describe('a start', () => {
  test('bills the running period from the start day, never usage', () => {
    const item = startingItem(subscription('2023-01-10T09:00:00Z'), monthlyAdvance, day('2023-01-10'));
    expect(summary(item)).toEqual({
      reason: 'subscription_starting',
      fee: '2023-01-10 – 2023-01-31',
      usage: null,
      subscription: '2023-01-10T00:00:00Z – 2023-01-31T23:59:59.999Z',
      charges: '2023-01-10T09:00:00Z – 2023-01-31T23:59:59.999Z',
    });
    expect([item.advanceUsage, item.commitment]).toEqual([null, null]);
  });

  test('of an anniversary bills the whole period', () => {
    const started = subscription('2024-01-31T09:00:00Z', { billingTime: 'anniversary' });
    expect(feeOf(startingItem(started, monthlyAdvance, day('2024-01-31')), monthlyAdvance)).toBe(3100n);
  });

  test('counts days of the customer’s zone', () => {
    const weekly = plan({ interval: 'weekly', amountCents: cents(700), payInAdvance: true });
    const karachi = subscription('2023-06-16T20:00:00Z', { timeZone: 'Asia/Karachi' });
    const item = startingItem(karachi, weekly, day('2023-06-17'));
    expect([feeOf(item, weekly), item.shown.subscriptionFrom.toString()]).toEqual([100n, '2023-06-16T19:00:00Z']);
  });
});

describe('an end', () => {
  const ends = (ending: Ending, more: Partial<SubscriptionTerms> = {}): SubscriptionTerms =>
    subscription('2023-08-01T00:00:00Z', { terminatedAt: ending.at, endsBeforeTermination: ending.kind !== 'termination', ...more });

  test('by termination bills its day and its second', () => {
    const ending: Ending = { kind: 'termination', at: at('2023-08-21T10:00:00Z') };
    const item = terminatingItem(ends(ending), monthlyArrears, ending);
    expect(summary(item)).toEqual({
      reason: 'subscription_terminating',
      fee: '2023-08-01 – 2023-08-21',
      usage: '2023-08-01T00:00:00Z – 2023-08-21T10:00:01Z',
      subscription: '2023-08-01T00:00:00Z – 2023-08-21T10:00:00Z',
      charges: '2023-08-01T00:00:00Z – 2023-08-21T10:00:00Z',
    });
    expect(feeOf(item, monthlyArrears)).toBe(2100n);
  });

  test('by termination in advance bills usage alone', () => {
    const ending: Ending = { kind: 'termination', at: at('2023-08-21T10:00:00Z') };
    const item = terminatingItem(ends(ending), monthlyAdvance, ending);
    expect([item.subscriptionFee, item.usage?.toAt.toString()]).toEqual([null, '2023-08-21T10:00:00Z']);
  });

  test('by upgrade leaves the day and the second to the new plan', () => {
    const ending: Ending = { kind: 'upgrade', at: at('2023-08-21T10:00:00Z'), excludedMetricIds: [] };
    const item = terminatingItem(ends(ending), monthlyArrears, ending);
    expect(summary(item)).toMatchObject({ fee: '2023-08-01 – 2023-08-20', usage: '2023-08-01T00:00:00Z – 2023-08-21T10:00:00Z' });
    expect(feeOf(item, monthlyArrears)).toBe(2000n);
  });

  test('by upgrade on the first day of a period has no day left', () => {
    const ending: Ending = { kind: 'upgrade', at: at('2023-09-01T10:00:00Z'), excludedMetricIds: [] };
    const item = terminatingItem(ends(ending), monthlyArrears, ending);
    expect([feeOf(item, monthlyArrears), item.usage?.window.from.toString()]).toEqual([null, '2023-09-01T00:00:00Z']);
  });

  test('by upgrade in the first second of a period has no usage left', () => {
    const ending: Ending = { kind: 'upgrade', at: at('2023-09-01T00:00:00Z'), excludedMetricIds: [] };
    expect(terminatingItem(ends(ending), monthlyArrears, ending).usage).toBeNull();
  });

  test('on a boundary bills the finished period whole, with its ordinary dates', () => {
    const ending: Ending = { kind: 'boundary', at: at('2023-09-01T00:00:00Z'), excludedMetricIds: [] };
    const item = terminatingItem(ends(ending), monthlyArrears, ending);
    expect(summary(item)).toEqual({
      reason: 'subscription_terminating',
      fee: '2023-08-01 – 2023-08-31',
      usage: '2023-08-01T00:00:00Z – 2023-09-01T00:00:00Z',
      subscription: '2023-08-01T00:00:00Z – 2023-08-31T23:59:59.999Z',
      charges: '2023-08-01T00:00:00Z – 2023-08-31T23:59:59.999Z',
    });
  });

  test('on a monthly boundary inside a year bills the fee to the day before', () => {
    const ending: Ending = { kind: 'boundary', at: at('2023-11-01T00:00:00Z'), excludedMetricIds: [] };
    const item = terminatingItem(ends(ending), yearlyArrears, ending);
    expect(summary(item)).toMatchObject({ fee: '2023-08-01 – 2023-10-31', usage: '2023-10-01T00:00:00Z – 2023-11-01T00:00:00Z' });
    expect(feeOf(item, yearlyArrears)).toBe(9200n);
  });

  test('of a yearly plan with monthly charges bills usage since the last month and the fee since the last year', () => {
    const ending: Ending = { kind: 'termination', at: at('2024-02-10T15:00:00Z') };
    const item = terminatingItem(ends(ending), yearlyArrears, ending);
    expect(summary(item)).toMatchObject({ fee: '2024-01-01 – 2024-02-10', usage: '2024-02-01T00:00:00Z – 2024-02-10T15:00:01Z' });
    expect(feeOf(item, yearlyArrears)).toBe(4089n);
  });

  test('settles the commitment for the days that the row lived', () => {
    const ending: Ending = { kind: 'termination', at: at('2023-08-21T10:00:00Z') };
    const { commitment } = terminatingItem(ends(ending), monthlyAdvance, ending);
    expect([commitment?.firstDay.toString(), commitment?.lastDay.toString()]).toEqual(['2023-08-01', '2023-08-21']);
  });

  test('on a boundary whose last day never was bills the period before it', () => {
    // Apia skipped 30 December 2011: the boundary of that day is the first instant of the 31st.
    const boundary = at('2011-12-30T10:00:00Z');
    const ending: Ending = { kind: 'boundary', at: boundary, excludedMetricIds: [] };
    const apia = subscription('2011-11-30T12:00:00Z', {
      timeZone: 'Pacific/Apia',
      billingTime: 'anniversary',
      terminatedAt: boundary,
      endsBeforeTermination: true,
    });
    expect(summary(terminatingItem(apia, monthlyArrears, ending))).toMatchObject({
      fee: '2011-11-30 – 2011-12-29',
      usage: '2011-11-30T12:00:00Z – 2011-12-30T10:00:00Z',
    });
  });

  test('of a changed plan leaves recurring metrics in arrears to the next plan, a termination does not', () => {
    const upgrade: Ending = { kind: 'upgrade', at: at('2023-08-21T10:00:00Z'), excludedMetricIds: ['metric-1'] };
    const termination: Ending = { kind: 'termination', at: at('2023-08-21T10:00:00Z') };
    expect(terminatingItem(ends(upgrade), monthlyArrears, upgrade).usage?.excludedMetricIds).toEqual(['metric-1']);
    expect(terminatingItem(ends(termination), monthlyArrears, termination).usage?.excludedMetricIds).toEqual([]);
  });
});

test('only recurring charges of the next plan, in arrears and not prorated, take a metric over', () => {
  const recurring = (id: string) => metric('sum_agg', { id, recurring: true });
  const next = plan({
    charges: [
      charge({ metric: recurring('taken') }),
      charge({ metric: recurring('taken') }),
      charge({ metric: recurring('prorated'), prorated: true }),
      charge({ metric: recurring('advance'), payInAdvance: true }),
      charge({ metric: metric('sum_agg', { id: 'not-recurring' }) }),
    ],
  });
  expect(metricsBilledByNextPlan(next)).toEqual(['taken']);
});

test('an in-advance usage invoice shows the periods of its event and bills nothing else', () => {
  expect(summary(advanceUsageItem(subscription('2023-01-10T09:00:00Z'), monthlyArrears, day('2023-02-03')))).toEqual({
    reason: 'in_advance_charge',
    fee: null,
    usage: null,
    subscription: '2023-02-01T00:00:00Z – 2023-02-28T23:59:59.999Z',
    charges: '2023-02-01T00:00:00Z – 2023-02-28T23:59:59.999Z',
  });
});
