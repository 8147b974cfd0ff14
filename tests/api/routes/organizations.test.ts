import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

describe('the organization over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
  });
  afterEach(() => app.close());

  const change = (organization: Readonly<Record<string, unknown>>) => app.api.put('/organizations', { organization });

  it('answers a new one with its defaults', async () => {
    const { status, body } = await app.api.get('/organizations');
    expect(status).toBe(200);
    expect(body).toEqual({
      organization: {
        lago_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        name: expect.any(String) as string,
        slug: null,
        default_currency: 'USD',
        created_at: '2023-03-01T09:30:00Z',
        webhook_url: '',
        webhook_urls: [],
        country: null,
        address_line1: null,
        address_line2: null,
        state: null,
        zipcode: null,
        city: null,
        email: null,
        phone: null,
        legal_name: null,
        legal_number: null,
        tax_identification_number: null,
        timezone: 'UTC',
        net_payment_term: 0,
        email_settings: [],
        document_numbering: 'per_customer',
        document_number_prefix: expect.stringMatching(/^[A-Z]{3}-[0-9A-F]{4}$/) as string,
        finalize_zero_amount_invoice: true,
        billing_configuration: { invoice_footer: null, invoice_grace_period: 0, document_locale: 'en' },
        events_store: 'postgres',
        taxes: [],
      },
    });
  });

  it('changes only what is sent, and raises country and number prefix', async () => {
    const { body } = await change({
      ...{ legal_name: 'Acme SAS', country: 'fr', timezone: 'Europe/Paris', net_payment_term: 30, document_number_prefix: 'acme' },
      ...{ default_currency: 'EUR', email_settings: ['invoice.finalized'], document_numbering: 'per_organization' },
      billing_configuration: { invoice_footer: 'Merci', invoice_grace_period: 3, document_locale: 'fr' },
    });
    expect(body).toMatchObject({
      organization: {
        ...{ legal_name: 'Acme SAS', country: 'FR', timezone: 'Europe/Paris', net_payment_term: 30, document_number_prefix: 'ACME' },
        ...{ default_currency: 'EUR', email_settings: ['invoice.finalized'], document_numbering: 'per_organization' },
        billing_configuration: { invoice_footer: 'Merci', invoice_grace_period: 3, document_locale: 'fr' },
      },
    });
    expect((await change({ legal_name: null })).body).toMatchObject({
      organization: { legal_name: null, country: 'FR', billing_configuration: { invoice_footer: 'Merci', invoice_grace_period: 3 } },
    });
  });

  it('keeps the webhook address as the first endpoint', async () => {
    expect((await change({ webhook_url: 'https://a.example/hook' })).body).toMatchObject({
      organization: { webhook_url: 'https://a.example/hook', webhook_urls: ['https://a.example/hook'] },
    });
    expect((await change({ webhook_url: 'http://b.example' })).body).toMatchObject({
      organization: { webhook_urls: ['http://b.example'] },
    });
    expect((await change({ webhook_url: null })).body).toMatchObject({ organization: { webhook_url: '', webhook_urls: [] } });
  });

  it('reads vat_rate as one tax that applies to everyone, and the footer of 2022', async () => {
    expect((await change({ vat_rate: 20, invoice_footer: 'Bye' })).body).toMatchObject({
      organization: {
        taxes: [{ name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true }],
        billing_configuration: { invoice_footer: 'Bye' },
      },
    });
    expect((await change({ vat_rate: '5.5' })).body).toMatchObject({ organization: { taxes: [{ code: 'vat', rate: 5.5 }] } });
    expect((await change({ vat_rate: 0 })).body).toMatchObject({ organization: { taxes: [] } });
    expect((await app.api.get('/taxes/vat')).status).toBe(404);
  });

  it.each([
    ['an unknown country', { country: 'ZZ' }, { country: ['not_a_valid_country_code'] }],
    ['an unknown zone', { timezone: 'Paris' }, { timezone: ['invalid_timezone'] }],
    ['an unknown currency', { default_currency: 'XXX' }, { default_currency: ['value_is_invalid'] }],
    ['no currency', { default_currency: null }, { default_currency: ['value_is_mandatory'] }],
    ['a bad email', { email: 'someone' }, { email: ['invalid_email_format'] }],
    ['a bad webhook address', { webhook_url: 'ftp://a' }, { webhook_url: ['url_is_invalid'] }],
    ['a long prefix', { document_number_prefix: 'ABCDEFGHIJK' }, { document_number_prefix: ['value_is_too_long'] }],
    ['an empty prefix', { document_number_prefix: '' }, { document_number_prefix: ['value_is_mandatory'] }],
    ['an unknown numbering', { document_numbering: 'per_day' }, { document_numbering: ['value_is_invalid'] }],
    ['a negative term', { net_payment_term: -1 }, { net_payment_term: ['value_is_out_of_range'] }],
    ['an unknown email', { email_settings: ['x'] }, { email_settings: ['value_is_invalid'] }],
    ['a long footer', { billing_configuration: { invoice_footer: 'x'.repeat(601) } }, { invoice_footer: ['value_is_too_long'] }],
    [
      'a negative grace period',
      { billing_configuration: { invoice_grace_period: -1 } },
      { invoice_grace_period: ['value_is_out_of_range'] },
    ],
    ['an unknown language', { billing_configuration: { document_locale: 'xx' } }, { document_locale: ['not_a_valid_language_code'] }],
  ])('refuses %s and changes nothing', async (_, attributes, details) => {
    const { status, body } = await change({ city: 'Lyon', ...attributes });
    expect(status).toBe(422);
    expect((body as { error_details: unknown }).error_details).toEqual(details);
    expect((await app.api.get('/organizations')).body).toMatchObject({ organization: { city: null } });
  });
});
