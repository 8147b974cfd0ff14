import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Logger } from '../../main/ports/logger.ts';
import { notFound } from '../../shared/result.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { happened, WebhookBench } from './webhook-bench.ts';

let bench: WebhookBench;
let built: string[];
let things: Map<string, Readonly<Record<string, unknown>>>;
let logged: string[];

const logger: Logger = { info: () => undefined, warn: () => undefined, error: (_facts, message) => logged.push(message) };

beforeEach(async () => {
  built = [];
  logged = [];
  things = new Map([['a', { id: 'a', name: 'first', updated_at: '1', part: { updated_at: '1', size: 1 } }]]);
  bench = await WebhookBench.open({
    logger,
    payloads: {
      part: (_context, { objectId }) => {
        built.push(objectId);
        return Promise.resolve(things.get(objectId) ?? null);
      },
    },
  });
});

afterEach(() => bench.close());

const CHANGED = { type: 'plan.updated', objectType: 'part', objectId: 'a' } as const;

function write(work: Parameters<typeof bench.context.database.unitOfWork.write>[1]): Promise<unknown> {
  return bench.context.database.unitOfWork.write('test', work);
}

async function payloads(): Promise<readonly string[]> {
  return (await bench.deliveries()).map(({ payload }) => payload);
}

describe('an announcement', () => {
  test('without any endpoint does nothing at all', async () => {
    await write(async (tx) => {
      expect(await bench.webhooks.view(tx, CHANGED)).toBeNull();
      await bench.webhooks.announce(tx, CHANGED);
    });
    expect([built, await payloads()]).toEqual([[], []]);
  });

  test('that no endpoint asks for does nothing at all', async () => {
    await bench.endpoint('http://127.0.0.1:9/', { eventTypes: ['plan.created'] });
    await bench.endpoint('http://127.0.0.1:8/', { eventTypes: [] });
    await bench.announce(CHANGED);
    expect([built, await payloads()]).toEqual([[], []]);
  });

  test('leaves one row for each endpoint, with keys of their own and one body', async () => {
    await bench.endpoint('http://127.0.0.1:9/');
    await bench.endpoint('http://127.0.0.1:8/');
    await bench.announce(CHANGED);
    const [one, other] = await bench.deliveries();
    expect([built, one?.payload === other?.payload, one?.id === other?.id]).toEqual([['a'], true, false]);
  });

  test('holds the object as it was then, whatever the transaction does to it later', async () => {
    await bench.endpoint('http://127.0.0.1:9/');
    await write(async (tx) => {
      await bench.webhooks.announce(tx, CHANGED);
      things.set('a', { id: 'a', name: 'second' });
      await bench.webhooks.announce(tx, CHANGED);
    });
    const names = (await payloads()).map((payload) => (JSON.parse(payload) as { readonly part: { readonly name: string } }).part.name);
    expect(names).toEqual(['first', 'second']);
  });

  test('is gone when its transaction fails, is refused, or takes a step back', async () => {
    await bench.endpoint('http://127.0.0.1:9/');
    const failing = write(async (tx) => {
      await bench.webhooks.announce(tx, CHANGED);
      throw new Error('full');
    });
    await expect(failing).rejects.toThrow('full');
    await write(async (tx) => {
      await bench.webhooks.announce(tx, CHANGED);
      return notFound('plan');
    });
    await write(async (tx) => {
      await tx.savepoint(async () => {
        await bench.webhooks.announce(tx, CHANGED);
        return notFound('plan');
      });
    });
    expect(await payloads()).toEqual([]);
  });

  test('of a failed transaction is sent to nobody', async () => {
    const receiver = await WebhookReceiver.open();
    await bench.endpoint(receiver.url);
    bench.webhooks.start();
    await write(async (tx) => {
      await bench.webhooks.announce(tx, happened('a', 1));
      return notFound('plan');
    });
    await bench.announce(happened('a', 2));
    await receiver.hasReceived(1);
    await bench.webhooks.idle();
    expect(receiver.received.map(({ message }) => message['thing'])).toEqual([{ id: 'a', n: 2 }]);
    await receiver.close();
  });

  test('of something that is not there is logged, and undoes nothing', async () => {
    await bench.endpoint('http://127.0.0.1:9/');
    await bench.announce({ ...CHANGED, objectId: 'gone' });
    expect([logged, await payloads()]).toEqual([['an announced object is not there'], []]);
  });
});

describe('an announcement of a change', () => {
  test.each([
    { name: 'nothing', after: { id: 'a', name: 'first', updated_at: '1', part: { updated_at: '1', size: 1 } }, messages: 0 },
    { name: 'only when it was saved', after: { id: 'a', name: 'first', updated_at: '2', part: { updated_at: '3', size: 1 } }, messages: 0 },
    { name: 'a value', after: { id: 'a', name: 'second', updated_at: '1', part: { updated_at: '1', size: 1 } }, messages: 1 },
    { name: 'a value within', after: { id: 'a', name: 'first', updated_at: '1', part: { updated_at: '1', size: 2 } }, messages: 1 },
  ])('in which $name differs leaves $messages messages', async ({ after, messages }) => {
    await bench.endpoint('http://127.0.0.1:9/');
    await write(async (tx) => {
      const before = await bench.webhooks.view(tx, CHANGED);
      things.set('a', after);
      await bench.webhooks.announce(tx, { ...CHANGED, before });
    });
    expect((await payloads()).length).toBe(messages);
  });
});
