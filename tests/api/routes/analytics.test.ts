import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

type Json = Readonly<Record<string, unknown>>;

let app: TestEngine;

async function report(path: string): Promise<unknown> {
  const { status, body } = await app.api.get<Json>(`/analytics/${path}`);
  expect([status, Object.keys(body)]).toMatchObject([200, [expect.any(String)]]);
  return Object.values(body)[0];
}

async function plan(code: string, more: Json): Promise<void> {
  const shape = { name: code, code, interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', pay_in_advance: true };
  expect((await app.api.post('/plans', { plan: { ...shape, ...more } })).status).toBe(200);
}

async function subscribe(customer: string, code: string, more: Json = {}): Promise<void> {
  const subscription = { external_customer_id: customer, plan_code: code, external_id: `${customer}-${code}`, ...more };
  expect((await app.api.post('/subscriptions', { subscription })).status).toBe(200);
}

async function lastInvoice(customer: string): Promise<Json> {
  const { body } = await app.api.get<{ invoices: readonly Json[] }>(`/invoices?external_customer_id=${customer}&per_page=1`);
  const found = await app.api.get<{ invoice: Json }>(`/invoices/${String(body.invoices[0]?.['lago_id'])}`);
  return found.body.invoice;
}

/**
 * acme: 10.00 a month in advance, 20 % tax, from 1 January: 12.00 each on 1 January, 1 February, 1 March.
 * globex: 31.00 a month in arrears with calls at 0.50, three of them in January: 37.20 + 1.80 on 1 February, 37.20 on 1 March; in EUR.
 */
describe('reports', () => {
  let january: Json;
  beforeAll(async () => {
    app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
    const metric = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
      billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' },
    });
    const charge = { billable_metric_id: metric.body.billable_metric.lago_id, charge_model: 'standard', properties: { amount: '0.5' } };
    await plan('ahead', {});
    await plan('usage', { amount_cents: 3100, amount_currency: 'EUR', pay_in_advance: false, charges: [charge] });
    await subscribe('acme', 'ahead');
    await subscribe('globex', 'usage');
    january = await lastInvoice('acme');
    for (const transaction_id of ['t1', 't2', 't3']) {
      await app.api.post('/events', {
        event: { transaction_id, code: 'calls', external_subscription_id: 'globex-usage', timestamp: 1673000000 },
      });
    }
    await app.moveClock('2023-03-05T12:00:00Z');
    // 6.00 of January's 12.00 were paid and 1.20 of them refunded.
    const payment = { invoice_id: january['lago_id'], amount_cents: 600, reference: 'wire' };
    await app.api.post('/payments', { payment });
    const [fee] = january['fees'] as readonly Json[];
    const note = { invoice_id: january['lago_id'], refund_amount_cents: 120, items: [{ fee_id: fee?.['lago_id'], amount_cents: 100 }] };
    expect((await app.api.post('/credit_notes', { credit_note: note })).status).toBe(200);
    // February's EUR invoice is paid.
    const { body } = await app.api.get<{ invoices: readonly Json[] }>('/invoices?external_customer_id=globex&issuing_date_to=2023-02-01');
    await app.api.put(`/invoices/${String(body.invoices[0]?.['lago_id'])}`, { invoice: { payment_status: 'succeeded' } });
  });
  afterAll(() => app.close());

  const entity = { billing_entity_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string };

  it('of gross revenue sum up what was invoiced, less refunds', async () => {
    expect(await report('gross_revenue')).toEqual([
      { month: '2023-01-01T00:00:00.000Z', amount_cents: 1080, currency: 'USD', invoices_count: 1, ...entity },
      { month: '2023-02-01T00:00:00.000Z', amount_cents: 3900, currency: 'EUR', invoices_count: 1, ...entity },
      { month: '2023-02-01T00:00:00.000Z', amount_cents: 1200, currency: 'USD', invoices_count: 1, ...entity },
      { month: '2023-03-01T00:00:00.000Z', amount_cents: 3720, currency: 'EUR', invoices_count: 1, ...entity },
      { month: '2023-03-01T00:00:00.000Z', amount_cents: 1200, currency: 'USD', invoices_count: 1, ...entity },
    ]);
  });

  it.each([
    { query: '?months=1', months: ['03', '03'] },
    { query: '?months=2', months: ['02', '02', '03', '03'] },
    { query: '?months=0', months: ['03', '03'] },
    { query: '?months=100', months: ['01', '02', '02', '03', '03'] },
    { query: '?currency=usd', months: ['01', '02', '03'] },
    { query: '?currency=USD&months=2', months: ['02', '03'] },
    { query: '?currency=GBP', months: [] },
    { query: '?external_customer_id=globex', months: ['02', '03'] },
    { query: '?external_customer_id=nobody', months: [] },
  ])('are narrowed with $query', async ({ query, months }) => {
    const rows = (await report(`gross_revenue${query}`)) as readonly { month: string }[];
    expect(rows.map((row) => row.month.slice(5, 7))).toEqual(months);
  });

  it.each(['?months=few', '?currency=coins'])('refuse %s', async (query) => {
    expect(await app.api.get(`/analytics/gross_revenue${query}`)).toMatchObject({ status: 422, body: { code: 'validation_errors' } });
  });

  it('of monthly recurring revenue count subscription fees before tax', async () => {
    expect(await report('mrr')).toEqual([
      { month: '2023-01-01T00:00:00.000Z', amount_cents: 1000, currency: 'USD' },
      { month: '2023-02-01T00:00:00.000Z', amount_cents: 3100, currency: 'EUR' },
      { month: '2023-02-01T00:00:00.000Z', amount_cents: 1000, currency: 'USD' },
      { month: '2023-03-01T00:00:00.000Z', amount_cents: 3100, currency: 'EUR' },
      { month: '2023-03-01T00:00:00.000Z', amount_cents: 1000, currency: 'USD' },
    ]);
    expect(await report('mrr?months=1&currency=eur')).toEqual([{ month: '2023-03-01T00:00:00.000Z', amount_cents: 3100, currency: 'EUR' }]);
  });

  it('of invoiced usage count charge fees by metric', async () => {
    expect(await report('invoiced_usage')).toEqual([
      { month: '2023-02-01T00:00:00.000Z', code: 'calls', currency: 'EUR', amount_cents: 150 },
    ]);
    expect(await report('invoiced_usage?months=1')).toEqual([]);
  });

  it('of invoice collection tell what is paid', async () => {
    expect(await report('invoice_collection?months=2')).toEqual([
      { month: '2023-02-01T00:00:00.000Z', payment_status: 'pending', invoices_count: 1, amount_cents: 1200, currency: 'USD' },
      { month: '2023-02-01T00:00:00.000Z', payment_status: 'succeeded', invoices_count: 1, amount_cents: 3900, currency: 'EUR' },
      { month: '2023-03-01T00:00:00.000Z', payment_status: 'pending', invoices_count: 1, amount_cents: 3720, currency: 'EUR' },
      { month: '2023-03-01T00:00:00.000Z', payment_status: 'pending', invoices_count: 1, amount_cents: 1200, currency: 'USD' },
    ]);
  });

  it('of the overdue balance tell what is still due of which invoices', async () => {
    expect(await report('overdue_balance?months=3&external_customer_id=acme')).toEqual([
      { month: '2023-01-01T00:00:00.000Z', amount_cents: 600, currency: 'USD', lago_invoice_ids: [january['lago_id']], ...entity },
      { month: '2023-02-01T00:00:00.000Z', amount_cents: 1200, currency: 'USD', lago_invoice_ids: [expect.any(String)], ...entity },
      { month: '2023-03-01T00:00:00.000Z', amount_cents: 1200, currency: 'USD', lago_invoice_ids: [expect.any(String)], ...entity },
    ]);
    expect(await report('overdue_balance?currency=EUR')).toEqual([
      { month: '2023-03-01T00:00:00.000Z', amount_cents: 3720, currency: 'EUR', lago_invoice_ids: [expect.any(String)], ...entity },
    ]);
  });
});

