import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface Fee {
  readonly lago_id: string;
  readonly item: { readonly code: string };
}
interface Invoice {
  readonly lago_id: string;
  readonly fees: readonly Fee[];
}
type Amounts = Readonly<Record<string, unknown>> & { readonly lago_id: string };

/** 68.33 and 68.33 with 20 % tax for January: 163.99, where each fee alone would be 82.00. */
let app: TestEngine;
let invoiceId: string;
let first: string;
let second: string;

beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
  await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
  await app.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme' } });
  for (const code of ['a', 'b']) {
    await app.api.post('/plans', {
      plan: { name: code, code, interval: 'monthly', amount_cents: 6833, amount_currency: 'EUR', pay_in_advance: false },
    });
    await app.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: code, external_id: `s-${code}` } });
  }
  await app.moveClock('2023-02-01T00:00:00Z');
  const list = await app.api.get<{ invoices: readonly Invoice[] }>('/invoices');
  invoiceId = list.body.invoices[0]?.lago_id ?? '';
  const { body } = await app.api.get<{ invoice: Invoice }>(`/invoices/${invoiceId}`);
  expect(body.invoice).toMatchObject({ fees_amount_cents: 13666, taxes_amount_cents: 2733, total_amount_cents: 16399 });
  first = body.invoice.fees[0]?.lago_id ?? '';
  second = body.invoice.fees[1]?.lago_id ?? '';
});
afterEach(() => app.close());

const note = (more: Readonly<Record<string, unknown>>): unknown => ({ credit_note: { invoice_id: invoiceId, ...more } });
const item = (fee_id: string, amount_cents: unknown): unknown => ({ fee_id, amount_cents });
const refused = (details: Readonly<Record<string, readonly string[]>>): object => ({ status: 422, body: { error_details: details } });

async function create(more: Readonly<Record<string, unknown>>): Promise<Amounts> {
  const { status, body } = await app.api.post<{ credit_note: Amounts }>('/credit_notes', note(more));
  expect([status, body]).toMatchObject([200, { credit_note: {} }]);
  return body.credit_note;
}

async function pay(amount_cents: number): Promise<void> {
  const payment = { invoice_id: invoiceId, amount_cents, reference: 'wire' };
  expect(await app.api.post('/payments', { payment })).toMatchObject({ status: 200 });
}

describe('the estimate of a credit note', () => {
  it('is what the note would come to, and stores nothing', async () => {
    const { body } = await app.api.post('/credit_notes/estimate', note({ items: [item(first, 6833)] }));
    expect(body).toEqual({
      estimated_credit_note: {
        lago_invoice_id: invoiceId,
        invoice_number: expect.stringMatching(/-001-001$/) as string,
        currency: 'EUR',
        taxes_amount_cents: 1367,
        precise_taxes_amount_cents: '1366.6',
        sub_total_excluding_taxes_amount_cents: 6833,
        max_creditable_amount_cents: 8200,
        max_refundable_amount_cents: 0,
        max_offsettable_amount_cents: 8200,
        coupons_adjustment_amount_cents: 0,
        precise_coupons_adjustment_amount_cents: '0.0',
        taxes_rate: 20,
        items: [{ lago_fee_id: first, amount_cents: 6833 }],
        applied_taxes: [
          expect.objectContaining({ tax_code: 'vat', tax_rate: 20, base_amount_cents: 6833, amount_cents: 1367, amount_currency: 'EUR' }),
        ],
      },
    });
    expect((await app.api.get<{ credit_notes: readonly unknown[] }>('/credit_notes')).body.credit_notes).toEqual([]);
  });

  it('is refunded up to what was paid and offset up to what is due', async () => {
    await pay(10000);
    const { body } = await app.api.post('/credit_notes/estimate', note({ items: [item(first, 6833), item(second, 6833)] }));
    expect(body).toMatchObject({
      estimated_credit_note: {
        max_creditable_amount_cents: 16399,
        max_refundable_amount_cents: 10000,
        max_offsettable_amount_cents: 6399,
      },
    });
  });

  it('refuses what a note would refuse of its items', async () => {
    expect(await app.api.post('/credit_notes/estimate', note({}))).toMatchObject(refused({ items: ['must_be_an_array'] }));
    expect(await app.api.post('/credit_notes/estimate', note({ items: [item(first, 6834)] }))).toMatchObject(
      refused({ amount_cents: ['higher_than_remaining_fee_amount'] }),
    );
  });
});

