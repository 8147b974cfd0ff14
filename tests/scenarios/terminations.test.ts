import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const reasons = async (s: Story) => (await s.lastInvoice()).billing_periods.map((period) => period.invoicing_reason);

describe('a termination', () => {
  scenario('in arrears bills the fee to its day and usage to its second', '2023-08-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.use('calls', 1, { when: '2023-08-21T15:00:00.900Z' });
    await s.use('calls', 2, { when: '2023-08-21T15:00:01Z' });
    const row = await s.at('2023-08-21T15:00:00Z').terminate('acme');
    expect(row).toMatchObject({ status: 'terminated', terminated_at: '2023-08-21T15:00:00Z' });
    expect(await s.bills()).toEqual(['2023-08-21: arrears 2100 + calls 100 = 2200']);
    expect(await reasons(s)).toEqual(['subscription_terminating']);
    expect((await s.lastInvoice()).billing_periods).toMatchObject([
      { subscription_to_datetime: '2023-08-21T15:00:00Z', charges_to_datetime: '2023-08-21T15:00:00Z' },
    ]);
    await s.at('2023-10-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toHaveLength(1);
  });

  scenario('and a new start in the same second bill that second once', '2023-08-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 0, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.use('calls', 1, { when: '2023-08-21T15:00:00.100Z' });
    await s.use('calls', 2, { when: '2023-08-21T15:00:01Z' });
    await s.at('2023-08-21T15:00:00.600Z').terminate('acme');
    await s.subscribe({ plan: 'arrears' });
    await s.at('2023-09-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-08-21: arrears 0 + calls 100 = 100', '2023-09-01: arrears 0 + calls 200 = 200']);
  });

  scenario('of an anniversary month of 30 days bills 10 of them', '2024-01-30T09:00:00Z', async (s) => {
    await s.plan('arrears', { amount_cents: 2900 });
    await s.subscribe({ plan: 'arrears', billing_time: 'anniversary' });
    await s.at('2024-03-09T12:00:00Z').terminate('acme');
    // 29 February – 29 March 2024 has 30 days.
    expect(await s.bills()).toEqual(['2024-02-29: arrears 2900 = 2900', '2024-03-09: arrears 967 = 967']);
  });

  scenario('in advance credits the unused days first, and the last invoice uses them', '2025-02-08T09:00:00Z', async (s) => {
    await s.tax('vat', 20, { applied_to_organization: true });
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 10_000, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'advance' });
    await s.use('calls', 50);
    await s.at('2025-02-21T12:00:00Z').terminate('acme');
    expect(await s.bills()).toEqual([
      '2025-02-08: advance 7500 + tax 1500 = 9000',
      '2025-02-21: calls 5000 + tax 1000 - credit 3000 = 3000',
    ]);
    expect(await s.notes()).toEqual(['2025-02-21: 3000 credit, 0 left']);
    const {
      credit_notes: [note],
    } = await s.get<{ credit_notes: readonly Record<string, unknown>[] }>('/credit_notes');
    expect(note).toMatchObject({
      reason: 'order_cancellation',
      credit_status: 'consumed',
      sub_total_excluding_taxes_amount_cents: 2500,
      taxes_amount_cents: 500,
      number: expect.stringMatching(/-001-001-CN001$/) as string,
    });
  });

  scenario('on the day of the start credits the other days: 3 571 + 714', '2023-02-08T09:00:00Z', async (s) => {
    await s.tax('vat', 20, { applied_to_organization: true });
    await s.plan('advance', { amount_cents: 5000, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    await s.at('2023-02-08T18:00:00Z').terminate('acme');
    expect(await s.bills()).toEqual(['2023-02-08: advance 3750 + tax 750 = 4500', '2023-02-08: nothing = 0']);
    expect(await s.notes()).toEqual(['2023-02-08: 4285 credit, 4285 left']);
  });

  scenario('on the last day of the period credits nothing', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    await s.at('2023-03-31T23:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual([]);
    expect(await s.bills()).toEqual(['2023-03-01: advance 3100 = 3100', '2023-03-31: nothing = 0']);
  });

  scenario('leaves what was not used of the credit to the customer’s next invoice', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.plan('arrears', { amount_cents: 3100 });
    await s.subscribe({ plan: 'advance', as: 'one' });
    await s.subscribe({ plan: 'arrears', as: 'two' });
    await s.at('2023-03-11T12:00:00Z').terminate('one');
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(1)).toEqual(['2023-03-11: nothing = 0', '2023-04-01: two/arrears 3100 - credit 2000 = 1100']);
    expect(await s.notes()).toEqual(['2023-03-11: 2000 credit, 0 left']);
  });

  scenario('after a backdated start that was not billed yet credits nothing', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance', subscription_at: '2023-01-15T00:00:00Z' });
    await s.at('2023-03-20T09:00:00Z').terminate('acme');
    expect([await s.notes(), await s.bills()]).toEqual([[], ['2023-03-20: nothing = 0']]);
  });

  scenario('of a free plan in advance credits nothing', '2023-03-10T09:00:00Z', async (s) => {
    await s.plan('free', { amount_cents: 0, pay_in_advance: true });
    await s.subscribe({ plan: 'free' });
    await s.at('2023-03-20T09:00:00Z').terminate('acme');
    expect([await s.notes(), await s.bills()]).toEqual([[], ['2023-03-10: free 0 = 0', '2023-03-20: nothing = 0']]);
  });

  scenario('cancels a change that waits', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6200 });
    await s.plan('cheap', { amount_cents: 3100 });
    await s.subscribe({ plan: 'dear' });
    await s.subscribe({ plan: 'cheap' });
    const row = await s.at('2023-03-15T09:00:00Z').terminate('acme');
    expect(row).toMatchObject({ next_plan_code: null, downgrade_plan_date: null });
    expect(await s.subscription('acme', 'canceled')).toMatchObject({ plan_code: 'cheap', canceled_at: '2023-03-15T09:00:00Z' });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-15: dear 3000 = 3000']);
  });
});

