import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_LIVE_STREAMS } from '../../../main/api/internal/live-hub.ts';
import type { LiveMessage } from '../../../shared/internal/stream.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
beforeEach(async () => {
  books = await createTestEngine();
});
afterEach(() => books.close());

interface Listening {
  next(): Promise<string | null>;
  end(): Promise<void>;
}

async function listen(): Promise<Listening> {
  const answer = await books.engine.fetch(new Request('http://127.0.0.1:3000/api/internal/stream'), { isSignedIn: true });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  const reader = answer.body!.getReader();
  const next = async () => {
    const { value } = (await reader.read()) as { readonly value: Uint8Array | undefined };
    return value === undefined ? null : new TextDecoder().decode(value);
  };
  expect(await next()).toBe('retry: 1000\n\n');
  return { next, end: () => reader.cancel() };
}

test('changes of a quarter of a second come in one message', async () => {
  const window = await listen();
  const one = await books.api.post<{ readonly tax: { readonly lago_id: string } }>('/taxes', { tax: { name: 'A', code: 'a', rate: '1' } });
  const two = await books.api.post<{ readonly tax: { readonly lago_id: string } }>('/taxes', { tax: { name: 'B', code: 'b', rate: '2' } });
  books.timer.advance(250);
  const told = JSON.parse((await window.next())!.replace('data: ', '')) as LiveMessage & { readonly type: 'invalidate' };
  // The notes of who changed what are told, too.
  expect({ ...told, changes: told.changes.filter(({ entity }) => entity !== 'activity') }).toEqual({
    type: 'invalidate',
    changes: [one, two].map(({ body }) => ({ entity: 'tax', id: body.tax.lago_id })),
  });
});

test('a silent stream shows every 15 seconds that it is alive', async () => {
  const window = await listen();
  books.timer.advance(15_000);
  expect(await window.next()).toBe(': here\n\n');
});

test('streams end with the engine, and there are not more than twenty', async () => {
  const windows = await Promise.all(Array.from({ length: MAX_LIVE_STREAMS }, listen));
  const refused = await books.engine.fetch(new Request('http://127.0.0.1:3000/api/internal/stream'), { isSignedIn: true });
  expect(refused.status).toBe(405);
  await windows[0]!.end();
  const last = await listen();
  books.engine.closeStreams();
  expect(await last.next()).toBeNull();
});
