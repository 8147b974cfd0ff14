import { describe, expect } from 'vitest';
import { scenario } from '../support/story.ts';

describe('the customer’s zone', () => {
  scenario('of Karachi makes Friday evening in UTC a Saturday', '2023-06-16T20:00:00Z', async (s) => {
    await s.customer('acme', { timezone: 'Asia/Karachi' });
    await s.plan('week', { interval: 'weekly', amount_cents: 700, pay_in_advance: true });
    await s.subscribe({ plan: 'week' });
    expect(await s.bills()).toEqual(['2023-06-17: week 100 = 100']);
    await s.at('2023-06-17T18:59:59Z').runDueWork();
    expect(await s.bills()).toHaveLength(1);
    await s.at('2023-06-17T19:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-06-18: week 700 = 700');
  });

  scenario('of New York bills November with its clock change', '2023-10-05T12:00:00Z', async (s) => {
    await s.customer('acme', { timezone: 'America/New_York' });
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3000, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 1, { when: '2023-11-01T03:59:59Z' });
    await s.use('calls', 2, { when: '2023-11-01T04:00:00Z' });
    await s.use('calls', 4, { when: '2023-12-01T04:59:59Z' });
    await s.use('calls', 8, { when: '2023-12-01T05:00:00Z' });
    await s.at('2023-12-01T05:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-11-01: month 2613 + calls 100 = 2713', '2023-12-01: month 3000 + calls 600 = 3600']);
    expect((await s.lastInvoice()).billing_periods).toMatchObject([
      { charges_from_datetime: '2023-11-01T04:00:00Z', charges_to_datetime: '2023-12-01T04:59:59Z' },
    ]);
  });

  scenario('is the organization’s where it has none', '2023-06-16T20:00:00Z', async (s) => {
    await s.organization({ timezone: 'Asia/Karachi' });
    await s.plan('week', { interval: 'weekly', amount_cents: 700, pay_in_advance: true });
    await s.subscribe({ plan: 'week' });
    expect(await s.bills()).toEqual(['2023-06-17: week 100 = 100']);
  });

  scenario('without midnight starts the day at its first instant', '2018-10-29T15:00:00Z', async (s) => {
    await s.customer('acme', { timezone: 'America/Sao_Paulo' });
    await s.plan('week', { interval: 'weekly', amount_cents: 700 });
    await s.subscribe({ plan: 'week' });
    await s.at('2018-11-04T02:59:59Z').runDueWork();
    expect(await s.bills()).toEqual([]);
    await s.at('2018-11-04T03:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2018-11-04: week 600 = 600']);
    await s.at('2018-11-11T02:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2018-11-11: week 700 = 700');
  });

  scenario('of Apia bills the month that lost a day, also where the boundary was lost', '2011-10-30T12:00:00Z', async (s) => {
    await s.customer('acme', { timezone: 'Pacific/Apia' });
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3000, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month', as: 'anniversary', billing_time: 'anniversary', subscription_at: '2011-10-30T12:00:00Z' });
    await s.subscribe({ plan: 'month', as: 'calendar' });
    await s.use('calls', 1, { by: 'anniversary', when: '2011-12-30T09:59:59Z' });
    await s.use('calls', 2, { by: 'anniversary', when: '2011-12-30T10:00:00Z' });
    await s.at('2012-01-29T10:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2011-11-01: calendar/month 194 = 194', // 2 of 31 days
      '2011-11-30: anniversary/month 3000 = 3000',
      '2011-12-01: calendar/month 3000 = 3000',
      '2011-12-31: anniversary/month 3000 + anniversary/calls 100 = 3100', // the 30th began with the 31st
      '2012-01-01: calendar/month 3000 = 3000',
      '2012-01-30: anniversary/month 3000 + anniversary/calls 200 = 3200',
    ]);
  });
});

