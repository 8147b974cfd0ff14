import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paymentProviders } from '../../main/database/tables/payments.ts';
import { Secret } from '../../shared/secret.ts';
import { FakeStripe } from '../support/fake-stripe.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

let fake: FakeStripe;
let app: TestEngine;
beforeEach(async () => {
  fake = await FakeStripe.start({ nowSeconds: () => 1_677_672_000 });
  app = await open();
});
afterEach(async () => {
  await app.close();
  await fake.stop();
});

const open = (environment: { key?: string; webhookSecret?: string; isLive?: boolean; folder?: string } = {}): Promise<TestEngine> =>
  createTestEngine({
    now: '2023-03-01T12:00:00Z',
    isLive: environment.isLive ?? false,
    ...(environment.folder === undefined ? {} : { folder: environment.folder }),
    stripe: {
      address: { host: '127.0.0.1', port: fake.port, protocol: 'http', networkRetries: 0 },
      secretKey: environment.key === undefined ? null : new Secret(environment.key),
      webhookSecret: environment.webhookSecret === undefined ? null : new Secret(environment.webhookSecret),
    },
  });
const reopen = async (environment: Parameters<typeof open>[0]): Promise<void> => {
  await app.close();
  app = await open(environment);
};
const put = (code: string, provider: object) =>
  app.api.put<Record<string, unknown>>(`/payment_providers/${code}`, { payment_provider: provider });
const whole = () => ({ type: 'stripe', secret_key: fake.secretKey });
const stored = () => app.engine.services.context.database.read.manager.find(paymentProviders);

describe('a payment provider', () => {
  it('is set up once its key was tried out, and shows nothing of its secrets', async () => {
    const provider = {
      ...whole(),
      name: 'Our Stripe',
      webhook_secret: 'whsec_1',
      success_redirect_url: 'https://acme.test/done',
      supports_3ds: true,
    };
    const shown = {
      lago_id: expect.any(String) as string,
      code: 'main',
      name: 'Our Stripe',
      type: 'stripe',
      mode: 'test',
      secret_key_last4: 'nary',
      webhook_secret_set: true,
      success_redirect_url: 'https://acme.test/done',
      supports_3ds: true,
      create_customers: false,
      verified: true,
      created_at: '2023-03-01T12:00:00Z',
    };
    expect(await put('main', provider)).toMatchObject({ status: 200, body: { payment_provider: shown } });
    expect((await app.api.get('/payment_providers/main')).body).toEqual({ payment_provider: shown });
    expect((await app.api.get('/payment_providers')).body).toMatchObject({ payment_providers: [shown], meta: { total_count: 1 } });
    expect(fake.requests.map((request) => `${request.method} ${request.path}`)).toEqual(['GET /v1/account']);
  });

  it('keeps what is left out of a change', async () => {
    await put('main', { ...whole(), webhook_secret: 'whsec_1', success_redirect_url: 'https://acme.test/done' });
    const { body } = await put('main', { name: 'Renamed' });
    expect(body['payment_provider']).toMatchObject({
      name: 'Renamed',
      secret_key_last4: 'nary',
      webhook_secret_set: true,
      success_redirect_url: 'https://acme.test/done',
      verified: true,
    });
    const cleared = await put('main', { webhook_secret: null, success_redirect_url: '' });
    expect(cleared.body['payment_provider']).toMatchObject({
      webhook_secret_set: false,
      success_redirect_url: null,
      secret_key_last4: 'nary',
    });
    expect(fake.calls('GET /v1/account')).toHaveLength(1);
  });

  it('with a key that cannot be tried out is kept and marked, until it is reached', async () => {
    fake.goOffline(1);
    expect((await put('main', whole())).body['payment_provider']).toMatchObject({ verified: false });
    await app.api.post('/payment_providers/main/reconcile');
    expect((await app.api.get('/payment_providers/main')).body).toMatchObject({ payment_provider: { verified: true } });
  });

  it.each([
    { name: 'a wrong key', provider: { type: 'stripe', secret_key: 'sk_test_wrong' }, details: { secret_key: ['value_is_invalid'] } },
    { name: 'no key', provider: { type: 'stripe' }, details: { secret_key: ['value_is_mandatory'] } },
    {
      name: 'a live key in a sandbox',
      provider: { type: 'stripe', secret_key: 'sk_live_1' },
      details: { secret_key: ['live_key_in_sandbox'] },
    },
    {
      name: 'a restricted live key',
      provider: { type: 'stripe', secret_key: 'rk_live_1' },
      details: { secret_key: ['live_key_in_sandbox'] },
    },
    { name: 'another kind', provider: { type: 'adyen', secret_key: 'x' }, details: { type: ['value_is_invalid'] } },
    { name: 'no kind', provider: { secret_key: 'sk_test_1' }, details: { type: ['value_is_mandatory'] } },
    {
      name: 'several wrong fields',
      provider: { type: 'stripe', secret_key: 5, success_redirect_url: 'nowhere', supports_3ds: 'maybe' },
      details: { secret_key: ['value_is_invalid'], success_redirect_url: ['url_is_invalid'], supports_3ds: ['value_is_invalid'] },
    },
  ])('is refused with $name, and nothing is kept', async ({ provider, details }) => {
    expect(await put('main', provider)).toMatchObject({ status: 422, body: { code: 'validation_errors', error_details: details } });
    expect(await stored()).toEqual([]);
  });

  it('never sends a live key from a sandbox', async () => {
    await put('main', { type: 'stripe', secret_key: 'sk_live_1' });
    expect(fake.requests).toEqual([]);
  });

  it('that is not there is 404', async () => {
    const missing = { status: 404, body: { code: 'payment_provider_not_found' } };
    expect(await app.api.get('/payment_providers/main')).toMatchObject(missing);
    expect(await app.api.delete('/payment_providers/main')).toMatchObject(missing);
  });

  it('that is removed leaves its customers without a provider', async () => {
    await put('main', whole());
    const billing = { payment_provider: 'stripe', provider_customer_id: 'cus_1' };
    await app.api.post('/customers', { customer: { external_id: 'acme', billing_configuration: billing } });
    expect(await app.api.delete('/payment_providers/main')).toMatchObject({ status: 200, body: { payment_provider: { code: 'main' } } });
    expect((await app.api.get('/payment_providers')).body).toMatchObject({ payment_providers: [] });
    expect((await app.api.get('/customers/acme')).body).toMatchObject({
      customer: { billing_configuration: { payment_provider: null, payment_provider_code: null } },
    });
  });
});

