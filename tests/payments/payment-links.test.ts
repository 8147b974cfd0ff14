import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PaymentStage } from '../support/payment-stage.ts';

let stage: PaymentStage;
beforeEach(async () => {
  stage = await PaymentStage.begin();
});
afterEach(() => stage.close());

const linkOf = async (id: string): Promise<string> =>
  (await stage.post<{ invoice_payment_details: { payment_url: string } }>(`/invoices/${id}/payment_url`)).invoice_payment_details
    .payment_url;
const sessionOf = (url: string) => stage.fake.books.sessions.get(url.split('/').at(-1)!)!;
const pay = (url: string, method = 'pm_card_page'): void => stage.fake.completeSession(sessionOf(url).id, method);

describe('a page to pay an invoice on', () => {
  it('asks for what is due, with the marks of the invoice', async () => {
    const id = await stage.invoice();
    const { number } = await stage.read(id);
    const { body } = await stage.app.api.post<{ invoice_payment_details: object }>(`/invoices/${id}/payment_url`);
    const [call] = stage.fake.calls('POST /v1/checkout/sessions');
    const { payment_intent_data: about, ...form } = call!.form;
    const { metadata, description, ...rest } = about as Record<string, unknown>;
    expect(form).toEqual({
      mode: 'payment',
      customer: 'cus_acme',
      success_url: 'https://stripe.com/',
      payment_method_types: { 0: 'card' },
      line_items: { 0: { quantity: '1', price_data: { currency: 'eur', unit_amount: '1000', product_data: { name: number } } } },
      // One minute less than a day after 2023-03-01T12:00:00Z.
      expires_at: String(1_677_672_000 + 86_340),
    });
    expect(rest).toEqual({ setup_future_usage: 'off_session' });
    expect(description).toMatch(new RegExp(` - Invoice ${number}$`));
    expect(metadata).toMatchObject({
      lago_invoice_id: id,
      lago_payable_type: 'Invoice',
      payment_type: 'one-time',
      invoice_type: 'one_off',
    });
    expect(call!.key).toMatch(/^payment-intent-[0-9a-f-]{36}$/);
    expect(body.invoice_payment_details).toMatchObject({ lago_invoice_id: id, external_customer_id: 'acme', payment_provider: 'stripe' });
  });

  it('is the same until it closes', async () => {
    const id = await stage.invoice({ skipPsp: true });
    const first = await linkOf(id);
    stage.pass({ hours: 23 });
    expect(await linkOf(id)).toBe(first);
    stage.pass({ hours: 1 });
    expect(await linkOf(id)).not.toBe(first);
    expect(stage.fake.calls('POST /v1/checkout/sessions')).toHaveLength(2);
  });

  it('is another when something else is due, and the first one closes', async () => {
    const id = await stage.invoice({ skipPsp: true });
    const first = await linkOf(id);
    await stage.post('/payments', { payment: { invoice_id: id, amount_cents: 400, reference: 'cash' } });
    const second = await linkOf(id);
    expect([sessionOf(first).status, sessionOf(second).status]).toEqual(['expired', 'open']);
    expect(stage.fake.calls('POST /v1/checkout/sessions').map((call) => JSON.stringify(call.form['line_items']).includes('"600"'))).toEqual(
      [false, true],
    );
  });

  it('makes the first automatic payment wait ten minutes', async () => {
    const id = await stage.invoice();
    await linkOf(id);
    await stage.settle();
    expect(stage.fake.intentsOf(id)).toEqual([]);
    stage.pass({ seconds: 599 });
    await stage.settle();
    expect(stage.fake.intentsOf(id)).toEqual([]);
    stage.pass({ seconds: 1 });
    await stage.settle();
    expect([await stage.standing(id), stage.fake.intentsOf(id).length]).toEqual(['succeeded, 1000 paid', 1]);
  });

  it('closes when the automatic payment wins', async () => {
    const id = await stage.invoice();
    const url = await linkOf(id);
    stage.pass({ minutes: 10 });
    await stage.settle();
    await stage.settle();
    expect([await stage.standing(id), sessionOf(url).status]).toEqual(['succeeded, 1000 paid', 'expired']);
  });

  it('that is paid on in time leaves no automatic payment', async () => {
    const id = await stage.invoice();
    const url = await linkOf(id);
    await stage.settle();
    pay(url);
    await stage.hear('webhooks');
    stage.pass({ hours: 1 });
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id), stage.fake.chargesOf(id)]).toEqual([
      'succeeded, 1000 paid',
      ['succeeded 1000'],
      1,
    ]);
  });

  it('closes when the invoice is paid in cash', async () => {
    const id = await stage.invoice({ skipPsp: true });
    const url = await linkOf(id);
    await stage.post('/payments', { payment: { invoice_id: id, amount_cents: 1000, reference: 'cash' } });
    await stage.settle();
    expect(sessionOf(url).status).toBe('expired');
  });

  it('that is paid on together with an automatic payment loses neither', async () => {
    stage.isOverpaid = true;
    const id = await stage.invoice();
    const url = await linkOf(id);
    stage.pass({ minutes: 10 });
    pay(url);
    await stage.settle();
    await stage.hear('polling');
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 2000 paid', ['succeeded 1000', 'succeeded 1000']]);
  });

  it('is looked at without any event: after a minute, five, and when it has closed', async () => {
    const id = await stage.invoice({ skipPsp: true });
    const url = await linkOf(id);
    pay(url);
    stage.pass({ minutes: 1 });
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['succeeded, 1000 paid', ['succeeded 1000']]);
  });

  it('whose making fails says why, and leaves the automatic payment alone', async () => {
    const id = await stage.invoice();
    stage.fake.failNext('/v1/checkout/sessions', 400, { code: 'parameter_invalid' });
    expect(await stage.app.api.post(`/invoices/${id}/payment_url`)).toMatchObject({
      status: 422,
      body: { code: 'third_party_error', error_details: { error_code: 'parameter_invalid' } },
    });
    await stage.settle();
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
  });
});

describe('a page is refused', () => {
  it('for an invoice that is not there', async () => {
    expect(await stage.app.api.post('/invoices/00000000-0000-7000-8000-000000000000/payment_url')).toMatchObject({
      status: 404,
      body: { code: 'invoice_not_found' },
    });
  });

  it('for one that is paid', async () => {
    const id = await stage.collected();
    expect(await stage.app.api.post(`/invoices/${id}/payment_url`)).toMatchObject({
      status: 422,
      body: { error_details: { base: ['invalid_invoice_status_or_payment_status'] } },
    });
  });

  it.each([
    { billing: { payment_provider: null }, code: 'no_linked_payment_provider' },
    { billing: { provider_customer_id: null }, code: 'missing_payment_provider_customer' },
  ])('for a customer with $code', async ({ billing, code }) => {
    const id = await stage.invoice({ skipPsp: true });
    await stage.post('/customers', { customer: { external_id: 'acme', billing_configuration: billing } });
    expect(await stage.app.api.post(`/invoices/${id}/payment_url`)).toMatchObject({
      status: 422,
      body: { error_details: { base: [code] } },
    });
  });
});
