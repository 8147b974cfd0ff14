import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SampleAnswer } from '../../shared/internal/sample.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-sample-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function call(books: TestEngine, method: 'GET' | 'POST'): Promise<SampleAnswer> {
  const request = new Request('http://127.0.0.1:3000/api/internal/sample', { method });
  return (await (await books.engine.fetch(request, { isSignedIn: true })).json()) as SampleAnswer;
}

vi.setConfig({ testTimeout: 60_000 });

test('a loading that is cut off is undone at the next start, and tells how far it is meanwhile', async () => {
  const first = await createTestEngine({ folder, now: '2024-06-20T12:00:00Z' });
  const windows = await first.engine.fetch(new Request('http://127.0.0.1:3000/api/internal/stream'), { isSignedIn: true });
  const reader = windows.body!.getReader();
  await reader.read();
  const loading = call(first, 'POST');
  let state = await call(first, 'GET');
  while ((state.progress?.done ?? 0) < 5) {
    await new Promise((resolve) => setImmediate(resolve));
    state = await call(first, 'GET');
  }
  expect(state).toMatchObject({ is_loaded: false, can_load: false, progress: { total: 91 } });
  first.timer.advance(250);
  const { value } = (await reader.read()) as { readonly value: Uint8Array };
  const told = new TextDecoder().decode(value);
  expect(told).toMatch(/"type":"jobs","jobs":\[\{"kind":"sample","done":\d+,"total":91\}\]/);
  await first.close();
  await loading.catch(() => null);

  const second = await createTestEngine({ folder, now: '2024-06-20T12:00:00Z' });
  expect(await call(second, 'GET')).toEqual({ is_loaded: false, can_load: true, progress: null });
  expect((await second.api.get<{ meta: { total_count: number } }>('/customers')).body.meta.total_count).toBe(0);
  const organization = await second.api.get<{ organization: { name: string } }>('/organizations');
  expect(organization.body.organization.name).toBe('My organization');
  await second.close();
});

test('live books take it, too, up to the computer’s own time, and nobody is told', async () => {
  const live = await createTestEngine({ isLive: true, now: '2024-06-20T12:00:00Z' });
  const endpoint = { webhook_url: 'https://example.com/hooks', signature_algo: 'hmac' };
  expect((await live.api.post('/webhook_endpoints', { webhook_endpoint: endpoint })).status).toBe(200);
  expect(await call(live, 'POST')).toEqual({ is_loaded: true, can_load: false, progress: null });
  const { body } = await live.api.get<{ invoices: readonly { issuing_date: string }[] }>('/invoices?per_page=1&statuses[]=finalized');
  expect(body.invoices[0]!.issuing_date).toBe('2024-06-19');
  const read = live.engine.services.context.database.read;
  expect(read.select('SELECT COUNT(*) AS "count" FROM "webhook_deliveries"').get()).toEqual({ count: 0 });
  await live.close();
});
