import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

type Invoice = Readonly<Record<string, unknown>> & { readonly lago_id: string };
interface One {
  readonly invoice: Invoice;
}
interface Listed {
  readonly invoices: readonly Invoice[];
  readonly meta: Readonly<Record<string, number | null>>;
}

let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
  await app.api.put('/organizations', { organization: { document_number_prefix: 'HOO-0001' } });
  await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, description: 'France', applied_to_organization: true } });
  await app.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme', email: 'pay@acme.example', net_payment_term: 10 } });
  const metric = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
    billable_metric: { name: 'API calls', code: 'calls', aggregation_type: 'count_agg' },
  });
  const charge = { billable_metric_id: metric.body.billable_metric.lago_id, charge_model: 'standard', properties: { amount: '0.5' } };
  await app.api.post('/plans', {
    plan: { name: 'Starter', code: 'starter', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', charges: [charge] },
  });
});
afterEach(() => app.close());

const refused = (details: Readonly<Record<string, readonly string[]>>): unknown => ({
  status: 422,
  error: 'Unprocessable Entity',
  code: 'validation_errors',
  error_details: details,
});
const missing = (code: string): unknown => ({ status: 404, error: 'Not Found', code });
const notAllowed = (code: string): unknown => ({ status: 405, error: 'Method Not Allowed', code });

async function subscribe(changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const subscription = { external_customer_id: 'acme', plan_code: 'starter', external_id: 'main', ...changes };
  expect((await app.api.post('/subscriptions', { subscription })).status).toBe(200);
}

/** Acme's invoice of January: 31.00 for the plan, three calls at 0.50, 20 % tax. */
async function billJanuary(): Promise<string> {
  await subscribe();
  for (const transactionId of ['t1', 't2', 't3']) {
    const event = { transaction_id: transactionId, code: 'calls', external_subscription_id: 'main', timestamp: 1673000000 };
    expect((await app.api.post('/events', { event })).status).toBe(200);
  }
  await app.moveClock('2023-02-01T00:00:00Z');
  const { body } = await app.api.get<Listed>('/invoices?external_customer_id=acme');
  expect(body.invoices).toHaveLength(1);
  return body.invoices[0]?.lago_id ?? '';
}

const AMOUNTS = {
  fees_amount_cents: 3250,
  coupons_amount_cents: 0,
  progressive_billing_credit_amount_cents: 0,
  sub_total_excluding_taxes_amount_cents: 3250,
  taxes_amount_cents: 650,
  taxes_rate: 20,
  sub_total_including_taxes_amount_cents: 3900,
  credit_notes_amount_cents: 0,
  prepaid_credit_amount_cents: 0,
  prepaid_granted_credit_amount_cents: 0,
  prepaid_purchased_credit_amount_cents: 0,
  total_amount_cents: 3900,
  total_paid_amount_cents: 0,
  total_due_amount_cents: 3900,
  total_offsetted_credit_note_amount_cents: 0,
  // The names of 2022.
  amount_cents: 3250,
  amount_currency: 'USD',
  vat_amount_cents: 650,
  vat_amount_currency: 'USD',
  credit_amount_cents: 0,
  credit_amount_currency: 'USD',
  total_amount_currency: 'USD',
};

function listedInvoice(id: string): Readonly<Record<string, unknown>> {
  return {
    lago_id: id,
    billing_entity_code: 'default',
    sequential_id: 1,
    number: 'HOO-0001-001-001',
    purchase_order_number: null,
    issuing_date: '2023-02-01',
    payment_due_date: '2023-02-11',
    net_payment_term: 10,
    invoice_type: 'subscription',
    status: 'finalized',
    payment_status: 'pending',
    payment_dispute_lost_at: null,
    payment_overdue: false,
    currency: 'USD',
    ...AMOUNTS,
    file_url: null,
    xml_url: null,
    web_url: null,
    version_number: 4,
    self_billed: false,
    created_at: '2023-02-01T00:00:00Z',
    updated_at: '2023-02-01T00:00:00Z',
    voided_at: null,
    customer: expect.objectContaining({ external_id: 'acme', name: 'Acme', slug: 'HOO-0001-001' }) as unknown,
    metadata: [],
    applied_taxes: [
      {
        lago_id: ID,
        lago_invoice_id: id,
        lago_tax_id: ID,
        tax_name: 'VAT',
        tax_code: 'vat',
        tax_rate: 20,
        tax_description: 'France',
        amount_cents: 650,
        amount_currency: 'USD',
        fees_amount_cents: 3250,
        created_at: '2023-02-01T00:00:00Z',
      },
    ],
  };
}

