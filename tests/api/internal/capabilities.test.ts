import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CapabilitiesAnswer, DiagnosticsAnswer } from '../../../shared/internal/capabilities.ts';
import { VERSION } from '../../../shared/version.ts';
import { askInternal } from '../../support/internal-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
beforeEach(async () => {
  books = await createTestEngine({ now: '2023-03-01T00:00:00Z' });
});
afterEach(() => books.close());

test('a browser is told what its host can do', async () => {
  const { body } = await askInternal<CapabilitiesAnswer>(books, '/capabilities');
  expect(body).toEqual({
    version: VERSION,
    is_sandbox: true,
    test_clock: { now: '2023-03-01T00:00:00Z', is_set: false },
    base_url: 'http://127.0.0.1:3000',
    port: 3000,
    data_folder: books.folder,
    secret_store: 'key_file',
    is_sample_loaded: false,
    has_save_dialog: false,
    has_notifications: false,
    has_tray: false,
    can_reveal_folder: false,
    can_update: false,
  });
});

test('a clock that was moved says so', async () => {
  await books.moveClock('2023-04-01T12:00:00Z');
  const { body } = await askInternal<CapabilitiesAnswer>(books, '/capabilities');
  expect(body.test_clock).toEqual({ now: '2023-04-01T12:00:00Z', is_set: true });
});

test('diagnostics count, and tell nothing of the books', async () => {
  await books.api.post('/customers', { customer: { external_id: 'cust_secret', name: 'Hidden Company', email: 'pay@hidden.test' } });
  await books.api.put('/organizations', { organization: { name: 'Quiet Vendor' } });
  await books.api.post('/events', {
    event: { transaction_id: 'tx-hidden', external_subscription_id: 's', code: 'private_code', timestamp: 1 },
  });
  const { body } = await askInternal<DiagnosticsAnswer>(books, '/diagnostics');
  expect(body).toMatchObject({ version: VERSION, is_sandbox: true, rows: { customers: 1, events: 1, invoices: 0 } });
  expect(body.bytes['log_of_writes']).toBeGreaterThan(4096);
  expect(body.text).toContain('rows.customers: 1');
  const everything = JSON.stringify(body);
  for (const secret of ['cust_secret', 'Hidden', 'hidden', 'Quiet', 'private_code', books.key, books.folder])
    expect(everything).not.toContain(secret);
});
