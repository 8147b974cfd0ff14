import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Temporal } from '../../../shared/dates.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { MetricPageAnswer, MetricRow, MetricTrialAnswer, SeenPropertiesAnswer } from '../../../shared/internal/metrics.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
beforeEach(async () => {
  books = await createTestEngine({ now: '2024-03-10T12:00:00Z' });
  await metric('requests', { aggregation_type: 'sum_agg', field_name: 'volume' });
});
afterEach(() => books.close());

async function metric(code: string, terms: Readonly<Record<string, unknown>>): Promise<string> {
  const made = await books.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
    billable_metric: { name: code.toUpperCase(), code, ...terms },
  });
  return made.body.billable_metric.lago_id;
}

async function send(code: string, properties: Readonly<Record<string, unknown>>, at: string, by = 'sub'): Promise<void> {
  sent += 1;
  const timestamp = String(Temporal.Instant.from(at).epochMilliseconds / 1000);
  const event = { transaction_id: `e${String(sent)}`, external_subscription_id: by, code, timestamp, properties };
  expect((await books.api.post('/events', { event })).status).toBe(200);
}
let sent = 0;

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

async function call<Body>(path: string, body?: unknown): Promise<Answer<Body>> {
  const request = new Request(`http://127.0.0.1:3000/api/internal${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = await books.engine.fetch(request, { isSignedIn: true });
  return { status: answer.status, body: await answer.json() } as Answer<Body>;
}

describe('the list of billable metrics', () => {
  test('shows plans and events, sorted and filtered', async () => {
    await metric('seats', { aggregation_type: 'unique_count_agg', field_name: 'user', recurring: true });
    const charge = { charge_model: 'standard', properties: { amount: '1' } };
    const plan = { name: 'P', interval: 'monthly', amount_cents: 0, amount_currency: 'USD' };
    await books.api.post('/plans', { plan: { ...plan, code: 'p', charges: [{ ...charge, billable_metric_code: 'requests' }] } });
    const overrides = { name: 'Copy' };
    await books.api.post('/subscriptions', {
      subscription: { external_customer_id: 'c', plan_code: 'p', external_id: 'sub', plan_overrides: overrides },
    });
    await send('requests', { volume: 3 }, '2024-03-10T08:00:00Z');
    await send('requests', { volume: 4 }, '2024-03-09T08:00:00Z');
    const list = (query: string) => call<ListAnswer<MetricRow>>(`/lists/billable_metrics?${query}`);
    const all = (await list('sort=events&direction=desc')).body;
    expect(all.rows.map(({ code, plans_count: plans, events_count: events, last_event_at: last }) => [code, plans, events, last])).toEqual([
      ['requests', 1, 2, '2024-03-09T08:00:00Z'],
      ['seats', 0, 0, null],
    ]);
    const codes = async (query: string) => (await list(query)).body.rows.map(({ code }) => code);
    expect(await codes('used=no')).toEqual(['seats']);
    expect(await codes('used=yes')).toEqual(['requests']);
    expect(await codes('aggregation=unique_count_agg,max_agg')).toEqual(['seats']);
    expect(await codes('search=REQ')).toEqual(['requests']);
    expect(await codes('sort=plans&direction=desc')).toEqual(['requests', 'seats']);
  });
});

describe('the page of a billable metric', () => {
  test('shows who charges for it, events per day and how many lack the property', async () => {
    const { rows } = (await call<ListAnswer<MetricRow>>('/lists/billable_metrics')).body;
    const charge = {
      billable_metric_code: 'requests',
      charge_model: 'package',
      properties: { amount: '1', package_size: 10, free_units: 0 },
    };
    const plan = { name: 'Pay', code: 'pay', interval: 'monthly', amount_cents: 0, amount_currency: 'USD', charges: [charge] };
    await books.api.post('/plans', { plan });
    await books.api.post('/subscriptions', { subscription: { external_customer_id: 'c', plan_code: 'pay', external_id: 'sub' } });
    for (const at of [
      '2024-02-10T10:00:00Z',
      '2024-03-09T23:59:00Z',
      '2024-03-10T00:01:00Z',
      '2024-03-10T11:59:00Z',
      '2024-03-10T00:20:00Z',
    ])
      await send('requests', { volume: 1 }, at);
    await send('requests', { vol: 1 }, '2024-03-10T09:00:00Z');
    const { body } = await call<MetricPageAnswer>(`/billable_metrics/${rows[0]!.lago_id}`);
    expect(body.plans).toMatchObject([{ name: 'Pay', code: 'pay', charge_models: ['package'], subscriptions_count: 1 }]);
    expect([body.events_count, body.last_event_at]).toEqual([6, '2024-03-10T09:00:00Z']);
    expect([body.days!.length, body.days![0]!.date, body.days!.at(-1)]).toEqual([
      30,
      '2024-02-10',
      { date: '2024-03-10', events_count: 3 },
    ]);
    expect(body.days!.filter(({ events_count: count }) => count > 0)).toEqual([
      { date: '2024-02-10', events_count: 1 },
      { date: '2024-03-09', events_count: 1 },
      { date: '2024-03-10', events_count: 3 },
    ]);
    expect(body.sample).toEqual({ looked_at: 6, without_value: 1, without_value_rate: '16.7' });
    expect((await call('/billable_metrics/00000000-0000-7000-8000-000000000000')).status).toBe(404);
  });

  test('knows the keys that senders use', async () => {
    await send('other', { volume: 12, region: 'eu' }, '2024-03-10T08:00:00Z');
    await send('other', { volume: '7', region: 'us', dry: true }, '2024-03-10T08:00:00Z');
    await send('other', { volume: 5, list: [1] }, '2024-03-10T08:00:00Z');
    expect((await call<SeenPropertiesAnswer>('/event_properties?code=other')).body).toEqual({
      looked_at: 3,
      properties: [
        { key: 'volume', kind: 'number', rate: '100', example: '5' },
        { key: 'region', kind: 'text', rate: '66.7', example: 'us' },
        { key: 'dry', kind: 'boolean', rate: '33.3', example: 'true' },
        { key: 'list', kind: 'other', rate: '33.3', example: '[1]' },
      ],
    });
    expect((await call<SeenPropertiesAnswer>('/event_properties?code=none')).body).toEqual({ looked_at: 0, properties: [] });
  });
});

describe('trying a metric', () => {
  const attempt = (terms: Readonly<Record<string, unknown>>, events?: unknown) =>
    call<MetricTrialAnswer>('/billable_metrics/try', {
      billable_metric: { code: 'requests', ...terms },
      ...(events === undefined ? {} : { events }),
    });
  const changes = ({ events }: MetricTrialAnswer) => events.map(({ value, contribution, reason }) => [value, contribution, reason]);

  test('adds up the latest events, and says which of them count for nothing', async () => {
    await send('requests', { volume: 3 }, '2024-03-10T08:00:00Z');
    await send('requests', { vol: 4 }, '2024-03-10T09:00:00Z', 'other');
    await send('requests', { volume: 'many' }, '2024-03-10T10:00:00Z');
    await send('requests', { volume: '1.5' }, '2024-03-09T10:00:00Z');
    const { body } = await attempt({ aggregation_type: 'sum_agg', field_name: 'volume', rounding_function: 'ceil' });
    expect([body.units, body.units_before_rounding, body.counted_events, body.from_date, body.to_date]).toEqual([
      ...['5.0', '4.5', 2, '2024-03-09', '2024-03-10'],
    ]);
    expect(changes(body)).toEqual([
      ['1.5', '1.5', null],
      ['3', '3.0', null],
      [null, null, 'missing_property'],
      [null, null, 'property_not_numeric'],
    ]);
    expect((await books.api.get<{ meta: { total_count: number } }>('/billable_metrics')).body.meta.total_count).toBe(1);
  });

  const pasted = [
    { properties: { level: 10, user: 'a' }, timestamp: 1710028800 },
    { properties: { level: 4, user: 'b' }, timestamp: 1710072000 },
    { properties: { level: 7, user: 'a', operation_type: 'remove' }, timestamp: 1710072001 },
  ];
  test.each([
    ['count_agg', {}, '3.0', ['1.0', '1.0', '1.0']],
    ['max_agg', { field_name: 'level' }, '10.0', ['10.0', '0.0', '0.0']],
    ['latest_agg', { field_name: 'level' }, '7.0', ['10.0', '-6.0', '3.0']],
    ['unique_count_agg', { field_name: 'user' }, '1.0', ['1.0', '1.0', '-1.0']],
    ['sum_agg', { expression: 'event.properties.level * 2', field_name: 'level' }, '42.0', ['20.0', '8.0', '14.0']],
    // 10 all day, 4 for half of it, 7 for a second less: 10 + 2 + 7 × 43,199 / 86,400.
    ['weighted_sum_agg', { field_name: 'level', rounding_function: 'round', rounding_precision: 2 }, '15.5', null],
  ])('%s is computed as billing does', async (aggregation, terms, units, contributions) => {
    const { body } = await attempt({ aggregation_type: aggregation, ...terms }, pasted);
    expect(body.units).toBe(units);
    if (contributions !== null) expect(body.events.map(({ contribution }) => contribution)).toEqual(contributions);
  });

  test('takes what people paste, and says what is wrong with it', async () => {
    const sum = { aggregation_type: 'sum_agg', field_name: 'volume' };
    const units = async (events: unknown) => (await attempt(sum, events)).body.units;
    expect(await units({ event: { transaction_id: 'x', code: 'requests', properties: { volume: 2 } } })).toBe('2.0');
    expect(await units({ events: [{ properties: { volume: 2 } }, { properties: { volume: 3 } }] })).toBe('5.0');
    expect(await units({ volume: 9 })).toBe('9.0');
    const refusal = async (terms: Readonly<Record<string, unknown>>, events?: unknown) => {
      const { status, body } = await call<{ error_details?: unknown }>('/billable_metrics/try', { billable_metric: terms, events });
      return [status, body.error_details];
    };
    expect(await refusal(sum, 'text')).toEqual([422, { events: ['value_is_invalid'] }]);
    expect(await refusal(sum, [])).toEqual([422, { events: ['no_events'] }]);
    expect(await refusal(sum, Array(101).fill({ volume: 1 }))).toEqual([422, { events: ['too_many_events'] }]);
    expect(await refusal(sum, [{ properties: {}, timestamp: '2024-01-01' }])).toEqual([422, { timestamp: ['invalid_format'] }]);
    expect(await refusal({ aggregation_type: 'sum_agg' })).toEqual([422, { field_name: ['value_is_mandatory'] }]);
    expect(await refusal({ aggregation_type: 'most', field_name: 'a' })).toMatchObject([422, { aggregation_type: [expect.any(String)] }]);
    expect(await refusal({ ...sum, expression: '1 +' })).toEqual([422, { expression: ['invalid_expression'] }]);
  });

  test('answers nothing where there are no events', async () => {
    expect((await attempt({ aggregation_type: 'count_agg' })).body).toEqual({
      ...{ units: '0.0', units_before_rounding: '0.0', counted_events: 0, from_date: null, to_date: null, events: [] },
    });
  });
});