describe('a changed zone', () => {
  scenario('to the west moves only later boundaries, without gap or overlap', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-01T01:00:00Z').customer('acme', { timezone: 'Pacific/Honolulu' });
    await s.use('calls', 1, { when: '2023-01-31T23:59:59Z' });
    await s.use('calls', 2, { when: '2023-02-01T00:00:00Z' });
    await s.use('calls', 4, { when: '2023-03-01T09:59:59Z' });
    await s.use('calls', 8, { when: '2023-03-01T10:00:00Z' });
    await s.at('2023-04-01T10:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-02-01: month 3100 = 3100',
      '2023-03-01: month 3100 + calls 600 = 3700',
      '2023-04-01: month 3100 + calls 800 = 3900',
    ]);
    expect((await s.invoices())[1]?.billing_periods).toMatchObject([
      { charges_from_datetime: '2023-02-01T00:00:00Z', charges_to_datetime: '2023-03-01T09:59:59Z' },
    ]);
  });

  scenario('to the east moves only later boundaries, without gap or overlap', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-10T00:00:00Z').customer('acme', { timezone: 'Asia/Tokyo' });
    await s.use('calls', 2, { when: '2023-02-01T00:00:00Z' });
    await s.use('calls', 4, { when: '2023-02-28T14:59:59Z' });
    await s.use('calls', 8, { when: '2023-02-28T15:00:00Z' });
    await s.at('2023-03-31T15:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-02-01: month 3100 = 3100',
      '2023-03-01: month 3100 + calls 600 = 3700',
      '2023-04-01: month 3100 + calls 800 = 3900',
    ]);
  });

  scenario('makes a boundary due that has passed in the new zone', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 1, { when: '2023-01-31T14:59:59Z' });
    await s.use('calls', 2, { when: '2023-01-31T15:00:00Z' });
    await s.at('2023-01-31T18:00:00Z').customer('acme', { timezone: 'Asia/Tokyo' });
    expect(await s.bills()).toEqual(['2023-02-01: month 3100 + calls 100 = 3200']);
    await s.at('2023-02-28T15:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-03-01: month 3100 + calls 200 = 3300');
  });

  scenario('never bills a date twice, nor a termination on a day that came again', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 1, { when: '2023-01-20T00:00:00Z' });
    await s.at('2023-02-01T01:00:00Z').customer('acme', { timezone: 'Pacific/Honolulu' });
    await s.use('calls', 2, { when: '2023-02-01T00:30:00Z' });
    await s.at('2023-02-01T02:00:00Z').terminate('acme');
    // 31 January in Honolulu: January was billed whole, only two hours of usage are left.
    expect(await s.bills()).toEqual(['2023-01-31: calls 200 = 200', '2023-02-01: month 3100 + calls 100 = 3200']);
  });

  scenario('gives back the days of a period that was billed ahead on a day that came again', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 2800, pay_in_advance: true });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-01T01:00:00Z').customer('acme', { timezone: 'Pacific/Honolulu' });
    await s.at('2023-02-01T02:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual(['2023-02-01: 2700 credit, 2700 left']); // 27 of 28 days, in the zone of the fee
  });

  scenario('moves a downgrade that waits past the boundary that was billed', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6200 });
    await s.plan('cheap', { amount_cents: 3100 });
    await s.subscribe({ plan: 'dear' });
    await s.at('2023-02-01T01:00:00Z').customer('acme', { timezone: 'Pacific/Honolulu' });
    expect(await s.at('2023-02-01T02:00:00Z').subscribe({ plan: 'cheap' })).toMatchObject({ downgrade_plan_date: '2023-03-01' });
    await s.at('2023-02-01T03:00:00Z').customer('acme', { timezone: 'Pacific/Pago_Pago' });
    expect(await s.subscription('acme')).toMatchObject({ downgrade_plan_date: '2023-03-01' });
    await s.at('2023-04-01T11:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: dear 6200 = 6200', '2023-03-01: dear 6200 = 6200', '2023-04-01: cheap 3100 = 3100']);
  });

  scenario('of the organization moves its customers without a zone of their own', '2023-01-01T00:00:00Z', async (s) => {
    await s.customer('own', { timezone: 'UTC' });
    await s.plan('month', { amount_cents: 3100 });
    await s.subscribe({ plan: 'month', customer: 'own' });
    await s.subscribe({ plan: 'month', customer: 'led' });
    await s.organization({ timezone: 'Asia/Tokyo' });
    await s.at('2023-01-31T15:00:00Z').runDueWork();
    expect([await s.bills('own'), await s.bills('led')]).toEqual([[], ['2023-02-01: month 3100 = 3100']]);
  });

  scenario('bills nothing that fell due before a moved start became active', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 3000 });
    await s.subscribe({ plan: 'month', subscription_at: '2023-06-01T00:00:00Z' });
    await s.at('2023-04-20T09:00:00Z').put('/subscriptions/acme', { subscription: { subscription_at: '2023-02-10T00:00:00Z' } });
    await s.customer('acme', { timezone: 'Asia/Tokyo' });
    expect(await s.bills()).toEqual([]);
    await s.at('2023-04-30T15:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-05-01: month 3000 = 3000']);
  });

  scenario('moves the day of a start that waits', '2023-01-01T00:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'month', subscription_at: '2023-01-21T18:00:00Z' });
    await s.customer('acme', { timezone: 'Asia/Tokyo' });
    await s.at('2023-01-21T15:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-01-22: month 1000 = 1000']); // 10 of 31 days
  });
});
