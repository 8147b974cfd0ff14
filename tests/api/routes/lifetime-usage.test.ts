import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface Answer {
  readonly lifetime_usage: Readonly<Record<string, unknown>>;
}

/** A call costs 0.50 in arrears, an export 2.00 at once; the plan itself is free. */
let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
  const charges = [];
  for (const [code, amount, atOnce] of [
    ['calls', '0.5', false],
    ['exports', '2', true],
  ] as const) {
    const metric = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
      billable_metric: { name: code, code, aggregation_type: 'count_agg' },
    });
    charges.push({
      billable_metric_id: metric.body.billable_metric.lago_id,
      charge_model: 'standard',
      properties: { amount },
      pay_in_advance: atOnce,
    });
  }
  for (const [code, cents] of [
    ['starter', 0],
    ['pro', 100],
  ] as const) {
    const plan = { name: code, code, interval: 'monthly', amount_cents: cents, amount_currency: 'USD', charges };
    expect((await app.api.post('/plans', { plan })).status).toBe(200);
  }
  await subscribe('starter');
});
afterEach(() => app.close());

async function subscribe(plan: string): Promise<void> {
  const subscription = { external_customer_id: 'acme', plan_code: plan, external_id: 'main' };
  expect((await app.api.post('/subscriptions', { subscription })).status).toBe(200);
}

let events = 0;
async function use(code: string): Promise<void> {
  events += 1;
  const event = { transaction_id: `t${String(events)}`, code, external_subscription_id: 'main' };
  expect((await app.api.post('/events', { event })).status).toBe(200);
}

const read = async (): Promise<Answer['lifetime_usage']> =>
  (await app.api.get<Answer>('/subscriptions/main/lifetime_usage')).body.lifetime_usage;

it('adds up what was invoiced and what runs, counting nothing twice', async () => {
  await use('calls');
  await use('calls');
  await use('exports');
  const id = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
  expect(await read()).toEqual({
    lago_id: id,
    lago_subscription_id: id,
    external_subscription_id: 'main',
    external_historical_usage_amount_cents: 0,
    invoiced_usage_amount_cents: 200,
    current_usage_amount_cents: 100,
    from_datetime: '2023-01-01T00:00:00Z',
    to_datetime: '2023-01-01T00:00:00Z',
  });
  await app.moveClock('2023-02-01T00:00:00Z');
  expect(await read()).toMatchObject({
    invoiced_usage_amount_cents: 300,
    current_usage_amount_cents: 0,
    to_datetime: '2023-02-01T00:00:00Z',
  });
});

it('goes on over a change of plan', async () => {
  await use('calls');
  await app.moveClock('2023-01-10T12:00:00Z');
  const before = await read();
  await subscribe('pro');
  expect(await read()).toMatchObject({
    lago_id: before['lago_id'],
    invoiced_usage_amount_cents: 50,
    from_datetime: '2023-01-01T00:00:00Z',
  });
});

it('remembers what was used elsewhere, and the latest word counts', async () => {
  for (const cents of [5000, 7000]) {
    const body = { lifetime_usage: { external_historical_usage_amount_cents: cents } };
    const { status, body: answer } = await app.api.put<Answer>('/subscriptions/main/lifetime_usage', body);
    expect([status, answer.lifetime_usage['external_historical_usage_amount_cents']]).toEqual([200, cents]);
  }
  expect(await read()).toMatchObject({ external_historical_usage_amount_cents: 7000 });
});

it('refuses a negative amount, and knows no subscription that is not active', async () => {
  const bad = await app.api.put('/subscriptions/main/lifetime_usage', { lifetime_usage: { external_historical_usage_amount_cents: -1 } });
  expect(bad).toMatchObject({
    status: 422,
    body: { error_details: { external_historical_usage_amount_cents: ['value_is_out_of_range'] } },
  });
  await app.api.delete('/subscriptions/main');
  const missing = { status: 404, body: { code: 'subscription_not_found' } };
  expect(await app.api.get('/subscriptions/main/lifetime_usage')).toMatchObject(missing);
  expect(
    await app.api.put('/subscriptions/main/lifetime_usage', { lifetime_usage: { external_historical_usage_amount_cents: 1 } }),
  ).toMatchObject(missing);
});
