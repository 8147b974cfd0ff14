import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { retryWaitMs } from '../../main/webhooks/deliver.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { happened, WebhookBench } from './webhook-bench.ts';

let bench: WebhookBench;
let receiver: WebhookReceiver;

beforeEach(async () => {
  bench = await WebhookBench.open();
  receiver = await WebhookReceiver.open();
});

afterEach(async () => {
  await bench.close();
  await receiver.close();
});

function start(): Promise<void> {
  bench.webhooks.start();
  return bench.webhooks.idle();
}

/** What the receiver got, as `object:n`. */
function heard(from = receiver): readonly string[] {
  return from.received.map(({ message }) => {
    const { id, n } = message['thing'] as { readonly id: string; readonly n: number };
    return `${id}:${String(n)}`;
  });
}

async function states(): Promise<readonly unknown[]> {
  return (await bench.deliveries()).map(({ status, attempts, httpStatus, response }) => [status, attempts, httpStatus, response]);
}

describe('a message', () => {
  test('is sent with its fixed body and noted with the answer', async () => {
    const endpointId = await bench.endpoint(receiver.url);
    await bench.announce(happened('a'));
    await start();
    const [request] = receiver.received;
    expect(request?.body).toBe(
      '{"webhook_type":"thing.changed","object_type":"thing","organization_id":"018f0000-0000-7000-8000-000000000001","thing":{"id":"a","n":1}}',
    );
    const [delivery] = await bench.deliveries();
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-lago-signature-algorithm': 'hmac',
      'x-lago-unique-key': delivery?.id,
    });
    expect(delivery).toMatchObject({ endpointId, status: 'succeeded', attempts: 1, httpStatus: 200, response: 'thanks', nextTryAt: null });
    expect(delivery?.lastTriedAt?.toString()).toBe('2023-05-01T08:00:00Z');
  });

  test('goes out after the commit of its cause, without anybody waiting', async () => {
    await bench.endpoint(receiver.url);
    await start();
    await bench.announce(happened('a'));
    await receiver.hasReceived(1);
    expect(heard()).toEqual(['a:1']);
  });

  test('that is refused is tried again after 3 and 18 seconds under the same unique key, then it has failed', async () => {
    await bench.endpoint(receiver.url);
    receiver.usual = { kind: 'answer', status: 503, body: 'not now' };
    await bench.announce(happened('a'));
    await start();
    expect(await states()).toEqual([['retrying', 1, 503, 'not now']]);

    bench.timer.advance(2_999);
    await bench.webhooks.idle();
    expect(receiver.received.length).toBe(1);
    bench.timer.advance(151);
    await bench.webhooks.idle();
    expect(await states()).toEqual([['retrying', 2, 503, 'not now']]);

    bench.timer.advance(17_999);
    await bench.webhooks.idle();
    expect(receiver.received.length).toBe(2);
    bench.timer.advance(2_401);
    await bench.webhooks.idle();
    expect(await states()).toEqual([['failed', 3, 503, 'not now']]);

    bench.timer.advance(600_000);
    await bench.webhooks.idle();
    expect(
      new Set(
        receiver.received.map(({ headers, body }) => JSON.stringify([headers['x-lago-unique-key'], headers['x-lago-signature'], body])),
      ).size,
    ).toBe(1);
    expect(receiver.received.length).toBe(3);
  });

  test.each([
    {
      name: 'a redirect, which is not followed',
      reaction: { kind: 'answer', status: 307, headers: { location: '/elsewhere' } } as const,
      noted: [307, ''],
    },
    { name: 'a wrong request', reaction: { kind: 'answer', status: 400, body: 'what?' } as const, noted: [400, 'what?'] },
    { name: 'a closed connection', reaction: { kind: 'drop' } as const, noted: [null, 'ECONNRESET'] },
  ])('is tried again after $name', async ({ reaction, noted }) => {
    await bench.endpoint(receiver.url);
    receiver.reactOnce(reaction);
    await bench.announce(happened('a'));
    await start();
    expect(await states()).toEqual([['retrying', 1, ...noted]]);
    bench.timer.advance(3_150);
    await bench.webhooks.idle();
    expect(await states()).toEqual([['succeeded', 2, 200, 'thanks']]);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks', '/hooks']);
  });

  test('without an answer within 30 seconds is tried again', async () => {
    await bench.endpoint(receiver.url);
    receiver.reactOnce({ kind: 'hang' });
    await bench.announce(happened('a'));
    bench.webhooks.start();
    await receiver.hasReceived(1);
    bench.timer.advance(30_000);
    await bench.webhooks.idle();
    expect(await states()).toEqual([['retrying', 1, null, 'no answer within 30 s']]);
  });

  test('with an answer without end is received; 64 KiB of the answer are kept', async () => {
    await bench.endpoint(receiver.url);
    receiver.reactOnce({ kind: 'stream', status: 200 });
    await bench.announce(happened('a'));
    await start();
    expect(await states()).toEqual([['succeeded', 1, 200, 'x'.repeat(65_536)]]);
  });

  test('to an address that is not dialled fails like any other', async () => {
    await bench.endpoint('http://169.254.169.254/hooks');
    await bench.announce(happened('a'));
    await start();
    expect(await states()).toEqual([
      ['retrying', 1, null, 'link-local and metadata addresses and the port of this program are not dialled'],
    ]);
  });

  test('goes where its endpoint points now', async () => {
    const id = await bench.endpoint('http://127.0.0.1:9/nobody');
    await bench.announce(happened('a'));
    await bench.context.database.unitOfWork.write('move', (tx) => {
      tx.statement('UPDATE "webhook_endpoints" SET "webhook_url" = ? WHERE "id" = ?').run(`${receiver.url}/moved`, id);
    });
    await start();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks/moved']);
  });
});

