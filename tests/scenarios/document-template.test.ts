import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pngLogo } from '../support/logo-files.ts';
import { readPdf } from '../support/pdf-text.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

interface Invoice {
  readonly lago_id: string;
  readonly file_url: string;
}

/** Changes of what documents show, one after the other: each is on the next document, and on none before it. */
let app: TestEngine;
let subscriptions = 0;
beforeAll(async () => {
  app = await createTestEngine({ now: '2023-01-05T00:00:00Z' });
  await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
  await app.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme', email: 'pay@acme.example' } });
  const plan = { name: 'Ahead', code: 'ahead', interval: 'monthly', amount_cents: 1000000, amount_currency: 'EUR', pay_in_advance: true };
  await app.api.post('/plans', { plan });
});
afterAll(() => app.close());

async function newInvoice(): Promise<string> {
  subscriptions += 1;
  const subscription = { external_customer_id: 'acme', plan_code: 'ahead', external_id: `s${subscriptions}`, billing_time: 'anniversary' };
  expect((await app.api.post('/subscriptions', { subscription })).status).toBe(200);
  const { body } = await app.api.get<{ invoices: readonly Invoice[] }>('/invoices?per_page=1');
  return body.invoices[0]?.lago_id ?? '';
}

interface Shown {
  readonly text: string;
  readonly imageCount: number;
  readonly bytes: Uint8Array;
}

async function documentOf(id: string): Promise<Shown> {
  const { body } = await app.api.post<{ invoice: Invoice }>(`/invoices/${id}/download`);
  const file = await app.engine.fetch(new Request(body.invoice.file_url));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const read = readPdf(bytes);
  return { text: read.pages.flatMap((page) => page.lines).join('\n'), imageCount: read.imageCount, bytes };
}

const organization = (change: object) => () => app.api.put('/organizations', { organization: change });
const customer = (change: object) => () => app.api.post('/customers', { customer: { external_id: 'acme', ...change } });

const CHANGES = [
  { name: 'the name', change: organization({ name: 'Hooli' }), text: 'Hooli' },
  { name: 'the legal name', change: organization({ legal_name: 'Hooli SAS' }), text: 'Hooli SAS' },
  { name: 'the legal number', change: organization({ legal_number: '842 913 007' }), text: 'Registration number: 842 913 007' },
  { name: 'the tax number', change: organization({ tax_identification_number: 'FR58842913007' }), text: 'Tax ID: FR58842913007' },
  {
    name: 'the address',
    change: organization({ address_line1: '14 rue de la Monnaie', zipcode: '75001', city: 'Paris', country: 'fr' }),
    text: '75001 Paris',
  },
  { name: 'the e-mail', change: organization({ email: 'billing@hooli.example' }), text: 'billing@hooli.example' },
  { name: 'the phone', change: organization({ phone: '+33 1 23 45 67 89' }), text: '+33 1 23 45 67 89' },
  {
    name: 'the footer',
    change: organization({ billing_configuration: { invoice_footer: 'Late payment costs 40 EUR.' } }),
    text: 'Late payment costs 40 EUR.',
  },
  { name: 'the net payment term', change: organization({ net_payment_term: 17 }), text: '17 days' },
  { name: 'the customer’s own payment term', change: customer({ net_payment_term: 23 }), text: '23 days' },
  {
    name: 'a custom section',
    change: () =>
      app.api.post('/invoice_custom_sections', {
        invoice_custom_section: {
          name: 'Bank',
          code: 'bank',
          display_name: 'Bank details',
          details: 'IBAN FR76 3000',
          applied_to_organization: true,
        },
      }),
    text: 'IBAN FR76 3000',
  },
  {
    name: 'the text of a custom section',
    change: () => app.api.put('/invoice_custom_sections/bank', { invoice_custom_section: { details: 'IBAN DE89 3704' } }),
    text: 'IBAN DE89 3704',
  },
  {
    name: 'the section of the customer',
    change: async () => {
      await app.api.post('/invoice_custom_sections', {
        invoice_custom_section: { name: 'Export', code: 'export', details: 'Reverse charge' },
      });
      return customer({ invoice_custom_section_codes: ['export'] })();
    },
    text: 'Reverse charge',
  },
  {
    name: 'the plan’s display name',
    change: () => app.api.put('/plans/ahead', { plan: { invoice_display_name: 'Forward' } }),
    text: 'Forward',
  },
  { name: 'the tax', change: () => app.api.put('/taxes/vat', { tax: { name: 'TVA' } }), text: 'TVA (20% on' },
  { name: 'the locale', change: organization({ billing_configuration: { document_locale: 'de' } }), text: 'Rechnung' },
  { name: 'the customer’s own locale', change: customer({ billing_configuration: { document_locale: 'fr' } }), text: 'Facture' },
] as const;

describe('a change of', () => {
  it.each(CHANGES)('$name is on the next document and on none before it', async ({ change, text }) => {
    const before = await newInvoice();
    const shownBefore = await documentOf(before);
    expect(shownBefore.text).not.toContain(text);
    expect(await change()).toMatchObject({ status: 200 });
    const after = await newInvoice();
    expect((await documentOf(after)).text).toContain(text);
    expect((await documentOf(before)).bytes).toEqual(shownBefore.bytes);
  });

  it('the logo is on the next document, and its removal on the one after', async () => {
    const plain = await documentOf(await newInvoice());
    expect(plain.imageCount).toBe(0);
    await app.api.put('/organizations/logo', { logo: { content_base64: pngLogo(40, 20).toString('base64') } });
    const withLogo = await newInvoice();
    const shown = await documentOf(withLogo);
    expect(shown.imageCount).toBe(1);
    const notMadeYet = await newInvoice();
    await app.api.put('/organizations/logo', { logo: { content_base64: pngLogo(20, 20).toString('base64') } });
    await app.api.delete('/organizations/logo');
    expect((await documentOf(await newInvoice())).imageCount).toBe(0);
    expect((await documentOf(notMadeYet)).imageCount).toBe(1);
    expect((await documentOf(withLogo)).bytes).toEqual(shown.bytes);
  });

  it('the address is frozen with the invoice, even where its document is made after the change', async () => {
    const id = await newInvoice();
    await app.api.put('/organizations', { organization: { legal_name: 'Another SAS' } });
    const { text } = await documentOf(id);
    expect(text).toContain('Hooli SAS');
    expect(text).not.toContain('Another SAS');
  });

  it('sections is over when the customer skips them', async () => {
    await customer({ skip_invoice_custom_sections: true })();
    expect((await documentOf(await newInvoice())).text).not.toContain('Reverse charge');
  });
});
