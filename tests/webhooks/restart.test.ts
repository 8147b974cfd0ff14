import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { hasHmac, verifyToken } from '../support/webhook-verification.ts';

let folder: string;
let receiver: WebhookReceiver;
let app: TestEngine;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-restart-'));
  receiver = await WebhookReceiver.open();
  app = await createTestEngine({ folder });
});

afterEach(async () => {
  await app.close();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function listen(more: object = {}): Promise<void> {
  const types = ['customer.created', 'customer.updated'];
  await app.api.post('/webhook_endpoints', { webhook_endpoint: { webhook_url: receiver.url, event_types: types, ...more } });
}

async function customer(externalId: string, more: object = {}): Promise<void> {
  await app.api.post('/customers', { customer: { external_id: externalId, ...more } });
}

async function reopen(now = '2023-01-01T00:00:00Z'): Promise<void> {
  await app.close();
  app = await createTestEngine({ folder, now });
}

describe('after the program was closed', () => {
  test('what was announced before it ever sent anything goes out, in its order', async () => {
    await listen();
    await customer('a');
    await customer('a', { name: 'A' });
    await customer('b');
    await reopen();
    app.engine.start();
    await receiver.hasReceived(3);
    expect(
      receiver.received.map(({ message }) => [message.webhook_type, (message['customer'] as { readonly external_id: string }).external_id]),
    ).toEqual([
      ['customer.created', 'a'],
      ['customer.updated', 'a'],
      ['customer.created', 'b'],
    ]);
  });

  test('a message whose answer was never noted is sent again under the same unique key', async () => {
    await listen();
    app.engine.start();
    receiver.reactOnce({ kind: 'hang' });
    await customer('a');
    await receiver.hasReceived(1);
    await reopen();
    app.engine.start();
    await receiver.hasReceived(2);
    const keys = receiver.received.map(({ headers }) => headers['x-lago-unique-key']);
    expect(keys[0]).toBe(keys[1]);
    expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body);
  });

  test('a message that failed is tried again when its wait is over by the real clock, wherever the books stand', async () => {
    await listen();
    app.engine.start();
    await app.moveClock('2031-06-01T00:00:00Z');
    receiver.reactOnce({ kind: 'answer', status: 500 });
    await customer('a');
    await receiver.hasReceived(1);
    await app.timer.armed(3_000, 3_150);
    await reopen('2023-01-01T00:00:05Z');
    app.engine.start();
    await receiver.hasReceived(2);
    expect(new Set(receiver.received.map(({ headers }) => headers['x-lago-unique-key'])).size).toBe(1);
  });

  test('signatures are made with the same keys', async () => {
    await listen({ signature_algo: 'hmac' });
    const hmac = (await app.api.get<{ readonly webhook: { readonly hmac_key: string } }>('/webhooks/hmac_key')).body.webhook.hmac_key;
    const publicKey = (await app.api.get<{ readonly webhook: { readonly public_key: string } }>('/webhooks/json_public_key')).body.webhook
      .public_key;
    await reopen();
    app.engine.start();
    await customer('a');
    await receiver.hasReceived(1);
    expect(hasHmac(receiver.received[0]!, hmac)).toBe(true);
    const endpoints = await app.api.get<{ readonly webhook_endpoints: readonly { readonly lago_id: string }[] }>('/webhook_endpoints');
    const id = endpoints.body.webhook_endpoints[0]?.lago_id ?? '';
    await app.api.put(`/webhook_endpoints/${id}`, { webhook_endpoint: { signature_algo: 'jwt' } });
    await customer('b');
    await receiver.hasReceived(2);
    const claims = verifyToken(String(receiver.received[1]?.headers['x-lago-signature']), publicKey);
    expect(claims).toEqual({ data: receiver.received[1]?.body, iss: 'http://127.0.0.1:3000' });
  });

  test('what waited for an endpoint that was deleted is sent to nobody', async () => {
    await listen();
    await customer('a');
    const endpoints = await app.api.get<{ readonly webhook_endpoints: readonly { readonly lago_id: string }[] }>('/webhook_endpoints');
    await app.api.delete(`/webhook_endpoints/${endpoints.body.webhook_endpoints[0]?.lago_id ?? ''}`);
    await listen();
    await reopen();
    app.engine.start();
    await customer('b');
    await receiver.hasReceived(1);
    expect(receiver.received.map(({ message }) => (message['customer'] as { readonly external_id: string }).external_id)).toEqual(['b']);
  });
});

test('without the secret key the API goes on, and says what it cannot do', async () => {
  await app.api.get('/webhooks/hmac_key');
  rmSync(join(folder, 'secret.key'));
  await reopen();
  app.engine.start();
  await customer('a');
  expect((await app.api.get('/customers/a')).status).toBe(200);
  expect((await app.api.get('/webhooks/json_public_key')).status).toBe(200);
  const answer = await app.api.get('/webhooks/hmac_key');
  expect(answer.body).toEqual({ status: 503, error: 'Service Unavailable', code: 'secret_key_missing' });
});

test('a receiver that is not there delays no answer of the API', async () => {
  const hanging = await WebhookReceiver.open();
  hanging.usual = { kind: 'hang' };
  await app.api.post('/webhook_endpoints', { webhook_endpoint: { webhook_url: hanging.url } });
  app.engine.start();
  for (let n = 0; n < 20; n += 1) await customer(`c${String(n)}`);
  await hanging.hasReceived(1);
  const { body } = await app.api.get<{ readonly meta: { readonly total_count: number } }>('/customers');
  expect(body.meta.total_count).toBe(20);
  await app.close();
  await hanging.close();
  app = await createTestEngine({ folder });
});
