import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

type Fee = Readonly<Record<string, unknown>> & { readonly lago_id: string };
interface Listed {
  readonly fees: readonly Fee[];
  readonly meta: Readonly<Record<string, number | null>>;
}

/** Acme's January: the plan's 31.00 on an invoice, and one event billed at once for 12.50 without an invoice; 20 % tax. */
let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
  await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
  const metric = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
    billable_metric: { name: 'Exports', code: 'exports', aggregation_type: 'sum_agg', field_name: 'rows' },
  });
  const charge = { billable_metric_id: metric.body.billable_metric.lago_id, charge_model: 'standard', properties: { amount: '2.5' } };
  await app.api.post('/plans', {
    plan: {
      name: 'Starter',
      code: 'starter',
      interval: 'monthly',
      amount_cents: 3100,
      amount_currency: 'USD',
      charges: [{ ...charge, pay_in_advance: true, invoiceable: false }],
    },
  });
  await app.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'starter', external_id: 'main' } });
  await app.moveClock('2023-01-10T08:00:00Z');
  const event = { transaction_id: 'tx-1', code: 'exports', external_subscription_id: 'main', properties: { rows: '5' } };
  expect((await app.api.post('/events', { event })).status).toBe(200);
  await app.moveClock('2023-02-01T00:00:00Z');
});
afterEach(() => app.close());

async function feeOf(type: 'charge' | 'subscription'): Promise<Fee> {
  const { body } = await app.api.get<Listed>(`/fees?fee_type=${type}`);
  expect(body.fees).toHaveLength(1);
  return body.fees[0] as Fee;
}

const refused = (details: Readonly<Record<string, readonly string[]>>): unknown => ({
  status: 422,
  error: 'Unprocessable Entity',
  code: 'validation_errors',
  error_details: details,
});
const missing = { status: 404, error: 'Not Found', code: 'fee_not_found' };
const invoiced = { status: 405, error: 'Method Not Allowed', code: 'invoiced_fee' };

describe('a fee', () => {
  it('of a subscription has every field, and its taxes', async () => {
    const fee = await feeOf('subscription');
    expect(fee).toEqual({
      lago_id: ID,
      lago_charge_id: null,
      lago_charge_filter_id: null,
      lago_fixed_charge_id: null,
      lago_invoice_id: ID,
      lago_true_up_fee_id: null,
      lago_true_up_parent_fee_id: null,
      lago_original_fee_id: null,
      lago_subscription_id: ID,
      lago_customer_id: ID,
      external_subscription_id: 'main',
      external_customer_id: 'acme',
      item: {
        type: 'subscription',
        code: 'starter',
        name: 'Starter',
        description: null,
        invoice_display_name: 'Starter',
        filters: null,
        filter_invoice_display_name: null,
        lago_item_id: ID,
        item_type: 'Subscription',
        grouped_by: {},
      },
      pay_in_advance: false,
      invoiceable: true,
      self_billed: false,
      amount_cents: 3100,
      taxes_amount_cents: 620,
      total_amount_cents: 3720,
      sub_total_excluding_taxes_amount_cents: 3100,
      amount_currency: 'USD',
      total_amount_currency: 'USD',
      precise_amount: '31.0',
      precise_total_amount: '37.2',
      taxes_precise_amount: '6.2',
      precise_unit_amount: '31.0',
      precise_coupons_amount_cents: '0.0',
      sub_total_excluding_taxes_precise_amount_cents: '3100.0',
      taxes_rate: 20,
      units: '1.0',
      total_aggregated_units: null,
      events_count: null,
      description: null,
      payment_status: 'pending',
      created_at: '2023-02-01T00:00:00Z',
      succeeded_at: null,
      failed_at: null,
      refunded_at: null,
      from_date: '2023-01-01T00:00:00Z',
      to_date: '2023-01-31T23:59:59Z',
      event_transaction_id: null,
      amount_details: { plan_amount_cents: '3100' },
      pricing_unit_details: null,
      presentation_breakdowns: [],
      applied_taxes: [
        {
          lago_id: ID,
          lago_fee_id: fee.lago_id,
          lago_tax_id: ID,
          tax_name: 'VAT',
          tax_code: 'vat',
          tax_rate: 20,
          tax_description: null,
          amount_cents: 620,
          amount_currency: 'USD',
          created_at: '2023-02-01T00:00:00Z',
        },
      ],
    });
  });

  it('of an event billed at once names the event, and no invoice', async () => {
    expect(await feeOf('charge')).toMatchObject({
      lago_charge_id: ID,
      lago_invoice_id: null,
      item: { type: 'charge', code: 'exports', name: 'Exports', item_type: 'BillableMetric' },
      pay_in_advance: true,
      invoiceable: false,
      amount_cents: 1250,
      taxes_amount_cents: 250,
      units: '5.0',
      total_aggregated_units: '5.0',
      precise_unit_amount: '2.5',
      events_count: 1,
      event_transaction_id: 'tx-1',
      created_at: '2023-01-10T08:00:00Z',
    });
  });

  it('is read by its id', async () => {
    const fee = await feeOf('charge');
    expect(await app.api.get(`/fees/${fee.lago_id}`)).toMatchObject({ status: 200, body: { fee } });
    expect(await app.api.get('/fees/not-an-id')).toMatchObject({ status: 404, body: missing });
  });
});

