import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { PlanPageAnswer, PlanRow } from '../../../shared/internal/plans.ts';
import type { ApiClient } from '../../support/http-client.ts';
import { internalClient } from '../../support/internal-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
let screens: ApiClient;
const ids = new Map<string, string>();

beforeEach(async () => {
  books = await createTestEngine({ now: '2023-03-10T12:00:00Z' });
  screens = internalClient(books);
  await books.api.post('/billable_metrics', { billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' } });
  const standard = { billable_metric_code: 'calls', charge_model: 'standard', properties: { amount: '1' } };
  const volume = { billable_metric_code: 'calls', charge_model: 'volume', properties: {} };
  const plans = [
    { name: 'Basic', code: 'basic', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', charges: [standard, volume] },
    { name: 'annual 100%', code: 'annual', interval: 'yearly', amount_cents: 120000, amount_currency: 'EUR', charges: [] },
    { name: 'Weekly', code: 'weekly', interval: 'weekly', amount_cents: 500, amount_currency: 'USD', charges: [volume] },
  ];
  for (const plan of plans) {
    const created = await books.api.post<{ plan: { lago_id: string } }>('/plans', { plan });
    ids.set(plan.code, created.body.plan.lago_id);
  }
});
afterEach(() => books.close());

const codes = async (query: string): Promise<readonly string[]> =>
  (await screens.get<ListAnswer<PlanRow>>(`/lists/plans${query}`)).body.rows.map((row) => row.code);

async function subscribe(externalId: string, plan: string, more: object = {}): Promise<void> {
  await books.api.post('/customers', { customer: { external_id: externalId, currency: 'USD' } });
  const subscription = { external_customer_id: externalId, plan_code: plan, external_id: `sub ${externalId}`, ...more };
  expect((await books.api.post('/subscriptions', { subscription })).status).toBe(200);
}

test('a row says what the list shows', async () => {
  await subscribe('a', 'basic');
  await subscribe('b', 'basic', { plan_overrides: { amount_cents: 100 } });
  const { rows, total } = (await screens.get<ListAnswer<PlanRow>>('/lists/plans?search=asi')).body;
  expect(total).toBe(1);
  expect(rows[0]).toEqual({
    ...{ lago_id: ids.get('basic'), name: 'Basic', code: 'basic', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD' },
    ...{ pay_in_advance: false, charge_models: ['standard', 'volume'], active_subscriptions_count: 2, created_at: '2023-03-10T12:00:00Z' },
  });
});

test('plans are sorted and filtered', async () => {
  await subscribe('a', 'weekly');
  expect(await codes('?sort=name')).toEqual(['annual', 'basic', 'weekly']);
  expect(await codes('?sort=interval&direction=desc')).toEqual(['annual', 'basic', 'weekly']);
  expect(await codes('?sort=amount_cents')).toEqual(['weekly', 'basic', 'annual']);
  expect(await codes('?sort=subscriptions&direction=desc&limit=1')).toEqual(['weekly']);
  expect(await codes('?sort=created_at')).toEqual(['basic', 'annual', 'weekly']);
  expect(await codes('?sort=name&interval=weekly,yearly')).toEqual(['annual', 'weekly']);
  expect(await codes('?sort=name&model=volume')).toEqual(['basic', 'weekly']);
  expect(await codes('?currency=EUR')).toEqual(['annual']);
  expect(await codes('?search=0%25')).toEqual(['annual']);
  expect((await screens.get('/plans/filter_values')).body).toEqual({ currencies: ['EUR', 'USD'] });
});

test('pages follow each other', async () => {
  const first = (await screens.get<ListAnswer<PlanRow>>('/lists/plans?sort=name&limit=2')).body;
  expect(first.rows.map((row) => row.code)).toEqual(['annual', 'basic']);
  expect(await codes(`?sort=name&limit=2&after=${first.next!}`)).toEqual(['weekly']);
});

test('a plan tells who is on it, and what an edit would touch', async () => {
  await subscribe('a', 'basic');
  await subscribe('b', 'basic', { plan_overrides: { amount_cents: 100 } });
  const { body } = await screens.get<PlanPageAnswer>(`/plans/${ids.get('basic')!}`);
  expect([body.plan.code, body.billable_metrics.map((metric) => metric.code)]).toEqual(['basic', ['calls']]);
  expect(body.use).toEqual({
    ...{ is_in_use: true, active_subscriptions_count: 1, pending_subscriptions_count: 0, ended_subscriptions_count: 0, customers_count: 1 },
    ...{ overridden_subscriptions_count: 1, draft_invoices_count: 0, next_billing_at: '2023-04-01T00:00:00Z' },
  });
  expect((await screens.get<PlanPageAnswer>(`/plans/${ids.get('weekly')!}`)).body.use.is_in_use).toBe(false);
  expect((await screens.get('/plans/nothing')).status).toBe(404);
});

test('drafts of a plan are counted', async () => {
  await books.api.put('/organizations', { organization: { billing_configuration: { invoice_grace_period: 3 } } });
  await subscribe('a', 'basic');
  await books.moveClock('2023-04-01T06:00:00Z');
  expect((await screens.get<PlanPageAnswer>(`/plans/${ids.get('basic')!}`)).body.use.draft_invoices_count).toBe(1);
});

test('two plans are compared at the same usage, with the volume from which the other is cheaper', async () => {
  const cheap = { billable_metric_code: 'calls', charge_model: 'standard', properties: { amount: '0.5' } };
  const plan = { name: 'Big', code: 'big', interval: 'monthly', amount_cents: 10000, amount_currency: 'USD', charges: [cheap] };
  const created = await books.api.post<{ plan: { lago_id: string } }>('/plans', { plan });
  const small = {
    name: 'Small',
    code: 'small',
    interval: 'monthly',
    amount_cents: 0,
    amount_currency: 'USD',
    charges: [{ ...cheap, properties: { amount: '1' } }],
  };
  const other = await books.api.post<{ plan: { lago_id: string } }>('/plans', { plan: small });
  const plan_ids = [other.body.plan.lago_id, created.body.plan.lago_id];
  const answer = await screens.post<{
    plans: { totals: { total_cents: number } }[];
    along: string;
    points: { units: string; totals: { total_cents: number }[] }[];
    crossings: { units: string; cheapest: number }[];
  }>('/compare_plans', { plan_ids, usage: { calls: { units: '150' } }, max_units: '1000' });
  expect(answer.body.plans.map(({ totals }) => totals.total_cents)).toEqual([15000, 17500]);
  // 1.00 a call against 100.00 and 0.50 a call: even at 200 calls; the curve is read at 200 and then at 207.
  const at = (units: string) => answer.body.points.find((point) => point.units === units)!.totals.map((total) => total.total_cents);
  expect([answer.body.along, at('200.0'), at('1000.0')]).toEqual(['calls', [20000, 20000], [100000, 60000]]);
  expect(answer.body.crossings.map(({ cheapest }) => cheapest)).toEqual([0, 1]);
  expect((await screens.post('/compare_plans', { plan_ids: ['x', 'y'] })).status).toBe(404);
});
