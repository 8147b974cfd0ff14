import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { RouteTable } from '../../main/api/route-table.ts';
import { route, type HttpMethod, type Route } from '../../main/api/route.ts';
import { ok } from '../../shared/result.ts';

const define = (method: HttpMethod, path: string): Route =>
  route({ method, path, summary: path, tag: 'Test', answer: z.unknown(), respond: () => ok(null) });

const table = new RouteTable([
  define('get', '/plans'),
  define('get', '/plans/:code'),
  define('get', '/plans/:code/charges/:charge_code'),
  define('get', '/add_ons'),
  define('get', '/add_ons/:code*'),
  define('post', '/add_ons/evaluate'),
  define('post', '/events/batch'),
  define('get', '/events/:transaction_id'),
]);

/** The route's path and the values of its parameters; null for an unknown path. */
function find(method: HttpMethod, rawPath: string): readonly [string, Readonly<Record<string, string>>] | null {
  const segments = RouteTable.segmentsOf(`/api/v1${rawPath}`);
  const match = segments === null ? null : table.find(method, segments);
  return match === null ? null : [match.route.path, match.pathValues];
}

describe('a path is matched raw, and its values decoded once', () => {
  it.each([
    ['plain', '/plans/pro', ['/plans/:code', { code: 'pro' }]],
    ['a space and a letter beyond ASCII', '/plans/a%20b%C3%BC', ['/plans/:code', { code: 'a bü' }]],
    ['an escaped slash stays inside its segment', '/plans/a%2Fb', ['/plans/:code', { code: 'a/b' }]],
    ['an escaped percent is decoded once', '/plans/100%2525', ['/plans/:code', { code: '100%25' }]],
    ['a plus is a plus', '/plans/a+b', ['/plans/:code', { code: 'a+b' }]],
    ['a point is no format', '/plans/v1.json', ['/plans/:code', { code: 'v1.json' }]],
    ['a raw slash belongs to no plan', '/plans/a/b', null],
    ['two values', '/plans/a%2Fb/charges/c%20d', ['/plans/:code/charges/:charge_code', { code: 'a/b', charge_code: 'c d' }]],
    ['a raw slash belongs to an add-on', '/add_ons/a/b', ['/add_ons/:code*', { code: 'a/b' }]],
    ['raw and escaped slashes together', '/add_ons/a/b%2Fc/d.e', ['/add_ons/:code*', { code: 'a/b/c/d.e' }]],
    ['two raw slashes in a row', '/add_ons/a//b', ['/add_ons/:code*', { code: 'a//b' }]],
    ['a slash at the end names nothing', '/plans/', ['/plans', {}]],
    ['a slash at the end of a value names nothing', '/plans/pro/', ['/plans/:code', { code: 'pro' }]],
    ['the list, not an add-on without a code', '/add_ons/', ['/add_ons', {}]],
    ['an empty segment is no value', '/plans//charges/c', null],
    ['a bad escape', '/plans/%zz', null],
    ['half an escape', '/plans/50%', null],
    ['an escape that is no UTF-8', '/plans/%ff', null],
    ['an unknown path', '/nothing', null],
    ['names of JavaScript', '/constructor', null],
    ['names of JavaScript as a value', '/plans/__proto__', ['/plans/:code', { code: '__proto__' }]],
  ])('%s: %s', (_name, path, expected) => {
    expect(find('get', path)).toEqual(expected);
  });

  it('prefers a literal segment, but only where the method has one', () => {
    expect(find('post', '/events/batch')).toEqual(['/events/batch', {}]);
    expect(find('get', '/events/batch')).toEqual(['/events/:transaction_id', { transaction_id: 'batch' }]);
    expect(find('post', '/add_ons/evaluate')).toEqual(['/add_ons/evaluate', {}]);
    expect(find('get', '/add_ons/evaluate')).toEqual(['/add_ons/:code*', { code: 'evaluate' }]);
  });

  it('knows the methods of a path', () => {
    expect(table.methodsOf(['api', 'v1', 'events', 'batch'])).toEqual(['get', 'post']);
    expect(table.methodsOf(['api', 'v1', 'nothing'])).toEqual([]);
  });

  it('refuses two routes for one method and path', () => {
    expect(() => new RouteTable([define('get', '/plans/:code'), define('get', '/plans/:other')])).toThrow(
      'one route answers get /plans/:other',
    );
  });
});
