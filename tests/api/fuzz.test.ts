import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fullPath } from '../../main/api/route-table.ts';
import { ROUTES } from '../../main/api/routes/index.ts';
import type { Route } from '../../main/api/route.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

const ORIGIN = 'http://127.0.0.1:3000';
/** Field names and words of the contract, so that wrong bodies are nearly right ones. */
const WORDS = [
  'plan', 'customer', 'subscription', 'event', 'events', 'invoice', 'fees', 'charges', 'filters', 'properties', 'code', 'name', 'external_id',
  'external_customer_id', 'plan_code', 'billable_metric_id', 'charge_model', 'standard', 'graduated', 'graduated_ranges', 'amount_cents',
  'amount_currency', 'interval', 'monthly', 'USD', 'tax_codes', 'rate', 'metadata', 'key', 'value', 'timestamp', 'transaction_id', 'units',
  'billing_configuration', 'items', 'values', '__proto__', 'constructor', 'toString', 'null', '2023-01-01', '1e999', '-1', '0', '',
]; // prettier-ignore

const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 12 }));
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -1, 1.5, 2 ** 53, 1e300));
const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, true, false), number, word, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(word, tie('value'), { maxKeys: 6 }),
}));

let books: TestEngine;
beforeAll(async () => {
  books = await createTestEngine();
});
afterAll(() => books.close());

async function send(method: string, path: string, body: string | null): Promise<number> {
  const headers = { authorization: `Bearer ${books.key}` };
  const answer = await books.engine.fetch(new Request(`${ORIGIN}${path}`, { method, headers, body: method === 'GET' ? null : body }));
  await answer.text();
  return answer.status;
}