describe('the list of fees', () => {
  it.each([
    { query: '', expect: ['charge', 'subscription'] },
    { query: '?external_customer_id=acme', expect: ['charge', 'subscription'] },
    { query: '?external_customer_id=nobody', expect: [] },
    { query: '?external_subscription_id=main&currency=usd', expect: ['charge', 'subscription'] },
    { query: '?fee_type=commitment', expect: [] },
    { query: '?billable_metric_code=exports', expect: ['charge'] },
    { query: '?payment_status=succeeded', expect: [] },
    { query: '?event_transaction_id=tx-1', expect: ['charge'] },
    { query: '?created_at_from=2023-01-11', expect: ['subscription'] },
    { query: '?created_at_to=2023-01-10T08:00:00Z', expect: ['charge'] },
    { query: '?succeeded_at_from=2023-01-01', expect: [] },
    { query: '?page=2&per_page=1', expect: ['subscription'] },
  ])('narrowed with "$query"', async ({ query, expect: expected }) => {
    const { status, body } = await app.api.get<Listed>(`/fees${query}`);
    expect(status).toBe(200);
    expect(body.fees.map((fee) => (fee['item'] as { type: string }).type)).toEqual(expected);
  });

  it('refuses unknown words and bad times together', async () => {
    const { body } = await app.api.get('/fees?fee_type=tip&payment_status=maybe&created_at_from=soon&failed_at_to=later');
    expect(body).toEqual(
      refused({
        fee_type: ['value_is_invalid'],
        payment_status: ['value_is_invalid'],
        created_at_from: ['invalid_date'],
        failed_at_to: ['invalid_date'],
      }),
    );
  });
});

describe('a fee without invoice', () => {
  it('is marked paid', async () => {
    const { lago_id: id } = await feeOf('charge');
    const { status, body } = await app.api.put(`/fees/${id}`, { fee: { payment_status: 'succeeded' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ fee: { payment_status: 'succeeded', succeeded_at: '2023-02-01T00:00:00Z' } });
  });

  it('refuses another payment status', async () => {
    const { lago_id: id } = await feeOf('charge');
    expect((await app.api.put(`/fees/${id}`, { fee: { payment_status: 'maybe' } })).body).toEqual(
      refused({ payment_status: ['value_is_invalid'] }),
    );
  });

  it('is answered once more when it is deleted', async () => {
    const { lago_id: id } = await feeOf('charge');
    expect(await app.api.delete(`/fees/${id}`)).toMatchObject({ status: 200, body: { fee: { lago_id: id } } });
    expect(await app.api.get(`/fees/${id}`)).toMatchObject({ status: 404, body: missing });
  });
});

it('a fee on an invoice is neither changed nor deleted', async () => {
  const { lago_id: id } = await feeOf('subscription');
  expect(await app.api.put(`/fees/${id}`, { fee: { payment_status: 'succeeded' } })).toMatchObject({ status: 405, body: invoiced });
  expect(await app.api.delete(`/fees/${id}`)).toMatchObject({ status: 405, body: invoiced });
});

it('an unknown fee is 404 for every change', async () => {
  expect(await app.api.put('/fees/none', { fee: { payment_status: 'maybe' } })).toMatchObject({ status: 404, body: missing });
  expect(await app.api.delete('/fees/none')).toMatchObject({ status: 404, body: missing });
});
