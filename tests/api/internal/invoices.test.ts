import { afterEach, beforeEach, expect, test } from 'vitest';
import type {
  InvoiceFacts,
  InvoiceRow,
  PreviewedFinalizations,
  UpcomingInvoice,
  UpcomingInvoiceRow,
} from '../../../shared/internal/invoices.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
beforeEach(async () => {
  books = await createTestEngine({ now: '2026-01-01T00:00:00Z' });
});
afterEach(() => books.close());

async function ask(path: string, body?: unknown): Promise<Response> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return books.engine.fetch(new Request(`http://127.0.0.1:3000/api/internal${path}`, init), { isSignedIn: true });
}

async function read<Answer>(path: string, body?: unknown): Promise<Answer> {
  const answer = await ask(path, body);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Answer;
}

async function post<Body = { readonly invoice: { readonly lago_id: string; readonly number: string } }>(
  path: string,
  body: unknown,
): Promise<Body> {
  const answer = await books.api.post<Body>(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const list = (query = ''): Promise<ListAnswer<InvoiceRow>> => read(`/lists/invoices?${query}`);
const facts = (id: string): Promise<InvoiceFacts> => read(`/invoices/${id}`);

/** One-off invoices of two customers: 10.00, 20.00 and 30.00. */
async function threeInvoices(): Promise<readonly string[]> {
  await post('/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 1000, amount_currency: 'USD' } });
  await post('/customers', { customer: { external_id: 'hooli', name: 'Hooli', currency: 'USD' } });
  await post('/customers', { customer: { external_id: 'evil', name: '=Evil, "Corp"', currency: 'USD' } });
  const ids: string[] = [];
  for (const [customer, units] of [
    ['hooli', '1'],
    ['evil', '2'],
    ['hooli', '3'],
  ]) {
    const { invoice } = await post('/invoices', { invoice: { external_customer_id: customer, fees: [{ add_on_code: 'work', units }] } });
    ids.push(invoice.lago_id);
  }
  return ids;
}

/** A draft of one subscription at 50.00 in arrears for January, open for three days. */
async function draft(): Promise<string> {
  const billing = { invoice_grace_period: 3 };
  await post('/customers', { customer: { external_id: 'hooli', name: 'Hooli', currency: 'USD', billing_configuration: billing } });
  const plan = { name: 'Pro', code: 'pro', interval: 'monthly', amount_cents: 5000, amount_currency: 'USD', pay_in_advance: false };
  await post('/plans', { plan });
  await post('/subscriptions', { subscription: { external_customer_id: 'hooli', external_id: 'hooli-1', plan_code: 'pro' } });
  await books.moveClock('2026-02-01T12:00:00Z');
  const page = await list('tab=draft');
  return page.rows[0]!.lago_id;
}

test('invoices are sorted by any column and told page by page', async () => {
  const ids = await threeInvoices();
  const first = await list('sort=total_amount_cents&direction=desc&limit=2');
  expect([first.total, first.rows.map((row) => row.total_amount_cents)]).toEqual([3, [3000, 2000]]);
  const second = await list(`sort=total_amount_cents&direction=desc&limit=2&after=${first.next!}`);
  expect([second.next, second.rows.map((row) => row.lago_id)]).toEqual([null, [ids[0]]]);
  const names = await list('sort=customer');
  expect(names.rows.map((row) => row.customer.name)).toEqual(['=Evil, "Corp"', 'Hooli', 'Hooli']);
});

test('tabs, filters and search leave what they say', async () => {
  const ids = await threeInvoices();
  await post('/payments', { payment: { invoice_id: ids[0], amount_cents: 1000, reference: 'bank' } });
  await books.api.post(`/invoices/${ids[1]!}/void`);
  const numbers = async (query: string): Promise<readonly number[]> => (await list(query)).rows.map((row) => row.total_amount_cents);
  expect(await numbers('tab=paid')).toEqual([1000]);
  expect(await numbers('tab=voided')).toEqual([2000]);
  expect(await numbers('tab=outstanding')).toEqual([3000]);
  expect(await numbers('tab=draft')).toEqual([]);
  expect(await numbers('search=hool&sort=number')).toEqual([1000, 3000]);
  expect(await numbers('amount_from=20&amount_to=20.00')).toEqual([2000]);
  expect(await numbers('currency=EUR')).toEqual([]);
  expect(await numbers('issuing_date_from=2026-01-02')).toEqual([]);
  expect(await numbers('invoice_type=one_off&issuing_date_to=2026-01-01')).toHaveLength(3);
  const row = (await list('tab=outstanding')).rows[0]!;
  expect(row).toMatchObject({ status: 'finalized', payment_status: 'pending', total_due_amount_cents: 3000, customer: { name: 'Hooli' } });
});

test('an export holds every row, amounts in units, and no formula of a customer', async () => {
  await threeInvoices();
  const answer = await ask('/lists/invoices.csv?sort=total_amount_cents');
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const lines = (await answer.text()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe(
    'lago_id,number,external_customer_id,customer_name,issuing_date,payment_due_date,invoice_type,status,payment_status,payment_overdue,currency,total_amount,total_due_amount',
  );
  expect(lines[2]).toContain(`,evil,"'=Evil, ""Corp""",2026-01-01,2026-01-01,one_off,finalized,pending,false,USD,20,20`);
});

test('a draft says until when it is open and what it allows', async () => {
  const id = await draft();
  const { actions, document, finalize_at, time_line, groups, customer } = await facts(id);
  expect(finalize_at).toBe('2026-02-04T00:00:00Z');
  expect(actions).toEqual({
    download: 'invoice_is_draft',
    record_payment: 'invoice_is_draft',
    retry_payment: 'invoice_is_draft',
    payment_link: 'customer_must_have_payment_provider',
    refresh: null,
    finalize: null,
    credit_note: 'invoice_is_draft',
    void: 'invoice_is_draft',
    lose_dispute: 'invoice_is_draft',
    retry: 'invoice_is_not_failed',
    delete: null,
  });
  expect([document.state, document.url]).toEqual(['none', null]);
  expect(time_line.map(({ kind, at, is_upcoming }) => [kind, at, is_upcoming])).toEqual([
    ['created', '2026-02-01T00:00:00Z', false],
    ['finalizes', '2026-02-04T00:00:00Z', true],
  ]);
  expect(groups).toMatchObject([{ name: 'Pro', external_subscription_id: 'hooli-1', amount_cents: 5000 }]);
  expect(customer.name).toBe('Hooli');
});

test('drafts that are finalized together are previewed together: one coupon is used once', async () => {
  const id = await draft();
  const coupon = {
    name: 'Ten',
    code: 'ten',
    coupon_type: 'fixed_amount',
    amount_cents: 1000,
    amount_currency: 'USD',
    frequency: 'once',
    expiration: 'no_expiration',
  };
  await post('/coupons', { coupon });
  await post('/applied_coupons', { applied_coupon: { external_customer_id: 'hooli', coupon_code: 'ten' } });
  const previewed = await read<PreviewedFinalizations>('/preview/finalize_invoices', { lago_ids: [id] });
  expect(previewed.totals).toEqual([{ currency: 'USD', total_amount_cents: 4000, invoices_count: 1 }]);
  expect((await facts(id)).invoice).toMatchObject({ status: 'draft', total_amount_cents: 5000 });
  const none = await ask('/preview/finalize_invoices', { lago_ids: ['nobody'] });
  expect(none.status).toBe(404);
});

test('a final invoice has its document under a name that people can read', async () => {
  const ids = await threeInvoices();
  await books.api.post(`/invoices/${ids[0]!}/download`);
  const { document, invoice } = await facts(ids[0]!);
  expect(document).toEqual({
    state: 'ready',
    url: `/api/internal/invoices/${ids[0]!}/document`,
    file_name: `${invoice.number} Hooli 2026-01.pdf`,
  });
  const file = await ask(`/invoices/${ids[0]!}/document`);
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(file.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encodeURIComponent(document.file_name)}`);
  const strange = await facts(ids[1]!);
  expect(strange.document.file_name).toBe(`${strange.invoice.number} =Evil, Corp 2026-01.pdf`);
});

test('what a paid and a voided invoice forbid is said with a reason', async () => {
  const ids = await threeInvoices();
  await post('/payments', { payment: { invoice_id: ids[0], amount_cents: 1000, reference: 'bank' } });
  await books.api.post(`/invoices/${ids[1]!}/void`);
  const paid = await facts(ids[0]!);
  expect(paid.actions).toMatchObject({
    record_payment: 'nothing_due',
    retry_payment: 'invoice_is_paid',
    void: 'invoice_is_paid',
    credit_note: null,
    finalize: 'invoice_is_not_a_draft',
    refresh: 'invoice_type_is_not_refreshed',
  });
  expect(paid.payments).toMatchObject([{ amount_cents: 1000, type: 'manual', reference: 'bank', error_code: null }]);
  expect(paid.time_line.map(({ kind }) => kind)).toContain('payment_succeeded');
  const voided = await facts(ids[1]!);
  expect(voided.actions).toMatchObject({
    void: 'invoice_is_voided',
    credit_note: 'invoice_is_voided',
    record_payment: 'invoice_is_voided',
  });
  expect(voided.time_line.map(({ kind }) => kind)).toContain('voided');
  expect((await ask('/invoices/nobody')).status).toBe(404);
});

test('deliveries of an invoice and of its payments are told with it', async () => {
  await post('/webhook_endpoints', { webhook_endpoint: { webhook_url: 'http://127.0.0.1:9/hook' } });
  const ids = await threeInvoices();
  const { webhook_deliveries: deliveries } = await facts(ids[0]!);
  expect(deliveries.map(({ webhook_type, status }) => [webhook_type, status])).toEqual([['invoice.one_off_created', 'pending']]);
});

test('open periods come in the order in which they fall due, with what they come to so far, and nothing is stored', async () => {
  await post('/customers', { customer: { external_id: 'hooli', name: 'Hooli', currency: 'USD' } });
  await post('/customers', { customer: { external_id: 'piper', name: 'Piper', currency: 'USD' } });
  const plan = { interval: 'monthly', amount_currency: 'USD', pay_in_advance: false };
  await post('/plans', { plan: { ...plan, name: 'Pro', code: 'pro', amount_cents: 5000 } });
  await post('/plans', { plan: { ...plan, name: 'Week', code: 'week', amount_cents: 700, interval: 'weekly' } });
  for (const [customer, external_id, plan_code] of [
    ['hooli', 'hooli-1', 'pro'],
    ['hooli', 'hooli-2', 'pro'],
    ['piper', 'piper-1', 'week'],
  ]) {
    await post('/subscriptions', { subscription: { external_customer_id: customer, external_id, plan_code } });
  }
  const page = await read<ListAnswer<UpcomingInvoiceRow>>('/lists/upcoming_invoices');
  // The week that began on Sunday 28 December is over on 4 January: 3 of 7 days of 7.00.
  expect(page.rows.map((row) => [row.billing_at, row.customer.name, row.subscriptions.length, row.invoice?.total_amount_cents])).toEqual([
    ['2026-01-04T00:00:00Z', 'Piper', 1, 300],
    ['2026-02-01T00:00:00Z', 'Hooli', 2, 10000],
  ]);
  expect(page).toMatchObject({ next: null, total: 2 });
  const paged = await read<ListAnswer<UpcomingInvoiceRow>>('/lists/upcoming_invoices?limit=1');
  const rest = await read<ListAnswer<UpcomingInvoiceRow>>(`/lists/upcoming_invoices?limit=1&after=${paged.next!}`);
  expect(rest.rows.map((row) => row.customer.name)).toEqual(['Hooli']);
  const preview = await read<UpcomingInvoice>(`/upcoming_invoices/${page.rows[1]!.lago_subscription_id}`);
  expect(preview.invoice).toMatchObject({ number: '', total_amount_cents: 10000, issuing_date: '2026-02-01' });
  expect(preview.groups.map(({ amount_cents, external_subscription_id }) => [external_subscription_id, amount_cents])).toEqual([
    ['hooli-1', 5000],
    ['hooli-2', 5000],
  ]);
  expect((await list()).total).toBe(0);
});