const fill = (route: Route, values: readonly string[]): string => {
  let index = 0;
  return fullPath(route).replaceAll(/:\w+\*?/g, () => encodeURIComponent((values[index++] ?? 'x').toWellFormed()));
};
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom('page', 'per_page', 'status[]', 'currency', 'metadata[a]', 'amount_from', 'external_customer_id', 'search_term'),
      word,
    ),
  )
  .map((pairs) => pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`).join('&'));
/** Everything but the clock: no year of billing is waited for here. */
const target = fc.constantFrom(...ROUTES.filter((route) => !route.path.includes('test_clock')));

it('no request of any shape is answered with a failure of the server', async () => {
  const request = fc.record({ route: target, values: fc.array(word, { minLength: 3, maxLength: 3 }), query, body: json['object'] });
  await fc.assert(
    fc.asyncProperty(request, async ({ route, values, query: sent, body }) => {
      const wrapped = route.wrapper === undefined ? body : { [route.wrapper]: body };
      const status = await send(route.method.toUpperCase(), `${fill(route, values)}?${sent}`, JSON.stringify(wrapped));
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
});

/** Right bodies, by method and path: one place of each is spoilt. */
const RIGHT_BODIES: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ['PUT', '/organizations', { organization: { country: 'FR', timezone: 'UTC', vat_rate: 5, billing_configuration: { invoice_footer: 'x', invoice_grace_period: 0 } } }],
  ['POST', '/billable_metrics', { billable_metric: { name: 'n', code: 'sum', aggregation_type: 'sum_agg', field_name: 'f', filters: [{ key: 'k', values: ['a'] }] } }],
  ['PUT', '/billable_metrics/metric', { billable_metric: { name: 'n', filters: [{ key: 'region', values: ['eu', 'us'] }] } }],
  [
    'POST',
    '/plans',
    {
      plan: {
        name: 'n', code: 'c', interval: 'yearly', amount_cents: 100, amount_currency: 'USD', pay_in_advance: true, trial_period: 1.5,
        bill_charges_monthly: true, tax_codes: ['tax'], metadata: { a: 'b' }, minimum_commitment: { amount_cents: 5, tax_codes: [] },
        charges: [{ billable_metric_id: 'METRIC', charge_model: 'graduated', filters: [{ values: { region: ['eu'] }, properties: {} }], tax_codes: ['tax'],
          properties: { graduated_ranges: [{ from_value: 0, to_value: 5, per_unit_amount: '1', flat_amount: '0' }, { from_value: 6, to_value: null, per_unit_amount: '1', flat_amount: '0' }] } }],
        usage_thresholds: [{ amount_cents: 5, recurring: false }],
      },
    },
  ],
  ['PUT', '/plans/plan', { plan: { name: 'n', amount_cents: 5, charges: [{ billable_metric_id: 'METRIC', charge_model: 'percentage', properties: { rate: '1.5', fixed_amount: '2' } }] } }],
  ['POST', '/customers', { customer: { external_id: 'c', currency: 'USD', timezone: 'UTC', metadata: [{ key: 'a', value: 'b', display_in_invoice: true }], tax_codes: ['tax'],
    shipping_address: { city: 'x' }, billing_configuration: { invoice_grace_period: 3, document_locale: 'fr' } } }],
  ['POST', '/subscriptions', { subscription: { external_customer_id: 'c', plan_code: 'plan', external_id: 's', billing_time: 'calendar', subscription_at: '2023-01-01T00:00:00Z',
    ending_at: '2024-01-01T00:00:00Z', plan_overrides: { amount_cents: 5, charges: [] } } }],
  ['PUT', '/subscriptions/s', { subscription: { name: 'n', ending_at: '2024-01-01' } }],
  ['POST', '/events', { event: { transaction_id: 't', external_subscription_id: 's', code: 'metric', timestamp: 1672531200, properties: { f: 5 }, precise_total_amount_cents: '1.5' } }],
  ['POST', '/events/batch', { events: [{ transaction_id: 'u', external_subscription_id: 's', code: 'metric', timestamp: '1672531200.5', properties: { f: '5' } }] }],
  ['POST', '/taxes', { tax: { name: 'n', code: 't', rate: '20.5', applied_to_organization: false } }],
]; // prettier-ignore

type Spoil = (json: unknown) => unknown;

/** Replaces one value somewhere inside, chosen by a number. */
function spoil(json: unknown, place: number, change: Spoil): unknown {
  const places: (readonly PropertyKey[])[] = [];
  const walk = (value: unknown, path: readonly PropertyKey[]): void => {
    places.push(path);
    if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  };
  walk(json, []);
  const [first, ...rest] = places[1 + (place % Math.max(1, places.length - 1))] ?? [];
  const put = (value: unknown, path: readonly PropertyKey[]): unknown => {
    const [key, ...deeper] = path;
    if (key === undefined) return change(value);
    const copy: Record<PropertyKey, unknown> = Array.isArray(value) ? ([...(value as unknown[])] as never) : { ...(value as object) };
    copy[key] = put(copy[key], deeper);
    return copy;
  };
  return first === undefined ? change(json) : put(json, [first, ...rest]);
}

it('no request that is right but for one value either', async () => {
  const made = await books.api.post<{ readonly billable_metric: { readonly lago_id: string } }>('/billable_metrics', {
    billable_metric: {
      name: 'n',
      code: 'metric',
      aggregation_type: 'sum_agg',
      field_name: 'f',
      filters: [{ key: 'region', values: ['eu', 'us'] }],
    },
  });
  const metricId = made.body.billable_metric.lago_id;
  await books.api.post('/taxes', { tax: { name: 'n', code: 'tax', rate: '20' } });
  await books.api.post('/plans', {
    plan: { name: 'n', code: 'plan', interval: 'monthly', amount_cents: 5, amount_currency: 'USD', pay_in_advance: false },
  });
  await books.api.post('/subscriptions', { subscription: { external_customer_id: 'c', plan_code: 'plan', external_id: 's' } });
  for (const [method, path, body] of RIGHT_BODIES) {
    expect([method, path, await send(method, `/api/v1${path}`, JSON.stringify(body).replaceAll('METRIC', metricId))]).toEqual([
      method,
      path,
      200,
    ]);
  }
  const right = fc.constantFrom(...RIGHT_BODIES);
  await fc.assert(
    fc.asyncProperty(right, fc.nat(200), json['value'], async ([method, path, body], place, wrong) => {
      const spoilt = JSON.stringify(spoil(body, place, () => wrong)).replaceAll('METRIC', metricId);
      expect(await send(method, `/api/v1${path}`, spoilt)).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
});

it('no text that is no JSON either', async () => {
  await fc.assert(
    fc.asyncProperty(target, fc.string({ unit: 'binary', maxLength: 200 }), async (route, text) => {
      expect(await send(route.method.toUpperCase(), fill(route, []), text.toWellFormed())).toBeLessThan(500);
    }),
    { numRuns: 200 },
  );
});

it('no path of any shape either', async () => {
  const segment = fc.oneof(
    word.map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom('%', '%zz', '%ff', '%2F', '..', '.', '', 'api', 'v1', 'plans', 'files'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
      fc.array(segment, { maxLength: 6 }),
      async (method, path) => {
        expect(await send(method, `/${path.join('/')}`, method === 'HEAD' ? null : '{}')).toBeLessThan(500);
      },
    ),
    { numRuns: 300 },
  );
});
