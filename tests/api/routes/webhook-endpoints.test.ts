import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;
const URL_OF = (n: number): string => `https://hooks.example/${String(n)}`;

interface Endpoint {
  readonly lago_id: string;
  readonly webhook_url: string;
}

let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-03-12T09:30:15.250Z' });
});
afterEach(() => app.close());

function create(endpoint: object): ReturnType<typeof app.api.post<{ readonly webhook_endpoint: Endpoint }>> {
  return app.api.post('/webhook_endpoints', { webhook_endpoint: endpoint });
}

async function created(endpoint: object): Promise<Endpoint> {
  const { status, body } = await create(endpoint);
  expect(status).toBe(200);
  return body.webhook_endpoint;
}

const refused = (details: object): object => ({
  status: 422,
  error: 'Unprocessable Entity',
  code: 'validation_errors',
  error_details: details,
});

describe('a webhook endpoint', () => {
  test('is made with its defaults', async () => {
    expect(await created({ webhook_url: URL_OF(1) })).toEqual({
      lago_id: ID,
      lago_organization_id: ID,
      webhook_url: 'https://hooks.example/1',
      signature_algo: 'jwt',
      name: null,
      event_types: null,
      created_at: '2023-03-12T09:30:15Z',
    });
  });

  test('is made as asked, read, changed by the keys that are sent, and deleted', async () => {
    const types = ['invoice.created', 'alert.triggered'];
    const made = await created({ webhook_url: 'http://127.0.0.1:4242/a?b=c', signature_algo: 'hmac', name: 'Mine', event_types: types });
    expect(made).toMatchObject({ webhook_url: 'http://127.0.0.1:4242/a?b=c', signature_algo: 'hmac', name: 'Mine', event_types: types });
    const path = `/webhook_endpoints/${made.lago_id}`;
    expect((await app.api.get(path)).body).toEqual({ webhook_endpoint: made });

    const renamed = await app.api.put(path, { webhook_endpoint: { name: null, event_types: null } });
    expect(renamed.body).toEqual({ webhook_endpoint: { ...made, name: null, event_types: null } });
    const moved = await app.api.put(path, { webhook_endpoint: { webhook_url: URL_OF(7), signature_algo: 'jwt', event_types: ['*'] } });
    const now = { ...made, name: null, webhook_url: URL_OF(7), signature_algo: 'jwt', event_types: ['*'] };
    expect(moved.body).toEqual({ webhook_endpoint: now });

    expect((await app.api.delete(path)).body).toEqual({ webhook_endpoint: now });
    expect((await app.api.get(path)).body).toEqual({ status: 404, error: 'Not Found', code: 'webhook_endpoint_not_found' });
  });

  test('may be saved under its own URL again', async () => {
    const { lago_id: id } = await created({ webhook_url: URL_OF(1) });
    expect((await app.api.put(`/webhook_endpoints/${id}`, { webhook_endpoint: { webhook_url: URL_OF(1) } })).status).toBe(200);
  });

  test.each([
    { name: 'without a URL', input: { name: 'x' }, details: { webhook_url: ['value_is_mandatory'] } },
    { name: 'with null for a URL', input: { webhook_url: null }, details: { webhook_url: ['value_is_mandatory'] } },
    { name: 'with a blank URL', input: { webhook_url: ' ' }, details: { webhook_url: ['value_is_mandatory'] } },
    { name: 'with no URL but text', input: { webhook_url: 'hooks' }, details: { webhook_url: ['url_is_invalid'] } },
    { name: 'with another scheme', input: { webhook_url: 'ftp://hooks.example/' }, details: { webhook_url: ['url_is_invalid'] } },
    { name: 'with a number for a URL', input: { webhook_url: 7 }, details: { webhook_url: ['url_is_invalid'] } },
    { name: 'with a taken URL', input: { webhook_url: URL_OF(0) }, details: { webhook_url: ['value_already_exist'] } },
    {
      name: 'with an unknown algorithm',
      input: { webhook_url: URL_OF(2), signature_algo: 'md5' },
      details: { signature_algo: ['value_is_invalid'] },
    },
    {
      name: 'with types that are no list',
      input: { webhook_url: URL_OF(2), event_types: 'invoice.created' },
      details: { event_types: ['must_be_array'] },
    },
    {
      name: 'with an unknown type',
      input: { webhook_url: URL_OF(2), event_types: ['invoice.created', 'invoice.eaten'] },
      details: { event_types: ['invalid_types'] },
    },
    {
      name: 'with a type that is no text',
      input: { webhook_url: URL_OF(2), event_types: [7] },
      details: { event_types: ['invalid_types'] },
    },
    {
      name: 'with everything wrong at once',
      input: { webhook_url: 'x', signature_algo: 'x', event_types: {} },
      details: { webhook_url: ['url_is_invalid'], signature_algo: ['value_is_invalid'], event_types: ['must_be_array'] },
    },
  ])('$name is refused, made or changed', async ({ input, details }) => {
    await created({ webhook_url: URL_OF(0) });
    const made = await create(input);
    expect([made.status, made.body]).toEqual([422, refused(details)]);
    const { lago_id: id } = await created({ webhook_url: URL_OF(1) });
    const changed = await app.api.put(`/webhook_endpoints/${id}`, { webhook_endpoint: input });
    // A change may leave the URL out.
    if (input.webhook_url !== undefined) expect([changed.status, changed.body]).toEqual([422, refused(details)]);
    expect((await app.api.get<{ readonly webhook_endpoint: Endpoint }>(`/webhook_endpoints/${id}`)).body.webhook_endpoint.webhook_url).toBe(
      URL_OF(1),
    );
  });

  test('is one of at most ten', async () => {
    for (let n = 1; n <= 10; n += 1) await created({ webhook_url: URL_OF(n) });
    expect((await create({ webhook_url: URL_OF(11) })).body).toEqual(refused({ base: ['exceeded_limit'] }));
    expect((await create({ webhook_url: 'x' })).body).toEqual(refused({ base: ['exceeded_limit'], webhook_url: ['url_is_invalid'] }));
  });

  test('is listed newest first, by pages', async () => {
    expect((await app.api.get('/webhook_endpoints')).body).toEqual({
      webhook_endpoints: [],
      meta: { current_page: 0, next_page: null, prev_page: null, total_pages: 0, total_count: 0 },
    });
    for (let n = 1; n <= 3; n += 1) await created({ webhook_url: URL_OF(n) });
    const { body } = await app.api.get<{ readonly webhook_endpoints: readonly Endpoint[]; readonly meta: object }>(
      '/webhook_endpoints?page=1&per_page=2',
    );
    expect(body.webhook_endpoints.map((endpoint) => endpoint.webhook_url)).toEqual([URL_OF(3), URL_OF(2)]);
    expect(body.meta).toEqual({ current_page: 1, next_page: 2, prev_page: null, total_pages: 2, total_count: 3 });
  });

  test.each(['nope', '0198a000-0000-7000-8000-000000000001'])('%s is not found', async (id) => {
    const missing = { status: 404, error: 'Not Found', code: 'webhook_endpoint_not_found' };
    const path = `/webhook_endpoints/${id}`;
    const answers = [await app.api.get(path), await app.api.put(path, { webhook_endpoint: { name: 'x' } }), await app.api.delete(path)];
    expect(answers.map(({ body }) => body)).toEqual([missing, missing, missing]);
  });

  test('without its wrapper is a wrong request', async () => {
    expect((await app.api.post('/webhook_endpoints', { webhook_url: URL_OF(1) })).status).toBe(400);
  });
});

