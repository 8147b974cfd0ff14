import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

type Json = Readonly<Record<string, unknown>>;

/** 31.00 and 20 % tax for acme's plan paid in advance, on 1 January. */
let app: TestEngine;
let invoiceId: string;

beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T10:00:00Z' });
  await app.api.put('/organizations', { organization: { document_number_prefix: 'HOO-0001' } });
  await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
  await app.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme' } });
  const plan = { name: 'Ahead', code: 'ahead', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', pay_in_advance: true };
  await app.api.post('/plans', { plan });
  await subscribe('acme', 'main');
  invoiceId = await lastInvoice('acme');
});
afterEach(() => app.close());

async function subscribe(customer: string, id: string): Promise<void> {
  await app.api.post('/subscriptions', { subscription: { external_customer_id: customer, plan_code: 'ahead', external_id: id } });
}

async function lastInvoice(customer: string): Promise<string> {
  const { body } = await app.api.get<{ invoices: readonly { lago_id: string }[] }>(`/invoices?external_customer_id=${customer}`);
  return body.invoices[0]?.lago_id ?? '';
}

async function invoice(id = invoiceId): Promise<Json> {
  return (await app.api.get<{ invoice: Json }>(`/invoices/${id}`)).body.invoice;
}

/** A customer whose invoices wait for five days, with a draft. */
async function draft(): Promise<string> {
  await app.api.post('/customers', { customer: { external_id: 'late', billing_configuration: { invoice_grace_period: 5 } } });
  await subscribe('late', 'waiting');
  return lastInvoice('late');
}

const pay = (amount_cents: number) => app.api.post('/payments', { payment: { invoice_id: invoiceId, amount_cents, reference: 'wire' } });
const notAllowed = (code: string): object => ({ status: 405, body: { status: 405, error: 'Method Not Allowed', code } });
const missing: object = { status: 404, body: { code: 'invoice_not_found' } };

describe('voiding an invoice', () => {
  it('keeps its number and its amounts, and owes nothing', async () => {
    await app.moveClock('2023-01-02T00:00:00Z');
    expect(await invoice()).toMatchObject({ payment_overdue: true });
    const { status, body } = await app.api.post(`/invoices/${invoiceId}/void`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      invoice: {
        status: 'voided',
        number: 'HOO-0001-001-001',
        voided_at: '2023-01-02T00:00:00Z',
        total_amount_cents: 3720,
        total_due_amount_cents: 0,
        payment_status: 'pending',
        payment_overdue: false,
      },
    });
    expect(await app.api.post(`/invoices/${invoiceId}/void`)).toMatchObject(notAllowed('not_voidable'));
    // The number is not given again.
    await app.moveClock('2023-02-01T00:00:00Z');
    expect(await invoice(await lastInvoice('acme'))).toMatchObject({ number: 'HOO-0001-001-002' });
  });

  it('is not done to an unknown one, a draft, one that is paid even in part, one with a lost dispute, or one with a living note', async () => {
    expect(await app.api.post('/invoices/none/void')).toMatchObject(missing);
    expect(await app.api.post(`/invoices/${await draft()}/void`)).toMatchObject(notAllowed('not_voidable'));
    const fees = (await invoice())['fees'] as readonly { lago_id: string }[];
    const note = { invoice_id: invoiceId, credit_amount_cents: 120, items: [{ fee_id: fees[0]?.lago_id, amount_cents: 100 }] };
    const created = await app.api.post<{ credit_note: { lago_id: string } }>('/credit_notes', { credit_note: note });
    expect(await app.api.post(`/invoices/${invoiceId}/void`)).toMatchObject(notAllowed('not_voidable'));
    await app.api.put(`/credit_notes/${created.body.credit_note.lago_id}/void`);
    await pay(100);
    expect(await app.api.post(`/invoices/${invoiceId}/void`)).toMatchObject(notAllowed('not_voidable'));

    await subscribe('acme', 'second');
    const second = await lastInvoice('acme');
    await app.api.put(`/invoices/${second}`, { invoice: { payment_status: 'succeeded' } });
    expect(await app.api.post(`/invoices/${second}/void`)).toMatchObject(notAllowed('not_voidable'));
    await app.api.put(`/invoices/${second}`, { invoice: { payment_status: 'failed' } });
    await app.api.post(`/invoices/${second}/lose_dispute`);
    expect(await app.api.post(`/invoices/${second}/void`)).toMatchObject(notAllowed('not_voidable'));
  });

  it('is done to one whose payment failed, and to one whose notes were all voided', async () => {
    const fees = (await invoice())['fees'] as readonly { lago_id: string }[];
    const note = { invoice_id: invoiceId, credit_amount_cents: 120, items: [{ fee_id: fees[0]?.lago_id, amount_cents: 100 }] };
    const created = await app.api.post<{ credit_note: { lago_id: string } }>('/credit_notes', { credit_note: note });
    await app.api.put(`/credit_notes/${created.body.credit_note.lago_id}/void`);
    await app.api.put(`/invoices/${invoiceId}`, { invoice: { payment_status: 'failed' } });
    expect(await app.api.post(`/invoices/${invoiceId}/void`, {})).toMatchObject({ status: 200, body: { invoice: { status: 'voided' } } });
  });
});

