import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serve, type Served } from '../support/headless-host.ts';
import { apiClient, type ApiClient } from '../support/http-client.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { hasHmac, verifyToken } from '../support/webhook-verification.ts';

let folder: string;
let receiver: WebhookReceiver;
let served: Served | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-served-webhooks-'));
  receiver = await WebhookReceiver.open();
  served = null;
});

afterEach(async () => {
  served?.child.kill('SIGKILL');
  await served?.ended;
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<ApiClient> {
  const running = await serve(['--sandbox', '--data-dir', folder]);
  served = running;
  const send = (request: Request): Promise<Response> =>
    fetch(new Request(request.url.replace('http://127.0.0.1:3000', running.url), request));
  return apiClient(send, running.apiKey);
}

async function listen(api: ApiClient, webhookUrl: string, more: object = {}): Promise<void> {
  const endpoint = { webhook_url: webhookUrl, event_types: ['customer.created'], ...more };
  expect((await api.post('/webhook_endpoints', { webhook_endpoint: endpoint })).status).toBe(200);
}

describe('a served workspace', () => {
  test('sends its webhooks under its own address, and to no address of its own', async () => {
    const api = await start();
    await listen(api, receiver.url);
    await listen(api, `${served?.url ?? ''}/hooks`);
    await listen(api, `http://localhost:${new URL(served?.url ?? '').port}/hooks`);
    for (const externalId of ['acme', 'globex', 'initech']) await api.post('/customers', { customer: { external_id: externalId } });
    const [request] = await receiver.hasReceived(3);
    const { body } = await api.get<{ readonly webhook: { readonly public_key: string } }>('/webhooks/json_public_key');
    const claims = verifyToken(String(request?.headers['x-lago-signature']), body.webhook.public_key);
    expect(claims).toEqual({ data: request?.body, iss: served?.url });
    served?.child.kill('SIGTERM');
    await served?.ended;
    const database = new Sqlite(join(folder, 'meterbook.sqlite'), { readonly: true });
    const tried = database
      .prepare('SELECT "status", "http_status" AS "httpStatus", "response" FROM "webhook_deliveries" ORDER BY "sequence" LIMIT 3')
      .all();
    database.close();
    const refusal = 'link-local and metadata addresses and the port of this program are not dialled';
    expect(tried).toEqual([
      { status: 'succeeded', httpStatus: 200, response: 'thanks' },
      { status: 'retrying', httpStatus: null, response: refusal },
      { status: 'retrying', httpStatus: null, response: refusal },
    ]);
  }, 20_000);

  test('keeps its keys unreadable, and none of them in its log', async () => {
    const api = await start();
    await listen(api, receiver.url, { signature_algo: 'hmac' });
    await api.post('/customers', { customer: { external_id: 'acme' } });
    const [request] = await receiver.hasReceived(1);
    const { body } = await api.get<{ readonly webhook: { readonly hmac_key: string } }>('/webhooks/hmac_key');
    expect(hasHmac(request!, body.webhook.hmac_key)).toBe(true);
    served?.child.kill('SIGTERM');
    await served?.ended;
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const holding = files.filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(body.webhook.hmac_key));
    expect(holding.map((entry) => entry.name)).toEqual([]);
  }, 20_000);

  test('sends a message again, under its key, when it was killed before it learned of the answer', async () => {
    const api = await start();
    await listen(api, receiver.url);
    receiver.reactOnce({ kind: 'hang' });
    await api.post('/customers', { customer: { external_id: 'acme' } });
    await receiver.hasReceived(1);
    served?.child.kill('SIGKILL');
    await served?.ended;
    await start();
    const [first, second] = await receiver.hasReceived(2);
    expect(second?.headers['x-lago-unique-key']).toBe(first?.headers['x-lago-unique-key']);
    expect(second?.body).toBe(first?.body);
  }, 20_000);
});