describe('an invoice', () => {
  it('in a list has exactly the fields of a list', async () => {
    const id = await billJanuary();
    const { body } = await app.api.get<Listed>('/invoices');
    expect(body).toEqual({
      invoices: [listedInvoice(id)],
      meta: { current_page: 1, next_page: null, prev_page: null, total_pages: 1, total_count: 1 },
    });
    expect(body.invoices[0]?.['customer']).not.toHaveProperty('taxes');
  });

  it('alone has its lines too', async () => {
    const id = await billJanuary();
    const { body } = await app.api.get<One>(`/invoices/${id}`);
    const { fees, subscriptions, billing_periods: periods, ...rest } = body.invoice;
    expect(rest).toEqual({ ...listedInvoice(id), credits: [], error_details: [], applied_invoice_custom_sections: [] });
    expect(fees).toMatchObject([
      { item: { type: 'subscription', code: 'starter' }, amount_cents: 3100 },
      { item: { type: 'charge', code: 'calls' }, amount_cents: 150, units: '3.0', events_count: 3 },
    ]);
    expect((fees as readonly object[])[0]).not.toHaveProperty('applied_taxes');
    expect(subscriptions).toMatchObject([{ external_id: 'main', plan_code: 'starter' }]);
    expect((subscriptions as readonly object[])[0]).not.toHaveProperty('plan');
    expect(periods).toEqual([
      {
        lago_subscription_id: ID,
        external_subscription_id: 'main',
        lago_plan_id: ID,
        subscription_from_datetime: '2023-01-01T00:00:00Z',
        subscription_to_datetime: '2023-01-31T23:59:59Z',
        charges_from_datetime: '2023-01-01T00:00:00Z',
        charges_to_datetime: '2023-01-31T23:59:59Z',
        fixed_charges_from_datetime: null,
        fixed_charges_to_datetime: null,
        invoicing_reason: 'subscription_periodic',
      },
    ]);
  });

  it('names the credit note that it used', async () => {
    await app.api.post('/plans', {
      plan: { name: 'Adv', code: 'adv', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', pay_in_advance: true },
    });
    await app.api.post('/plans', {
      plan: { name: 'Top', code: 'top', interval: 'monthly', amount_cents: 6200, amount_currency: 'USD', pay_in_advance: true },
    });
    await subscribe({ plan_code: 'adv' });
    await app.moveClock('2023-01-11T00:00:00Z');
    await subscribe({ plan_code: 'top' });
    const { body } = await app.api.get<Listed>('/invoices');
    const { body: one } = await app.api.get<One>(`/invoices/${body.invoices[0]?.lago_id ?? ''}`);
    // 21 of 31 days come back, 2 100 and 420 tax; the dearer plan costs 4 200 and 840 tax.
    expect(one.invoice).toMatchObject({
      fees_amount_cents: 4200,
      credit_notes_amount_cents: 2520,
      credit_amount_cents: 2520,
      total_amount_cents: 2520,
      credits: [
        {
          lago_id: ID,
          amount_cents: 2520,
          amount_currency: 'USD',
          before_taxes: false,
          item: { lago_item_id: ID, type: 'credit_note', code: 'HOO-0001-001-001-CN001', name: 'HOO-0001-001-001' },
          invoice: { lago_id: body.invoices[0]?.lago_id, payment_status: 'pending' },
        },
      ],
    });
  });

  it('is 404 when unknown, or when its id is no id', async () => {
    for (const id of ['11111111-2222-4333-8444-555555555555', 'not-an-id']) {
      expect(await app.api.get(`/invoices/${id}`)).toMatchObject({ status: 404, body: missing('invoice_not_found') });
    }
  });
});

describe('the list of invoices', () => {
  beforeEach(async () => {
    await app.api.post('/customers', {
      customer: { external_id: 'globex', name: 'Globex', billing_configuration: { invoice_grace_period: 5 } },
    });
    await subscribe();
    await subscribe({ external_id: 'other', external_customer_id: 'globex' });
    await app.moveClock('2023-02-01T00:00:00Z');
  });

  const owners = async (query: string): Promise<readonly unknown[]> => {
    const { status, body } = await app.api.get<Listed>(`/invoices${query}`);
    expect(status).toBe(200);
    return body.invoices.map((invoice) => (invoice['customer'] as { external_id: string }).external_id);
  };

  it.each([
    { query: '', expect: ['globex', 'acme'] },
    { query: '?external_customer_id=acme', expect: ['acme'] },
    { query: '?customer_external_id=acme', expect: ['acme'] },
    { query: '?external_customer_id=nobody', expect: [] },
    { query: '?status=draft', expect: ['globex'] },
    { query: '?status[]=finalized', expect: ['acme'] },
    { query: '?statuses%5B%5D=finalized&statuses%5B%5D=draft', expect: ['globex', 'acme'] },
    { query: '?status=pending', expect: [] },
    { query: '?payment_status=pending', expect: ['globex', 'acme'] },
    { query: '?payment_statuses[]=failed&payment_statuses[]=succeeded', expect: [] },
    { query: '?invoice_type=one_off', expect: [] },
    { query: '?currency=usd', expect: ['globex', 'acme'] },
    { query: '?issuing_date_from=2023-02-02', expect: ['globex'] },
    { query: '?issuing_date_to=2023-02-01', expect: ['acme'] },
    { query: '?issuing_date_from=someday', expect: ['globex', 'acme'] },
    { query: '?payment_overdue=false&self_billed=false', expect: ['globex', 'acme'] },
    { query: '?payment_overdue=true', expect: [] },
    { query: '?amount_from=3720&amount_to=3720', expect: ['globex', 'acme'] },
    { query: '?amount_from=3721', expect: [] },
    { query: '?search_term=glob', expect: ['globex'] },
    { query: '?metadata[color]=red', expect: [] },
    { query: '?metadata[color]=', expect: ['globex', 'acme'] },
    { query: '?settlements[]=payment', expect: [] },
    { query: '?billing_entity_codes[]=default&unknown=1', expect: ['globex', 'acme'] },
    { query: '?page=2&per_page=1', expect: ['acme'] },
    { query: '?page=9', expect: [] },
  ])('narrowed with "$query"', async ({ query, expect: expected }) => {
    expect(await owners(query)).toEqual(expected);
  });

  it('refuses what is not in a list of words, no boolean or no number, all at once', async () => {
    const { body } = await app.api.get(
      '/invoices?statuses[]=asleep&payment_status=maybe&payment_overdue=maybe&amount_from=much&invoice_type=x&currency=XXX',
    );
    expect(body).toEqual(
      refused({
        status: ['value_is_invalid'],
        payment_status: ['value_is_invalid'],
        payment_overdue: ['value_is_invalid'],
        amount_from: ['value_is_invalid'],
        invoice_type: ['value_is_invalid'],
        currency: ['value_is_invalid'],
      }),
    );
    expect((await app.api.get('/invoices?billing_entity_codes[]=north')).body).toEqual(missing('billing_entity_not_found'));
  });

  it('of one customer is 404 for an unknown one', async () => {
    const { body } = await app.api.get<Listed>('/customers/globex/invoices?external_customer_id=acme');
    expect(body.invoices.map((invoice) => invoice['status'])).toEqual(['draft']);
    expect(await app.api.get('/customers/nobody/invoices')).toMatchObject({ status: 404, body: missing('customer_not_found') });
  });

  it('shows a draft with its number to come', async () => {
    const { body } = await app.api.get<Listed>('/invoices?status=draft');
    expect(body.invoices).toMatchObject([
      { number: 'HOO-0001-DRAFT', sequential_id: null, issuing_date: '2023-02-06', net_payment_term: 0 },
    ]);
  });
});

describe('a change of an invoice', () => {
  it('marks it paid with its fees, and keeps metadata', async () => {
    const id = await billJanuary();
    const { status, body } = await app.api.put<One>(`/invoices/${id}`, {
      invoice: { payment_status: 'succeeded', metadata: [{ key: 'po', value: '42' }] },
    });
    expect(status).toBe(200);
    expect(body.invoice).toMatchObject({
      payment_status: 'succeeded',
      total_paid_amount_cents: 0,
      total_due_amount_cents: 3900,
      metadata: [{ lago_id: ID, key: 'po', value: '42', created_at: '2023-02-01T00:00:00Z' }],
      fees: [
        { payment_status: 'succeeded', succeeded_at: '2023-02-01T00:00:00Z' },
        { payment_status: 'succeeded', succeeded_at: '2023-02-01T00:00:00Z' },
      ],
    });
    expect((await app.api.get<Listed>('/invoices?metadata[po]=42')).body.invoices).toHaveLength(1);
  });

  it('reads the name of 2022', async () => {
    const id = await billJanuary();
    expect((await app.api.put(`/invoices/${id}`, { invoice: { status: 'failed' } })).body).toMatchObject({
      invoice: { payment_status: 'failed' },
    });
  });

  it('ends the overdue mark', async () => {
    const id = await billJanuary();
    await app.moveClock('2023-02-12T00:00:00Z');
    expect((await app.api.get(`/invoices/${id}`)).body).toMatchObject({ invoice: { payment_overdue: true } });
    const { body } = await app.api.put(`/invoices/${id}`, { invoice: { payment_status: 'succeeded' } });
    expect(body).toMatchObject({ invoice: { payment_overdue: false } });
  });

  it.each<{ name: string; given: Readonly<Record<string, unknown>>; details: Readonly<Record<string, readonly string[]>> }>([
    { name: 'another payment status', given: { payment_status: 'maybe' }, details: { payment_status: ['value_is_invalid'] } },
    {
      name: 'six pairs',
      given: { metadata: ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({ key, value: '1' })) },
      details: { metadata: ['invalid_count'] },
    },
    { name: 'a long key', given: { metadata: [{ key: 'k'.repeat(21), value: '1' }] }, details: { metadata: ['value_is_too_long'] } },
    { name: 'a long value', given: { metadata: [{ key: 'k', value: 'v'.repeat(141) }] }, details: { metadata: ['value_is_too_long'] } },
  ])('refuses $name', async ({ given, details }) => {
    const id = await billJanuary();
    expect(await app.api.put(`/invoices/${id}`, { invoice: given })).toMatchObject({ status: 422, body: refused(details) });
  });

  it('is not allowed on a draft', async () => {
    await app.api.post('/customers', { customer: { external_id: 'acme', billing_configuration: { invoice_grace_period: 5 } } });
    const id = await billJanuary();
    const paid = await app.api.put(`/invoices/${id}`, { invoice: { payment_status: 'succeeded' } });
    expect(paid).toMatchObject({ status: 405, body: notAllowed('payment_status_update_on_draft_invoice') });
    const noted = await app.api.put(`/invoices/${id}`, { invoice: { metadata: [] } });
    expect(noted).toMatchObject({ status: 405, body: notAllowed('metadata_on_draft_invoice') });
  });

  it('is 404 for an unknown invoice, whatever is asked', async () => {
    expect(await app.api.put('/invoices/none', { invoice: { payment_status: 'maybe' } })).toMatchObject({
      status: 404,
      body: missing('invoice_not_found'),
    });
  });
});

