import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PriceAnswer } from '../../../shared/internal/price.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';
import type { ApiClient } from '../../support/http-client.ts';
import { internalClient } from '../../support/internal-client.ts';

let books: TestEngine;
let screens: ApiClient;

beforeEach(async () => {
  books = await createTestEngine();
  screens = internalClient(books);
  const metrics = [
    { name: 'API calls', code: 'api_calls', aggregation_type: 'count_agg' },
    { name: 'Storage', code: 'storage', aggregation_type: 'sum_agg', field_name: 'gb' },
    {
      name: 'Transfers',
      code: 'transfers',
      aggregation_type: 'sum_agg',
      field_name: 'amount',
      filters: [{ key: 'region', values: ['eu', 'us'] }],
    },
    { name: 'Seats', code: 'seats', aggregation_type: 'sum_agg', field_name: 'count', recurring: true },
  ];
  for (const billable_metric of metrics) expect((await books.api.post('/billable_metrics', { billable_metric })).status).toBe(200);
});
afterEach(() => books.close());

const draft = (charges: readonly unknown[], more: object = {}) => ({
  ...{ name: 'Draft', code: 'draft', interval: 'monthly', amount_cents: 0, amount_currency: 'USD', pay_in_advance: false },
  ...more,
  charges,
});

async function price(plan: unknown, usage: readonly unknown[] = [], more: object = {}): Promise<PriceAnswer> {
  const answer = await screens.post<PriceAnswer>('/price', { plan, usage, ...more });
  expect(answer.status).toBe(200);
  return answer.body;
}

const search = {
  billable_metric_code: 'storage',
  charge_model: 'package',
  properties: { amount: '1.50', package_size: 1000, free_units: 10000 },
};

test('a package is priced with its steps', async () => {
  const answer = await price(draft([search]), [{ units: '30412' }]);
  expect(answer.errors).toEqual({});
  expect(answer.charges[0]!.amount_cents).toBe(3150);
  expect(answer.charges[0]!.fees[0]!.steps.map(({ kind, values, result }) => [kind, values, result])).toEqual([
    ['aggregation', { aggregation_type: 'sum_agg', field_name: 'gb', events_count: 1 }, '30412'],
    ['free_units', { units: '30412', free_units: 10000 }, '20412'],
    ['package', { units: '20412', package_size: 1000, packages: '21', package_amount: '1.5' }, '31.5'],
    ['rounding', { amount: '31.5', currency: 'USD', decimals: 2 }, '31.5'],
  ]);
  expect(answer.totals).toMatchObject({ base_fee_cents: 0, usage_cents: 3150, total_cents: 3150, precise_total: '31.5' });
});

const graduated = (rows: readonly (readonly [number, number | null, string, string])[], key = 'graduated_ranges') => ({
  [key]: rows.map(([from_value, to_value, per_unit_amount, flat_amount]) => ({ from_value, to_value, per_unit_amount, flat_amount })),
});

const modelRows = [
  { model: 'standard', properties: { amount: '0.05' }, usage: { units: '1000' }, cents: 5000 },
  { model: 'standard', properties: { amount: '0.00004' }, usage: { units: '12345' }, cents: 49 },
  {
    model: 'graduated',
    properties: graduated([
      [0, 10, '10', '2'],
      [11, 20, '5', '3'],
      [21, null, '5', '3'],
    ]),
    usage: { units: '10.5' },
    cents: 10750,
  },
  {
    model: 'graduated',
    properties: graduated([
      [0, 10, '10', '2'],
      [10, 20, '5', '3'],
      [20, null, '5', '3'],
    ]),
    usage: { units: '21' },
    cents: 16300,
  },
  {
    model: 'volume',
    properties: graduated(
      [
        [0, 100, '2', '10'],
        [101, 200, '1', '0'],
        [201, null, '0.5', '50'],
      ],
      'volume_ranges',
    ),
    usage: { units: '101' },
    cents: 10100,
  },
  { model: 'package', properties: { amount: '100', package_size: 10, free_units: 5 }, usage: { units: '15.5' }, cents: 20000 },
  {
    model: 'percentage',
    properties: { rate: '1', fixed_amount: '5', free_units_per_events: 3 },
    usage: { units: '40', events_count: 4 },
    cents: 510,
  },
  {
    model: 'percentage',
    properties: { rate: '2.99', per_transaction_min_amount: '1.75', per_transaction_max_amount: '12' },
    usage: { units: '90', events_count: 3 },
    cents: 525,
  },
  {
    model: 'graduated_percentage',
    properties: {
      graduated_percentage_ranges: [
        { from_value: 0, to_value: 10, rate: '1', flat_amount: '200' },
        { from_value: 11, to_value: 20, rate: '2', flat_amount: '300' },
        { from_value: 21, to_value: null, rate: '3', flat_amount: '400' },
      ],
    },
    usage: { units: '21' },
    cents: 90033,
  },
  { model: 'dynamic', properties: {}, usage: { units: '2', precise_total_amount_cents: '1236.66' }, cents: 1237 },
] as const;

