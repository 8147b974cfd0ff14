import { afterEach, describe, expect, it } from 'vitest';
import { PaymentStage, type StageOptions } from '../support/payment-stage.ts';

let stage: PaymentStage;
afterEach(() => stage.close());
const begin = async (options: StageOptions = {}): Promise<void> => {
  stage = await PaymentStage.begin(options);
};
const intentCalls = () => stage.fake.calls('POST /v1/payment_intents');
const isReady = async (id: string): Promise<boolean> => (await stage.app.api.post(`/invoices/${id}/retry_payment`)).status === 200;

describe('a card that is declined', () => {
  it.each([
    { method: 'pm_decline', code: 'card_declined' },
    { method: 'pm_insufficient', code: 'card_declined' },
  ])('$method fails the invoice, says why, and is not tried again by itself', async ({ method, code }) => {
    await begin({ methods: [method] });
    const id = await stage.collected();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['failed, 0 paid', [`failed 1000 ${code}`]]);
    expect(stage.failureCodes()).toEqual([code]);
    expect((await stage.paymentRows(id))[0]!.providerPaymentId).toBe(stage.fake.intentsOf(id)[0]!.id);
    stage.pass({ hours: 25 });
    await stage.hear('polling');
    expect(intentCalls()).toHaveLength(1);
    expect(stage.failureCodes()).toEqual([code]);
  });

  it('is tried again with the next number when a person asks', async () => {
    await begin({ methods: ['pm_decline'] });
    const id = await stage.collected();
    stage.fake.changeCard('cus_acme', 'pm_card_visa');
    expect(await isReady(id)).toBe(true);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual([
      'succeeded, 1000 paid',
      ['failed 1000 card_declined', 'succeeded 1000'],
    ]);
    expect(intentCalls().map((call) => call.key)).toEqual([`payment:${id}:1`, `payment:${id}:2`]);
  });
});

describe('a card whose owner must be there', () => {
  it('fails where 3D Secure is not supported', async () => {
    await begin({ methods: ['pm_3ds'] });
    const id = await stage.collected();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['failed, 0 paid', ['failed 1000 authentication_required']]);
    expect(stage.failureCodes()).toEqual(['authentication_required']);
  });

  it('is asked once more so that its owner can answer, where it is', async () => {
    await begin({ methods: ['pm_3ds'], supports3ds: true });
    const id = await stage.collected();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual([
      'pending, 0 paid',
      ['failed 1000 authentication_required', 'processing 1000'],
    ]);
    const [alone, asking, ...more] = intentCalls();
    expect(more).toEqual([]);
    expect([alone?.form['off_session'], alone?.form['error_on_requires_action']]).toEqual(['true', 'true']);
    expect([asking?.key, asking?.form['off_session'], asking?.form['error_on_requires_action']]).toEqual([
      `payment:${id}:2`,
      undefined,
      undefined,
    ]);
    expect(stage.failureCodes()).toEqual([]);
    const [message, ...others] = stage.messages('payment.requires_action');
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      object_type: 'payment',
      payment: { status: 'requires_action', payment_status: 'processing', next_action: { type: 'redirect_to_url' } },
    });
    expect(await isReady(id)).toBe(false);
    stage.fake.resolveIntent(stage.fake.intentsOf(id)[1]!.id, 'succeeded');
    await stage.hear('webhooks');
    expect(await stage.standing(id)).toBe('succeeded, 1000 paid');
  });

  it('is asked from the start in India', async () => {
    await begin({ methods: ['pm_3ds'], country: 'IN' });
    const id = await stage.collected();
    expect([intentCalls()[0]?.form['off_session'], intentCalls()[0]?.form['error_on_requires_action']]).toEqual(['false', 'false']);
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['pending, 0 paid', ['processing 1000']]);
  });
});

describe('a wish that nothing can be made of', () => {
  it('leaves the invoice ready for the next one', async () => {
    await begin({ methods: ['pm_3ds'], supports3ds: true });
    stage.fake.loseAnswers(1);
    const id = await stage.collected();
    // The owner is to be asked once more, but the customer has no provider any more.
    await stage.post('/customers', { customer: { external_id: 'acme', billing_configuration: { payment_provider: null } } });
    await stage.deliver(stage.fake.eventsOf('payment_intent.payment_failed')[0]!);
    await stage.settle();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['pending, 0 paid', ['failed 1000 authentication_required']]);
    expect(await isReady(id)).toBe(true);
  });
});

describe('a payment that takes its time', () => {
  it('keeps the invoice pending, and nobody may pay it otherwise meanwhile', async () => {
    await begin({ methods: ['pm_processing'] });
    const id = await stage.collected();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['pending, 0 paid', ['processing 1000']]);
    expect(stage.messageTypes('invoice.payment_status_updated', 'payment.succeeded', 'invoice.payment_failure')).toEqual([]);
    const handling = { status: 405, body: { code: 'payment_processor_is_currently_handling_payment' } };
    expect(await stage.app.api.post(`/invoices/${id}/retry_payment`)).toMatchObject(handling);
    const manual = { payment: { invoice_id: id, amount_cents: 1000, reference: 'cash' } };
    expect(await stage.app.api.post('/payments', manual)).toMatchObject(handling);
    expect(await stage.app.api.post(`/invoices/${id}/payment_url`)).toMatchObject(handling);
  });
});

describe('an amount that is too small for Stripe', () => {
  it('leaves the invoice pending and ready, without a word, and is not tried again by itself', async () => {
    await begin();
    const id = await stage.collected({ amount: 49 });
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['pending, 0 paid', ['pending 49 amount_too_small']]);
    expect((await stage.paymentRows(id))[0]!.status).toBe('failed');
    expect(stage.failureCodes()).toEqual([]);
    stage.pass({ hours: 25 });
    await stage.hear('polling');
    expect(intentCalls()).toHaveLength(1);
    expect(await isReady(id)).toBe(true);
    await stage.settle();
    expect(intentCalls().map((call) => call.key)).toEqual([`payment:${id}:1`, `payment:${id}:2`]);
    expect(await stage.payments(id)).toEqual(['failed 49 amount_too_small', 'pending 49 amount_too_small']);
  });
});

describe('a call that Stripe refuses', () => {
  it.each([
    { status: 400, code: 'parameter_invalid', errors: 0 },
    { status: 401, code: 'api_key_expired', errors: 1 },
    { status: 403, code: 'not_permitted', errors: 1 },
  ])('with $status fails the invoice; a refused key is told of too', async ({ status, code, errors }) => {
    await begin();
    stage.fake.failNext('/v1/payment_intents', status, { code });
    const id = await stage.collected();
    expect([await stage.standing(id), await stage.payments(id)]).toEqual(['failed, 0 paid', [`failed 1000 ${code}`]]);
    expect(stage.failureCodes()).toEqual([code]);
    const told = stage.messages('payment_provider.error');
    expect(told).toHaveLength(errors);
    for (const message of told) {
      expect(message).toMatchObject({
        object_type: 'payment_provider_error',
        payment_provider_error: { payment_provider_code: 'stripe', source: 'stripe', provider_error: { error_code: code } },
      });
    }
    expect(await isReady(id)).toBe(true);
  });
});
