import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface One {
  readonly invoice: Readonly<Record<string, unknown>>;
}
interface Listed {
  readonly invoices: readonly { readonly lago_id: string }[];
}

let app: TestEngine;
let id: string;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
  await app.api.put('/organizations', { organization: { document_number_prefix: 'HOO-0001' } });
  const plan = { name: 'Starter', code: 'starter', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', pay_in_advance: true };
  await app.api.post('/plans', { plan });
  await app.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'starter', external_id: 'main' } });
  id = (await app.api.get<Listed>('/invoices')).body.invoices[0]?.lago_id ?? '';
});
afterEach(() => app.close());

describe('the document of an invoice', () => {
  const open = (url: string): Promise<Response> => app.engine.fetch(new Request(url));

  it('is made before the answer and opens without a key', async () => {
    const { status, body } = await app.api.post<One>(`/invoices/${id}/download`);
    expect(status).toBe(200);
    const url = String(body.invoice['file_url']);
    expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:3000/files/invoices/${id}/[A-Za-z0-9_-]{20,}\\.pdf$`));
    const file = await open(url);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''HOO-0001-001-001.pdf`);
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
    expect((await app.api.get<One>(`/invoices/${id}`)).body.invoice['file_url']).toBe(url);
    expect((await app.api.post<One>(`/invoices/${id}/download_pdf`)).body.invoice['file_url']).toBe(url);
  });

  it('does not open with another token, another id or another name', async () => {
    const { body } = await app.api.post<One>(`/invoices/${id}/download`);
    const url = String(body.invoice['file_url']);
    for (const other of [
      url.replace(/.\.pdf$/, '!.pdf'),
      url.replace(/[^/]+\.pdf$/, 'AAAA.pdf'),
      url.replace(id, '11111111-2222-4333-8444-555555555555'),
      url.replace('.pdf', '.png'),
      url.replace('/invoices/', '/credit_notes/'),
    ]) {
      expect((await open(other)).status).toBe(404);
    }
  });
});
