import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PaymentStage } from '../support/payment-stage.ts';

let stage: PaymentStage;
beforeEach(async () => {
  stage = await PaymentStage.begin();
});
afterEach(() => stage.close());

type Json = Readonly<Record<string, unknown>>;
const save = async (customer: Json): Promise<Json> => {
  const answer = await stage.post<{ customer: { billing_configuration: Json } }>('/customers', { customer });
  await stage.settle();
  return answer.customer.billing_configuration;
};
const billing = async (externalId: string): Promise<Json> =>
  (await stage.get<{ customer: { billing_configuration: Json } }>(`/customers/${externalId}`)).customer.billing_configuration;
const created = () => stage.fake.calls('POST /v1/customers');
const WISH = { payment_provider: 'stripe', sync_with_provider: true };

describe('a customer that is to be known at Stripe', () => {
  it('is made there with its name, addresses and our marks, and its id is kept and told', async () => {
    await save({
      external_id: 'beta',
      firstname: 'Ada',
      lastname: 'Byron',
      email: ' ada@beta.test , other@beta.test',
      phone: '+33 1',
      address_line1: '1 Rue',
      address_line2: 'B',
      city: 'Paris',
      zipcode: '75001',
      state: 'IDF',
      country: 'FR',
      billing_configuration: WISH,
    });
    const { customer } = await stage.get<{ customer: { lago_id: string } }>('/customers/beta');
    const [call, ...more] = created();
    expect(more).toEqual([]);
    expect(call).toMatchObject({ key: `customer-${customer.lago_id}` });
    expect(call!.form).toEqual({
      name: 'Ada Byron',
      email: 'ada@beta.test',
      phone: '+33 1',
      address: { line1: '1 Rue', line2: 'B', city: 'Paris', postal_code: '75001', state: 'IDF', country: 'FR' },
      metadata: { lago_customer_id: customer.lago_id, customer_id: 'beta' },
    });
    const id = [...stage.fake.books.customers.keys()].at(-1);
    expect(await billing('beta')).toMatchObject({ payment_provider_code: 'stripe', provider_customer_id: id, sync_with_provider: true });
    expect(stage.messages('customer.payment_provider_created')).toMatchObject([
      { object_type: 'customer', customer: { external_id: 'beta', billing_configuration: { provider_customer_id: id } } },
    ]);
    expect(stage.messages('customer.checkout_url_generated')).toMatchObject([
      {
        object_type: 'payment_provider_customer_checkout_url',
        payment_provider_customer_checkout_url: {
          external_customer_id: 'beta',
          payment_provider_code: 'stripe',
          checkout_url: expect.stringMatching(/^https:\/\/checkout\.stripe\.com\//) as string,
        },
      },
    ]);
  });

  it('is not made where an id is given, or nobody asked', async () => {
    await save({ external_id: 'given', billing_configuration: { ...WISH, provider_customer_id: 'cus_given' } });
    await save({ external_id: 'not-asked', billing_configuration: { payment_provider: 'stripe' } });
    expect(created()).toEqual([]);
    expect((await billing('given'))['provider_customer_id']).toBe('cus_given');
    expect((await billing('not-asked'))['provider_customer_id']).toBeNull();
  });

  it('is made once though the answer gets lost', async () => {
    stage.fake.loseAnswers(1);
    await save({ external_id: 'beta', billing_configuration: WISH });
    expect((await billing('beta'))['provider_customer_id']).toBeNull();
    await save({ external_id: 'beta', phone: null, billing_configuration: WISH });
    expect((await billing('beta'))['provider_customer_id']).toMatch(/^cus_fake/);
    expect([...stage.fake.books.customers.values()].filter((customer) => customer.metadata['customer_id'] === 'beta')).toHaveLength(1);
  });

  it('is found again when it was changed after a lost answer', async () => {
    stage.fake.loseAnswers(1);
    await save({ external_id: 'beta', name: 'Beta', email: 'b@beta.test', billing_configuration: WISH });
    await save({ external_id: 'beta', name: 'Beta Ltd' });
    const made = [...stage.fake.books.customers.values()].filter((customer) => customer.metadata['customer_id'] === 'beta');
    expect([made.length, (await billing('beta'))['provider_customer_id']]).toEqual([1, made[0]!.id]);
  });

  it('is made under another key when the first one was used for nobody of ours', async () => {
    stage.fake.failNext('/v1/customers', 400, { type: 'idempotency_error' });
    await save({ external_id: 'beta', email: 'b@beta.test', billing_configuration: WISH });
    const { customer } = await stage.get<{ customer: { lago_id: string } }>('/customers/beta');
    expect(created().map((call) => call.key)).toEqual([
      `customer-${customer.lago_id}`,
      expect.stringMatching(new RegExp(`^customer-${customer.lago_id}-[0-9a-f]{16}$`)),
    ]);
    expect((await billing('beta'))['provider_customer_id']).toMatch(/^cus_fake/);
  });

  it('that Stripe refuses is told of, and tried again when it is saved', async () => {
    stage.fake.failNext('/v1/customers', 400, { code: 'email_invalid' });
    await save({ external_id: 'beta', billing_configuration: WISH });
    expect(stage.messages('customer.payment_provider_error')).toMatchObject([
      {
        object_type: 'payment_provider_customer_error',
        payment_provider_customer_error: { external_customer_id: 'beta', provider_error: { error_code: 'email_invalid' } },
      },
    ]);
    expect((await billing('beta'))['provider_customer_id']).toBeNull();
    await save({ external_id: 'beta', email: 'b@beta.test' });
    expect((await billing('beta'))['provider_customer_id']).toMatch(/^cus_fake/);
  });

  it('that pays by bank transfer gets no page to enter a card', async () => {
    await save({ external_id: 'beta', billing_configuration: { ...WISH, provider_payment_methods: ['customer_balance'] } });
    expect([created().length, stage.messages('customer.checkout_url_generated')]).toEqual([1, []]);
  });
});

describe('a customer that is known at Stripe', () => {
  it('is brought up to date there when what it is called changes, and not for anything else', async () => {
    await save({ external_id: 'acme', name: 'Acme SA', email: 'a@acme.test' });
    await save({ external_id: 'acme', net_payment_term: 30, name: 'Acme SA' });
    const calls = stage.fake.calls('POST /v1/customers/cus_acme');
    expect(calls.map((call) => call.form)).toEqual([{ name: 'Acme SA', email: 'a@acme.test', address: { country: 'FR' } }]);
  });

  it('gets every change, also one back to what it was', async () => {
    for (const name of ['One', 'Two', 'One']) await save({ external_id: 'acme', name });
    expect(stage.fake.books.customers.get('cus_acme')?.name).toBe('One');
  });
});

describe('the provider of a customer', () => {
  it('is the only one that is set up, unless another is named', async () => {
    expect(await save({ external_id: 'beta', billing_configuration: { payment_provider: 'stripe' } })).toMatchObject({
      payment_provider: 'stripe',
      payment_provider_code: 'stripe',
      provider_customer_id: null,
      provider_payment_methods: ['card'],
      sync_with_provider: false,
    });
  });

  it('must be named where several are set up, and is kept when it is known', async () => {
    await stage.put('/payment_providers/second', { payment_provider: { type: 'stripe', secret_key: stage.fake.secretKey } });
    const unnamed = { customer: { external_id: 'beta', billing_configuration: { payment_provider: 'stripe' } } };
    expect(await stage.app.api.post('/customers', unnamed)).toMatchObject({
      status: 422,
      body: { error_details: { payment_provider_code: ['value_is_mandatory'] } },
    });
    expect((await stage.app.api.get('/customers/beta')).status).toBe(404);
    expect(await save({ external_id: 'acme', billing_configuration: { payment_provider: 'stripe' } })).toMatchObject({
      payment_provider_code: 'stripe',
      provider_customer_id: 'cus_acme',
    });
    expect(await save({ external_id: 'acme', billing_configuration: { payment_provider_code: 'second' } })).toMatchObject({
      payment_provider_code: 'second',
      provider_customer_id: null,
    });
  });

  it.each([
    { name: 'a code that nobody has', billing: { payment_provider: 'stripe', payment_provider_code: 'other' }, status: 404 },
    { name: 'another company', billing: { payment_provider: 'adyen' }, status: 422 },
    { name: 'a kind of payment that is unknown', billing: { payment_provider: 'stripe', provider_payment_methods: ['cash'] }, status: 422 },
    { name: 'no kind of payment', billing: { payment_provider: 'stripe', provider_payment_methods: [] }, status: 422 },
    { name: 'link without a card', billing: { payment_provider: 'stripe', provider_payment_methods: ['link'] }, status: 422 },
    {
      name: 'a balance beside a card',
      billing: { payment_provider: 'stripe', provider_payment_methods: ['card', 'customer_balance'] },
      status: 422,
    },
  ])('is refused with $name, and nothing is stored', async ({ billing: asked, status }) => {
    const answer = await stage.app.api.post('/customers', { customer: { external_id: 'beta', billing_configuration: asked } });
    expect(answer.status).toBe(status);
    expect((await stage.app.api.get('/customers/beta')).status).toBe(404);
  });

  it('is taken away by null, here only', async () => {
    expect(await save({ external_id: 'acme', billing_configuration: { payment_provider: null } })).toMatchObject({
      payment_provider: null,
    });
    expect(stage.fake.requests.filter((request) => request.path !== '/v1/account')).toEqual([]);
  });
});

describe('a page to enter a payment method', () => {
  it('is made anew each time, for the kinds that need it', async () => {
    await save({ external_id: 'acme', billing_configuration: { provider_payment_methods: ['card', 'link'] } });
    const first = await stage.post<{ customer: Json }>('/customers/acme/checkout_url');
    const second = await stage.post<{ customer: Json }>('/customers/acme/checkout_url');
    expect(first.customer).toMatchObject({ external_customer_id: 'acme', payment_provider: 'stripe', payment_provider_code: 'stripe' });
    expect(first.customer['checkout_url']).not.toBe(second.customer['checkout_url']);
    expect(stage.fake.calls('POST /v1/checkout/sessions')[0]!.form).toEqual({
      mode: 'setup',
      customer: 'cus_acme',
      success_url: 'https://stripe.com/',
      payment_method_types: { 0: 'card', 1: 'link' },
    });
  });

  it('makes the customer known at Stripe first, where that was wished for', async () => {
    stage.fake.failNext('/v1/customers', 400);
    await save({ external_id: 'beta', billing_configuration: WISH });
    expect((await stage.app.api.post('/customers/beta/checkout_url')).status).toBe(200);
    expect((await billing('beta'))['provider_customer_id']).toMatch(/^cus_fake/);
  });

  it.each([
    { customer: 'nobody', status: 404, code: 'customer_not_found' },
    { customer: 'unlinked', status: 422, details: { base: ['no_linked_payment_provider'] } },
    { customer: 'unknown', status: 422, details: { base: ['missing_payment_provider_customer'] } },
  ])('of $customer is refused with $status', async ({ customer, status, code, details }) => {
    await save({ external_id: 'unlinked' });
    await save({ external_id: 'unknown', billing_configuration: { payment_provider: 'stripe' } });
    const answer = await stage.app.api.post(`/customers/${customer}/checkout_url`);
    expect(answer).toMatchObject({
      status,
      body: { code: code ?? 'validation_errors', ...(details === undefined ? {} : { error_details: details }) },
    });
  });

  it('says what Stripe says when it is refused there', async () => {
    stage.fake.failNext('/v1/checkout/sessions', 400, { code: 'account_invalid' });
    expect(await stage.app.api.post('/customers/acme/checkout_url')).toMatchObject({
      status: 422,
      body: { code: 'third_party_error', error_details: { third_party: 'Stripe', error_code: 'account_invalid' } },
    });
  });
});
