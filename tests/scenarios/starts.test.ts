import { describe, expect } from 'vitest';
import { scenario } from '../support/story.ts';

describe('a subscription that starts now', () => {
  scenario('in advance is billed at once from its start day, and never for usage', '2023-01-10T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.use('calls', 5, { when: '2023-01-10T09:00:00Z' });
    await s.subscribe({ plan: 'advance' });
    expect(await s.bills()).toEqual(['2023-01-10: advance 2200 = 2200']);
    const [invoice] = await s.invoices();
    expect(invoice?.billing_periods).toMatchObject([
      {
        invoicing_reason: 'subscription_starting',
        subscription_from_datetime: '2023-01-10T00:00:00Z',
        subscription_to_datetime: '2023-01-31T23:59:59Z',
        charges_from_datetime: '2023-01-10T09:00:00Z',
        charges_to_datetime: '2023-01-31T23:59:59Z',
      },
    ]);
    expect(invoice?.fees).toMatchObject([{ units: '1.0', from_date: '2023-01-10T00:00:00Z', to_date: '2023-01-31T23:59:59Z' }]);
  });

  scenario('in arrears is not billed before its first billing date', '2023-01-10T09:00:00Z', async (s) => {
    await s.plan('arrears', { amount_cents: 3100 });
    await s.subscribe({ plan: 'arrears' });
    expect(await s.bills()).toEqual([]);
    await s.at('2023-01-31T23:59:59.999Z').runDueWork();
    expect(await s.bills()).toEqual([]);
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: arrears 2200 = 2200']);
  });

  scenario('on a billing date is not billed periodically that day', '2023-02-01T00:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.plan('arrears', { amount_cents: 3100 });
    await s.subscribe({ plan: 'advance', as: 'one' });
    await s.subscribe({ plan: 'arrears', as: 'two' });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: one/advance 3100 = 3100', '2023-03-01: one/advance 3100 + two/arrears 3100 = 6200']);
  });

  scenario('in advance and in trial is not billed yet', '2023-01-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, trial_period: 30 });
    await s.subscribe({ plan: 'advance' });
    expect(await s.bills()).toEqual([]);
  });

  scenario('later today is active and billed now', '2023-01-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    const row = await s.subscribe({ plan: 'advance', subscription_at: '2023-01-10T18:00:00Z' });
    expect(row).toMatchObject({ status: 'active', started_at: '2023-01-10T18:00:00.000Z', subscription_at: '2023-01-10T18:00:00Z' });
    expect(await s.bills()).toEqual(['2023-01-10: advance 2200 = 2200']);
  });

  scenario('earlier today is billed now, with usage from that hour', '2023-01-10T18:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'advance', subscription_at: '2023-01-10T08:00:00Z' });
    await s.use('calls', 1, { when: '2023-01-10T07:59:59Z' });
    await s.use('calls', 2, { when: '2023-01-10T08:00:00Z' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-01-10: advance 2200 = 2200', '2023-02-01: advance 3100 + calls 200 = 3300']);
  });
});

