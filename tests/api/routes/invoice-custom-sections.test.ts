import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

type Json = Readonly<Record<string, unknown>>;

let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
});
afterEach(() => app.close());

const section = (more: Json): unknown => ({ invoice_custom_section: { name: 'Bank', code: 'bank', ...more } });
const refused = (details: Readonly<Record<string, readonly string[]>>): object => ({ status: 422, body: { error_details: details } });
const missing: object = { status: 404, body: { code: 'invoice_custom_section_not_found' } };

describe('a custom section', () => {
  it('is created, read, changed and removed', async () => {
    const full = section({ description: 'For the EU', display_name: 'Bank details', details: 'IBAN FR76', applied_to_organization: true });
    const { status, body } = await app.api.post('/invoice_custom_sections', full);
    const created = {
      lago_id: ID,
      name: 'Bank',
      code: 'bank',
      description: 'For the EU',
      details: 'IBAN FR76',
      display_name: 'Bank details',
      applied_to_organization: true,
      organization_id: ID,
    };
    expect([status, body]).toEqual([200, { invoice_custom_section: created }]);
    expect((await app.api.get('/invoice_custom_sections/bank')).body).toEqual(body);
    const changed = await app.api.put('/invoice_custom_sections/bank', section({ code: 'iban', details: null, name: 'Account' }));
    expect(changed.body).toMatchObject({ invoice_custom_section: { ...created, code: 'iban', details: null, name: 'Account' } });
    expect(await app.api.get('/invoice_custom_sections/bank')).toMatchObject(missing);
    expect(await app.api.delete('/invoice_custom_sections/iban')).toMatchObject({
      status: 200,
      body: { invoice_custom_section: { code: 'iban' } },
    });
    expect(await app.api.delete('/invoice_custom_sections/iban')).toMatchObject(missing);
    expect(await app.api.put('/invoice_custom_sections/iban', section({}))).toMatchObject(missing);
    expect((await app.api.post('/invoice_custom_sections', section({ code: 'iban' }))).status).toBe(200);
  });

  it('has a name, and a code of its own', async () => {
    await app.api.post('/invoice_custom_sections', section({}));
    expect(await app.api.post('/invoice_custom_sections', section({}))).toMatchObject(refused({ code: ['value_already_exist'] }));
    expect(await app.api.post('/invoice_custom_sections', { invoice_custom_section: { details: 'x' } })).toMatchObject(
      refused({ name: ['value_is_mandatory'], code: ['value_is_mandatory'] }),
    );
    expect(await app.api.put('/invoice_custom_sections/bank', { invoice_custom_section: { name: ' ', details: 7 } })).toMatchObject(
      refused({ name: ['value_is_mandatory'], details: ['value_is_invalid'] }),
    );
    expect(await app.api.post('/invoice_custom_sections', {})).toMatchObject({ status: 400 });
  });

  it('is listed, newest first', async () => {
    await app.api.post('/invoice_custom_sections', section({}));
    await app.api.post('/invoice_custom_sections', section({ code: 'terms' }));
    const { body } = await app.api.get<{ invoice_custom_sections: readonly Json[]; meta: Json }>('/invoice_custom_sections?per_page=1');
    expect(body).toMatchObject({ invoice_custom_sections: [{ code: 'terms' }], meta: { total_count: 2, next_page: 2 } });
  });
});

describe('the sections of a customer', () => {
  beforeEach(async () => {
    await app.api.post(
      '/invoice_custom_sections',
      section({ applied_to_organization: true, display_name: 'Bank details', details: 'IBAN FR76' }),
    );
    await app.api.post('/invoice_custom_sections', section({ code: 'terms', name: 'Terms', details: '30 days' }));
    await app.api.post('/invoice_custom_sections', section({ code: 'vat', name: 'VAT', details: 'Reverse charge' }));
  });

  async function customer(changes: Json): Promise<unknown> {
    const { status, body } = await app.api.post<{ customer: Json }>('/customers', { customer: { external_id: 'acme', ...changes } });
    expect(status).toBe(200);
    return (body.customer['applicable_invoice_custom_sections'] as readonly Json[]).map((each) => each['code']);
  }

  it('are the organization’s, else its own in their order, else none', async () => {
    expect(await customer({})).toEqual(['bank']);
    expect(await customer({ invoice_custom_section_codes: ['vat', 'terms'] })).toEqual(['vat', 'terms']);
    expect(await customer({ name: 'Acme' })).toEqual(['vat', 'terms']);
    expect(await customer({ skip_invoice_custom_sections: true })).toEqual([]);
    expect(await customer({ skip_invoice_custom_sections: false, invoice_custom_section_codes: [] })).toEqual(['bank']);
    await customer({ invoice_custom_section_codes: ['terms'] });
    await app.api.delete('/invoice_custom_sections/terms');
    expect(await customer({})).toEqual(['bank']);
  });

  it('exist, and are not skipped and chosen at once', async () => {
    const unknown = { external_id: 'new', invoice_custom_section_codes: ['bank', 'nothing'] };
    expect(await app.api.post('/customers', { customer: unknown })).toMatchObject(missing);
    expect(await app.api.get('/customers/new')).toMatchObject({ status: 404 });
    const both = { external_id: 'acme', skip_invoice_custom_sections: true, invoice_custom_section_codes: ['bank'] };
    expect(await app.api.post('/customers', { customer: both })).toMatchObject(
      refused({ invoice_custom_sections: ['skip_sections_and_selected_ids_sent_together'] }),
    );
  });

  it('are copied on each invoice when it becomes final', async () => {
    const plan = { name: 'P', code: 'p', interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', pay_in_advance: true };
    await app.api.post('/plans', { plan });
    await app.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'p', external_id: 's' } });
    const list = await app.api.get<{ invoices: readonly { lago_id: string }[] }>('/invoices');
    const id = list.body.invoices[0]?.lago_id ?? '';
    await app.api.put('/invoice_custom_sections/bank', { invoice_custom_section: { details: 'IBAN DE89' } });
    expect((await app.api.get(`/invoices/${id}`)).body).toMatchObject({
      invoice: {
        applied_invoice_custom_sections: [
          {
            lago_id: ID,
            lago_invoice_id: id,
            code: 'bank',
            display_name: 'Bank details',
            details: 'IBAN FR76',
            created_at: '2023-01-01T00:00:00Z',
          },
        ],
      },
    });
  });
});
