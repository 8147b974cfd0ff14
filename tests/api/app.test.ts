import { z } from 'zod';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp, type AppFetch } from '../../main/api/app.ts';
import { emptyAnswer, route, textAnswer, type Route } from '../../main/api/route.ts';
import type { ApiServices } from '../../main/api/services.ts';
import { forbidden, notAllowed, notFound, ok, invalid } from '../../shared/result.ts';
import { centsInput, mandatoryText, optionalText } from '../../shared/wire/fields.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';

const KEY = 'right-key';
const ORIGIN = 'http://127.0.0.1:3000';

/** Shaped as the database's own failure: the API knows it by its code alone. */
class Unavailable extends Error {
  readonly code = 'storage_full';
}

const plan = z.object({ name: mandatoryText(), amount_cents: centsInput(), note: optionalText({ max: 5 }) });
const shared = { tag: 'Test', answer: z.unknown(), summary: 'a route' };
const routes: readonly Route[] = [
  route({ ...shared, method: 'post', path: '/plans', wrapper: 'plan', body: plan, respond: ({ body }) => ok({ name: body.name }) }),
  route({ ...shared, method: 'get', path: '/plans', respond: ({ query, baseUrl }) => ok({ page: query.page().page, baseUrl }) }),
  route({ ...shared, method: 'post', path: '/free', body: z.looseObject({}), respond: ({ body }) => ok({ keys: Object.keys(body) }) }),
  route({
    ...shared,
    method: 'post',
    path: '/void',
    wrapper: 'void',
    optionalBody: true,
    body: z.object({ note: optionalText() }),
    respond: ({ body }) => ok(body),
  }),
  route({ ...shared, method: 'put', path: '/finalize', respond: () => ok({ done: true }) }),
  route({ ...shared, method: 'post', path: '/retry', respond: () => ok(emptyAnswer()) }),
  route({ ...shared, method: 'get', path: '/text', respond: () => ok(textAnswer('a key')) }),
  route({ ...shared, method: 'get', path: '/open', access: 'anyone', respond: () => ok({ open: true }) }),
  route({ ...shared, method: 'get', path: '/missing', respond: () => notFound('plan') }),
  route({ ...shared, method: 'get', path: '/state', respond: () => notAllowed('not_voidable') }),
  route({ ...shared, method: 'get', path: '/kind', respond: () => forbidden() }),
  route({ ...shared, method: 'get', path: '/batch', respond: () => invalid({ '1': { timestamp: ['invalid_format'] } }) }),
  route({
    ...shared,
    method: 'get',
    path: '/bug',
    respond: () => {
      throw new Error('SELECT secret FROM /home/me');
    },
  }),
  route({ ...shared, method: 'get', path: '/full', respond: () => Promise.reject(new Unavailable('full')) }),
];

