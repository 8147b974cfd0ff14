import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionAnswer, ServerAnswer, StripeFactsAnswer } from '../../../shared/internal/settings.ts';
import type { ApiClient } from '../../support/http-client.ts';
import { dumpBooks } from '../../support/books-dump.ts';
import { internalClient } from '../../support/internal-client.ts';
import { PaymentStage } from '../../support/payment-stage.ts';
import { readPdf } from '../../support/pdf-text.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

describe('the preview of a document', () => {
  let books: TestEngine;
  let screens: ApiClient;
  beforeEach(async () => {
    books = await createTestEngine({ now: '2023-03-10T12:00:00Z' });
    screens = internalClient(books);
  });
  afterEach(() => books.close());

  async function preview(draft: object, query = ''): Promise<readonly string[]> {
    const made = await screens.post<{ readonly invoice_preview: { readonly id: string } }>(`/settings/invoice_previews${query}`, {
      organization: draft,
    });
    const path = `/api/internal/settings/invoice_previews/${made.body.invoice_preview.id}`;
    const answer = await books.engine.fetch(new Request(`http://127.0.0.1:3000${path}`), { isSignedIn: true });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    return readPdf(new Uint8Array(await answer.arrayBuffer())).pages.flatMap(({ lines }) => lines);
  }

  test('shows a made-up invoice with the draft, and stores nothing', async () => {
    const before = dumpBooks(books);
    const lines = await preview({
      name: 'Hooli',
      document_number_prefix: 'HOO',
      net_payment_term: 30,
      default_currency: 'EUR',
      billing_configuration: { invoice_footer: 'Thank you kindly', document_locale: 'en' },
    });
    const text = lines.join('\n');
    for (const shown of ['HOO-001-001', 'Thank you kindly', 'Hooli', '€115.00', 'Apr 9, 2023']) expect(text).toContain(shown);
    expect(dumpBooks(books)).toEqual(before);
  });

  test('numbers by month where that is chosen, in currencies without decimals too', async () => {
    const text = (await preview({ document_number_prefix: 'HOO', document_numbering: 'per_organization', default_currency: 'JPY' })).join(
      '\n',
    );
    expect(text).toContain('HOO-202303-001');
    expect(text).toContain('¥115');
  });

  test('shows a real invoice as it would be made now, with its own number and amounts', async () => {
    await books.api.post('/customers', { customer: { external_id: 'a', name: 'Pied Piper', currency: 'EUR' } });
    await books.api.post('/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 1234, amount_currency: 'EUR' } });
    const made = await books.api.post<{ readonly invoice: { readonly lago_id: string; readonly number: string } }>('/invoices', {
      invoice: { external_customer_id: 'a', currency: 'EUR', fees: [{ add_on_code: 'work' }] },
    });
    const { lago_id: id, number } = made.body.invoice;
    await books.api.post('/invoice_custom_sections', {
      invoice_custom_section: { name: 'Legal', code: 'legal', details: 'All sales are final', applied_to_organization: true },
    });
    const text = (await preview({ legal_name: 'Hooli SAS', billing_configuration: { document_locale: 'de' } }, `?invoice_id=${id}`)).join(
      '\n',
    );
    for (const shown of [number, 'Hooli SAS', '12,34', 'All sales are final', 'Rechnung']) expect(text).toContain(shown);
    expect((await screens.post('/settings/invoice_previews?invoice_id=none', {})).status).toBe(404);
  });

  test('is refused where the draft is', async () => {
    const refused = await screens.post('/settings/invoice_previews', { organization: { net_payment_term: -1, timezone: 'Nowhere' } });
    expect(refused.body).toMatchObject({
      status: 422,
      error_details: { net_payment_term: ['value_is_out_of_range'], timezone: ['invalid_timezone'] },
    });
  });

  test('needs no draft', async () => {
    expect((await preview({})).join('\n')).toContain('Sample customer');
    expect((await screens.get('/settings/invoice_previews/none')).status).toBe(404);
  });

  test('the server says where it is', async () => {
    const { body } = await screens.get<{ readonly server: ServerAnswer }>('/settings/server');
    expect(body.server).toMatchObject({
      base_url: 'http://127.0.0.1:3000',
      host: '127.0.0.1',
      port: 3000,
      is_loopback: true,
      is_sandbox: true,
      data_folder: books.folder,
      secret_store: { kind: 'key_file', place: `${books.folder}/secret.key` },
    });
  });
});

describe('a Stripe account', () => {
  let stage: PaymentStage;
  let screens: ApiClient;
  beforeEach(async () => {
    stage = await PaymentStage.begin();
    screens = internalClient(stage.app);
  });
  afterEach(() => stage.close());

  const tryOut = async (): Promise<ConnectionAnswer> =>
    (await screens.post<{ readonly connection: ConnectionAnswer }>('/settings/stripe/stripe/test')).body.connection;

  test('is tried out with the key that is kept', async () => {
    expect(await tryOut()).toMatchObject({ state: 'connected', account_id: expect.stringMatching(/^acct_/) as string });
    stage.fake.goOffline(1);
    expect((await tryOut()).state).toBe('unreachable');
    expect((await screens.post('/settings/stripe/none/test')).status).toBe(404);
  });

  test('says where its webhooks would go, and whose key it has', async () => {
    const { body } = await screens.get<{ readonly stripe: StripeFactsAnswer }>('/settings/stripe/stripe');
    const { organizationId } = stage.app.engine.services.context;
    expect(body.stripe).toEqual({
      is_key_of_environment: false,
      webhook_url: `http://127.0.0.1:3000/webhooks/stripe/${organizationId}?code=stripe`,
    });
  });

  test('takes new customers of whom nothing else is said, where that is switched on', async () => {
    const provider = async (externalId: string, customer: object = {}) => {
      await stage.post('/customers', { customer: { external_id: externalId, currency: 'EUR', ...customer } });
      await stage.settle();
      const { customer: made } = await stage.get<{ readonly customer: { readonly billing_configuration: object } }>(
        `/customers/${externalId}`,
      );
      return made.billing_configuration;
    };
    expect(await provider('before')).toMatchObject({ payment_provider: null });
    await stage.put('/payment_providers/stripe', { payment_provider: { create_customers: true } });
    expect(await provider('after')).toMatchObject({
      payment_provider: 'stripe',
      payment_provider_code: 'stripe',
      provider_customer_id: expect.stringMatching(/^cus_/) as string,
    });
    expect(await provider('alone', { billing_configuration: { payment_provider: null } })).toMatchObject({ payment_provider: null });
    expect(await provider('before', { name: 'Known' })).toMatchObject({ payment_provider: null });
  });
});
