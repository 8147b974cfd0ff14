import { afterEach, describe, expect, it } from 'vitest';
import { PaymentStage, type StageOptions } from '../support/payment-stage.ts';

let stage: PaymentStage;
afterEach(() => stage.close());
const begin = async (options: StageOptions = {}): Promise<void> => {
  stage = await PaymentStage.begin(options);
};

describe('an invoice that becomes final', () => {
  it('is paid with the default card, in one call with its own key', async () => {
    await begin();
    const id = await stage.collected();
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
    expect(await stage.payments(id)).toEqual(['succeeded 1000']);
    const [call, ...more] = stage.fake.calls('POST /v1/payment_intents');
    expect(more).toEqual([]);
    expect(call?.key).toBe(`payment:${id}:1`);
    const { metadata, description, ...body } = call!.form;
    expect(body).toEqual({
      amount: '1000',
      currency: 'eur',
      customer: 'cus_acme',
      payment_method: 'pm_card_visa',
      payment_method_types: { 0: 'card' },
      confirm: 'true',
      off_session: 'true',
      error_on_requires_action: 'true',
      return_url: 'https://stripe.com/',
    });
    const [row] = await stage.paymentRows(id);
    const invoice = await stage.read(id);
    expect(description).toMatch(new RegExp(` - Invoice ${invoice.number}$`));
    expect(metadata).toEqual({
      lago_invoice_id: id,
      lago_customer_id: row!.customerId,
      lago_payment_id: row!.id,
      lago_attempt: '1',
      lago_payable_id: id,
      lago_payable_type: 'Invoice',
      lago_organization_id: row!.organizationId,
      invoice_issuing_date: '2023-03-01',
      invoice_type: 'one_off',
    });
  });

  it('tells of the payment as the API shows it', async () => {
    await begin();
    const id = await stage.collected();
    expect(stage.messageTypes('invoice.payment_status_updated', 'payment.succeeded', 'invoice.payment_failure')).toEqual([
      'invoice.payment_status_updated',
      'payment.succeeded',
    ]);
    const [message] = stage.messages('payment.succeeded');
    const { payments } = await stage.get<{ payments: readonly Record<string, unknown>[] }>(`/payments?invoice_id=${id}`);
    expect(message).toMatchObject({ object_type: 'payment', payment: payments[0] });
    expect(payments[0]).toMatchObject({
      type: 'provider',
      amount_cents: 1000,
      status: 'succeeded',
      payment_status: 'succeeded',
      payment_provider_code: 'stripe',
      provider_customer_id: 'cus_acme',
      reference: null,
    });
    expect(payments[0]!['provider_payment_id']).toBe(stage.fake.intentsOf(id)[0]!.id);
  });

  it('of nothing is paid without a call', async () => {
    await begin();
    const id = await stage.collected({ amount: 0 });
    expect(await stage.standing(id)).toBe('succeeded, 0 paid');
    expect(stage.fake.requests.filter((request) => request.path !== '/v1/account')).toEqual([]);
  });

  it('with skip_psp is never collected by itself, only when somebody asks', async () => {
    await begin();
    const id = await stage.collected({ skipPsp: true });
    expect(await stage.payments(id)).toEqual([]);
    stage.fake.changeCard('cus_acme', 'pm_card_visa_2');
    await stage.hear('polling');
    expect(await stage.payments(id)).toEqual([]);
    await stage.app.api.post(`/invoices/${id}/retry_payment`);
    await stage.settle();
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
  });

  it('is paid with the first payment method where none is the default', async () => {
    await begin({ methods: ['pm_card_visa_1', 'pm_card_visa_2'], isDefault: false });
    const id = await stage.collected();
    // Stripe lists the newest first.
    expect(stage.fake.intentsOf(id)[0]?.payment_method).toBe('pm_card_visa_2');
  });

  it('waits without a word while there is nothing to pay with, and leaves no payment behind', async () => {
    await begin({ methods: [] });
    const id = await stage.collected();
    expect(await stage.standing(id)).toBe('pending, 0 paid');
    expect(await stage.payments(id)).toEqual([]);
    expect(stage.messages('invoice.payment_failure')).toEqual([]);
  });

  it('of a customer that was deleted at Stripe fails and says so', async () => {
    await begin();
    stage.fake.deleteCustomer('cus_acme');
    const id = await stage.collected();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['failed, 0 paid', ['failed 1000 customer_deleted']]);
    expect(stage.messages('invoice.payment_failure')).toMatchObject([
      {
        object_type: 'payment_provider_invoice_payment_error',
        payment_provider_invoice_payment_error: {
          lago_invoice_id: id,
          external_customer_id: 'acme',
          provider_customer_id: 'cus_acme',
          payment_provider: 'stripe',
          payment_provider_code: 'stripe',
          provider_error: { error_code: 'customer_deleted' },
        },
      },
    ]);
  });

  it('is charged once however many workers come at the same moment', async () => {
    await begin();
    const id = await stage.invoice();
    const { payments } = stage.app.engine.services;
    await Promise.all([payments.settle(), payments.settle(), payments.settle()]);
    expect(stage.fake.intentsOf(id)).toHaveLength(1);
    expect(await stage.payments(id)).toEqual(['succeeded 1000']);
  });
});

describe('an amount that Stripe writes in another way', () => {
  it('is sent in its way and recorded in ours', async () => {
    await begin();
    const id = await stage.collected({ currency: 'ISK', amount: 1234 });
    expect(stage.fake.calls('POST /v1/payment_intents').map((call) => call.form['amount'])).toEqual(['123400']);
    expect(await stage.standing(id)).toBe('succeeded, 1234 paid');
  });

  it('is refused before any call where Stripe could not take it', async () => {
    await begin();
    const id = await stage.collected({ currency: 'KWD', amount: 12_345 });
    expect(stage.fake.calls('POST /v1/payment_intents')).toEqual([]);
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['failed, 0 paid', ['failed 12345 amount_not_supported']]);
    expect(stage.failureCodes()).toEqual(['amount_not_supported']);
  });
});