describe('credit notes of one invoice', () => {
  it('together equal it: the last one takes back the rounding of the first', async () => {
    const one = await create({
      reason: 'duplicated_charge',
      description: 'Twice',
      credit_amount_cents: 8200,
      items: [item(first, 6833)],
      metadata: { k: 'v' },
    });
    expect(one).toMatchObject({
      reason: 'duplicated_charge',
      description: 'Twice',
      credit_status: 'available',
      refund_status: null,
      taxes_amount_cents: 1367,
      sub_total_excluding_taxes_amount_cents: 6833,
      total_amount_cents: 8200,
      balance_amount_cents: 8200,
      metadata: { k: 'v' },
    });
    const two = await create({ credit_amount_cents: 8199, items: [item(second, 6833)] });
    expect(two).toMatchObject({ reason: 'other', taxes_amount_cents: 1366, total_amount_cents: 8199, credit_amount_cents: 8199 });
    expect(String(two['number'])).toMatch(/-CN002$/);
    expect(await app.api.post('/credit_notes', note({ credit_amount_cents: 1, items: [item(second, 1)] }))).toMatchObject(
      refused({ amount_cents: ['higher_than_remaining_fee_amount'] }),
    );
  });

  it('put a cent of difference right in the credit part', async () => {
    // 3 417 + 683.4 = 4 100.4; asked for a cent too much.
    expect(await create({ credit_amount_cents: 4101, items: [item(first, 3417)] })).toMatchObject({
      credit_amount_cents: 4100,
      total_amount_cents: 4100,
      balance_amount_cents: 4100,
    });
  });

  it('count several items of one fee together', async () => {
    const items = [item(first, 4000), item(first, 2834)];
    expect(await app.api.post('/credit_notes', note({ credit_amount_cents: 8201, items }))).toMatchObject(
      refused({ amount_cents: ['higher_than_remaining_fee_amount'] }),
    );
  });

  it.each([
    {
      name: 'an unknown fee',
      items: [item('018f0000-0000-7000-8000-000000000000', 1)],
      answer: { status: 404, body: { code: 'fee_not_found' } },
    },
    { name: 'a fee without id', items: [{ amount_cents: 1 }], answer: { status: 404, body: { code: 'fee_not_found' } } },
  ])('know no $name', async ({ items, answer }) => {
    expect(await app.api.post('/credit_notes', note({ credit_amount_cents: 1, items }))).toMatchObject(answer);
  });

  it.each([
    { amount: -1, codes: ['invalid_value'] },
    { amount: 1.5, codes: ['value_is_invalid'] },
    { amount: 'much', codes: ['value_is_invalid'] },
    { amount: 6834, codes: ['higher_than_remaining_fee_amount'] },
  ])('refuse an item of $amount', async ({ amount, codes }) => {
    expect(await app.api.post('/credit_notes', note({ credit_amount_cents: 1, items: [item(first, amount)] }))).toMatchObject(
      refused({ amount_cents: codes }),
    );
  });

  it('refuse parts that do not fit', async () => {
    const items = [item(first, 6833)];
    expect(await app.api.post('/credit_notes', note({ items }))).toMatchObject(refused({ base: ['total_amount_must_be_positive'] }));
    expect((await app.api.post('/credit_notes', note({ items, credit_amount_cents: 8198 }))).body).toMatchObject({
      error_details: { base: ['does_not_match_item_amounts'] },
    });
    expect(await app.api.post('/credit_notes', note({ items, refund_amount_cents: 8200 }))).toMatchObject(
      refused({ refund_amount_cents: ['cannot_refund_unpaid_invoice'] }),
    );
    expect(await app.api.post('/credit_notes', note({ items, credit_amount_cents: -8200, reason: 'mood' }))).toMatchObject(
      refused({ credit_amount_cents: ['value_is_out_of_range'], reason: ['value_is_invalid'] }),
    );
    expect(await app.api.post('/credit_notes', note({ credit_amount_cents: 1, items: 'all' }))).toMatchObject(
      refused({ items: ['must_be_an_array'] }),
    );
  });

  it('are for an invoice that is final', async () => {
    const items = [item(first, 6833)];
    const unknown = { credit_note: { invoice_id: 'nothing', items, credit_amount_cents: 8200 } };
    expect(await app.api.post('/credit_notes', unknown)).toMatchObject({ status: 404, body: { code: 'invoice_not_found' } });
    expect(await app.api.post('/credit_notes', { credit_note: {} })).toMatchObject({ status: 400 });
    await app.api.post(`/invoices/${invoiceId}/void`);
    expect(await app.api.post('/credit_notes', note({ items, credit_amount_cents: 8200 }))).toMatchObject({
      status: 405,
      body: { code: 'invalid_type_or_status' },
    });
    expect(await app.api.post('/credit_notes/estimate', note({ items }))).toMatchObject({
      status: 405,
      body: { code: 'invalid_type_or_status' },
    });
  });
});

