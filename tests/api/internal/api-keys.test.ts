import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiKeyAnswer, NewApiKeyAnswer } from '../../../shared/internal/developers.ts';
import { internalClient } from '../../support/internal-client.ts';
import type { ApiClient } from '../../support/http-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
let screens: ApiClient;
beforeEach(async () => {
  books = await createTestEngine({ now: '2023-03-01T12:00:00Z' });
  screens = internalClient(books);
});
afterEach(() => books.close());

async function make(name: string | null = 'Backend'): Promise<NewApiKeyAnswer> {
  const { status, body } = await screens.post<NewApiKeyAnswer>('/api_keys', { api_key: { name } });
  expect(status).toBe(200);
  return body;
}

async function listed(): Promise<readonly ApiKeyAnswer[]> {
  return (await screens.get<{ readonly api_keys: readonly ApiKeyAnswer[] }>('/api_keys')).body.api_keys;
}

async function opens(key: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${key}` };
  return (await books.engine.fetch(new Request('http://127.0.0.1:3000/api/v1/organizations', { headers }))).status === 200;
}

describe('a key of the API', () => {
  test('is shown once, and opens the API', async () => {
    const { key, api_key: made } = await make();
    expect(made).toEqual({
      lago_id: expect.any(String) as string,
      name: 'Backend',
      prefix: 'mbk_',
      last4: key.slice(-4),
      status: 'active',
      created_at: '2023-03-01T12:00:00Z',
      last_used_at: null,
      expires_at: null,
    });
    expect(await opens(key)).toBe(true);
    expect(JSON.stringify(await listed())).not.toContain(key.slice(4, -4));
  });

  test('needs no name, and can be given another', async () => {
    const { api_key: made } = await make('  ');
    expect(made.name).toBeNull();
    const renamed = await screens.put<{ readonly api_key: ApiKeyAnswer }>(`/api_keys/${made.lago_id}`, { api_key: { name: 'Mobile' } });
    expect(renamed.body.api_key.name).toBe('Mobile');
    expect((await screens.put('/api_keys/nothing', { api_key: { name: 'x' } })).status).toBe(404);
  });

  test('that is rotated opens the API for the chosen time beside its successor, and not after', async () => {
    const old = await make();
    const { status, body: fresh } = await screens.post<NewApiKeyAnswer>(`/api_keys/${old.api_key.lago_id}/rotate`, {
      rotation: { overlap_seconds: 3600 },
    });
    expect([status, fresh.api_key.name, fresh.api_key.status]).toEqual([200, 'Backend', 'active']);
    expect(await Promise.all([old.key, fresh.key].map(opens))).toEqual([true, true]);
    expect((await listed()).map(({ status: now, expires_at: at }) => [now, at])).toEqual([
      ['active', null],
      ['expiring', '2023-03-01T13:00:00Z'],
    ]);
    books.systemClock.set('2023-03-01T13:00:00Z');
    expect(await Promise.all([old.key, fresh.key].map(opens))).toEqual([false, true]);
    expect((await listed()).map(({ status: now }) => now)).toEqual(['active', 'expired']);
  });

  test('is rotated with an overlap of up to 30 days', async () => {
    const { api_key: made } = await make();
    const rotate = (overlap: unknown) => screens.post(`/api_keys/${made.lago_id}/rotate`, { rotation: { overlap_seconds: overlap } });
    expect((await rotate(-1)).body).toMatchObject({ status: 422, error_details: { overlap_seconds: ['value_is_out_of_range'] } });
    expect((await rotate(2_592_001)).status).toBe(422);
    expect((await listed()).length).toBe(1);
  });

  test('that is revoked opens nothing, and is gone', async () => {
    const { key, api_key: made } = await make();
    expect((await screens.delete(`/api_keys/${made.lago_id}`)).status).toBe(200);
    expect(await opens(key)).toBe(false);
    expect(await listed()).toEqual([]);
    expect((await screens.delete(`/api_keys/${made.lago_id}`)).status).toBe(404);
  });

  test('tells when it was last used, to the minute', async () => {
    const { key } = await make();
    const lastUse = async () => {
      await books.engine.services.requestLog.flush();
      return (await listed())[0]?.last_used_at;
    };
    await opens(key);
    expect(await lastUse()).toBe('2023-03-01T12:00:00Z');
    books.systemClock.set('2023-03-01T12:00:59Z');
    await opens(key);
    expect(await lastUse()).toBe('2023-03-01T12:00:00Z');
    books.systemClock.set('2023-03-01T12:01:00Z');
    await opens(key);
    expect(await lastUse()).toBe('2023-03-01T12:01:00Z');
  });
});
