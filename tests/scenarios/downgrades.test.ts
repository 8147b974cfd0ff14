import { describe, expect } from 'vitest';
import { scenario } from '../support/story.ts';

describe('a downgrade', () => {
  scenario('waits for the end of the fee period and then bills both rows on one invoice', '2023-05-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('dear', { amount_cents: 6000, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.plan('cheap', { amount_cents: 3000, pay_in_advance: true, charges: [{ metric: 'calls', properties: { amount: '0.5' } }] });
    await s.subscribe({ plan: 'dear', name: 'kept' });
    const row = await s.at('2023-06-10T09:00:00Z').subscribe({ plan: 'cheap', name: 'next' });
    expect(row).toMatchObject({ plan_code: 'dear', name: 'kept', next_plan_code: 'cheap', downgrade_plan_date: '2023-07-01' });
    await s.use('calls', 4, { when: '2023-06-30T23:59:59Z' });
    await s.use('calls', 8, { when: '2023-07-01T00:00:00Z' });
    await s.at('2023-08-01T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(2)).toEqual(['2023-07-01: calls 400 + cheap 3000 = 3400', '2023-08-01: cheap 3000 + calls 400 = 3400']);
    const invoice = (await s.invoices())[2];
    expect(invoice?.billing_periods).toMatchObject([
      {
        invoicing_reason: 'subscription_terminating',
        subscription_from_datetime: '2023-06-01T00:00:00Z',
        subscription_to_datetime: '2023-06-30T23:59:59Z',
        charges_from_datetime: '2023-06-01T00:00:00Z',
        charges_to_datetime: '2023-06-30T23:59:59Z',
      },
      { invoicing_reason: 'subscription_starting', subscription_from_datetime: '2023-07-01T00:00:00Z' },
    ]);
    expect(await s.notes()).toEqual([]);
    expect(await s.subscription('acme')).toMatchObject({
      plan_code: 'cheap',
      name: 'next',
      previous_plan_code: 'dear',
      started_at: '2023-07-01T00:00:00.000Z',
      subscription_at: '2023-05-05T09:00:00Z',
    });
    expect(await s.subscription('acme', 'terminated')).toMatchObject({
      terminated_at: '2023-07-01T00:00:00Z',
      next_plan_code: 'cheap',
      downgrade_plan_date: null,
    });
  });

  scenario('in arrears bills the old fee whole and the new one a period later', '2023-06-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000 });
    await s.plan('cheap', { amount_cents: 3000 });
    await s.subscribe({ plan: 'dear' });
    await s.at('2023-06-10T09:00:00Z').subscribe({ plan: 'cheap' });
    await s.at('2023-08-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-07-01: dear 6000 = 6000', '2023-08-01: cheap 3000 = 3000']);
    const [first] = await s.invoices();
    expect(first?.billing_periods.map((period) => period.invoicing_reason)).toEqual(['subscription_terminating']);
  });

  scenario('from a month to a cheaper year bills to the year’s own grid', '2023-07-19T09:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 12_900, pay_in_advance: true });
    await s.plan('year', { interval: 'yearly', amount_cents: 118_800, pay_in_advance: true });
    await s.subscribe({ plan: 'month', billing_time: 'anniversary' });
    await s.at('2023-10-25T09:00:00Z').subscribe({ plan: 'year' });
    await s.at('2024-07-19T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(3)).toEqual([
      '2023-10-19: month 12900 = 12900',
      '2023-11-19: year 78875 = 78875', // 243 of 366 days
      '2024-07-19: year 118800 = 118800',
    ]);
  });

  scenario('from a year with monthly charges switches when the year is over', '2023-03-15T09:00:00Z', async (s) => {
    await s.metric('calls');
    const charges = [{ metric: 'calls' }];
    await s.plan('year', { interval: 'yearly', amount_cents: 36_600, bill_charges_monthly: true, charges });
    await s.plan('cheap', { amount_cents: 1000, charges });
    await s.subscribe({ plan: 'year', billing_time: 'anniversary' });
    const row = await s.at('2023-09-01T09:00:00Z').subscribe({ plan: 'cheap' });
    expect(row).toMatchObject({ downgrade_plan_date: '2024-03-15' });
    await s.use('calls', 1, { when: '2023-10-14T00:00:00Z' });
    await s.use('calls', 2, { when: '2024-03-14T00:00:00Z' });
    await s.at('2024-04-15T00:00:00Z').runDueWork();
    const bills = await s.bills();
    expect([bills.length, bills[6], bills.at(-2), bills.at(-1)]).toEqual([
      13,
      '2023-10-15: calls 100 = 100',
      '2024-03-15: year 36600 + calls 200 = 36800',
      '2024-04-15: cheap 1000 = 1000',
    ]);
  });

  scenario('asked for on a boundary waits for the next one', '2023-06-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000 });
    await s.plan('cheap', { amount_cents: 3000 });
    await s.subscribe({ plan: 'dear' });
    expect(await s.at('2023-07-01T00:00:00Z').subscribe({ plan: 'cheap' })).toMatchObject({ downgrade_plan_date: '2023-08-01' });
  });

  scenario('is canceled and replaced by another one', '2023-06-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000 });
    await s.plan('cheap', { amount_cents: 3000 });
    await s.plan('cheaper', { amount_cents: 1000 });
    await s.subscribe({ plan: 'dear' });
    await s.subscribe({ plan: 'cheap' });
    expect(await s.subscribe({ plan: 'cheaper' })).toMatchObject({ plan_code: 'dear', next_plan_code: 'cheaper' });
    expect(await s.subscription('acme', 'canceled')).toMatchObject({ plan_code: 'cheap' });
    await s.at('2023-08-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-07-01: dear 6000 = 6000', '2023-08-01: cheaper 1000 = 1000']);
  });

  scenario('is canceled by asking for it, and the row goes on', '2023-06-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000 });
    await s.plan('cheap', { amount_cents: 3000 });
    await s.subscribe({ plan: 'dear' });
    await s.subscribe({ plan: 'cheap' });
    expect(await s.terminate('acme', '?status=pending')).toMatchObject({ status: 'canceled', plan_code: 'cheap' });
    expect(await s.subscription('acme')).toMatchObject({ next_plan_code: null, downgrade_plan_date: null });
    await s.at('2023-08-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-07-01: dear 6000 = 6000', '2023-08-01: dear 6000 = 6000']);
  });

  scenario('takes the planned end that the row has when it switches', '2023-06-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000 });
    await s.plan('cheap', { amount_cents: 3100 });
    await s.subscribe({ plan: 'dear' });
    await s.subscribe({ plan: 'cheap' });
    await s.put('/subscriptions/acme', { subscription: { ending_at: '2023-07-10T12:00:00Z' } });
    await s.at('2023-09-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-07-01: dear 6000 = 6000', '2023-07-10: cheap 1000 = 1000']);
  });

  scenario('on a billing date shared with siblings has an invoice of its own', '2023-06-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000 });
    await s.plan('cheap', { amount_cents: 3000 });
    await s.subscribe({ plan: 'dear', as: 'one' });
    await s.subscribe({ plan: 'dear', as: 'two' });
    await s.subscribe({ plan: 'cheap', as: 'two' });
    await s.subscribe({ plan: 'dear', as: 'three' });
    await s.at('2023-07-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-07-01: two/dear 6000 = 6000', '2023-07-01: one/dear 6000 + three/dear 6000 = 12000']);
  });

  scenario('lost to an end of the row is canceled', '2023-06-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000 });
    await s.plan('cheap', { amount_cents: 3000 });
    await s.subscribe({ plan: 'dear', ending_at: '2023-06-15T12:00:00Z' });
    await s.subscribe({ plan: 'cheap' });
    await s.at('2023-08-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-06-15: dear 3000 = 3000']);
    expect(await s.subscription('acme', 'canceled')).toMatchObject({ plan_code: 'cheap' });
  });
});
