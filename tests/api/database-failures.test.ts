import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

describe('when the machine fails', () => {
  let books: TestEngine;
  beforeEach(async () => {
    books = await createTestEngine();
  });
  afterEach(() => books.close());

  const create = (externalId: string, name = 'x') => books.api.post('/customers', { customer: { external_id: externalId, name } });
  const count = async (): Promise<number> =>
    (await books.api.get<{ readonly meta: { readonly total_count: number } }>('/customers')).body.meta.total_count;

  it('another program that holds the database is waited for a second, then callers are asked to come again', async () => {
    const intruder = new Sqlite(join(books.folder, 'meterbook.sqlite'));
    intruder.exec('BEGIN IMMEDIATE');
    const startedAt = performance.now();
    const refused = await create('acme');
    const tookMs = performance.now() - startedAt;
    expect([refused.status, refused.body, refused.headers.get('retry-after')]).toEqual([
      503,
      { status: 503, error: 'Service Unavailable', code: 'database_busy' },
      '1',
    ]);
    expect(tookMs).toBeLessThan(4_000);
    expect(await count()).toBe(0);
    intruder.exec('ROLLBACK');
    intruder.close();
    expect((await create('acme')).status).toBe(200);
  });

  it('a full disk refuses what it cannot keep, and takes it again once there is room', async () => {
    const { unitOfWork } = books.engine.services.context.database;
    const capPages = (pages: number) =>
      unitOfWork.write('cap the file', (tx) => tx.statement(`PRAGMA max_page_count = ${String(pages)}`).get());
    await capPages(1);
    const refused = await books.api.post('/events/batch', {
      events: Array.from({ length: 100 }, (_, index) => ({
        transaction_id: `t${String(index)}`,
        external_subscription_id: 's',
        code: 'c',
        properties: { filler: 'x'.repeat(2_000) },
      })),
    });
    expect([refused.status, refused.body]).toEqual([503, { status: 503, error: 'Service Unavailable', code: 'storage_full' }]);
    const listed = await books.api.get<{ readonly meta: { readonly total_count: number } }>('/events');
    expect(listed.body.meta.total_count).toBe(0);
    await capPages(1_000_000);
    expect((await create('acme')).status).toBe(200);
    expect(await count()).toBe(1);
  });
});
