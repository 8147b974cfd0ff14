import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningSums } from '../../main/home/index.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

const CUSTOMERS = 160;
const CHARGES = ['searches', 'clicks', 'stores'];
/** A budget that is used up by the first customer. */
const NO_TIME = 0;
const ALL_TIME = 600_000;

let books: TestEngine;
beforeAll(async () => {
  books = await createTestEngine({ now: '2023-02-01T00:00:00Z' });
  for (const code of CHARGES) {
    await post('/billable_metrics', { billable_metric: { name: code, code, aggregation_type: 'sum_agg', field_name: 'value' } });
  }
  const charges = CHARGES.map((code) => ({
    billable_metric_code: code,
    charge_model: 'package',
    properties: { amount: '1.50', package_size: 1000, free_units: 0 },
  }));
  const plan = { name: 'Plan', code: 'plan', interval: 'monthly', amount_cents: 0, amount_currency: 'USD', pay_in_advance: false, charges };
  await post('/plans', { plan });
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const externalId = `c${String(index)}`;
    await post('/customers', { customer: { external_id: externalId } });
    await post('/subscriptions', { subscription: { external_customer_id: externalId, external_id: externalId, plan_code: 'plan' } });
  }
  for (let index = 0; index < CUSTOMERS; index += 20) await post('/events/batch', { events: eventsFrom(index) });
}, 120_000);
afterAll(() => books.close());

async function post(path: string, body: unknown): Promise<void> {
  const answer = await books.api.post(path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
}

/** Half a package of everything for twenty customers. */
function eventsFrom(first: number): readonly unknown[] {
  return Array.from({ length: 60 }, (_, place) => ({
    transaction_id: `e${String(first)}-${String(place)}`,
    external_subscription_id: `c${String(first + Math.floor(place / 3))}`,
    code: CHARGES[place % 3],
    timestamp: 1675300000,
    properties: { value: '500' },
  }));
}

async function timed(budgetMs?: number): Promise<{ readonly ms: number; readonly sums: Awaited<ReturnType<typeof runningSums>> }> {
  const started = performance.now();
  const sums = await runningSums(books.engine.services.context, budgetMs);
  return { ms: performance.now() - started, sums };
}

test('many subscriptions are added up over several calls, each of which says how far it came', async () => {
  const { sums: first } = await timed(NO_TIME);
  expect([first.subscriptionsCount, first.outdatedCount, first.currencies[0]?.amountCents]).toEqual([160, 159, 450n]);
  const { sums: second } = await timed(NO_TIME);
  expect([second.outdatedCount, second.currencies[0]?.amountCents]).toEqual([158, 900n]);

  const cold = await timed(ALL_TIME);
  // 160 customers with three started packages of 1.50
  expect([cold.sums.outdatedCount, cold.sums.currencies[0]?.amountCents]).toEqual([0, 72_000n]);
  expect(cold.sums.upcoming).toMatchObject([{ customersCount: 160, subscriptionsCount: 160, amountCents: 72_000n }]);

  await post('/events', {
    event: { transaction_id: 'late', external_subscription_id: 'c7', code: 'clicks', timestamp: 1675300001, properties: { value: '501' } },
  });
  const warm = await timed();
  expect([warm.sums.outdatedCount, warm.sums.currencies[0]?.amountCents]).toEqual([0, 72_150n]);
  console.info(`160 subscriptions with 3 charges: ${cold.ms.toFixed(0)} ms for all, ${warm.ms.toFixed(1)} ms after one event`);
  expect(warm.ms).toBeLessThan(cold.ms / 4);
}, 60_000);

test('a call ends soon after its budget is used up', async () => {
  await books.moveClock('2023-02-20T00:00:00Z');
  const { sums, ms } = await timed(1);
  expect(sums.outdatedCount).toBeGreaterThan(0);
  // What was there before is still in the sums.
  expect(sums.currencies[0]?.amountCents).toBe(72_150n);
  expect(ms).toBeLessThan((await timed(ALL_TIME)).ms);
});