describe('a termination that is asked for otherwise', () => {
  const inAdvance = async (s: Story) => {
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'advance' });
    await s.use('calls', 5);
    s.at('2023-08-11T12:00:00Z');
  };

  scenario('without a credit note', '2023-08-01T00:00:00Z', async (s) => {
    await inAdvance(s);
    await s.terminate('acme', '?on_termination_credit_note=skip');
    expect([await s.notes(), (await s.bills()).at(-1)]).toEqual([[], '2023-08-11: calls 500 = 500']);
  });

  scenario('without a last invoice never bills its usage', '2023-08-01T00:00:00Z', async (s) => {
    await inAdvance(s);
    await s.terminate('acme', '?on_termination_invoice=skip');
    await s.at('2023-10-01T00:00:00Z').runDueWork();
    expect([await s.notes(), await s.bills()]).toEqual([['2023-08-11: 2000 credit, 2000 left'], ['2023-08-01: advance 3100 = 3100']]);
  });

  scenario('with an offset reduces what is due of the fee’s invoice', '2023-08-01T00:00:00Z', async (s) => {
    await inAdvance(s);
    await s.terminate('acme', '?on_termination_credit_note=offset');
    const [first, last] = await s.invoices();
    expect(await s.notes()).toEqual(['2023-08-11: 2000 offset, 0 left']);
    expect([first?.['total_due_amount_cents'], first?.payment_status, last?.total_amount_cents]).toEqual([1100, 'pending', 500]);
  });

  scenario('with a refund of an unpaid invoice credits everything', '2023-08-01T00:00:00Z', async (s) => {
    await inAdvance(s);
    await s.terminate('acme', '?on_termination_credit_note=refund');
    expect(await s.notes()).toEqual(['2023-08-11: 2000 credit, 1500 left']);
  });

  scenario('as the subscription was told before', '2023-08-01T00:00:00Z', async (s) => {
    await inAdvance(s);
    const subscription = { on_termination_credit_note: 'skip', on_termination_invoice: 'skip' };
    await s.put('/subscriptions/acme', { subscription });
    await s.terminate('acme');
    expect([await s.notes(), await s.bills()]).toEqual([[], ['2023-08-01: advance 3100 = 3100']]);
  });
});