for (const { model, properties, usage, cents } of modelRows) {
  test(`${model} at ${usage.units} units costs ${String(cents)} cents`, async () => {
    const answer = await price(draft([{ billable_metric_code: 'storage', charge_model: model, properties }]), [usage]);
    expect([answer.errors, answer.charges[0]!.amount_cents, answer.is_complete]).toEqual([{}, cents, true]);
  });
}

test('first flats are due without usage', async () => {
  const properties = graduated([
    [0, 10, '10', '2'],
    [11, null, '5', '3'],
  ]);
  const answer = await price(draft([{ billable_metric_code: 'storage', charge_model: 'graduated', properties }]));
  expect(answer.totals!.total_cents).toBe(200);
});

test('filters are priced one by one, and everything else by the charge itself', async () => {
  const charge = {
    billable_metric_code: 'transfers',
    charge_model: 'standard',
    properties: { amount: '0.12' },
    filters: [{ values: { region: ['eu'] }, properties: { amount: '0.10' } }],
  };
  const answer = await price(draft([charge]), [{ units: '10', filters: [{ units: '200' }] }]);
  expect(answer.charges[0]!.fees.map((fee) => [fee.filter_index, fee.units, fee.amount_cents])).toEqual([
    [0, '200.0', 2000],
    [null, '10.0', 120],
  ]);
  expect(answer.charges[0]!.amount_cents).toBe(2120);
  expect(answer.charges[0]!.curves.map((curve) => curve.filter_index)).toEqual([null, 0]);
});

test('a spending minimum and a minimum commitment lift the total', async () => {
  const charge = { ...search, min_amount_cents: 4000 };
  const plan = draft([charge], { amount_cents: 1000, minimum_commitment: { amount_cents: 10000 } });
  const answer = await price(plan, [{ units: '30412' }]);
  expect(answer.charges[0]!.fees.map((fee) => [fee.is_true_up, fee.amount_cents])).toEqual([
    [false, 3150],
    [true, 850],
  ]);
  expect(answer.totals).toMatchObject({
    ...{ base_fee_cents: 1000, usage_cents: 4000, commitment_cents: 10000, commitment_true_up_cents: 5000, total_cents: 10000 },
  });
});

test('a year of monthly charges is twelve of them', async () => {
  const plan = draft([search], { interval: 'yearly', bill_charges_monthly: true, amount_cents: 12000 });
  const answer = await price(plan, [{ units: '30412' }]);
  expect(answer.totals).toMatchObject({ charge_periods: 12, usage_cents: 3150, period_usage_cents: 37800, total_cents: 49800 });
});

test('wrong fields are told under their paths, and right charges are priced all the same', async () => {
  const wrong = {
    billable_metric_code: 'storage',
    charge_model: 'volume',
    pay_in_advance: true,
    properties: graduated(
      [
        [0, 10, '2', 'x'],
        [11, 5, '-1', '0'],
        [6, null, '1', '0'],
      ],
      'volume_ranges',
    ),
  };
  const missing = { charge_model: 'standard', properties: { amount: '1' } };
  const unknown = { billable_metric_code: 'nothing', charge_model: 'standard' };
  const answer = await price(draft([search, wrong, missing, unknown], { name: ' ', amount_cents: '1.5' }), [{ units: '30412' }]);
  expect(answer.errors).toEqual({
    name: ['value_is_mandatory'],
    amount_cents: ['value_is_invalid'],
    'charges.1.pay_in_advance': ['invalid_aggregation_type_or_charge_model'],
    'charges.1.properties.volume_ranges.0.flat_amount': ['invalid_amount'],
    'charges.1.properties.volume_ranges.1.to_value': ['invalid_volume_ranges'],
    'charges.1.properties.volume_ranges.1.per_unit_amount': ['invalid_amount'],
    'charges.2.billable_metric_id': ['value_is_mandatory'],
    'charges.3.billable_metric_id': ['billable_metrics_not_found'],
  });
  expect(answer.charges.map((charge) => charge.amount_cents)).toEqual([3150, null, null, null]);
  expect([answer.is_complete, answer.totals!.total_cents]).toEqual([false, 3150]);
});

test('a code that is taken comes with a free one; the plan itself may keep its own', async () => {
  const created = await books.api.post<{ plan: { lago_id: string } }>('/plans', { plan: draft([]) });
  const answer = await price(draft([]));
  expect([answer.errors, answer.free_code]).toEqual([{ code: ['value_already_exist'] }, 'draft_2']);
  expect((await price(draft([]), [], { plan_id: created.body.plan.lago_id })).errors).toEqual({});
});