describe('voiding an invoice with a credit note', () => {
  async function notes(): Promise<readonly Json[]> {
    return (await app.api.get<{ credit_notes: readonly Json[] }>('/credit_notes')).body.credit_notes;
  }

  it('gives what is asked for and voids the rest: both take back the whole invoice', async () => {
    const asked = { generate_credit_note: true, credit_amount: 1000 };
    expect(await app.api.post(`/invoices/${invoiceId}/void`, asked)).toMatchObject({
      status: 200,
      body: { invoice: { status: 'voided' } },
    });
    expect(await notes()).toMatchObject([
      {
        number: 'HOO-0001-001-001-CN002',
        credit_status: 'voided',
        balance_amount_cents: 0,
        total_amount_cents: 2720,
        // 31.00 and 6.20 less what the first note took of each.
        sub_total_excluding_taxes_amount_cents: 2267,
        taxes_amount_cents: 453,
      },
      {
        number: 'HOO-0001-001-001-CN001',
        reason: 'other',
        credit_status: 'available',
        balance_amount_cents: 1000,
        total_amount_cents: 1000,
        // 10.00 with 20 % tax in it: 8.3333 and 1.6667.
        sub_total_excluding_taxes_amount_cents: 833,
        taxes_amount_cents: 167,
      },
    ]);
  });

  it('of nothing leaves a voided note alone, of everything a living one alone', async () => {
    await app.api.post(`/invoices/${invoiceId}/void`, { generate_credit_note: true });
    expect(await notes()).toMatchObject([{ credit_status: 'voided', total_amount_cents: 3720 }]);

    await subscribe('acme', 'second');
    const second = await lastInvoice('acme');
    expect(await app.api.post(`/invoices/${second}/void`, { generate_credit_note: true, credit_amount: 3720 })).toMatchObject({
      status: 200,
    });
    expect(await notes()).toMatchObject([
      { lago_invoice_id: second, credit_status: 'available', balance_amount_cents: 3720, sub_total_excluding_taxes_amount_cents: 3100 },
      { credit_status: 'voided' },
    ]);
  });

  it.each([
    { name: 'more than the invoice', asked: { credit_amount: 3721 } },
    { name: 'a refund of what was not paid', asked: { refund_amount: 1 } },
  ])('refuses $name', async ({ asked }) => {
    const { status, body } = await app.api.post(`/invoices/${invoiceId}/void`, { generate_credit_note: true, ...asked });
    expect([status, body]).toMatchObject([422, { error_details: { credit_refund_amount: ['total_amount_exceeds_invoice_amount'] } }]);
    expect(await invoice()).toMatchObject({ status: 'finalized' });
  });
});

