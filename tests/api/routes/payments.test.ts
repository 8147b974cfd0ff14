import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

type Json = Readonly<Record<string, unknown>>;

/** 10.00 due by 31 January, for the plan that acme pays in advance. */
let app: TestEngine;
let invoiceId: string;

beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T10:00:00Z' });
  await app.api.put('/organizations', { organization: { document_number_prefix: 'HOO-0001' } });
  await app.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme', net_payment_term: 30 } });
  const plan = { name: 'Ahead', code: 'ahead', interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', pay_in_advance: true };
  await app.api.post('/plans', { plan });
  await app.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'ahead', external_id: 'main' } });
  const { body } = await app.api.get<{ invoices: readonly { lago_id: string }[] }>('/invoices');
  invoiceId = body.invoices[0]?.lago_id ?? '';
});
afterEach(() => app.close());

const payment = (more: Json): unknown => ({ payment: { invoice_id: invoiceId, amount_cents: 400, reference: 'wire-1', ...more } });
const refused = (details: Readonly<Record<string, readonly string[]>>): object => ({ status: 422, body: { error_details: details } });

async function invoice(): Promise<Json> {
  return (await app.api.get<{ invoice: Json }>(`/invoices/${invoiceId}`)).body.invoice;
}

describe('a manual payment', () => {
  it('has every field', async () => {
    const { status, body } = await app.api.post<{ payment: Json }>('/payments', payment({}));
    expect(status).toBe(200);
    expect(body.payment).toEqual({
      lago_id: ID,
      lago_customer_id: ID,
      external_customer_id: 'acme',
      invoice_ids: [invoiceId],
      invoice_numbers: ['HOO-0001-001-001'],
      lago_payable_id: invoiceId,
      payable_type: 'Invoice',
      amount_cents: 400,
      amount_currency: 'USD',
      status: 'succeeded',
      payment_status: 'succeeded',
      type: 'manual',
      reference: 'wire-1',
      payment_provider_code: null,
      payment_provider_type: null,
      external_payment_id: null,
      provider_payment_id: null,
      provider_customer_id: null,
      next_action: {},
      created_at: '2023-01-01T10:00:00Z',
    });
    expect((await app.api.get(`/payments/${String(body.payment['lago_id'])}`)).body).toEqual(body);
  });

  it('adds to what was paid; the last one settles the invoice and ends the overdue mark', async () => {
    await app.moveClock('2023-02-01T00:00:00Z');
    expect(await invoice()).toMatchObject({ payment_overdue: true, total_due_amount_cents: 1000 });
    await app.api.post('/payments', payment({}));
    expect(await invoice()).toMatchObject({
      total_paid_amount_cents: 400,
      total_due_amount_cents: 600,
      payment_status: 'pending',
      payment_overdue: true,
    });
    await app.api.post('/payments', payment({ amount_cents: '600', reference: 'wire-2' }));
    expect(await invoice()).toMatchObject({
      total_paid_amount_cents: 1000,
      total_due_amount_cents: 0,
      payment_status: 'succeeded',
      payment_overdue: false,
      fees: [{ payment_status: 'succeeded' }],
    });
    expect(await app.api.post('/payments', payment({ amount_cents: 1 }))).toMatchObject(
      refused({ amount_cents: ['value_is_out_of_range'] }),
    );
  });

  it('with what a note offset makes up the total', async () => {
    const fee = ((await invoice())['fees'] as readonly { lago_id: string }[])[0]?.lago_id;
    const note = { invoice_id: invoiceId, offset_amount_cents: 300, items: [{ fee_id: fee, amount_cents: 300 }] };
    expect((await app.api.post('/credit_notes', { credit_note: note })).status).toBe(200);
    expect(await app.api.post('/payments', payment({ amount_cents: 701 }))).toMatchObject(
      refused({ amount_cents: ['value_is_out_of_range'] }),
    );
    await app.api.post('/payments', payment({ amount_cents: 700 }));
    expect(await invoice()).toMatchObject({ total_paid_amount_cents: 700, total_due_amount_cents: 0, payment_status: 'succeeded' });
  });

  it('carries the day on which the money came', async () => {
    const { body } = await app.api.post<{ payment: Json }>('/payments', payment({ paid_at: '2022-12-31' }));
    expect(body.payment['created_at']).toBe('2022-12-31T00:00:00Z');
  });

  it.each([
    { given: { invoice_id: undefined }, errors: { invoice_id: ['value_is_mandatory'] } },
    { given: { invoice_id: ' ' }, errors: { invoice_id: ['value_is_mandatory'] } },
    { given: { amount_cents: 0 }, errors: { amount_cents: ['invalid_value'] } },
    { given: { amount_cents: -5 }, errors: { amount_cents: ['invalid_value'] } },
    { given: { amount_cents: 1.5 }, errors: { amount_cents: ['invalid_value'] } },
    { given: { amount_cents: 'all' }, errors: { amount_cents: ['invalid_value'] } },
    { given: { amount_cents: undefined }, errors: { amount_cents: ['invalid_value'] } },
    { given: { amount_cents: null }, errors: { amount_cents: ['invalid_value'] } },
    { given: { amount_cents: 1001 }, errors: { amount_cents: ['value_is_out_of_range'] } },
    { given: { reference: undefined }, errors: { reference: ['value_is_mandatory'] } },
    { given: { reference: '' }, errors: { reference: ['value_is_mandatory'] } },
    { given: { reference: 'r'.repeat(41) }, errors: { reference: ['value_is_too_long'] } },
    { given: { paid_at: 'yesterday' }, errors: { paid_at: ['invalid_date'] } },
    {
      given: { invoice_id: '', amount_cents: 0, reference: '', paid_at: 'x' },
      errors: {
        invoice_id: ['value_is_mandatory'],
        amount_cents: ['invalid_value'],
        reference: ['value_is_mandatory'],
        paid_at: ['invalid_date'],
      },
    },
  ])('with $given is refused', async ({ given, errors }) => {
    const { status, body } = await app.api.post<{ error_details: unknown }>('/payments', payment(given));
    expect([status, body.error_details]).toEqual([422, errors]);
    expect(await invoice()).toMatchObject({ total_paid_amount_cents: 0 });
  });

  it('is for a final invoice', async () => {
    expect(await app.api.post('/payments', payment({ invoice_id: 'none' }))).toMatchObject({
      status: 404,
      body: { code: 'invoice_not_found' },
    });
    await app.api.post(`/invoices/${invoiceId}/void`);
    expect(await app.api.post('/payments', payment({}))).toMatchObject({ status: 403, body: { code: 'feature_unavailable' } });
  });

  it('of a draft is refused', async () => {
    await app.api.post('/customers', { customer: { external_id: 'late', billing_configuration: { invoice_grace_period: 3 } } });
    await app.api.post('/subscriptions', { subscription: { external_customer_id: 'late', plan_code: 'ahead', external_id: 'draft' } });
    const { body } = await app.api.get<{ invoices: readonly { lago_id: string }[] }>('/invoices?status=draft');
    expect(await app.api.post('/payments', payment({ invoice_id: body.invoices[0]?.lago_id }))).toMatchObject({ status: 403 });
  });
});

