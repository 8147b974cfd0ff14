import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { muteCopiedEndpoints, updateEndpoint } from '../../main/webhooks/index.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { happened, WebhookBench } from './webhook-bench.ts';

let bench: WebhookBench;
let receiver: WebhookReceiver;
let endpointId: string;

beforeEach(async () => {
  bench = await WebhookBench.open();
  receiver = await WebhookReceiver.open();
  endpointId = await bench.endpoint(receiver.url);
});

afterEach(async () => {
  await bench.close();
  await receiver.close();
});

async function start(): Promise<void> {
  bench.webhooks.start();
  await bench.webhooks.idle();
}

async function states(): Promise<readonly unknown[]> {
  return (await bench.deliveries()).map(({ status, attempts }) => [status, attempts]);
}

describe('the endpoints of copied books', () => {
  beforeEach(async () => {
    await bench.announce(happened('a', 1));
    await bench.context.database.unitOfWork.write('copy', (tx) => muteCopiedEndpoints(bench.context, tx));
    await bench.announce(happened('a', 2));
  });

  test('are sent neither what the original still owed them nor what happens in the copy, which is kept', async () => {
    await start();
    expect(receiver.received).toEqual([]);
    const payloads = (await bench.deliveries()).map(({ payload }) => (JSON.parse(payload) as { readonly thing: unknown }).thing);
    expect([payloads, await states()]).toEqual([[{ id: 'a', n: 2 }], [['succeeded', 0]]]);
  });

  test('stay muted when they are only renamed, and speak once they are given a URL of their own', async () => {
    await updateEndpoint(bench.context, endpointId, { input: { name: 'copy' } });
    await bench.announce(happened('a', 3));
    await updateEndpoint(bench.context, endpointId, { input: { webhookUrl: `${receiver.url}/sandbox` } });
    await bench.announce(happened('a', 4));
    await start();
    expect(receiver.received.map(({ path, message }) => [path, message['thing']])).toEqual([['/hooks/sandbox', { id: 'a', n: 4 }]]);
  });

  test('cannot be sent one of their messages again', async () => {
    const [kept] = await bench.deliveries();
    expect(await bench.webhooks.resend(kept?.id ?? '')).toMatchObject({ ok: false, error: { kind: 'not_allowed' } });
  });
});

describe('sending again', () => {
  test('sends the same body under the same key, with three attempts of its own', async () => {
    receiver.usual = { kind: 'answer', status: 500 };
    await bench.announce(happened('a', 1));
    await start();
    for (const waitMs of [3_150, 20_400]) {
      bench.timer.advance(waitMs);
      await bench.webhooks.idle();
    }
    const [failed] = await bench.deliveries();
    expect(await states()).toEqual([['failed', 3]]);
    expect(await bench.webhooks.resend(failed?.id ?? '')).toMatchObject({ ok: true, value: { status: 'pending' } });
    await receiver.hasReceived(4);
    await bench.webhooks.idle();
    expect(await states()).toEqual([['retrying', 1]]);
    receiver.usual = { kind: 'answer', status: 204 };
    bench.timer.advance(3_150);
    await bench.webhooks.idle();
    expect(await states()).toEqual([['succeeded', 2]]);
    expect(new Set(receiver.received.map(({ headers, body }) => `${String(headers['x-lago-unique-key'])} ${body}`)).size).toBe(1);
  });

  test('also repeats what was received', async () => {
    await bench.announce(happened('a', 1));
    await start();
    const [sent] = await bench.deliveries();
    await bench.webhooks.resend(sent?.id ?? '');
    await receiver.hasReceived(2);
    expect(receiver.received.map(({ headers }) => headers['x-lago-unique-key'])).toEqual([sent?.id, sent?.id]);
  });

  test('finds no message that is not there', async () => {
    expect(await bench.webhooks.resend('nope')).toMatchObject({ ok: false, error: { kind: 'not_found', resource: 'webhook' } });
  });
});