describe("the organization's webhook_url", () => {
  interface Organization {
    readonly organization: { readonly webhook_url: string; readonly webhook_urls: readonly string[] };
  }

  async function setUrl(webhookUrl: string | null): Promise<readonly [string, readonly string[]]> {
    const { body } = await app.api.put<Organization>('/organizations', { organization: { webhook_url: webhookUrl } });
    return [body.organization.webhook_url, body.organization.webhook_urls];
  }

  test('makes the first endpoint, moves it and deletes it', async () => {
    expect(await setUrl(URL_OF(1))).toEqual([URL_OF(1), [URL_OF(1)]]);
    const [made] = (await app.api.get<{ readonly webhook_endpoints: readonly Endpoint[] }>('/webhook_endpoints')).body.webhook_endpoints;
    await app.api.put(`/webhook_endpoints/${made?.lago_id ?? ''}`, { webhook_endpoint: { signature_algo: 'hmac', name: 'kept' } });
    await created({ webhook_url: URL_OF(2) });
    expect(await setUrl(URL_OF(3))).toEqual([URL_OF(3), [URL_OF(3), URL_OF(2)]]);
    expect((await app.api.get(`/webhook_endpoints/${made?.lago_id ?? ''}`)).body).toMatchObject({
      webhook_endpoint: { webhook_url: URL_OF(3), signature_algo: 'hmac', name: 'kept' },
    });
    expect(await setUrl(null)).toEqual([URL_OF(2), [URL_OF(2)]]);
  });

  test('is refused when another endpoint has it', async () => {
    await setUrl(URL_OF(1));
    await created({ webhook_url: URL_OF(2) });
    const { body } = await app.api.put('/organizations', { organization: { webhook_url: URL_OF(2) } });
    expect(body).toEqual(refused({ webhook_url: ['value_already_exist'] }));
  });
});

describe('the keys of signatures', () => {
  test('are read as text and as JSON, and stay the same', async () => {
    const asText = await app.engine.fetch(
      new Request('http://127.0.0.1:3000/api/v1/webhooks/public_key', { headers: { authorization: `Bearer ${app.key}` } }),
    );
    const text = await asText.text();
    expect([asText.status, asText.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(Buffer.from(text, 'base64').toString()).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+\n-----END PUBLIC KEY-----\n$/);
    expect((await app.api.get('/webhooks/json_public_key')).body).toEqual({ webhook: { public_key: text } });
    const first = await app.api.get<{ readonly webhook: { readonly hmac_key: string } }>('/webhooks/hmac_key');
    expect(first.body.webhook.hmac_key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await app.api.get('/webhooks/hmac_key')).body).toEqual(first.body);
  });

  test.each(['public_key', 'json_public_key', 'hmac_key'])('%s needs a key of the API', async (name) => {
    const answer = await app.engine.fetch(new Request(`http://127.0.0.1:3000/api/v1/webhooks/${name}`));
    expect(answer.status).toBe(401);
  });
});