describe('the list of payments', () => {
  beforeEach(async () => {
    await app.api.post('/payments', payment({}));
    await app.api.post('/payments', payment({ reference: 'wire-2', amount_cents: 100 }));
  });

  it.each([
    { query: '', references: ['wire-2', 'wire-1'] },
    { query: '?external_customer_id=acme', references: ['wire-2', 'wire-1'] },
    { query: '?external_customer_id=other', references: [] },
    { query: '?per_page=1&page=2', references: ['wire-1'] },
    { query: '?invoice_id=none', references: [] },
  ])('with "$query" has $references', async ({ query, references }) => {
    const { body } = await app.api.get<{ payments: readonly Json[] }>(`/payments${query}`);
    expect(body.payments.map((each) => each['reference'])).toEqual(references);
  });

  it('of one invoice and of one customer', async () => {
    const ofInvoice = await app.api.get<{ meta: Json }>(`/payments?invoice_id=${invoiceId}`);
    expect(ofInvoice.body.meta).toMatchObject({ total_count: 2 });
    expect((await app.api.get<{ meta: Json }>('/customers/acme/payments')).body.meta).toMatchObject({ total_count: 2 });
    expect(await app.api.get('/customers/nobody/payments')).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
    expect(await app.api.get('/payments/none')).toMatchObject({ status: 404, body: { code: 'payment_not_found' } });
  });
});