describe('the monthly recurring revenue', () => {
  afterEach(() => app.close());

  const start = async (now: string): Promise<void> => {
    app = await createTestEngine({ now });
    await app.api.post('/customers', { customer: { external_id: 'acme' } });
  };
  const amounts = async (): Promise<unknown> =>
    ((await report('mrr')) as readonly { month: string; amount_cents: number }[]).map((row) => [row.month.slice(0, 7), row.amount_cents]);

  it('of a year paid in advance is a twelfth in each month from the first on, up to the present one', async () => {
    await start('2023-11-15T00:00:00Z');
    await plan('year', { interval: 'yearly', amount_cents: 120000 });
    await subscribe('acme', 'year', { billing_time: 'anniversary' });
    await app.moveClock('2024-01-10T00:00:00Z');
    expect(await amounts()).toEqual([
      ['2023-11', 10000],
      ['2023-12', 10000],
      ['2024-01', 10000],
    ]);
  });

  it('of a quarter in arrears is a third in each of the three months up to the invoice', async () => {
    await start('2023-01-01T00:00:00Z');
    await plan('quarter', { interval: 'quarterly', amount_cents: 30000, pay_in_advance: false });
    await subscribe('acme', 'quarter');
    await app.moveClock('2023-04-01T00:00:00Z');
    expect(await amounts()).toEqual([
      ['2023-02', 10000],
      ['2023-03', 10000],
      ['2023-04', 10000],
    ]);
  });

  it('of a begun quarter is spread over its begun months', async () => {
    await start('2023-05-20T00:00:00Z');
    await plan('quarter', { interval: 'quarterly', amount_cents: 9100 });
    await subscribe('acme', 'quarter');
    await app.moveClock('2023-06-30T00:00:00Z');
    // 42 of 91 days: 42.00 for May and June.
    expect(await amounts()).toEqual([
      ['2023-05', 2100],
      ['2023-06', 2100],
    ]);
  });

  it('of weeks is the average week of the month, 52 times a year', async () => {
    await start('2023-01-01T00:00:00Z');
    await plan('week', { interval: 'weekly', amount_cents: 700 });
    await subscribe('acme', 'week');
    await app.moveClock('2023-01-31T00:00:00Z');
    // Five weeks begin in January, each 7.00.
    expect(await amounts()).toEqual([['2023-01', 3033]]);
  });

  it('leaves out voided invoices and those whose dispute was lost', async () => {
    await start('2023-01-01T00:00:00Z');
    await plan('ahead', {});
    await subscribe('acme', 'ahead');
    const first = String((await lastInvoice('acme'))['lago_id']);
    await app.moveClock('2023-02-01T00:00:00Z');
    const second = String((await lastInvoice('acme'))['lago_id']);
    await app.api.post(`/invoices/${first}/void`);
    await app.api.post(`/invoices/${second}/lose_dispute`);
    expect(await amounts()).toEqual([]);
    expect(await report('gross_revenue')).toMatchObject([{ month: '2023-02-01T00:00:00.000Z', amount_cents: 1000 }]);
    expect(await report('invoice_collection')).toEqual([]);
  });
});