describe('the order of messages', () => {
  test('is that of the announcements', async () => {
    await bench.endpoint(receiver.url);
    await bench.announce(happened('a', 1), happened('b', 1), happened('a', 2), happened('c', 1), happened('b', 2));
    await start();
    expect(heard()).toEqual(['a:1', 'b:1', 'a:2', 'c:1', 'b:2']);
  });

  test('of one object is kept while one of them waits to be tried again; other objects go on', async () => {
    await bench.endpoint(receiver.url);
    receiver.reactOnce({ kind: 'answer', status: 500 });
    await bench.announce(happened('a', 1), happened('b', 1), happened('a', 2), happened('b', 2));
    await start();
    expect(heard()).toEqual(['a:1', 'b:1', 'b:2']);
    bench.timer.advance(3_150);
    await bench.webhooks.idle();
    expect(heard()).toEqual(['a:1', 'b:1', 'b:2', 'a:1', 'a:2']);
  });

  test('of one object goes on after the last try of a message that failed', async () => {
    await bench.endpoint(receiver.url);
    receiver.reactOnce({ kind: 'answer', status: 500 }, { kind: 'answer', status: 500 }, { kind: 'answer', status: 500 });
    await bench.announce(happened('a', 1), happened('a', 2));
    await start();
    for (const waitMs of [3_150, 20_400]) {
      bench.timer.advance(waitMs);
      await bench.webhooks.idle();
    }
    expect(heard()).toEqual(['a:1', 'a:1', 'a:1', 'a:2']);
    expect((await states()).map((state) => (state as unknown[])[0])).toEqual(['failed', 'succeeded']);
  });

  test('lets other objects by while a receiver keeps one waiting', async () => {
    await bench.endpoint(receiver.url);
    receiver.reactOnce({ kind: 'hang' });
    await bench.announce(happened('a', 1), happened('a', 2), happened('b', 1));
    bench.webhooks.start();
    await receiver.hasReceived(1);
    bench.timer.advance(50);
    await receiver.hasReceived(2);
    expect(heard()).toEqual(['a:1', 'b:1']);
    bench.timer.advance(29_950);
    await bench.webhooks.idle();
    expect(heard()).toEqual(['a:1', 'b:1']);
    bench.timer.advance(3_150);
    await bench.webhooks.idle();
    expect(heard()).toEqual(['a:1', 'b:1', 'a:1', 'a:2']);
  });

  test('lets a message of a new object by that is announced while one hangs', async () => {
    await bench.endpoint(receiver.url);
    receiver.reactOnce({ kind: 'hang' });
    await bench.announce(happened('a', 1));
    bench.webhooks.start();
    await receiver.hasReceived(1);
    bench.timer.advance(50);
    await bench.announce(happened('b', 1));
    await receiver.hasReceived(2);
    expect(heard()).toEqual(['a:1', 'b:1']);
  });
});

