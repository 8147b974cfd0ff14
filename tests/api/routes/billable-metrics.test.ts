import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface MetricBody {
  readonly billable_metric: { readonly lago_id: string; readonly code: string; readonly filters: unknown };
}

describe('billable metrics over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
  });
  afterEach(() => app.close());

  const create = (attributes: Readonly<Record<string, unknown>>) =>
    app.api.post<MetricBody>('/billable_metrics', {
      billable_metric: { name: 'Storage', code: 'storage', aggregation_type: 'sum_agg', field_name: 'gb', ...attributes },
    });
  const putOnPlan = async () => {
    const { body } = await create({ filters: [{ key: 'region', values: ['eu', 'us'] }] });
    const charge = {
      billable_metric_id: body.billable_metric.lago_id,
      charge_model: 'standard',
      properties: { amount: '1' },
      filters: [{ values: { region: ['eu', 'us'] }, properties: { amount: '2' } }],
    };
    const plan = { name: 'P', code: 'p', interval: 'monthly', amount_cents: 0, amount_currency: 'USD', charges: [charge] };
    await app.api.post('/plans', { plan });
  };

  it('answers a created metric with every field', async () => {
    const { status, body } = await create({ filters: [{ key: 'region', values: ['us', 'eu', 'eu'] }] });
    expect(status).toBe(200);
    expect(body).toEqual({
      billable_metric: {
        lago_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        name: 'Storage',
        code: 'storage',
        description: null,
        aggregation_type: 'sum_agg',
        field_name: 'gb',
        recurring: false,
        rounding_function: null,
        rounding_precision: null,
        weighted_interval: null,
        expression: null,
        filters: [{ key: 'region', values: ['eu', 'us'] }],
        created_at: '2023-03-01T09:30:00Z',
      },
    });
  });

  it.each([
    ['count_agg drops its field', { aggregation_type: 'count_agg', field_name: 'gb' }, { field_name: null }],
    ['weighted_sum_agg counts seconds', { aggregation_type: 'weighted_sum_agg' }, { weighted_interval: 'seconds' }],
    [
      'recurring_count_agg is a recurring unique count',
      { aggregation_type: 'recurring_count_agg' },
      { aggregation_type: 'unique_count_agg', recurring: true },
    ],
    ['rounding is kept', { rounding_function: 'ceil', rounding_precision: -2 }, { rounding_function: 'ceil', rounding_precision: -2 }],
    ['an expression is kept', { expression: 'event.properties.gb * 2' }, { expression: 'event.properties.gb * 2', field_name: 'gb' }],
  ])('%s', async (_, attributes, expected) => {
    expect((await create(attributes)).body).toMatchObject({ billable_metric: expected });
  });

  it.each([
    ['a blank name and code', { name: '', code: ' ' }, { name: ['value_is_mandatory'], code: ['value_is_mandatory'] }],
    ['an unknown aggregation', { aggregation_type: 'avg_agg' }, { aggregation_type: ['value_is_invalid'] }],
    ['no aggregation', { aggregation_type: null }, { aggregation_type: ['value_is_mandatory'] }],
    ['no field', { field_name: '' }, { field_name: ['value_is_mandatory'] }],
    ['no field beside an expression', { field_name: null, expression: '1' }, { field_name: ['value_is_mandatory'] }],
    ['recurring maxima', { aggregation_type: 'max_agg', recurring: true }, { recurring: ['not_compatible_with_aggregation_type'] }],
    [
      'recurring latest values',
      { aggregation_type: 'latest_agg', recurring: true },
      { recurring: ['not_compatible_with_aggregation_type'] },
    ],
    ['an unknown rounding', { rounding_function: 'up' }, { rounding_function: ['value_is_invalid'] }],
    ['an unknown interval', { weighted_interval: 'days' }, { weighted_interval: ['value_is_invalid'] }],
    [
      'filters without key and without values',
      {
        filters: [
          { key: 'region', values: [] },
          { key: '', values: ['eu'] },
        ],
      },
      { key: ['value_is_mandatory'], values: ['value_is_mandatory'] },
    ],
    ['a filter without values', { filters: [{ key: 'region', values: [] }] }, { values: ['value_is_mandatory'] }],
    ['an expression that cannot be read', { expression: 'event.properties.gb *' }, { expression: ['invalid_expression'] }],
    [
      'several things at once',
      { name: null, field_name: null, recurring: 'yes' },
      { name: ['value_is_mandatory'], field_name: ['value_is_mandatory'], recurring: ['value_is_invalid'] },
    ],
  ])('refuses %s', async (_, attributes, details) => {
    const { status, body } = await create(attributes);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'validation_errors', error_details: details });
  });

  it('refuses a code that is taken, and gives it free when the metric is deleted', async () => {
    await create({});
    expect((await create({})).body).toMatchObject({ error_details: { code: ['value_already_exist'] } });
    expect((await app.api.delete('/billable_metrics/storage')).status).toBe(200);
    expect((await app.api.get('/billable_metrics/storage')).body).toMatchObject({ code: 'billable_metric_not_found' });
    expect((await create({})).status).toBe(200);
  });

  it('changes everything while no plan uses the metric', async () => {
    await create({});
    const { body } = await app.api.put('/billable_metrics/storage', {
      billable_metric: { code: 'disk', aggregation_type: 'max_agg', field_name: 'size', description: 'd' },
    });
    expect(body).toMatchObject({
      billable_metric: { name: 'Storage', code: 'disk', aggregation_type: 'max_agg', field_name: 'size', description: 'd' },
    });
  });

  it('changes only name, description and filters once a plan uses it, and says nothing of the rest', async () => {
    await putOnPlan();
    const { status, body } = await app.api.put('/billable_metrics/storage', {
      billable_metric: {
        name: 'Disk',
        code: 'disk',
        aggregation_type: 'count_agg',
        recurring: true,
        filters: [{ key: 'region', values: ['us', 'asia'] }],
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      billable_metric: {
        name: 'Disk',
        code: 'storage',
        aggregation_type: 'sum_agg',
        recurring: false,
        filters: [{ key: 'region', values: ['asia', 'us'] }],
      },
    });
  });

  it('takes values that are no longer declared off the charge filters', async () => {
    await putOnPlan();
    await app.api.put('/billable_metrics/storage', { billable_metric: { filters: [{ key: 'region', values: ['us'] }] } });
    expect((await app.api.get('/plans/p')).body).toMatchObject({ plan: { charges: [{ filters: [{ values: { region: ['us'] } }] }] } });
    await app.api.put('/billable_metrics/storage', { billable_metric: { filters: [] } });
    expect((await app.api.get('/plans/p')).body).toMatchObject({ plan: { charges: [{ filters: [] }] } });
  });

  it('takes the charges of a deleted metric off the plans', async () => {
    await putOnPlan();
    await app.api.delete('/billable_metrics/storage');
    expect((await app.api.get('/plans/p')).body).toMatchObject({ plan: { charges: [] } });
  });

  it('lists the newest first', async () => {
    await create({ code: 'a' });
    await create({ code: 'b' });
    expect((await app.api.get('/billable_metrics')).body).toMatchObject({
      billable_metrics: [{ code: 'b' }, { code: 'a' }],
      meta: { current_page: 1, total_count: 2 },
    });
  });

  it('computes an expression for a sample event', async () => {
    const event = { code: 'storage', timestamp: 1677663000, properties: { gb: '10.5', zone: 'a' } };
    const evaluate = (expression: unknown) => app.api.post('/billable_metrics/evaluate_expression', { expression, event });
    expect((await evaluate('round(event.properties.gb * 2 / 3, 2)')).body).toEqual({ expression_result: { value: '7.0' } });
    expect((await evaluate("concat(event.code, '-', event.properties.zone)")).body).toEqual({ expression_result: { value: 'storage-a' } });
    expect((await evaluate('')).body).toMatchObject({ error_details: { expression: ['value_is_mandatory'] } });
    expect((await evaluate('1 +')).body).toMatchObject({ error_details: { expression: ['invalid_expression'] } });
  });
});
