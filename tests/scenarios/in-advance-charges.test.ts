import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

interface ListedFee {
  readonly lago_id: string;
  readonly amount_cents: number;
  readonly units: string;
  readonly lago_invoice_id: string | null;
  readonly payment_status: string;
  readonly event_transaction_id: string | null;
}
const feesOf = async (s: Story) => (await s.get<{ fees: readonly ListedFee[] }>('/fees?per_page=1000')).fees;
/** Fees that stand alone, as `amount payment_status`. */
const loneFees = async (s: Story) =>
  (await feesOf(s)).filter((fee) => fee.lago_invoice_id === null).map((fee) => `${String(fee.amount_cents)} ${fee.payment_status}`);

const advancePlan = async (s: Story, charge: Readonly<Record<string, unknown>> = {}, metric: Readonly<Record<string, unknown>> = {}) => {
  await s.metric('calls', metric);
  await s.plan('month', { amount_cents: 3000, charges: [{ metric: 'calls', pay_in_advance: true, ...charge }] });
};

describe('a charge paid in advance', () => {
  scenario('bills each event on an invoice of its own, and not again at the boundary', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s);
    await s.subscribe({ plan: 'month' });
    await s.at('2023-04-10T10:00:00Z').use('calls', 10);
    await s.at('2023-04-11T10:00:00Z').use('calls', -4);
    await s.at('2023-04-12T10:00:00Z').use('calls', 8);
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-04-10: calls 1000 = 1000',
      '2023-04-11: calls 0 = 0',
      '2023-04-12: calls 400 = 400', // above the high-water mark of 10
      '2023-05-01: month 3000 = 3000',
    ]);
    const [first] = await s.invoices();
    expect(first).toMatchObject({ status: 'finalized', invoice_type: 'subscription' });
    expect(first?.billing_periods).toMatchObject([
      {
        invoicing_reason: 'in_advance_charge',
        charges_from_datetime: '2023-04-01T00:00:00Z',
        charges_to_datetime: '2023-04-30T23:59:59Z',
      },
    ]);
    expect(first?.fees).toMatchObject([{ pay_in_advance: true, events_count: 1, event_transaction_id: 'event-1', units: '10.0' }]);
  });

  scenario('makes a closed invoice of a fee of 0 where none is wanted', '2023-04-01T00:00:00Z', async (s) => {
    await s.customer('acme', { finalize_zero_amount_invoice: 'skip' });
    await advancePlan(s);
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 10);
    await s.use('calls', -4);
    expect(await s.bills()).toEqual(['2023-04-01: calls 1000 = 1000']);
  });

  scenario('has taxes, and uses credit notes', '2023-04-01T00:00:00Z', async (s) => {
    await s.tax('vat', 20, { applied_to_organization: true });
    await s.plan('ahead', { amount_cents: 3000, pay_in_advance: true });
    await advancePlan(s);
    await s.subscribe({ plan: 'month' });
    await s.subscribe({ plan: 'ahead', as: 'other' });
    await s.at('2023-04-20T00:00:00Z').terminate('other'); // 10 of 30 days: 1 000 + 200
    await s.use('calls', 5);
    expect((await s.bills()).at(-1)).toBe('2023-04-20: calls 500 + tax 100 - credit 600 = 0');
  });

  scenario('bills a late event for the period of its timestamp, dated today', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s);
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 10, { when: '2023-04-05T00:00:00Z' });
    await s.at('2023-05-03T00:00:00Z').use('calls', 3, { when: '2023-04-20T00:00:00Z' });
    expect((await s.bills()).slice(1)).toEqual(['2023-05-01: month 3000 = 3000', '2023-05-03: calls 300 = 300']);
    expect((await s.lastInvoice()).fees).toMatchObject([{ from_date: '2023-04-01T00:00:00Z', to_date: '2023-04-30T23:59:59Z' }]);
  });

  scenario('bills nothing outside of any subscription', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s);
    await s.at('2023-04-10T00:00:00Z').subscribe({ plan: 'month' });
    await s.use('calls', 10, { when: '2023-04-05T00:00:00Z' });
    await s.at('2023-04-20T00:00:00Z').terminate('acme');
    await s.use('calls', 10, { when: '2023-04-20T00:00:01Z' });
    await s.use('calls', 2, { when: '2023-04-20T00:00:00Z' });
    expect((await s.bills()).slice(1)).toEqual(['2023-04-20: calls 200 = 200']);
  });

  scenario('bills an event in the second of a plan change by the new plan', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s);
    await s.plan('big', { amount_cents: 6000, charges: [{ metric: 'calls', pay_in_advance: true, properties: { amount: '10' } }] });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-04-10T10:00:00.500Z').subscribe({ plan: 'big' });
    await s.use('calls', 1, { when: '2023-04-10T09:59:59.999Z' });
    await s.use('calls', 1, { when: '2023-04-10T10:00:00.100Z' });
    expect((await s.bills()).slice(1)).toEqual(['2023-04-10: calls 100 = 100', '2023-04-10: calls 1000 = 1000']);
  });

  scenario('needs no property for a count, and a number for a sum', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('count', { aggregation_type: 'count_agg', field_name: null });
    await s.metric('sum');
    const charges = ['count', 'sum'].map((metric) => ({ metric, pay_in_advance: true }));
    await s.plan('month', { charges });
    await s.subscribe({ plan: 'month' });
    await s.use('count', 'anything');
    await s.use('sum', 'no number');
    expect(await s.bills()).toEqual(['2023-04-01: count 100 = 100']);
  });

  scenario('of a recurring metric is billed at the boundary for the coming period', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s, { prorated: true }, { recurring: true });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-04-16T00:00:00Z').use('calls', 10); // 15 of 30 days
    await s.at('2023-06-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-04-16: calls 500 = 500',
      '2023-05-01: month 3000 + calls 1000 = 4000',
      '2023-06-01: month 3000 + calls 1000 = 4000',
    ]);
    const may = (await s.invoices())[1];
    expect(may?.fees.find((fee) => fee.item.code === 'calls')).toMatchObject({
      pay_in_advance: true,
      from_date: '2023-05-01T00:00:00Z',
      to_date: '2023-05-31T23:59:59Z',
    });
  });

  scenario('refused twice for the same event', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s);
    await s.subscribe({ plan: 'month' });
    const event = { transaction_id: 't1', external_subscription_id: 'acme', code: 'calls', properties: { value: '5' } };
    await s.post('/events', { event });
    expect(await s.refused('post', '/events', { event })).toMatchObject({ status: 422 });
    expect(await s.bills()).toEqual(['2023-04-01: calls 500 = 500']);
  });
});