describe('losing a dispute', () => {
  it('is noted once, and ends the overdue mark', async () => {
    await app.moveClock('2023-01-02T00:00:00Z');
    const { status, body } = await app.api.post(`/invoices/${invoiceId}/lose_dispute`);
    expect([status, body]).toMatchObject([200, { invoice: { payment_dispute_lost_at: '2023-01-02T00:00:00Z', payment_overdue: false } }]);
    await app.moveClock('2023-01-03T00:00:00Z');
    await app.api.post(`/invoices/${invoiceId}/lose_dispute`);
    expect(await invoice()).toMatchObject({ payment_dispute_lost_at: '2023-01-02T00:00:00Z', payment_overdue: false });
  });

  it('is for final and voided invoices', async () => {
    expect(await app.api.post('/invoices/none/lose_dispute')).toMatchObject(missing);
    expect(await app.api.post(`/invoices/${await draft()}/lose_dispute`)).toMatchObject(notAllowed('not_disputable'));
    await app.api.post(`/invoices/${invoiceId}/void`);
    expect(await app.api.post(`/invoices/${invoiceId}/lose_dispute`)).toMatchObject({ status: 200 });
  });
});

describe('deleting an invoice', () => {
  it('removes a draft, which is not billed again', async () => {
    const id = await draft();
    const { status, body } = await app.api.delete(`/invoices/${id}`);
    expect([status, body]).toMatchObject([200, { invoice: { lago_id: id, status: 'draft', fees: [{ amount_cents: 3100 }] } }]);
    expect(await app.api.get(`/invoices/${id}`)).toMatchObject(missing);
    await app.moveClock('2023-01-20T00:00:00Z');
    const { body: left } = await app.api.get<{ invoices: readonly Json[] }>('/invoices?external_customer_id=late');
    expect(left.invoices).toEqual([]);
    // The month after is billed as ever.
    await app.moveClock('2023-02-06T00:00:00Z');
    expect(await invoice(await lastInvoice('late'))).toMatchObject({
      status: 'finalized',
      number: 'HOO-0001-002-001',
      fees_amount_cents: 3100,
    });
  });

  it('takes the hidden note of a termination with it', async () => {
    const id = await draft();
    await app.moveClock('2023-01-02T10:00:00Z');
    await app.api.delete('/subscriptions/waiting');
    expect((await app.api.delete(`/invoices/${id}`)).status).toBe(200);
    await app.moveClock('2023-01-10T00:00:00Z');
    expect((await app.api.get<{ credit_notes: readonly Json[] }>('/credit_notes')).body.credit_notes).toEqual([]);
  });

  it('is refused for anything but a draft', async () => {
    expect(await app.api.delete('/invoices/none')).toMatchObject(missing);
    expect(await app.api.delete(`/invoices/${invoiceId}`)).toMatchObject(notAllowed('not_deletable'));
    await app.api.post(`/invoices/${invoiceId}/void`);
    expect(await app.api.delete(`/invoices/${invoiceId}`)).toMatchObject(notAllowed('not_deletable'));
  });
});

describe('retrying a payment', () => {
  it('answers with nothing, also without a provider', async () => {
    expect(await app.api.post(`/invoices/${invoiceId}/retry_payment`)).toMatchObject({ status: 200, body: null });
    expect(await app.api.post(`/invoices/${invoiceId}/retry_payment`, {})).toMatchObject({ status: 200, body: null });
  });

  it('is refused for what is not due', async () => {
    expect(await app.api.post('/invoices/none/retry_payment')).toMatchObject(missing);
    expect(await app.api.post(`/invoices/${await draft()}/retry_payment`)).toMatchObject(notAllowed('invalid_status'));
    await pay(3720);
    expect(await app.api.post(`/invoices/${invoiceId}/retry_payment`)).toMatchObject(notAllowed('invalid_status'));
    await subscribe('acme', 'second');
    const second = await lastInvoice('acme');
    await app.api.post(`/invoices/${second}/void`);
    expect(await app.api.post(`/invoices/${second}/retry_payment`)).toMatchObject(notAllowed('invalid_status'));
  });
});