describe('fees in advance without an invoice', () => {
  afterEach(() => app.close());

  it('count in the month of the organization’s zone in which they were made', async () => {
    app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
    await app.api.put('/organizations', { organization: { timezone: 'America/New_York' } });
    await app.api.post('/customers', { customer: { external_id: 'acme' } });
    const metric = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
      billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' },
    });
    const terms = { charge_model: 'standard', properties: { amount: '2' }, pay_in_advance: true, invoiceable: false };
    const charge = { billable_metric_id: metric.body.billable_metric.lago_id, ...terms };
    await plan('instant', { amount_cents: 0, pay_in_advance: false, charges: [charge] });
    await subscribe('acme', 'instant');
    // 31 January, 22:30 in New York; then 1 February, 00:30 there.
    for (const now of ['2023-02-01T03:30:00Z', '2023-02-01T05:30:00Z']) {
      await app.moveClock(now);
      await app.api.post('/events', { event: { transaction_id: now, code: 'calls', external_subscription_id: 'acme-instant' } });
    }
    const months = (rows: unknown) => (rows as readonly { month: string; amount_cents: number }[]).filter((row) => row.amount_cents > 0);
    expect(months(await report('gross_revenue'))).toMatchObject([
      { month: '2023-01-01T00:00:00.000Z', amount_cents: 200 },
      { month: '2023-02-01T00:00:00.000Z', amount_cents: 200 },
    ]);
    expect(await report('invoiced_usage')).toMatchObject([
      { month: '2023-01-01T00:00:00.000Z', code: 'calls', amount_cents: 200 },
      { month: '2023-02-01T00:00:00.000Z', code: 'calls', amount_cents: 200 },
    ]);
  });
});
