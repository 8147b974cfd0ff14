import { describe, expect, it } from 'vitest';
import { readStripeSettings } from '../../main/headless/stripe-settings.ts';

describe('the STRIPE_… variables', () => {
  it('say nothing when they are not there', () => {
    expect(readStripeSettings({ STRIPE_SECRET_KEY: ' ' })).toEqual({
      address: { host: undefined, port: undefined, protocol: undefined },
      secretKey: null,
      webhookSecret: null,
    });
  });

  it('give keys that nothing prints', () => {
    const settings = readStripeSettings({ STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' });
    expect([settings.secretKey?.reveal(), settings.webhookSecret?.reveal()]).toEqual(['sk_test_1', 'whsec_1']);
    expect(JSON.stringify(settings)).not.toMatch(/sk_test|whsec/);
  });

  it('say where Stripe is', () => {
    const environment = { STRIPE_API_HOST: '127.0.0.1', STRIPE_API_PORT: '8443', STRIPE_API_PROTOCOL: 'http' };
    expect(readStripeSettings(environment).address).toEqual({ host: '127.0.0.1', port: 8443, protocol: 'http' });
  });

  it.each([
    { name: 'a port that is none', environment: { STRIPE_API_PORT: '70000' }, says: 'STRIPE_API_PORT is a number from 1 to 65535' },
    { name: 'another protocol', environment: { STRIPE_API_PROTOCOL: 'ftp' }, says: 'STRIPE_API_PROTOCOL is http or https' },
    {
      name: 'clear text to another machine',
      environment: { STRIPE_API_HOST: 'stripe.test', STRIPE_API_PROTOCOL: 'http' },
      says: 'keys would travel in clear text',
    },
    { name: 'clear text to Stripe itself', environment: { STRIPE_API_PROTOCOL: 'http' }, says: 'keys would travel in clear text' },
  ])('are refused with $name', ({ environment, says }) => {
    expect(() => readStripeSettings(environment)).toThrow(says);
  });
});
