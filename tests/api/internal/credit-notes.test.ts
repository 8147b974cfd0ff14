import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CreditableInvoice, CreditNoteFacts, CreditNoteRow, PreviewedCreditNote } from '../../../shared/internal/credit-notes.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { askInternal, internalClient } from '../../support/internal-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
beforeEach(async () => {
  books = await createTestEngine({ now: '2026-01-10T09:00:00Z' });
});
afterEach(() => books.close());

async function read<Answer>(path: string): Promise<Answer> {
  const answer = await askInternal<Answer>(books, path);
  expect(answer.status, path).toBe(200);
  return answer.body;
}

async function post<Body>(path: string, body: unknown): Promise<Body> {
  const answer = await books.api.post<Body>(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

interface MadeInvoice {
  readonly invoice: { readonly lago_id: string; readonly fees: readonly { readonly lago_id: string }[] };
}

/** Two lines of 68.33 at 20 %: 13666 + 2733 = 16399. */
async function invoice(): Promise<MadeInvoice['invoice']> {
  await post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: '20', applied_to_organization: true } });
  await post('/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 6833, amount_currency: 'EUR' } });
  await post('/customers', { customer: { external_id: 'hooli', name: 'Hooli', currency: 'EUR' } });
  const fees = [{ add_on_code: 'work' }, { add_on_code: 'work', invoice_display_name: 'More work' }];
  return (await post<MadeInvoice>('/invoices', { invoice: { external_customer_id: 'hooli', fees } })).invoice;
}

function preview(invoiceId: string, items: readonly unknown[], parts: Readonly<Record<string, number>> = {}) {
  return internalClient(books).post<PreviewedCreditNote>('/preview/credit_note', {
    credit_note: { invoice_id: invoiceId, items, ...parts },
  });
}

async function credit(invoiceId: string, feeId: string | undefined, parts: Readonly<Record<string, number>>): Promise<string> {
  const note = { invoice_id: invoiceId, reason: 'other', ...parts, items: [{ fee_id: feeId, amount_cents: 6833 }] };
  return (await post<{ readonly credit_note: { readonly lago_id: string } }>('/credit_notes', { credit_note: note })).credit_note.lago_id;
}

test('what is left of each line to be credited follows the notes that were written', async () => {
  const { lago_id: id, fees } = await invoice();
  const before = await read<CreditableInvoice>(`/invoices/${id}/creditable`);
  expect(before).toMatchObject({
    currency: 'EUR',
    max_creditable_amount_cents: 16399,
    max_refundable_amount_cents: 0,
    max_offsettable_amount_cents: 16399,
    is_refunded_only: false,
    is_refunded_by_provider: false,
  });
  expect(before.fees.map((fee) => [fee.name, fee.creditable_amount_cents])).toEqual([
    ['Work', 6833],
    ['More work', 6833],
  ]);
  await credit(id, fees[0]?.lago_id, { credit_amount_cents: 8200 });
  const after = await read<CreditableInvoice>(`/invoices/${id}/creditable`);
  expect(after.fees.map((fee) => fee.creditable_amount_cents)).toEqual([0, 6833]);
  expect(after.max_creditable_amount_cents).toBe(8199);
});

test('a preview is the estimate, and what is left of it for the credit part', async () => {
  const { lago_id: id, fees } = await invoice();
  const items = [{ fee_id: fees[0]?.lago_id, amount_cents: 6833 }];
  const plain = await preview(id, items);
  expect(plain.body).toMatchObject({
    estimate: { sub_total_excluding_taxes_amount_cents: 6833, taxes_amount_cents: 1367 },
    credit_amount_cents: 8200,
    refund_amount_cents: 0,
    due_before_cents: 16399,
    due_after_cents: 16399,
    errors: {},
  });
  const offset = await preview(id, items, { offset_amount_cents: 5000 });
  expect(offset.body).toMatchObject({ credit_amount_cents: 3200, offset_amount_cents: 5000, due_after_cents: 11399, errors: {} });
  const refund = await preview(id, items, { refund_amount_cents: 1000 });
  expect(refund.body.errors).toEqual({ refund_amount_cents: ['cannot_refund_unpaid_invoice'] });
  const tooMuch = await preview(id, [{ fee_id: fees[0]?.lago_id, amount_cents: 7000 }]);
  expect([tooMuch.status, (tooMuch.body as unknown as { error_details: unknown }).error_details]).toEqual([
    422,
    { amount_cents: ['higher_than_remaining_fee_amount'] },
  ]);
});

test('notes are listed with their invoice and customer, and told with where their credit went', async () => {
  const { lago_id: id, fees } = await invoice();
  const note = await credit(id, fees[0]?.lago_id, { credit_amount_cents: 8200 });
  const page = await read<ListAnswer<CreditNoteRow>>(`/lists/credit_notes?invoice_id=${id}&credit_status=available&search=hool`);
  expect(page.rows).toMatchObject([
    { lago_id: note, total_amount_cents: 8200, balance_amount_cents: 8200, invoice: { lago_id: id }, customer: { name: 'Hooli' } },
  ]);
  expect((await read<ListAnswer<CreditNoteRow>>('/lists/credit_notes?credit_status=voided')).total).toBe(0);
  const facts = await read<CreditNoteFacts>(`/credit_notes/${note}`);
  expect(facts).toMatchObject({ void_refusal: null, uses: [], refunds: [], customer: { external_id: 'hooli' } });
  await books.api.put(`/credit_notes/${note}/void`);
  expect((await read<CreditNoteFacts>(`/credit_notes/${note}`)).void_refusal).toBe('no_voidable_amount');
});

test('what used the credit of a note is told with the note', async () => {
  const { lago_id: id, fees } = await invoice();
  const note = await credit(id, fees[0]?.lago_id, { credit_amount_cents: 8200 });
  const plan = { name: 'Pro', code: 'pro', interval: 'monthly', amount_cents: 1000, amount_currency: 'EUR', pay_in_advance: true };
  await post('/plans', { plan });
  const subscription = { external_customer_id: 'hooli', external_id: 'hooli-1', plan_code: 'pro', subscription_at: '2026-02-01T00:00:00Z' };
  await post('/subscriptions', { subscription });
  await books.moveClock('2026-02-01T01:00:00Z');
  // 10.00 and 20 % tax are paid by the note.
  const facts = await read<CreditNoteFacts>(`/credit_notes/${note}`);
  expect(facts.uses.map((use) => [use.amount_cents, use.at])).toEqual([[1200, '2026-02-01T00:00:00Z']]);
  expect(facts.credit_note.balance_amount_cents).toBe(7000);
});
