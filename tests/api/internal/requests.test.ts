import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RequestAnswer, RequestLogAnswer, RequestRow } from '../../../shared/internal/developers.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { ApiClient } from '../../support/http-client.ts';
import { internalClient } from '../../support/internal-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
let screens: ApiClient;
beforeEach(async () => {
  books = await createTestEngine({ now: '2023-03-01T12:00:00Z' });
  screens = internalClient(books);
});
afterEach(() => books.close());

async function rows(query = ''): Promise<readonly RequestRow[]> {
  return (await screens.get<ListAnswer<RequestRow>>(`/requests?direction=desc${query}`)).body.rows;
}

const line = ({ method, path, status, error_code: code }: RequestRow): string => [method, path, status, code].filter(Boolean).join(' ');

async function read(id: string): Promise<RequestAnswer> {
  return (await screens.get<{ readonly request: RequestAnswer }>(`/requests/${id}`)).body.request;
}

async function keep(settings: object): Promise<RequestLogAnswer> {
  const { status, body } = await screens.put<{ readonly request_log: RequestLogAnswer }>('/request_log', { request_log: settings });
  expect(status).toBe(200);
  return body.request_log;
}

const event = (transactionId: string): object => ({
  event: { transaction_id: transactionId, external_subscription_id: 'sub', code: 'api', timestamp: 1677672000 },
});

describe('the log of calls', () => {
  test('has each call of the API with what became of it, newest first', async () => {
    await books.api.get('/plans?page=2');
    await books.api.post('/taxes', { tax: { name: 'VAT' } });
    const listed = await rows();
    expect(listed.map(line)).toEqual(['POST /api/v1/taxes 422 validation_errors', 'GET /api/v1/plans 200']);
    expect(listed[1]).toMatchObject({
      query: 'page=2',
      occurred_at: '2023-03-01T12:00:00.000Z',
      caller_name: 'key of this run',
      api_key_id: null,
    });
    expect(listed[1]!.duration_ms).toBeGreaterThanOrEqual(0);
  });

  test('is named by what its answer carries, and says which fields were refused', async () => {
    const answer = await books.api.post('/taxes', { tax: { name: 'VAT' } });
    const id = answer.headers.get('x-request-id')!;
    expect(await read(id)).toMatchObject({
      id,
      error_details: { code: ['value_is_mandatory'], rate: ['value_is_mandatory'] },
      request_body: null,
      response_body: null,
    });
    expect((await screens.get('/requests/nothing')).status).toBe(404);
  });

  test('knows the key, and strangers', async () => {
    const key = await books.engine.createApiKey('Backend');
    const url = 'http://127.0.0.1:3000/api/v1/plans';
    await books.engine.fetch(new Request(url, { headers: { authorization: `Bearer ${key}` } }));
    await books.engine.fetch(new Request(url));
    const listed = await rows();
    expect(listed.map((row) => [row.status, row.caller_name])).toEqual([
      [401, null],
      [200, 'Backend'],
    ]);
    expect((await rows(`&api_key_id=${listed[1]!.api_key_id!}`)).length).toBe(1);
  });

  test('has no calls of our own screens', async () => {
    await books.engine.fetch(new Request('http://127.0.0.1:3000/api/v1/plans'), { isSignedIn: true });
    expect(await rows()).toEqual([]);
  });

  test('counts accepted posts of events, and lists refused ones', async () => {
    expect((await books.api.post('/events', event('a'))).status).toBe(200);
    expect((await books.api.post('/events', event('b'))).status).toBe(200);
    await books.api.post('/events', event('b'));
    expect((await rows()).map(line)).toEqual(['POST /api/v1/events 422 validation_errors']);
    const { body } = await screens.get<{ readonly request_log: RequestLogAnswer }>('/request_log');
    expect(body.request_log.event_posts_last_day).toBe(2);
  });

  test('is found by path, method, kind of status and id', async () => {
    await books.api.get('/plans');
    await books.api.get('/plans/none');
    const { headers } = await books.api.post('/coupons', {});
    expect((await rows('&search=plans')).map(line)).toEqual(['GET /api/v1/plans/none 404 plan_not_found', 'GET /api/v1/plans 200']);
    expect((await rows('&method=POST')).map(line)).toEqual(['POST /api/v1/coupons 400']);
    expect((await rows('&status=2xx')).map(line)).toEqual(['GET /api/v1/plans 200']);
    expect((await rows(`&search=${headers.get('x-request-id')!}`)).map(line)).toEqual(['POST /api/v1/coupons 400']);
  });

  test('keeps bodies only when that is asked for, and never a secret', async () => {
    expect(await keep({ stores_bodies: true })).toMatchObject({ stores_bodies: true, kept_days: 7, kept_rows: 10000 });
    const provider = { type: 'paypal', secret_key: 'sk_test_canary', name: 'sk_live_canary' };
    const answer = await books.api.put('/payment_providers/main', { payment_provider: provider });
    const kept = await read(answer.headers.get('x-request-id')!);
    expect(JSON.parse(kept.request_body!)).toEqual({ payment_provider: { type: 'paypal', secret_key: '[secret]', name: '[secret]' } });
    expect(JSON.parse(kept.response_body!)).toMatchObject({ status: 422, error_details: { type: ['value_is_invalid'] } });
    const keys = await books.api.get('/webhooks/hmac_key');
    expect((await read(keys.headers.get('x-request-id')!)).response_body).toBe('{"webhook":{"hmac_key":"[secret]"}}');
  });

  test('is bounded by days and by rows', async () => {
    for (let call = 0; call < 105; call += 1) await books.api.get(`/plans?page=${String(call)}`);
    await rows();
    await keep({ kept_rows: 100 });
    const kept = await rows('&limit=500');
    expect([kept.length, kept[0]!.query, kept.at(-1)!.query]).toEqual([100, 'page=104', 'page=5']);
    books.systemClock.set('2023-03-08T12:00:01Z');
    await books.api.get('/taxes');
    expect((await rows()).map(line)).toEqual(['GET /api/v1/taxes 200']);
  });

  test('can be read to its end, page by page', async () => {
    for (const page of ['1', '2', '3']) await books.api.get(`/plans?page=${page}`);
    const first = (await screens.get<ListAnswer<RequestRow>>('/requests?direction=desc&limit=2')).body;
    const second = (await screens.get<ListAnswer<RequestRow>>(`/requests?direction=desc&limit=2&after=${first.next!}`)).body;
    expect([first, second].map(({ rows: page, next }) => [page.map(({ query }) => query), next === null])).toEqual([
      [['page=3', 'page=2'], false],
      [['page=1'], true],
    ]);
  });

  test('is kept within its bounds only', async () => {
    const refused = await screens.put('/request_log', { request_log: { kept_days: 0, kept_rows: 1 } });
    expect(refused.body).toMatchObject({ error_details: { kept_days: ['value_is_out_of_range'], kept_rows: ['value_is_out_of_range'] } });
  });
});

test('every answer has an id of its own, also refusals', async () => {
  const ids = await Promise.all([
    books.api.get('/plans'),
    books.api.get('/nothing'),
    screens.get('/api_keys'),
    screens.get('/nothing'),
  ]).then((answers) => answers.map(({ headers }) => headers.get('x-request-id')));
  expect(new Set(ids).size).toBe(4);
  expect(ids.every((id) => /^[0-9a-f]{18}-[0-9a-z]+$/.test(id ?? ''))).toBe(true);
});