test('the codes are those that saving is refused with', async () => {
  const wrong = {
    billable_metric_code: 'storage',
    charge_model: 'package',
    properties: { amount: 5, package_size: 0 },
    min_amount_cents: -1,
  };
  const answer = await price(draft([wrong]));
  expect(answer.errors).toEqual({
    'charges.0.properties.amount': ['invalid_amount'],
    'charges.0.properties.package_size': ['invalid_package_size'],
    'charges.0.properties.free_units': ['invalid_free_units'],
    'charges.0.min_amount_cents': ['value_is_out_of_range'],
  });
  const refused = await books.api.post<{ error_details: unknown }>('/plans', { plan: draft([wrong]) });
  expect(refused.body.error_details).toEqual({
    properties: ['invalid_amount', 'invalid_package_size', 'invalid_free_units'],
    min_amount_cents: ['value_is_out_of_range'],
  });
});

test('usage that is no usage is refused under its path', async () => {
  const counted = { billable_metric_code: 'api_calls', charge_model: 'standard', properties: { amount: '1' } };
  const answer = await price(draft([counted, search]), [{ units: '1.5' }, { units: 'many' }]);
  expect(answer.errors).toEqual({ 'usage.0.units': ['value_is_invalid'], 'usage.1.units': ['value_is_invalid'] });
  const huge = await price(draft([{ ...counted, properties: { amount: '999999999' } }]), [{ units: '999999999999' }]);
  expect(huge.errors).toEqual({ 'usage.0.units': ['value_is_out_of_range'] });
});

test('a curve has its tier edges, the units beside them, and tells where more costs less', async () => {
  const properties = graduated(
    [
      [0, 100, '2', '10'],
      [101, 200, '1', '0'],
      [201, null, '0.5', '50'],
    ],
    'volume_ranges',
  );
  const answer = await price(draft([{ billable_metric_code: 'storage', charge_model: 'volume', properties }]), [{ units: '120' }]);
  const curve = answer.charges[0]!.curves[0]!;
  expect([curve.end_units, curve.edges]).toEqual([
    '500.0',
    [
      { units: '100.0', kind: 'tier' },
      { units: '200.0', kind: 'tier' },
    ],
  ]);
  const at = new Map(curve.points.map((point) => [point.units, [point.amount_cents, point.unit_amount]]));
  expect(['0.0', '99.0', '100.0', '101.0', '200.0', '201.0', '500.0'].map((units) => at.get(units))).toEqual([
    [1000, '0.0'],
    [20800, '2.101010101010101'],
    [21000, '2.1'],
    [10100, '1.0'],
    [20000, '1.0'],
    [15050, '0.748756218905473'],
    [30000, '0.6'],
  ]);
  expect(curve.drops.map(({ from, to, even_again_units }) => [from.units, from.amount_cents, to.amount_cents, even_again_units])).toEqual([
    ['100.0', 21000, 10100, null],
    ['200.0', 20000, 15050, '300.0'],
  ]);
  expect(curve.points.length).toBeGreaterThan(150);
});

test('the curve of a percentage keeps the size of its events', async () => {
  const charge = { billable_metric_code: 'transfers', charge_model: 'percentage', properties: { rate: '1', fixed_amount: '0.25' } };
  const answer = await price(draft([charge]), [{ units: '1000', events_count: 10, max_units: '2000' }]);
  const points = new Map(answer.charges[0]!.curves[0]!.points.map((point) => [point.units, point.amount_cents]));
  expect([points.get('1000.0'), points.get('2000.0')]).toEqual([1250, 2500]);
});

test('nothing is stored, and only signed-in windows may ask', async () => {
  await price(draft([search]));
  expect((await books.api.get<{ plans: unknown[] }>('/plans')).body.plans).toEqual([]);
  const stranger = await books.engine.fetch(new Request('http://127.0.0.1:3000/api/internal/price', { method: 'POST', body: '{}' }));
  expect(stranger.status).toBe(401);
});

test('the calculator and current usage agree', async () => {
  const properties = { rate: '1', fixed_amount: '5', free_units_per_total_aggregation: '15' };
  const charge = { billable_metric_code: 'transfers', charge_model: 'percentage', properties };
  const answer = await price(draft([charge]), [{ units: '40', events_count: 4 }]);
  await books.api.post('/plans', { plan: draft([charge]) });
  await books.api.post('/customers', { customer: { external_id: 'c', currency: 'USD' } });
  await books.api.post('/subscriptions', { subscription: { external_customer_id: 'c', plan_code: 'draft', external_id: 's' } });
  for (const transaction_id of ['1', '2', '3', '4']) {
    const event = { transaction_id, external_subscription_id: 's', code: 'transfers', properties: { amount: '10' } };
    expect((await books.api.post('/events', { event })).status).toBe(200);
  }
  const usage = await books.api.get<{ customer_usage: { amount_cents: number } }>('/customers/c/current_usage?external_subscription_id=s');
  expect([answer.totals!.total_cents, usage.body.customer_usage.amount_cents]).toEqual([1525, 1525]);
});

test('without units an example is taken that shows what the prices are about', async () => {
  const answer = await price(draft([search]), [{}]);
  expect(answer.charges[0]!.fees[0]!.units).toBe('40000.0');
  expect(answer.totals!.total_cents).toBe(4500); // 30 packages of 1.50
});