describe('a subscription that starts in the future', () => {
  scenario('waits, and starts at the first instant of its day', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3000, pay_in_advance: true });
    const row = await s.subscribe({ plan: 'advance', subscription_at: '2023-04-20T15:00:00Z' });
    expect(row).toMatchObject({ status: 'pending', started_at: null, current_billing_period_started_at: null });
    await s.at('2023-04-19T23:59:59Z').runDueWork();
    expect(await s.bills()).toEqual([]);
    await s.at('2023-04-20T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-20: advance 1100 = 1100']);
    expect(await s.subscription('acme')).toMatchObject({ started_at: '2023-04-20T00:00:00.000Z', subscription_at: '2023-04-20T15:00:00Z' });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-20: advance 1100 = 1100', '2023-05-01: advance 3000 = 3000']);
  });

  scenario('takes another plan in place, cheaper or dearer', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('middle', { amount_cents: 3000, pay_in_advance: true });
    await s.plan('cheap', { amount_cents: 1500, pay_in_advance: true });
    await s.plan('dear', { amount_cents: 6000, pay_in_advance: true });
    const first = await s.subscribe({ plan: 'middle', subscription_at: '2023-04-01T00:00:00Z' });
    for (const plan of ['cheap', 'dear']) {
      expect(await s.subscribe({ plan })).toMatchObject({ lago_id: first.lago_id, plan_code: plan, status: 'pending' });
    }
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-01: dear 6000 = 6000']);
  });

  scenario('is canceled by asking for it', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('advance', { pay_in_advance: true });
    await s.subscribe({ plan: 'advance', subscription_at: '2023-04-01T00:00:00Z' });
    expect(await s.terminate('acme', '?status=pending')).toMatchObject({ status: 'canceled', canceled_at: '2023-03-10T09:00:00Z' });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([]);
  });

  scenario('moved to today starts now, and in advance is billed now', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance', subscription_at: '2023-04-01T00:00:00Z' });
    await s.at('2023-03-12T09:00:00Z').put('/subscriptions/acme', { subscription: { subscription_at: '2023-03-12T07:00:00Z' } });
    expect(await s.subscription('acme')).toMatchObject({ status: 'active', started_at: '2023-03-12T07:00:00.000Z' });
    expect(await s.bills()).toEqual(['2023-03-12: advance 2000 = 2000']);
  });

  scenario('moved into the past starts now, and is billed from the next billing date on', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3000, pay_in_advance: true });
    await s.subscribe({ plan: 'advance', subscription_at: '2023-06-01T00:00:00Z' });
    await s.at('2023-04-20T09:00:00Z').put('/subscriptions/acme', { subscription: { subscription_at: '2023-02-10T00:00:00Z' } });
    expect(await s.subscription('acme')).toMatchObject({ status: 'active', started_at: '2023-02-10T00:00:00.000Z' });
    expect(await s.bills()).toEqual([]);
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-05-01: advance 3000 = 3000']);
  });

  scenario('moved to another day in the future waits for that one', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3000, pay_in_advance: true });
    await s.subscribe({ plan: 'advance', subscription_at: '2023-04-01T00:00:00Z' });
    await s.put('/subscriptions/acme', { subscription: { subscription_at: '2023-04-16T10:00:00Z' } });
    await s.at('2023-04-16T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-16: advance 1500 = 1500']);
  });
});

describe('a subscription that started in the past', () => {
  scenario('with 15 January, made on 10 March: first bills on 1 April, March in full or April', '2023-03-10T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.plan('advance', { amount_cents: 3000, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    const subscription_at = '2023-01-15T00:00:00Z';
    const row = await s.subscribe({ plan: 'arrears', customer: 'late', subscription_at });
    expect(row).toMatchObject({ status: 'active', started_at: '2023-01-15T00:00:00.000Z', created_at: '2023-03-10T09:00:00Z' });
    await s.subscribe({ plan: 'advance', customer: 'early', subscription_at });
    for (const by of ['late', 'early']) {
      await s.use('calls', 1, { by, when: '2023-02-28T23:59:59Z' });
      await s.use('calls', 10, { by, when: '2023-03-01T00:00:00Z' });
    }
    await s.at('2023-03-31T00:00:00Z').runDueWork();
    expect([await s.bills('late'), await s.bills('early')]).toEqual([[], []]);
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills('late')).toEqual(['2023-04-01: arrears 3100 + calls 1000 = 4100']);
    expect(await s.bills('early')).toEqual(['2023-04-01: advance 3000 + calls 1000 = 4000']);
  });

  scenario('with 2 March, made on 10 March: arrears bill 30 of 31 days', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('arrears', { amount_cents: 3100 });
    await s.subscribe({ plan: 'arrears', subscription_at: '2023-03-02T12:00:00Z' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-01: arrears 3000 = 3000']);
  });

  scenario('made on a billing date is billed at the next one', '2023-04-01T09:00:00Z', async (s) => {
    await s.plan('arrears', { amount_cents: 3000 });
    await s.subscribe({ plan: 'arrears', subscription_at: '2023-02-10T00:00:00Z' });
    expect(await s.bills()).toEqual([]);
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-05-01: arrears 3000 = 3000']);
  });

  scenario('with a trial that ends after it was made is billed at the trial’s end', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, trial_period: 30 });
    await s.subscribe({ plan: 'advance', subscription_at: '2023-02-15T06:00:00Z' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-17: advance 1500 = 1500', '2023-04-01: advance 3100 = 3100']); // 15 of 31 days
  });

  scenario('with a trial that was over before it was made is billed at the next billing date', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, trial_period: 10 });
    const row = await s.subscribe({ plan: 'advance', subscription_at: '2023-02-15T06:00:00Z' });
    expect(row).toMatchObject({ trial_ended_at: '2023-02-25T06:00:00Z' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-01: advance 3100 = 3100']);
  });

  scenario('yearly with monthly charges, in advance, bills usage until the new year', '2023-03-10T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('year', {
      interval: 'yearly',
      amount_cents: 36_500,
      pay_in_advance: true,
      bill_charges_monthly: true,
      charges: [{ metric: 'calls' }],
    });
    await s.subscribe({ plan: 'year', subscription_at: '2023-01-15T00:00:00Z' });
    await s.use('calls', 3, { when: '2023-03-05T00:00:00Z' });
    await s.at('2024-01-01T00:00:00Z').runDueWork();
    const bills = await s.bills();
    expect([bills.length, bills[0], bills[1], bills.at(-1)]).toEqual([
      10,
      '2023-04-01: calls 300 = 300',
      '2023-05-01: nothing = 0',
      '2024-01-01: year 36500 = 36500',
    ]);
  });
});

