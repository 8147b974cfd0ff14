import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface CustomerBody {
  readonly customer: { readonly lago_id: string; readonly metadata: readonly { readonly lago_id: string; readonly key: string }[] };
}

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

describe('customers over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
    await app.api.put('/organizations', { organization: { document_number_prefix: 'MTB', timezone: 'Europe/Paris' } });
  });
  afterEach(() => app.close());

  const upsert = (customer: Readonly<Record<string, unknown>>) => app.api.post<CustomerBody>('/customers', { customer });
  const subscribe = async () => {
    const plan = { name: 'P', code: 'p', interval: 'monthly', amount_cents: 100, amount_currency: 'EUR' };
    await app.api.post('/plans', { plan });
    await app.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'p', external_id: 's' } });
  };

  it('answers a customer of whom only the id is known, with every field', async () => {
    const { status, body } = await upsert({ external_id: 'acme' });
    expect(status).toBe(200);
    expect(body).toEqual({
      customer: {
        lago_id: UUID,
        billing_entity_code: 'default',
        external_id: 'acme',
        account_type: 'customer',
        name: null,
        firstname: null,
        lastname: null,
        customer_type: null,
        sequential_id: 1,
        slug: 'MTB-001',
        created_at: '2023-03-01T09:30:00Z',
        updated_at: '2023-03-01T09:30:00Z',
        country: null,
        address_line1: null,
        address_line2: null,
        state: null,
        zipcode: null,
        city: null,
        shipping_address: { address_line1: null, address_line2: null, city: null, zipcode: null, state: null, country: null },
        email: null,
        phone: null,
        url: null,
        logo_url: null,
        legal_name: null,
        legal_number: null,
        tax_identification_number: null,
        currency: null,
        timezone: null,
        applicable_timezone: 'Europe/Paris',
        net_payment_term: null,
        external_salesforce_id: null,
        finalize_zero_amount_invoice: 'inherit',
        skip_invoice_custom_sections: false,
        billing_configuration: {
          invoice_grace_period: null,
          payment_provider: null,
          payment_provider_code: null,
          document_locale: null,
          subscription_invoice_issuing_date_anchor: null,
          subscription_invoice_issuing_date_adjustment: null,
        },
        metadata: [],
        integration_customers: [],
        applicable_invoice_custom_sections: [],
        error_details: [],
        taxes: [],
      },
    });
  });

  it('changes only the keys sent, and counts customers on', async () => {
    await upsert({
      external_id: 'acme',
      name: 'Acme',
      country: 'fr',
      email: 'a@acme.com, b@acme.com',
      shipping_address: { city: 'Lyon', country: 'fr' },
    });
    await upsert({
      ...{ external_id: 'acme', timezone: 'Asia/Karachi', net_payment_term: 15, shipping_address: { zipcode: 69001 } },
      billing_configuration: { invoice_grace_period: 2, document_locale: 'fr' },
    });
    const { body } = await upsert({ external_id: 'acme', email: null });
    expect(body).toMatchObject({
      customer: {
        ...{
          name: 'Acme',
          country: 'FR',
          email: null,
          timezone: 'Asia/Karachi',
          applicable_timezone: 'Asia/Karachi',
          net_payment_term: 15,
        },
        shipping_address: { city: 'Lyon', country: 'FR', zipcode: '69001' },
        billing_configuration: { invoice_grace_period: 2, document_locale: 'fr' },
      },
    });
    expect((await upsert({ external_id: 'other' })).body).toMatchObject({ customer: { sequential_id: 2, slug: 'MTB-002' } });
  });

  it.each([
    ['no external id', { external_id: ' ' }, { external_id: ['value_is_mandatory'] }],
    ['a long name', { name: 'x'.repeat(256) }, { name: ['value_is_too_long'] }],
    ['an unknown country', { country: 'ZZ' }, { country: ['not_a_valid_country_code'] }],
    ['an unknown currency', { currency: 'XXX' }, { currency: ['value_is_invalid'] }],
    ['an unknown zone', { timezone: 'Mars' }, { timezone: ['invalid_timezone'] }],
    ['a bad email', { email: 'a@b.com, c' }, { email: ['invalid_email_format'] }],
    ['a negative term', { net_payment_term: -1 }, { net_payment_term: ['value_is_out_of_range'] }],
    ['an unknown type', { customer_type: 'dog' }, { customer_type: ['value_is_invalid'] }],
    ['an unknown wish for zero invoices', { finalize_zero_amount_invoice: 'no' }, { finalize_zero_amount_invoice: ['value_is_invalid'] }],
    ['an unknown language', { billing_configuration: { document_locale: 'xx' } }, { document_locale: ['not_a_valid_language_code'] }],
    [
      'a negative grace period',
      { billing_configuration: { invoice_grace_period: -1 } },
      { invoice_grace_period: ['value_is_out_of_range'] },
    ],
    ['six pairs', { metadata: ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({ key, value: '1' })) }, { metadata: ['invalid_count'] }],
    ['a long key', { metadata: [{ key: 'k'.repeat(21), value: '1' }] }, { metadata: ['value_is_too_long'] }],
    ['a pair without key', { metadata: [{ value: '1' }] }, { metadata: ['value_is_mandatory'] }],
    [
      'one key twice',
      {
        metadata: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
      { metadata: ['value_already_exist'] },
    ],
    ['two wrong fields', { country: 'ZZ', timezone: 'Mars' }, { country: ['not_a_valid_country_code'], timezone: ['invalid_timezone'] }],
  ])('refuses %s and stores nothing', async (_, attributes, details) => {
    const { status, body } = await upsert({ external_id: 'acme', ...attributes });
    expect(status).toBe(422);
    expect((body as unknown as { error_details: unknown }).error_details).toEqual(details);
    expect((await app.api.get('/customers')).body).toMatchObject({ customers: [] });
  });

  it('takes metadata as the full new list, by id', async () => {
    const pairs = [
      { key: 'a', value: '1', display_in_invoice: true },
      { key: 'b', value: 2 },
    ];
    const { customer } = (await upsert({ external_id: 'acme', metadata: pairs })).body;
    expect(customer.metadata).toEqual([
      { lago_id: UUID, key: 'a', value: '1', display_in_invoice: true, created_at: '2023-03-01T09:30:00Z' },
      { lago_id: UUID, key: 'b', value: '2', display_in_invoice: false, created_at: '2023-03-01T09:30:00Z' },
    ]);
    const [a] = customer.metadata;
    const changed = await upsert({
      external_id: 'acme',
      metadata: [
        { id: a?.lago_id, key: 'a', value: 'x' },
        { key: 'c', value: '3' },
      ],
    });
    expect(changed.body.customer.metadata).toMatchObject([
      { lago_id: a?.lago_id, key: 'a', value: 'x', display_in_invoice: true },
      { key: 'c', value: '3' },
    ]);
    expect((await upsert({ external_id: 'acme', name: 'Acme' })).body.customer.metadata).toHaveLength(2);
    expect((await upsert({ external_id: 'acme', metadata: [] })).body.customer.metadata).toEqual([]);
  });

  it('replaces its own taxes, in their order', async () => {
    for (const code of ['a', 'b']) await app.api.post('/taxes', { tax: { name: code, code, rate: 1 } });
    expect((await upsert({ external_id: 'acme', tax_codes: ['b', 'a'] })).body).toMatchObject({
      customer: { taxes: [{ code: 'b' }, { code: 'a' }] },
    });
    expect((await upsert({ external_id: 'acme', tax_codes: ['a'] })).body).toMatchObject({ customer: { taxes: [{ code: 'a' }] } });
    expect(await upsert({ external_id: 'acme', tax_codes: ['none'] })).toMatchObject({ status: 404, body: { code: 'tax_not_found' } });
    expect((await upsert({ external_id: 'acme', tax_codes: [] })).body).toMatchObject({ customer: { taxes: [] } });
  });

  it('understands the names of 2022', async () => {
    const { body } = await upsert({ customer_id: 'acme', vat_rate: 5.5 });
    expect(body).toMatchObject({
      customer: { external_id: 'acme', taxes: [{ name: 'VAT', code: 'vat_5.5', rate: 5.5, applied_to_organization: false }] },
    });
    expect((await upsert({ customer_id: 'acme', billing_configuration: { vat_rate: '20' } })).body).toMatchObject({
      customer: { taxes: [{ code: 'vat_20' }] },
    });
    expect((await upsert({ customer_id: 'acme', vat_rate: 0 })).body).toMatchObject({ customer: { taxes: [] } });
  });

  it('refuses another currency while a subscription lives, and takes it afterwards', async () => {
    await subscribe();
    expect((await app.api.get('/customers/acme')).body).toMatchObject({ customer: { currency: 'EUR' } });
    expect((await upsert({ external_id: 'acme', currency: 'USD' })).body).toMatchObject({
      error_details: { currency: ['currencies_does_not_match'] },
    });
    expect((await upsert({ external_id: 'acme', currency: 'EUR', name: 'Acme' })).status).toBe(200);
    await app.api.delete('/subscriptions/s');
    expect((await upsert({ external_id: 'acme', currency: 'USD' })).body).toMatchObject({ customer: { currency: 'USD' } });
  });

  it('knows no payment provider yet, and no portal', async () => {
    const refused = await upsert({ external_id: 'acme', billing_configuration: { payment_provider: 'stripe' } });
    expect(refused).toMatchObject({ status: 404, body: { code: 'payment_provider_not_found' } });
    expect((await app.api.get('/customers/acme')).body).toMatchObject({ code: 'customer_not_found' });
    await upsert({ external_id: 'acme', billing_configuration: { payment_provider: null } });
    expect(await app.api.post('/customers/acme/checkout_url')).toMatchObject({
      status: 422,
      body: { error_details: { base: ['no_linked_payment_provider'] } },
    });
    expect(await app.api.get('/customers/acme/portal_url')).toMatchObject({ status: 403, body: { code: 'feature_unavailable' } });
    expect((await app.api.get('/customers/none/portal_url')).status).toBe(404);
  });

  it('deletes a customer with its subscriptions and frees the external id, but no number', async () => {
    await subscribe();
    const { status, body } = await app.api.delete('/customers/acme');
    expect(status).toBe(200);
    expect(body).toMatchObject({ customer: { external_id: 'acme', sequential_id: 1 } });
    expect((await app.api.get('/customers/acme')).body).toMatchObject({ code: 'customer_not_found' });
    expect((await app.api.get('/subscriptions?external_customer_id=acme')).body).toMatchObject({ subscriptions: [] });
    expect((await upsert({ external_id: 'acme' })).body).toMatchObject({ customer: { sequential_id: 2, slug: 'MTB-002', currency: null } });
  });

  it('finds an external id that looks like a path', async () => {
    await upsert({ external_id: 'a/b c%' });
    expect((await app.api.get('/customers/a%2Fb%20c%25')).body).toMatchObject({ customer: { external_id: 'a/b c%' } });
  });

  it('narrows the list by every filter, newest first', async () => {
    await upsert({ external_id: 'c1', name: 'Alpha 50%', currency: 'EUR', country: 'FR', metadata: [{ key: 'tier', value: 'gold' }] });
    await upsert({ external_id: 'c2', legal_name: 'Alphabet', customer_type: 'company', state: 'CA', zipcode: '94000' });
    await upsert({
      external_id: 'c3',
      email: 'x@ALPHA.example',
      tax_identification_number: 'T',
      metadata: [{ key: 'tier', value: 'blue' }],
    });
    const found = async (query: string) => {
      const { body } = await app.api.get<{ customers: { external_id: string }[] }>(`/customers?${query}`);
      return body.customers.map((customer) => customer.external_id).join(' ');
    };
    expect(await found('')).toBe('c3 c2 c1');
    expect(await found('search_term=alpha')).toBe('c3 c2 c1');
    expect(await found('search_term=50%25')).toBe('c1');
    expect(await found('search_term=alpha&external_id=c2')).toBe('c2');
    expect(await found('currencies[]=EUR')).toBe('c1');
    expect(await found('countries%5B%5D=fr&countries%5B%5D=de')).toBe('c1');
    expect(await found('states[]=CA&zipcodes[]=94000')).toBe('c2');
    expect(await found('customer_type=company')).toBe('c2');
    expect(await found('has_customer_type=false')).toBe('c3 c1');
    expect(await found('has_tax_identification_number=true')).toBe('c3');
    expect(await found('account_type[]=partner')).toBe('');
    expect(await found('metadata[tier]=gold')).toBe('c1');
    expect(await found('metadata[tier]=')).toBe('c2');
    expect(await found('billing_entity_codes[]=default&per_page=1')).toBe('c3');
    expect((await app.api.get('/customers?billing_entity_codes[]=x')).body).toMatchObject({ code: 'billing_entity_not_found' });
    expect((await app.api.get('/customers?has_customer_type=maybe')).body).toMatchObject({
      error_details: { has_customer_type: ['value_is_invalid'] },
    });
  });
});
