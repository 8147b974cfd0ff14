import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PriceAnswer } from '../../../shared/internal/price.ts';
import type { TemplatesAnswer, UsedTemplateAnswer } from '../../../shared/internal/templates.ts';
import type { ApiClient } from '../../support/http-client.ts';
import { internalClient } from '../../support/internal-client.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
let screens: ApiClient;
beforeEach(async () => {
  books = await createTestEngine();
  screens = internalClient(books);
});
afterEach(() => books.close());

const SLUG = 'search-api-pay-as-you-go';
const use = async (slug: string) => (await screens.post<UsedTemplateAnswer>(`/templates/${slug}/use`)).body;

/** What the example of each template costs, worked out by hand. */
const EXAMPLES = [
  { slug: SLUG, cents: 3150 }, // 21 packages of 1.50; 8,000 are free
  { slug: 'seats-and-usage', cents: 14200 }, // 49 + 7 seats of 9 + 150 × 0.20
  { slug: 'payments', cents: 82388 }, // 390 of 400 payments of 62.50: 24,375 × 2.9 % = 706.875, and 390 × 0.30 = 117
  { slug: 'graduated-api-calls', cents: 35500 }, // 19 + 49,000 × 0.004 = 196 + 70,000 × 0.002 = 140
  { slug: 'volume-storage', cents: 5120 }, // 640 × 0.08
  { slug: 'weekly-credits', cents: 1140 }, // 5 + 160 × 0.04
  { slug: 'yearly-with-monthly-charges', cents: 360000 }, // 1,200 + 12 × 200
];

for (const { slug, cents } of EXAMPLES) {
  test(`the example of ${slug} costs ${String(cents)} cents before anything is made`, async () => {
    const { templates } = (await screens.get<TemplatesAnswer>('/templates')).body;
    const { plan, billable_metrics, usage, curve } = templates.find((template) => template.slug === slug)!;
    const answer = await screens.post<PriceAnswer>('/price', { plan, billable_metrics, usage });
    expect([answer.body.errors, answer.body.totals!.total_cents]).toEqual([{}, cents]);
    expect(curve!.points.length).toBeGreaterThan(40);
  });
}

test('the search API comes first, the add-on last', async () => {
  const { templates } = (await screens.get<TemplatesAnswer>('/templates')).body;
  expect(templates.map(({ slug }) => slug)).toEqual([...EXAMPLES.map(({ slug }) => slug), 'onboarding']);
  expect((await screens.get<{ name: string }>(`/templates/${SLUG}`)).body.name).toBe('Search API, pay as you go');
  expect((await screens.get('/templates/nothing')).status).toBe(404);
});

test('using a template makes its metrics and its plan', async () => {
  const used = await use(SLUG);
  expect(used.billable_metrics.map(({ code, outcome }) => [code, outcome])).toEqual([
    ['search_requests', 'created'],
    ['recommend_requests', 'created'],
  ]);
  const { body } = await books.api.get<{
    plan: { lago_id: string; amount_cents: number; charges: { billable_metric_code: string; properties: object }[] };
  }>('/plans/pay_as_you_go');
  expect([body.plan.lago_id, body.plan.amount_cents]).toEqual([used.plan!.lago_id, 0]);
  expect(body.plan.charges.map(({ billable_metric_code, properties }) => [billable_metric_code, properties])).toEqual([
    ['search_requests', { amount: '1.50', package_size: 1000, free_units: 10000 }],
    ['recommend_requests', { amount: '0.60', package_size: 1000, free_units: 10000 }],
  ]);
});

test('a second time the metrics are the same ones, and the plan gets a code of its own', async () => {
  const first = await use(SLUG);
  const second = await use(SLUG);
  expect(second.billable_metrics.map(({ lago_id, outcome }) => [lago_id, outcome])).toEqual(
    first.billable_metrics.map(({ lago_id }) => [lago_id, 'reused']),
  );
  expect([second.plan!.code, second.plan!.outcome]).toEqual(['pay_as_you_go_2', 'renamed']);
});

test('a metric of that code that counts something else is left alone', async () => {
  const billable_metric = { name: 'Search requests', code: 'search_requests', aggregation_type: 'count_agg' };
  await books.api.post('/billable_metrics', { billable_metric });
  const used = await use(SLUG);
  expect(used.billable_metrics.map(({ code, outcome }) => [code, outcome])).toEqual([
    ['search_requests_2', 'renamed'],
    ['recommend_requests', 'created'],
  ]);
});

test('an add-on is made by its template, every time with a free code', async () => {
  expect((await use('onboarding')).add_on).toMatchObject({ code: 'onboarding', outcome: 'created' });
  expect((await use('onboarding')).add_on).toMatchObject({ code: 'onboarding_2', outcome: 'renamed' });
  const { body } = await books.api.get<{ add_on: { amount_cents: number } }>('/add_ons/onboarding');
  expect(body.add_on.amount_cents).toBe(150000);
});

test('every template can be used', async () => {
  for (const { slug } of EXAMPLES) expect((await use(slug)).plan!.outcome).toBe('created');
  expect((await screens.post('/templates/nothing/use')).status).toBe(404);
});