describe('the same external id again', () => {
  scenario('on the same plan changes nothing', '2023-01-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    const first = await s.subscribe({ plan: 'advance' });
    expect(await s.subscribe({ plan: 'advance', name: 'again' })).toMatchObject({ lago_id: first.lago_id, name: null });
    expect(await s.bills()).toHaveLength(1);
  });

  scenario('on the same plan keeps a change that waits', '2023-01-10T09:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000, pay_in_advance: true });
    await s.plan('cheap', { amount_cents: 3000, pay_in_advance: true });
    await s.subscribe({ plan: 'dear' });
    await s.subscribe({ plan: 'cheap' });
    expect(await s.subscribe({ plan: 'dear' })).toMatchObject({ next_plan_code: 'cheap', downgrade_plan_date: '2023-02-01' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    expect(await s.subscription('acme')).toMatchObject({ plan_code: 'cheap' });
  });

  scenario('after its termination starts anew', '2023-03-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.at('2023-03-10T10:00:00Z').use('calls', 1);
    await s.at('2023-03-10T12:00:00Z').terminate('acme');
    await s.at('2023-03-20T09:00:00Z').subscribe({ plan: 'arrears' });
    await s.use('calls', 4);
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-03-10: arrears 600 + calls 100 = 700', // 5 – 10 March
      '2023-04-01: arrears 1200 + calls 400 = 1600', // 20 – 31 March
    ]);
  });

  scenario('backdated before its termination begins where that was billed', '2023-03-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.at('2023-03-10T10:00:00Z').use('calls', 1);
    await s.at('2023-03-10T12:00:00Z').terminate('acme');
    const row = await s.at('2023-03-20T09:00:00Z').subscribe({ plan: 'arrears', subscription_at: '2023-03-01T00:00:00Z' });
    expect(row).toMatchObject({ started_at: '2023-03-10T12:00:00.000Z', subscription_at: '2023-03-01T00:00:00Z' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-10: arrears 600 + calls 100 = 700', '2023-04-01: arrears 2200 = 2200']);
  });

  scenario('earlier on the day of its termination begins where that was billed', '2023-03-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.at('2023-03-10T10:00:00Z').use('calls', 1);
    await s.at('2023-03-10T12:00:00Z').terminate('acme');
    await s.at('2023-03-10T15:00:00Z').subscribe({ plan: 'arrears', subscription_at: '2023-03-10T08:00:00Z' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-10: arrears 600 + calls 100 = 700', '2023-04-01: arrears 2200 = 2200']);
  });

  scenario('backdated behind a termination without an invoice counts that usage', '2023-03-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.at('2023-03-10T10:00:00Z').use('calls', 1);
    await s.at('2023-03-10T12:00:00Z').terminate('acme', '?on_termination_invoice=skip');
    await s.at('2023-03-20T09:00:00Z').subscribe({ plan: 'arrears', subscription_at: '2023-03-01T00:00:00Z' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-01: arrears 3100 + calls 100 = 3200']);
  });
});
