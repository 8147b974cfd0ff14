import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullPath } from '../../main/api/route-table.ts';
import { ROUTES } from '../../main/api/routes/index.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

const ORIGIN = 'http://127.0.0.1:3000';
const NO_ID = '00000000-0000-7000-8000-000000000000';

/** The route's path with values that name nothing. */
const nowhere = (path: string): string => path.replaceAll(/:\w+\*?/g, NO_ID);
const KEYED = ROUTES.filter((route) => route.access !== 'anyone').map(
  (route) => [route.method.toUpperCase(), nowhere(fullPath(route))] as const,
);
const FOR_SCREENS = ROUTES.filter((route) => route.access === 'session');
const PUBLIC = ROUTES.filter((route) => route.access !== 'session');
const ALL = ROUTES.map((route) => [route.method.toUpperCase(), nowhere(fullPath(route))] as const);

let books: TestEngine;
beforeAll(async () => {
  books = await createTestEngine();
});
afterAll(() => books.close());

const send = (method: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  books.engine.fetch(new Request(`${ORIGIN}${path}`, { method, headers }));

describe('every route', () => {
  it.each(KEYED)('asks for a key before anything else: %s %s', async (method, path) => {
    const answer = await send(method, path);
    expect([answer.status, await answer.json()]).toEqual([401, { status: 401, error: 'Unauthorized' }]);
  });

  it.each(FOR_SCREENS.map((route) => [route.method.toUpperCase(), nowhere(fullPath(route))] as const))(
    'of our own screens is not opened by a key: %s %s',
    async (method, path) => {
      const answer = await send(method, path, { authorization: `Bearer ${books.key}` });
      expect([answer.status, await answer.json()]).toEqual([401, { status: 401, error: 'Unauthorized' }]);
    },
  );

  it.each(ALL)('sends its answer unsniffed, unkept and not for others: %s %s', async (method, path) => {
    const answer = await send(method, path, { authorization: `Bearer ${books.key}` });
    expect(answer.status).toBeLessThan(500);
    const { headers } = answer;
    expect([headers.get('x-content-type-options'), headers.get('cache-control'), headers.get('server')]).toEqual([
      'nosniff',
      'no-store',
      null,
    ]);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('has an entry in the OpenAPI page, with its parameters', async () => {
    const document = (await (await send('GET', '/api/openapi.json')).json()) as {
      readonly paths: Readonly<
        Record<string, Readonly<Record<string, { readonly parameters: readonly { readonly name: string; readonly in: string }[] }>>>
      >;
    };
    for (const route of PUBLIC) {
      const path = fullPath(route).replaceAll(/:(\w+)\*?/g, '{$1}');
      const operation = document.paths[path]?.[route.method];
      expect([route.method, path, operation === undefined]).toEqual([route.method, path, false]);
      const inPath = operation?.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...fullPath(route).matchAll(/:(\w+)/g)].map((match) => match[1]));
    }
    expect(Object.values(document.paths).flatMap((methods) => Object.keys(methods))).toHaveLength(PUBLIC.length);
  });

  it('refers only to parts that the OpenAPI page has', async () => {
    const text = await (await send('GET', '/api/openapi.json')).text();
    const document = JSON.parse(text) as { readonly components: { readonly schemas: Readonly<Record<string, unknown>> } };
    const referred = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    const known = new Set(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`));
    expect([...new Set(referred)].filter((reference) => !known.has(reference))).toEqual([]);
  });
});