describe('keys of the environment', () => {
  it('are the provider `stripe`, and are not stored', async () => {
    await reopen({ key: fake.secretKey, webhookSecret: 'whsec_env' });
    expect((await app.api.get('/payment_providers/stripe')).body).toMatchObject({
      payment_provider: { mode: 'test', secret_key_last4: 'nary', webhook_secret_set: true },
    });
    expect(await stored()).toMatchObject([{ code: 'stripe', secretKeySealed: null, secretKeyLast4: null, webhookSecretSealed: null }]);
  });

  it('win over stored ones', async () => {
    await reopen({ key: 'sk_test_wrong' });
    await put('stripe', { secret_key: fake.secretKey, supports_3ds: true });
    expect((await app.api.get('/payment_providers/stripe')).body).toMatchObject({
      payment_provider: { secret_key_last4: 'rong', supports_3ds: true },
    });
    expect((await app.api.post('/payment_providers/stripe/reconcile')).status).toBe(422);
  });

  it('of a live account are not used in a sandbox', async () => {
    await reopen({ key: 'sk_live_canary' });
    expect((await app.api.get('/payment_providers')).body).toMatchObject({ payment_providers: [] });
    expect(fake.requests).toEqual([]);
  });

  it('of a live account are used in live books', async () => {
    await reopen({ key: 'sk_live_canary', isLive: true });
    expect((await app.api.get('/payment_providers/stripe')).body).toMatchObject({ payment_provider: { mode: 'live' } });
  });

  it('cannot be removed by the API', async () => {
    await reopen({ key: fake.secretKey });
    expect(await app.api.delete('/payment_providers/stripe')).toMatchObject({
      status: 405,
      body: { code: 'payment_provider_of_environment' },
    });
  });
});