describe('an answer of the API', () => {
  let app: AppFetch;
  let logged: Readonly<Record<string, unknown>>[];

  beforeEach(() => {
    logged = [];
    const keep = (facts: Readonly<Record<string, unknown>>): void => {
      logged.push(facts);
    };
    app = createApp({
      routes,
      services: { context: {}, isSandbox: false, testClock: null } as unknown as ApiServices,
      findKey: (key) => (key === KEY ? { id: null, name: null } : null),
      runDueWork: () => Promise.resolve(),
      systemClock: new FakeClock('2023-01-01T00:00:00Z'),
      random: seededRandom('app'),
      logger: { info: keep, warn: keep, error: keep },
    });
  });

  const send = async (method: string, path: string, options: { readonly body?: string; readonly key?: string | null } = {}) => {
    const authorization: Record<string, string> = options.key === null ? {} : { authorization: `Bearer ${options.key ?? KEY}` };
    const answer = await app(new Request(`${ORIGIN}${path}`, { method, headers: authorization, body: options.body ?? null }));
    const text = await answer.text();
    return { status: answer.status, text, json: () => JSON.parse(text) as unknown, headers: answer.headers };
  };

  describe('to a stranger', () => {
    it.each([
      ['no key', null],
      ['a wrong key', 'wrong'],
    ])('is 401 with %s, before anything else', async (_name, key) => {
      const answer = await send('POST', '/api/v1/plans', { key, body: 'not json' });
      expect([answer.status, answer.json()]).toEqual([401, { status: 401, error: 'Unauthorized' }]);
    });

    it('is 401 on a known path that has not this method', async () => {
      expect((await send('DELETE', '/api/v1/plans', { key: null })).status).toBe(401);
    });

    it('is 404 on an unknown path', async () => {
      const answer = await send('GET', '/api/v1/nothing', { key: null });
      expect([answer.status, answer.json()]).toEqual([404, { status: 404, error: 'Not Found', code: 'resource_not_found' }]);
      expect((await send('GET', '/api/v1/plans/%zz', { key: null })).status).toBe(404);
      expect((await send('GET', '/', { key: null })).status).toBe(404);
      expect((await send('GET', '/api/v2/plans', { key: null })).status).toBe(404);
    });

    it('is the answer where nobody needs a key', async () => {
      expect((await send('GET', '/open', { key: null })).json()).toEqual({ open: true });
    });
  });

  it('takes the scheme word in any case', async () => {
    const answer = await app(new Request(`${ORIGIN}/api/v1/plans`, { headers: { authorization: `bEARER ${KEY}` } }));
    expect(answer.status).toBe(200);
  });

  it('is 404 for a method that the path has not', async () => {
    const answer = await send('PATCH', '/api/v1/plans');
    expect([answer.status, answer.json()]).toEqual([404, { status: 404, error: 'Not Found', code: 'resource_not_found' }]);
  });

  it('to HEAD is that of GET without its body', async () => {
    const answer = await send('HEAD', '/api/v1/plans');
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect((await send('HEAD', '/api/v1/missing')).status).toBe(404);
  });

  it('to OPTIONS names the methods and opens nothing to other origins', async () => {
    const answer = await send('OPTIONS', '/api/v1/plans');
    expect([answer.status, answer.headers.get('allow')]).toEqual([200, 'GET, POST']);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each(['/api/v1/plans', '/api/v1/missing', '/api/v1/bug', '/api/v1/nothing', '/open', '/api/v1/text'])(
    'is neither sniffed nor kept: %s',
    async (path) => {
      const { headers } = await send('GET', path);
      expect([headers.get('x-content-type-options'), headers.get('cache-control'), headers.get('server')]).toEqual([
        'nosniff',
        'no-store',
        null,
      ]);
    },
  );

  it('knows how the server was called', async () => {
    expect((await send('GET', '/api/v1/plans?page=2')).json()).toEqual({ page: 2, baseUrl: ORIGIN });
  });

  it('may be text, or empty', async () => {
    const text = await send('GET', '/api/v1/text');
    expect([text.text, text.headers.get('content-type')]).toEqual(['a key', 'text/plain; charset=utf-8']);
    const empty = await send('POST', '/api/v1/retry');
    expect([empty.status, empty.text]).toEqual([200, '']);
  });

  describe('that refuses', () => {
    it.each([
      ['/api/v1/missing', 404, { status: 404, error: 'Not Found', code: 'plan_not_found' }],
      ['/api/v1/state', 405, { status: 405, error: 'Method Not Allowed', code: 'not_voidable' }],
      ['/api/v1/kind', 403, { status: 403, error: 'Forbidden', code: 'feature_unavailable' }],
      [
        '/api/v1/batch',
        422,
        {
          status: 422,
          error: 'Unprocessable Entity',
          code: 'validation_errors',
          error_details: { '1': { timestamp: ['invalid_format'] } },
        },
      ],
      ['/api/v1/full', 503, { status: 503, error: 'Service Unavailable', code: 'storage_full' }],
      ['/api/v1/bug', 500, { status: 500, error: 'Internal Server Error' }],
    ])('has its status and body: %s', async (path, status, body) => {
      const answer = await send('GET', path);
      expect([answer.status, answer.json()]).toEqual([status, body]);
    });

    it('for a bug leads to the log, which alone says what happened', async () => {
      const answer = await send('GET', '/api/v1/bug');
      expect(answer.text).not.toMatch(/SELECT|home|Error:|\bat\b/);
      expect(logged).toMatchObject([
        { referenceId: answer.headers.get('x-reference-id'), code: 'internal_error', error: { message: /SELECT/ } },
      ]);
    });

    it('for a full disk says when to come again', async () => {
      expect((await send('GET', '/api/v1/full')).headers.get('retry-after')).toBe('1');
    });
  });

  describe('to a body', () => {
    it('under its wrapper is that of the route', async () => {
      const body = JSON.stringify({ plan: { name: 'Pro', amount_cents: 1, unknown: true } });
      expect((await send('POST', '/api/v1/plans', { body })).json()).toEqual({ name: 'Pro' });
    });

    it.each([['{}'], ['{"plan":{}}'], ['{"plan":null}'], ['{"plan":[]}'], ['{"plan":"x"}'], ['[]'], ['"plan"'], ['null'], ['']])(
      'without its wrapper is 400: %s',
      async (body) => {
        const answer = await send('POST', '/api/v1/plans', { body });
        const error = 'BadRequest: param is missing or the value is empty or invalid: plan';
        expect([answer.status, answer.json()]).toEqual([400, { status: 400, error }]);
      },
    );

    it.each([['{'], ['plan=Pro'], ['{"plan":{"name":"Pro"}} x'], [`${'['.repeat(21)}${']'.repeat(21)}`]])(
      'that is no JSON is 400: %s',
      async (body) => {
        expect((await send('POST', '/api/v1/plans', { body })).status).toBe(400);
      },
    );

    it('takes twenty levels, not twenty-one', async () => {
      const nested = (depth: number): string => `{"a":${depth === 1 ? '1' : nested(depth - 1)}}`;
      expect((await send('POST', '/api/v1/free', { body: nested(20) })).status).toBe(200);
      expect((await send('POST', '/api/v1/free', { body: nested(21) })).status).toBe(400);
      expect((await send('POST', '/api/v1/free', { body: `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}` })).status).toBe(400);
    });

    it('drops keys that would reach into prototypes', async () => {
      const answer = await send('POST', '/api/v1/free', { body: '{"__proto__":{"polluted":true},"a":{"\\u005f_proto__":1}}' });
      expect(answer.json()).toEqual({ keys: ['a'] });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });

    it('names every failing field at once', async () => {
      const body = JSON.stringify({ plan: { name: ' ', amount_cents: 1.5, note: 'too long' } });
      const answer = await send('POST', '/api/v1/plans', { body });
      const error_details = { name: ['value_is_mandatory'], amount_cents: ['value_is_invalid'], note: ['value_is_too_long'] };
      expect([answer.status, answer.json()]).toEqual([
        422,
        { status: 422, error: 'Unprocessable Entity', code: 'validation_errors', error_details },
      ]);
    });

    it('is not asked for where the client sends none', async () => {
      expect((await send('PUT', '/api/v1/finalize')).json()).toEqual({ done: true });
      expect((await send('POST', '/api/v1/void')).json()).toEqual({});
      expect((await send('POST', '/api/v1/void', { body: '{}' })).json()).toEqual({});
      expect((await send('POST', '/api/v1/void', { body: '{"void":{"note":"x"}}' })).json()).toEqual({ note: 'x' });
      expect((await send('POST', '/api/v1/void', { body: '{"void":5}' })).status).toBe(400);
      expect((await send('POST', '/api/v1/free')).json()).toEqual({ keys: [] });
    });

    it('of ten megabytes is taken, one byte more is 413', async () => {
      const bytes = 10 * 1024 * 1024;
      const whole = `{"a":"${'x'.repeat(bytes - 8)}"}`;
      expect((await send('POST', '/api/v1/free', { body: whole })).status).toBe(200);
      const answer = await send('POST', '/api/v1/free', { body: `${whole} ` });
      expect([answer.status, answer.json()]).toEqual([413, { status: 413, error: 'BadRequest: the body is larger than 10 MB' }]);
    });
  });
});