describe('several endpoints', () => {
  test('never wait for one that hangs or fails', async () => {
    const hanging = await WebhookReceiver.open();
    hanging.usual = { kind: 'hang' };
    await bench.endpoint(hanging.url);
    await bench.endpoint('http://127.0.0.1:9/nobody');
    await bench.endpoint(receiver.url);
    await bench.announce(...Array.from({ length: 30 }, (_, index) => happened('a', index)));
    bench.webhooks.start();
    await receiver.hasReceived(30);
    await hanging.hasReceived(1);
    expect(heard()).toEqual(Array.from({ length: 30 }, (_, index) => `a:${String(index)}`));
    expect(heard(hanging)).toEqual(['a:0']);
    await bench.webhooks.stop();
    await hanging.close();
  });

  test('are told what they ask for', async () => {
    const all = await WebhookReceiver.open();
    await bench.endpoint(receiver.url, { eventTypes: ['invoice.created'] });
    await bench.endpoint(all.url, { eventTypes: ['*'] });
    await bench.announce(happened('a', 1, 'invoice.created'), happened('a', 2, 'customer.created'));
    await start();
    expect(receiver.types).toEqual(['invoice.created']);
    expect(all.types).toEqual(['invoice.created', 'customer.created']);
    await all.close();
  });

  test('that are muted keep their messages and are sent none', async () => {
    await bench.endpoint(receiver.url, { isMuted: true });
    await bench.announce(happened('a'));
    await start();
    expect(receiver.received).toEqual([]);
    expect(await states()).toEqual([['succeeded', 0, null, null]]);
  });

  test('that are deleted while one of them is under way are forgotten', async () => {
    const id = await bench.endpoint(receiver.url);
    receiver.reactOnce({ kind: 'hang' });
    await bench.announce(happened('a'));
    bench.webhooks.start();
    await receiver.hasReceived(1);
    await bench.context.database.unitOfWork.write('delete', (tx) => {
      tx.statement('DELETE FROM "webhook_deliveries"').run();
      tx.statement('DELETE FROM "webhook_endpoints" WHERE "id" = ?').run(id);
    });
    await bench.announce(happened('b'));
    bench.timer.advance(30_000);
    await bench.webhooks.idle();
    expect(await states()).toEqual([]);
    expect(receiver.received.length).toBe(1);
  });
});

test('what was given up at the stop is sent at the next start, under the same unique key', async () => {
  await bench.endpoint(receiver.url);
  receiver.reactOnce({ kind: 'hang' });
  await bench.announce(happened('a', 1), happened('a', 2));
  bench.webhooks.start();
  await receiver.hasReceived(1);
  await bench.webhooks.stop();
  expect(await states()).toEqual([
    ['pending', 0, null, null],
    ['pending', 0, null, null],
  ]);
  await start();
  expect(heard()).toEqual(['a:1', 'a:1', 'a:2']);
  expect(receiver.received[0]?.headers['x-lago-unique-key']).toBe(receiver.received[1]?.headers['x-lago-unique-key']);
});

test('a try that is due while nothing runs is made at the next start', async () => {
  await bench.endpoint(receiver.url);
  receiver.reactOnce({ kind: 'answer', status: 500 });
  await bench.announce(happened('a'));
  await start();
  await bench.webhooks.stop();
  bench.clock.advance({ hours: 9 });
  await start();
  expect(await states()).toEqual([['succeeded', 2, 200, 'thanks']]);
});

test('messages are thrown away 90 days after they were written, once they are settled', async () => {
  const endpointId = await bench.endpoint(receiver.url, { isMuted: true });
  for (const [id, status] of [
    ['old-sent', 'succeeded'],
    ['old-failed', 'failed'],
  ] as const) {
    await bench.insertDelivery({ id, endpointId, status });
  }
  bench.clock.advance({ hours: 1 });
  await bench.insertDelivery({ id: 'young', endpointId, status: 'succeeded' });
  bench.clock.advance({ hours: 90 * 24 - 1 });
  bench.clock.advance({ milliseconds: 1 });
  bench.webhooks.start();
  await bench.webhooks.stop();
  expect((await bench.deliveries()).map(({ id }) => id)).toEqual(['young']);
});

describe('the wait before the next try', () => {
  test.each([
    { failed: 1, draw: 0x00, waitMs: 3_000 },
    { failed: 1, draw: 0xff, waitMs: 3_149 },
    { failed: 2, draw: 0x00, waitMs: 18_000 },
    { failed: 2, draw: 0x80, waitMs: 19_204 },
    { failed: 2, draw: 0xff, waitMs: 20_399 },
  ])('is $waitMs ms after $failed failures', ({ failed, draw, waitMs }) => {
    const random = { uuid: () => '', bytes: (length: number) => new Uint8Array(length).fill(draw) };
    expect(retryWaitMs(failed, random)).toBe(waitMs);
  });
});
