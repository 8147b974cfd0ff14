import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiKeyRing, createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '../../main/organization/index.ts';
import type { ServiceContext } from '../../main/service-context.ts';
import { Temporal } from '../../shared/dates.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

describe('keys of the API', () => {
  let books: TestEngine;
  let context: ServiceContext;
  let ring: ApiKeyRing;
  beforeEach(async () => {
    books = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
    context = books.engine.services.context;
    ring = new ApiKeyRing(context, books.systemClock);
  });
  afterEach(() => books.close());
  const isKnown = (key: string): boolean => ring.find(key) !== null;

  it('are 256 random bits behind a prefix that scanners know', async () => {
    const { key, apiKey } = await createApiKey(context, { name: 'backend' });
    expect(key).toMatch(/^mbk_[\w-]{43}$/);
    expect(apiKey.last4).toBe(key.slice(-4));
    expect(isKnown(key)).toBe(true);
    expect(isKnown(`${key}x`)).toBe(false);
    expect(isKnown(apiKey.keyHash)).toBe(false);
    expect(isKnown('')).toBe(false);
  });

  it('open the API until they are revoked', async () => {
    const { key, apiKey } = await createApiKey(context, { name: null });
    const call = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${key}` };
      return (await books.engine.fetch(new Request('http://127.0.0.1:3000/api/v1/test_clock', { headers }))).status;
    };
    expect(await call()).toBe(200);
    expect(await revokeApiKey(context, apiKey.id)).toMatchObject({ ok: true });
    expect(await call()).toBe(401);
    expect(await listApiKeys(context)).toEqual([]);
    expect(await revokeApiKey(context, apiKey.id)).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  });

  it('expire by the computer, not by the clock of a sandbox', async () => {
    const expiresAt = Temporal.Instant.from('2023-01-01T01:00:00Z');
    const { key } = await createApiKey(context, { name: null, expiresAt });
    await books.moveClock('2030-01-01T00:00:00Z');
    expect(isKnown(key)).toBe(true);
    books.systemClock.set('2023-01-01T00:59:59Z');
    expect(isKnown(key)).toBe(true);
    books.systemClock.set('2023-01-01T01:00:00Z');
    expect(isKnown(key)).toBe(false);
  });

  it('are replaced while the old one stays good for the chosen time', async () => {
    const old = await createApiKey(context, { name: 'backend' });
    const rotated = await rotateApiKey(context, old.apiKey.id, Temporal.Instant.from('2023-01-02T00:00:00Z'));
    if (!rotated.ok) throw new Error('the key was not rotated');
    expect([isKnown(old.key), isKnown(rotated.value.key)]).toEqual([true, true]);
    expect(rotated.value.apiKey.name).toBe('backend');
    books.systemClock.set('2023-01-02T00:00:00Z');
    expect([isKnown(old.key), isKnown(rotated.value.key)]).toEqual([false, true]);
  });

  it('of one run die with it and are stored nowhere', async () => {
    const key = ring.mintForThisRun();
    expect(isKnown(key)).toBe(true);
    expect(new ApiKeyRing(context, books.systemClock).find(key) !== null).toBe(false);
    expect(await listApiKeys(context)).toEqual([]);
  });

  it('stand nowhere in the workspace as they are', async () => {
    const { key } = await createApiKey(context, { name: null });
    const files = readdirSync(books.folder, { recursive: true, encoding: 'utf8' }).map((name) => join(books.folder, name));
    const holding = files.filter((file) => statSync(file).isFile() && readFileSync(file).includes(key));
    expect(files.length).toBeGreaterThan(3);
    expect(holding).toEqual([]);
  });
});
