import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

type CreditNote = Readonly<Record<string, unknown>> & { readonly lago_id: string };
interface One {
  readonly credit_note: CreditNote;
}
interface Listed {
  readonly credit_notes: readonly CreditNote[];
  readonly meta: Readonly<Record<string, number | null>>;
}

/** 31.00 and 20 % tax paid ahead for January, ended on the 10th: the last 21 days come back, 21.00 and 4.20 tax. */
let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
  await app.api.put('/organizations', { organization: { document_number_prefix: 'HOO-0001' } });
  await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
  await app.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme' } });
  const plan = { name: 'Ahead', code: 'ahead', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', pay_in_advance: true };
  await app.api.post('/plans', { plan });
  await app.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'ahead', external_id: 'main' } });
  await app.moveClock('2023-01-10T15:00:00Z');
  expect((await app.api.delete('/subscriptions/main')).status).toBe(200);
});
afterEach(() => app.close());

async function noteId(): Promise<string> {
  const { body } = await app.api.get<Listed>('/credit_notes');
  expect(body.credit_notes).toHaveLength(1);
  return body.credit_notes[0]?.lago_id ?? '';
}

const refused = (details: Readonly<Record<string, readonly string[]>>): unknown => ({
  status: 422,
  error: 'Unprocessable Entity',
  code: 'validation_errors',
  error_details: details,
});
const missing = { status: 404, error: 'Not Found', code: 'credit_note_not_found' };

it('a credit note has every field', async () => {
  const id = await noteId();
  const { status, body } = await app.api.get<One>(`/credit_notes/${id}`);
  expect(status).toBe(200);
  const { items, customer, ...rest } = body.credit_note;
  expect(rest).toEqual({
    lago_id: id,
    billing_entity_code: 'default',
    sequential_id: 1,
    number: 'HOO-0001-001-001-CN001',
    lago_invoice_id: ID,
    invoice_number: 'HOO-0001-001-001',
    purchase_order_number: null,
    issuing_date: '2023-01-10',
    credit_status: 'available',
    refund_status: null,
    reason: 'order_cancellation',
    description: null,
    currency: 'USD',
    total_amount_cents: 2520,
    precise_total_amount_cents: '2520.0',
    taxes_amount_cents: 420,
    precise_taxes_amount_cents: '420.0',
    sub_total_excluding_taxes_amount_cents: 2100,
    balance_amount_cents: 2520,
    credit_amount_cents: 2520,
    refund_amount_cents: 0,
    offset_amount_cents: 0,
    coupons_adjustment_amount_cents: 0,
    taxes_rate: 20,
    created_at: '2023-01-10T15:00:00Z',
    updated_at: '2023-01-10T15:00:00Z',
    file_url: null,
    xml_url: null,
    self_billed: false,
    applied_taxes: [
      {
        lago_id: ID,
        lago_credit_note_id: id,
        lago_tax_id: ID,
        tax_name: 'VAT',
        tax_code: 'vat',
        tax_rate: 20,
        tax_description: null,
        base_amount_cents: 2100,
        amount_cents: 420,
        amount_currency: 'USD',
        created_at: '2023-01-10T15:00:00Z',
      },
    ],
    error_details: [],
  });
  expect(items).toMatchObject([
    {
      lago_id: ID,
      amount_cents: 2100,
      precise_amount_cents: '2100.0',
      amount_currency: 'USD',
      fee: { amount_cents: 3100, item: { code: 'ahead' } },
    },
  ]);
  expect(customer).toMatchObject({ external_id: 'acme', name: 'Acme' });
});

describe('the list of credit notes', () => {
  it.each([
    { query: '', count: 1 },
    { query: '?external_customer_id=acme', count: 1 },
    { query: '?external_customer_id=nobody', count: 0 },
    { query: '?issuing_date_from=2023-01-10&issuing_date_to=2023-01-10', count: 1 },
    { query: '?issuing_date_from=2023-01-11', count: 0 },
    { query: '?issuing_date_from=someday', count: 1 },
    { query: '?search_term=cn001', count: 1 },
    { query: '?search_term=acm', count: 1 },
    { query: '?currency=EUR', count: 0 },
    { query: '?reason=order_cancellation&credit_status=available', count: 1 },
    { query: '?refund_status=pending', count: 0 },
    { query: '?invoice_number=HOO-0001-001-001', count: 1 },
    { query: '?amount_from=2520&amount_to=2520', count: 1 },
    { query: '?amount_from=2521', count: 0 },
    { query: '?types[]=credit', count: 1 },
    { query: '?types[]=refund&types[]=offset', count: 0 },
    { query: '?self_billed=true', count: 0 },
  ])('narrowed with "$query" has $count', async ({ query, count }) => {
    const { status, body } = await app.api.get<Listed>(`/credit_notes${query}`);
    expect([status, body.credit_notes.length, body.meta['total_count']]).toEqual([200, count, count]);
  });

  it('refuses unknown words', async () => {
    const { body } = await app.api.get('/credit_notes?reason=mood&types[]=gift&credit_status=old');
    expect(body).toEqual(refused({ reason: ['value_is_invalid'], types: ['value_is_invalid'], credit_status: ['value_is_invalid'] }));
  });

  it('of one customer is 404 for an unknown one', async () => {
    expect((await app.api.get<Listed>('/customers/acme/credit_notes')).body.credit_notes).toHaveLength(1);
    expect(await app.api.get('/customers/nobody/credit_notes')).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
  });
});

describe('a change of a credit note', () => {
  it('keeps metadata, merged', async () => {
    const id = await noteId();
    await app.api.put(`/credit_notes/${id}`, { credit_note: { metadata: { ticket: '1', team: 'sales' } } });
    const { body } = await app.api.put<One>(`/credit_notes/${id}`, { credit_note: { metadata: { ticket: '2' } } });
    expect(body.credit_note['metadata']).toEqual({ ticket: '2', team: 'sales' });
  });

  it('says how far the refund is', async () => {
    const id = await noteId();
    const { status, body } = await app.api.put(`/credit_notes/${id}`, { credit_note: { refund_status: 'succeeded' } });
    expect([status, body]).toMatchObject([200, { credit_note: { refund_status: 'succeeded' } }]);
  });

  it('refuses another refund status, and knows no other note', async () => {
    const id = await noteId();
    const bad = { credit_note: { refund_status: 'maybe' } };
    expect((await app.api.put(`/credit_notes/${id}`, bad)).body).toEqual(refused({ refund_status: ['value_is_invalid'] }));
    expect(await app.api.put('/credit_notes/none', bad)).toMatchObject({ status: 404, body: missing });
    expect(await app.api.get('/credit_notes/none')).toMatchObject({ status: 404, body: missing });
    expect(await app.api.post('/credit_notes/none/download')).toMatchObject({ status: 404, body: missing });
  });
});

it('the document of a credit note is made before the answer and opens without a key', async () => {
  const id = await noteId();
  const { status, body } = await app.api.post<One>(`/credit_notes/${id}/download`);
  expect(status).toBe(200);
  const file = await app.engine.fetch(new Request(String(body.credit_note['file_url'])));
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(file.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''HOO-0001-001-001-CN001.pdf`);
});