describe('the parts of a credit note', () => {
  it('refund what was paid, once', async () => {
    await pay(10000);
    const one = await create({ refund_amount_cents: 8200, items: [item(first, 6833)] });
    expect(one).toMatchObject({ refund_status: 'pending', credit_status: 'consumed', balance_amount_cents: 0, refund_amount_cents: 8200 });
    expect(await app.api.post('/credit_notes', note({ refund_amount_cents: 8199, items: [item(second, 6833)] }))).toMatchObject(
      refused({ refund_amount_cents: ['higher_than_remaining_invoice_amount'] }),
    );
    await create({ refund_amount_cents: 1800, credit_amount_cents: 6399, items: [item(second, 6833)] });
  });

  it('offset what is due on their own invoice at once, and settle it', async () => {
    await pay(8200);
    await create({ offset_amount_cents: 4000, credit_amount_cents: 4200, items: [item(first, 6833)] });
    expect((await app.api.get(`/invoices/${invoiceId}`)).body).toMatchObject({
      invoice: { total_offsetted_credit_note_amount_cents: 4000, total_due_amount_cents: 4199, payment_status: 'pending' },
    });
    expect(await app.api.post('/credit_notes', note({ offset_amount_cents: 8199, items: [item(second, 6833)] }))).toMatchObject(
      refused({ offset_amount_cents: ['higher_than_remaining_invoice_amount'] }),
    );
    await create({ offset_amount_cents: 4199, credit_amount_cents: 4000, items: [item(second, 6833)] });
    expect((await app.api.get(`/invoices/${invoiceId}`)).body).toMatchObject({
      invoice: {
        total_due_amount_cents: 0,
        payment_status: 'succeeded',
        fees: [{ payment_status: 'succeeded' }, { payment_status: 'succeeded' }],
      },
    });
  });

  it('credit pays the next invoice, oldest note first, after tax', async () => {
    const one = await create({ credit_amount_cents: 8200, items: [item(first, 6833)] });
    const two = await create({ credit_amount_cents: 8199, items: [item(second, 6833)] });
    await app.api.delete('/subscriptions/s-b');
    await app.moveClock('2023-03-01T00:00:00Z');
    const { body } = await app.api.get<{ invoices: readonly Readonly<Record<string, unknown>>[] }>(
      '/invoices?issuing_date_from=2023-03-01',
    );
    expect(body.invoices).toMatchObject([{ fees_amount_cents: 6833, total_amount_cents: 0, credit_notes_amount_cents: 8200 }]);
    expect((await app.api.get(`/credit_notes/${one.lago_id}`)).body).toMatchObject({
      credit_note: { credit_status: 'consumed', balance_amount_cents: 0 },
    });
    // The last invoice of s-b, 1 February: 6 833 / 28 = 244 and 48.8 of tax.
    expect((await app.api.get(`/credit_notes/${two.lago_id}`)).body).toMatchObject({
      credit_note: { credit_status: 'available', balance_amount_cents: 7906 },
    });
  });
});

describe('voiding a credit note', () => {
  it('takes away what is left, once', async () => {
    const { lago_id } = await create({ credit_amount_cents: 8200, items: [item(first, 6833)] });
    const { status, body } = await app.api.put(`/credit_notes/${lago_id}/void`);
    expect([status, body]).toMatchObject([
      200,
      { credit_note: { credit_status: 'voided', balance_amount_cents: 0, total_amount_cents: 8200 } },
    ]);
    expect(await app.api.put(`/credit_notes/${lago_id}/void`)).toMatchObject({ status: 405, body: { code: 'no_voidable_amount' } });
    expect(await app.api.put('/credit_notes/none/void')).toMatchObject({ status: 404, body: { code: 'credit_note_not_found' } });
    // What it took of the fee is not given again.
    expect(await app.api.post('/credit_notes', note({ credit_amount_cents: 8200, items: [item(first, 6833)] }))).toMatchObject({
      status: 422,
    });
  });
});

describe('the metadata of a credit note', () => {
  it('is replaced, merged and removed', async () => {
    const { lago_id } = await create({ credit_amount_cents: 8200, items: [item(first, 6833)] });
    const path = `/credit_notes/${lago_id}/metadata`;
    expect((await app.api.post(path, { metadata: { a: '1', b: '2' } })).body).toEqual({ metadata: { a: '1', b: '2' } });
    expect((await app.api.patch(path, { metadata: { b: '3', c: null } })).body).toEqual({ metadata: { a: '1', b: '3', c: null } });
    expect((await app.api.delete(`${path}/a`)).body).toEqual({ metadata: { b: '3', c: null } });
    expect((await app.api.get(`/credit_notes/${lago_id}`)).body).toMatchObject({ credit_note: { metadata: { b: '3', c: null } } });
    expect((await app.api.delete(path)).body).toEqual({ metadata: null });
    expect(await app.api.post(path, {})).toMatchObject({ status: 400 });
    expect(await app.api.delete('/credit_notes/none/metadata')).toMatchObject({ status: 404, body: { code: 'credit_note_not_found' } });
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']));
    expect(await app.api.post(path, { metadata: many })).toMatchObject(refused({ metadata: ['invalid_count'] }));
    expect(await app.api.put(`/credit_notes/${lago_id}`, { credit_note: { metadata: many } })).toMatchObject(
      refused({ metadata: ['invalid_count'] }),
    );
  });
});