describe('a draft', () => {
  beforeEach(() => app.api.post('/customers', { customer: { external_id: 'acme', billing_configuration: { invoice_grace_period: 5 } } }));

  it('is computed again with the usage known now', async () => {
    const id = await billJanuary();
    const event = { transaction_id: 'late', code: 'calls', external_subscription_id: 'main', timestamp: 1673000001 };
    await app.api.post('/events', { event });
    const { status, body } = await app.api.put<One>(`/invoices/${id}/refresh`);
    expect(status).toBe(200);
    expect(body.invoice).toMatchObject({ lago_id: id, status: 'draft', fees_amount_cents: 3300, issuing_date: '2023-02-06' });
  });

  it('is finalized today, once', async () => {
    const id = await billJanuary();
    await app.moveClock('2023-02-03T10:00:00Z');
    const { status, body } = await app.api.put<One>(`/invoices/${id}/finalize`);
    expect(status).toBe(200);
    expect(body.invoice).toMatchObject({
      lago_id: id,
      status: 'finalized',
      number: 'HOO-0001-001-001',
      sequential_id: 1,
      issuing_date: '2023-02-03',
    });
    expect(await app.api.put(`/invoices/${id}/finalize`)).toMatchObject({ status: 404, body: missing('invoice_not_found') });
    expect(await app.api.put(`/invoices/${id}/refresh`)).toMatchObject({
      status: 200,
      body: { invoice: { lago_id: id, status: 'finalized' } },
    });
  });

  it('has no document', async () => {
    const id = await billJanuary();
    expect(await app.api.post(`/invoices/${id}/download`)).toMatchObject({ status: 404, body: missing('invoice_not_found') });
  });
});
