import { describe, expect } from 'vitest';
import { scenario } from '../support/story.ts';

describe('a planned end', () => {
  scenario('inside a day counts that day, and usage to that second', '2023-09-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears', ending_at: '2023-09-10T15:30:00Z' });
    await s.use('calls', 1, { when: '2023-09-10T15:30:00Z' });
    await s.use('calls', 2, { when: '2023-09-10T15:30:01Z' });
    await s.at('2023-10-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-09-10: arrears 200 + calls 100 = 300']); // 6 of 30 days
    expect(await s.subscription('acme', 'terminated')).toMatchObject({
      terminated_at: '2023-09-10T15:30:00Z',
      ending_at: '2023-09-10T15:30:00Z',
    });
  });

  scenario('at midnight of an ordinary day counts that day', '2023-09-05T09:00:00Z', async (s) => {
    await s.plan('arrears');
    await s.subscribe({ plan: 'arrears', ending_at: '2023-09-06T00:00:00Z' });
    await s.at('2023-09-07T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-09-06: arrears 67 = 67']); // 2 of 30 days
  });

  scenario('on a billing date in arrears bills the finished period whole, once', '2023-09-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 3000, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears', ending_at: '2023-11-01T00:00:00Z' });
    await s.use('calls', 1, { when: '2023-10-31T23:59:59Z' });
    await s.use('calls', 2, { when: '2023-11-01T00:00:00Z' });
    await s.at('2023-12-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-10-01: arrears 2600 = 2600', '2023-11-01: arrears 3000 + calls 100 = 3100']);
    expect((await s.lastInvoice()).billing_periods).toMatchObject([
      {
        invoicing_reason: 'subscription_terminating',
        subscription_from_datetime: '2023-10-01T00:00:00Z',
        subscription_to_datetime: '2023-10-31T23:59:59Z',
        charges_to_datetime: '2023-10-31T23:59:59Z',
      },
    ]);
  });

  scenario('on a billing date in advance bills usage alone, without a note', '2023-09-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 3000, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'advance', ending_at: '2023-10-01T00:00:00Z' });
    await s.use('calls', 1);
    await s.at('2023-12-01T00:00:00Z').runDueWork();
    expect([await s.bills(), await s.notes()]).toEqual([['2023-09-05: advance 2600 = 2600', '2023-10-01: calls 100 = 100'], []]);
  });

  scenario('on a month of a year in arrears bills the year’s fee to the day before', '2023-10-10T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('year', { interval: 'yearly', amount_cents: 36_500, bill_charges_monthly: true, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'year', ending_at: '2023-12-01T00:00:00Z' });
    await s.use('calls', 3, { when: '2023-11-30T10:00:00Z' });
    await s.at('2024-02-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-11-01: nothing = 0', '2023-12-01: year 5200 + calls 300 = 5500']); // 52 of 365 days
  });

  scenario('on a month of a year in advance credits the dates from that one on', '2023-10-10T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('year', {
      interval: 'yearly',
      amount_cents: 36_500,
      pay_in_advance: true,
      bill_charges_monthly: true,
      charges: [{ metric: 'calls' }],
    });
    await s.subscribe({ plan: 'year', ending_at: '2023-12-01T00:00:00Z' });
    await s.use('calls', 3, { when: '2023-11-30T10:00:00Z' });
    await s.at('2024-02-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-10-10: year 8300 = 8300', '2023-11-01: nothing = 0', '2023-12-01: calls 300 - credit 300 = 0']);
    expect(await s.notes()).toEqual(['2023-12-01: 3100 credit, 2800 left']); // 31 of 365 days
  });

  scenario('that is taken back does not happen', '2023-09-05T09:00:00Z', async (s) => {
    await s.plan('arrears', { amount_cents: 3000 });
    await s.subscribe({ plan: 'arrears', ending_at: '2023-09-20T00:00:00Z' });
    await s.put('/subscriptions/acme', { subscription: { ending_at: null } });
    await s.at('2023-10-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-10-01: arrears 2600 = 2600']);
    expect(await s.subscription('acme')).toMatchObject({ status: 'active', ending_at: null });
  });

  scenario('that is given later happens', '2023-09-05T09:00:00Z', async (s) => {
    await s.plan('arrears', { amount_cents: 3000 });
    await s.subscribe({ plan: 'arrears' });
    await s.put('/subscriptions/acme', { subscription: { ending_at: '2023-09-14T12:00:00Z' } });
    await s.at('2023-10-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-09-14: arrears 1000 = 1000']);
  });

  scenario('at the boundary of a change that waits cancels the change', '2023-09-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000 });
    await s.plan('cheap', { amount_cents: 3000 });
    await s.subscribe({ plan: 'dear', ending_at: '2023-10-01T00:00:00Z' });
    await s.subscribe({ plan: 'cheap' });
    await s.at('2023-11-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-10-01: dear 6000 = 6000']);
    expect(await s.subscription('acme', 'canceled')).toMatchObject({ plan_code: 'cheap' });
  });
});

describe('the end of a customer', () => {
  scenario('ends its subscriptions with their last invoices and cancels what waits', '2023-09-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('dear', { amount_cents: 6000, charges: [{ metric: 'calls' }] });
    await s.plan('cheap', { amount_cents: 3000 });
    await s.plan('advance', { amount_cents: 3000, pay_in_advance: true });
    await s.subscribe({ plan: 'dear', as: 'one' });
    await s.subscribe({ plan: 'cheap', as: 'one' });
    await s.subscribe({ plan: 'advance', as: 'two' });
    await s.subscribe({ plan: 'cheap', as: 'later', subscription_at: '2023-12-01T00:00:00Z' });
    await s.use('calls', 1, { by: 'one' });
    await s.at('2023-09-10T12:00:00Z').delete('/customers/acme');
    expect(await s.bills()).toEqual([
      '2023-09-01: two/advance 3000 = 3000',
      '2023-09-10: one/dear 2000 + one/calls 100 = 2100',
      '2023-09-10: nothing = 0',
    ]);
    await s.at('2024-01-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toHaveLength(3);
  });
});