describe('a charge that makes no invoice', () => {
  scenario('leaves its fees alone until they are paid', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s, { invoiceable: false });
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 10);
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-05-01: month 3000 = 3000']);
    expect(await loneFees(s)).toEqual(['1000 pending']);
  });

  scenario('regroups the paid ones on one invoice when the period ends', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s, { invoiceable: false, regroup_paid_fees: 'invoice' });
    await s.tax('vat', 10, { applied_to_organization: true });
    await s.subscribe({ plan: 'month' });
    for (const value of [10, 5, 3]) await s.use('calls', value);
    const [first, second] = await feesOf(s);
    for (const fee of [first, second]) await s.put(`/fees/${fee?.lago_id ?? ''}`, { fee: { payment_status: 'succeeded' } });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-05-01: month 3000 + tax 300 = 3300', '2023-05-01: calls 1000 + calls 500 + tax 150 = 1650']);
    expect(await s.lastInvoice()).toMatchObject({
      ...{ invoice_type: 'advance_charges', status: 'finalized', payment_status: 'succeeded' },
      ...{ total_paid_amount_cents: 1650, total_due_amount_cents: 0 },
      billing_periods: [{ invoicing_reason: 'in_advance_charge_periodic', charges_from_datetime: '2023-04-01T00:00:00Z' }],
    });
    expect(await loneFees(s)).toEqual(['300 pending']);
    await s.at('2023-06-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toHaveLength(3);
  });

  scenario('regroups those of all subscriptions that are billed together', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s, { invoiceable: false, regroup_paid_fees: 'invoice' });
    for (const [index, by] of ['one', 'two', 'three'].entries()) {
      await s.subscribe({ plan: 'month', as: by });
      if (by !== 'two') await s.use('calls', index + 1, { by });
    }
    for (const fee of await feesOf(s)) await s.put(`/fees/${fee.lago_id}`, { fee: { payment_status: 'succeeded' } });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-05-01: one/calls 100 + three/calls 300 = 400');
    expect((await s.lastInvoice()).billing_periods.map((period) => period.external_subscription_id)).toEqual(['one', 'three']);
  });

  scenario('regroups the paid ones when the row ends', '2023-04-01T00:00:00Z', async (s) => {
    await advancePlan(s, { invoiceable: false, regroup_paid_fees: 'invoice' });
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 10);
    const [fee] = await feesOf(s);
    await s.put(`/fees/${fee?.lago_id ?? ''}`, { fee: { payment_status: 'succeeded' } });
    await s.at('2023-04-15T09:00:00Z').terminate('acme');
    expect(await s.bills()).toEqual(['2023-04-15: month 1500 = 1500', '2023-04-15: calls 1000 = 1000']);
  });

  scenario('keeps what it has made when a draft is recomputed', '2023-04-01T00:00:00Z', async (s) => {
    await s.customer('acme', { billing_configuration: { invoice_grace_period: 3 } });
    await advancePlan(s, { invoiceable: false }, { recurring: true });
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 10);
    await s.at('2023-05-04T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-05-04: month 3000 = 3000']);
    expect(await loneFees(s)).toEqual(['1000 pending', '1000 pending']); // the event, and the units held in May
  });
});
