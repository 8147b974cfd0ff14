import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryAnswer, DeliveryRow } from '../../../shared/internal/developers.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { ApiClient } from '../../support/http-client.ts';
import { internalClient } from '../../support/internal-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';
import { WebhookReceiver } from '../../support/webhook-receiver.ts';
import { hasHmac } from '../../support/webhook-verification.ts';

let books: TestEngine;
let screens: ApiClient;
let receiver: WebhookReceiver;
beforeEach(async () => {
  [books, receiver] = await Promise.all([createTestEngine({ now: '2023-03-01T12:00:00Z' }), WebhookReceiver.open()]);
  screens = internalClient(books);
  books.engine.start();
});
afterEach(async () => {
  await books.close();
  await receiver.close();
});

async function listen(types: readonly string[] | null = null): Promise<string> {
  const endpoint = { webhook_url: receiver.url, signature_algo: 'hmac', event_types: types };
  const { body } = await books.api.post<{ readonly webhook_endpoint: { readonly lago_id: string } }>('/webhook_endpoints', {
    webhook_endpoint: endpoint,
  });
  return body.webhook_endpoint.lago_id;
}

async function rows(query = ''): Promise<readonly DeliveryRow[]> {
  return (await screens.get<ListAnswer<DeliveryRow>>(`/lists/webhook_deliveries?direction=desc${query}`)).body.rows;
}

const idle = (): Promise<void> => books.engine.services.webhooks.idle();

async function send(path: string): Promise<DeliveryAnswer> {
  const { status, body } = await screens.post<{ readonly webhook_delivery: DeliveryAnswer }>(path);
  expect(status).toBe(200);
  return body.webhook_delivery;
}

async function customer(externalId: string): Promise<void> {
  expect((await books.api.post('/customers', { customer: { external_id: externalId } })).status).toBe(200);
}

describe('the list of deliveries', () => {
  test('says what each endpoint was sent and how it answered', async () => {
    const endpointId = await listen();
    await customer('a');
    await receiver.hasReceived(1);
    await idle();
    const [row] = await rows();
    expect(row).toEqual({
      id: expect.any(String) as string,
      endpoint_id: endpointId,
      endpoint_url: receiver.url,
      webhook_type: 'customer.created',
      object_type: 'customer',
      object_id: expect.any(String) as string,
      status: 'succeeded',
      attempts: 1,
      http_status: 200,
      duration_ms: 0,
      created_at: '2023-03-01T12:00:00.000Z',
      last_tried_at: '2023-03-01T12:00:00.000Z',
      next_try_at: null,
    });
    const { body } = await screens.get<{ readonly webhook_delivery: DeliveryAnswer }>(`/webhook_deliveries/${row!.id}`);
    expect(body.webhook_delivery).toMatchObject({ response: 'thanks', signature_algo: 'hmac' });
    expect(body.webhook_delivery.payload).toBe(receiver.received[0]!.body);
    expect((await screens.get('/webhook_deliveries/none')).status).toBe(404);
  });

  test('is filtered by endpoint, type, status and object', async () => {
    const endpointId = await listen();
    receiver.reactOnce({ kind: 'answer', status: 500, body: 'broken' });
    await customer('a');
    await receiver.hasReceived(1);
    await idle();
    await books.api.post('/plans', {
      plan: { name: 'P', code: 'p', interval: 'monthly', amount_cents: 1, amount_currency: 'USD', pay_in_advance: false },
    });
    await receiver.hasReceived(2);
    await idle();
    expect((await rows()).map(({ webhook_type: type, status }) => `${type} ${status}`)).toEqual([
      'plan.created succeeded',
      'customer.created retrying',
    ]);
    const [plan, retrying] = await rows();
    expect([retrying!.http_status, retrying!.next_try_at === null]).toEqual([500, false]);
    expect((await rows('&status=retrying')).length).toBe(1);
    expect((await rows('&status=failed')).length).toBe(0);
    expect((await rows('&webhook_type=plan.created')).length).toBe(1);
    expect((await rows('&search=plan.')).length).toBe(1);
    expect((await rows(`&object_id=${plan!.object_id}`)).length).toBe(1);
    expect((await rows(`&endpoint_id=${endpointId}`)).length).toBe(2);
    expect((await rows('&endpoint_id=none')).length).toBe(0);
  });
});

test('a message is sent again under the same unique key', async () => {
  await listen();
  await customer('a');
  await receiver.hasReceived(1);
  await idle();
  const [row] = await rows();
  expect((await send(`/webhook_deliveries/${row!.id}/resend`)).status).toBe('pending');
  const [first, second] = await receiver.hasReceived(2);
  expect(second!.headers['x-lago-unique-key']).toBe(first!.headers['x-lago-unique-key']);
  expect((await screens.post('/webhook_deliveries/none/resend')).status).toBe(404);
});

test('an endpoint is sent a test message, whatever it listens to', async () => {
  const endpointId = await listen(['plan.created']);
  const delivery = await send(`/webhook_endpoints/${endpointId}/test`);
  expect([delivery.webhook_type, delivery.object_type]).toEqual(['webhook_endpoint.test', 'webhook_endpoint']);
  const [received] = await receiver.hasReceived(1);
  expect(received!.message).toMatchObject({
    webhook_type: 'webhook_endpoint.test',
    webhook_endpoint: { lago_id: endpointId, webhook_url: receiver.url },
  });
  expect(received!.headers['x-lago-unique-key']).toBe(delivery.id);
  expect((await screens.post('/webhook_endpoints/none/test')).status).toBe(404);
});

test('new signing keys sign what is sent from then on', async () => {
  const endpointId = await listen();
  const key = async (): Promise<string> =>
    (await books.api.get<{ readonly webhook: { readonly hmac_key: string } }>('/webhooks/hmac_key')).body.webhook.hmac_key;
  const before = await key();
  const renewed = await screens.post<{ readonly webhook_keys: { readonly renewed_at: string } }>('/webhook_keys/renew');
  expect([renewed.status, renewed.body.webhook_keys.renewed_at]).toEqual([200, '2023-03-01T12:00:00Z']);
  expect(await key()).not.toBe(before);
  await send(`/webhook_endpoints/${endpointId}/test`);
  const [received] = await receiver.hasReceived(1);
  expect([hasHmac(received!, await key()), hasHmac(received!, before)]).toEqual([true, false]);
});
