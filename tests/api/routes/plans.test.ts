import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface ChargeBody {
  readonly lago_id: string;
  readonly code: string;
  readonly filters: readonly { readonly lago_id: string }[];
}
interface PlanBody {
  readonly plan: { readonly lago_id: string; readonly charges: readonly ChargeBody[] };
}

const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;
const PLAN = { name: 'Starter', code: 'starter', interval: 'monthly', amount_cents: 2900, amount_currency: 'USD', pay_in_advance: true };
const RANGES = [
  { from_value: 0, to_value: 10, per_unit_amount: '1', flat_amount: '0' },
  { from_value: 11, to_value: null, per_unit_amount: '0.5', flat_amount: '2' },
];

describe('plans over HTTP', () => {
  let app: TestEngine;
  /** Sums gb, with the regions eu and us. */
  let gb: string;
  let calls: string;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
    gb = await metric({ code: 'gb', aggregation_type: 'sum_agg', field_name: 'gb', filters: [{ key: 'region', values: ['eu', 'us'] }] });
    calls = await metric({ code: 'calls', aggregation_type: 'count_agg' });
    for (const code of ['t1', 't2']) await app.api.post('/taxes', { tax: { name: code, code, rate: 10 } });
  });
  afterEach(() => app.close());

  async function metric(attributes: Readonly<Record<string, unknown>>): Promise<string> {
    const { body } = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
      billable_metric: { name: attributes['code'], ...attributes },
    });
    return body.billable_metric.lago_id;
  }
  const create = (attributes: Readonly<Record<string, unknown>> = {}) =>
    app.api.post<PlanBody>('/plans', { plan: { ...PLAN, ...attributes } });
  const update = (attributes: Readonly<Record<string, unknown>>) => app.api.put<PlanBody>('/plans/starter', { plan: attributes });
  const standard = (more: Readonly<Record<string, unknown>> = {}) => ({
    billable_metric_id: gb,
    charge_model: 'standard',
    properties: { amount: '1.5' },
    ...more,
  });

  it('answers a created plan with every field', async () => {
    const { status, body } = await create();
    expect(status).toBe(200);
    expect(body).toEqual({
      plan: {
        lago_id: UUID,
        name: 'Starter',
        code: 'starter',
        invoice_display_name: null,
        description: null,
        interval: 'monthly',
        amount_cents: 2900,
        amount_currency: 'USD',
        pay_in_advance: true,
        trial_period: null,
        bill_charges_monthly: null,
        bill_fixed_charges_monthly: null,
        parent_id: null,
        pending_deletion: false,
        customers_count: 0,
        active_subscriptions_count: 0,
        draft_invoices_count: 0,
        charges: [],
        fixed_charges: [],
        entitlements: [],
        taxes: [],
        usage_thresholds: [],
        created_at: '2023-03-01T09:30:00Z',
      },
    });
  });

  it('answers a charge with every field', async () => {
    const filters = [{ invoice_display_name: 'Europe', values: { region: ['eu'] }, properties: { amount: '1' } }];
    const { body } = await create({ charges: [standard({ filters, tax_codes: ['t2', 't1'], min_amount_cents: 500, unknown: 1 })] });
    expect(body.plan.charges).toEqual([
      {
        lago_id: UUID,
        lago_billable_metric_id: gb,
        billable_metric_code: 'gb',
        code: 'gb',
        charge_model: 'standard',
        pay_in_advance: false,
        invoiceable: true,
        prorated: false,
        min_amount_cents: 500,
        invoice_display_name: null,
        regroup_paid_fees: null,
        accepts_target_wallet: false,
        applied_pricing_unit: null,
        lago_parent_id: null,
        properties: { amount: '1.5' },
        filters: [
          { lago_id: UUID, charge_code: 'gb', invoice_display_name: 'Europe', values: { region: ['eu'] }, properties: { amount: '1' } },
        ],
        taxes: [expect.objectContaining({ code: 't2', rate: 10 }), expect.objectContaining({ code: 't1' })],
        created_at: '2023-03-01T09:30:00Z',
      },
    ]);
  });

  it('keeps taxes, commitment, thresholds, metadata and a trial with a fraction', async () => {
    const { body } = await create({
      tax_codes: ['t1'],
      minimum_commitment: { amount_cents: 10000, invoice_display_name: 'Least', tax_codes: ['t2'] },
      usage_thresholds: [{ amount_cents: 5000, threshold_display_name: 'Half', recurring: true }],
      metadata: { team: 'core', note: null },
      trial_period: 7.5,
    });
    expect(body.plan).toMatchObject({
      taxes: [{ code: 't1' }],
      minimum_commitment: {
        lago_id: UUID,
        plan_code: 'starter',
        invoice_display_name: 'Least',
        amount_cents: 10000,
        interval: 'monthly',
        created_at: '2023-03-01T09:30:00Z',
        updated_at: '2023-03-01T09:30:00Z',
        taxes: [{ code: 't2' }],
      },
      usage_thresholds: [
        { lago_id: UUID, threshold_display_name: 'Half', amount_cents: 5000, recurring: true, created_at: '2023-03-01T09:30:00Z' },
      ],
      metadata: { team: 'core', note: null },
      trial_period: 7.5,
    });
  });

  it.each([
    ['yearly', true, true],
    ['semiannual', true, true],
    ['yearly', null, false],
    ['monthly', true, null],
  ])('bill_charges_monthly of a %s plan sent as %s is %s', async (interval, sent, stored) => {
    expect((await create({ interval, bill_charges_monthly: sent })).body).toMatchObject({ plan: { bill_charges_monthly: stored } });
  });

  it('gives charges of one metric codes of their own', async () => {
    const { body } = await create({
      charges: [standard(), standard({ code: 'gb_2' }), standard(), standard({ billable_metric_id: calls })],
    });
    expect(body.plan.charges.map((charge) => charge.code)).toEqual(['gb', 'gb_2', 'gb_3', 'calls']);
  });

  it('finds the metric by its code too, and fills in the defaults of a model', async () => {
    const { body } = await create({ charges: [{ billable_metric_code: 'calls', charge_model: 'package' }] });
    expect(body.plan.charges).toMatchObject([
      { billable_metric_code: 'calls', properties: { package_size: 1, amount: '0', free_units: 0 } },
    ]);
  });

  it.each([
    [
      'an empty plan',
      { name: '', code: null, interval: null, amount_cents: null, amount_currency: '' },
      {
        name: ['value_is_mandatory'],
        code: ['value_is_mandatory'],
        interval: ['value_is_mandatory'],
        amount_cents: ['value_is_mandatory'],
        amount_currency: ['value_is_mandatory'],
      },
    ],
    ['an unknown interval', { interval: 'hourly' }, { interval: ['value_is_invalid'] }],
    ['a fraction of a cent', { amount_cents: 10.5 }, { amount_cents: ['value_is_invalid'] }],
    ['a negative amount', { amount_cents: -1 }, { amount_cents: ['value_is_out_of_range'] }],
    ['an unknown currency', { amount_currency: 'XXX' }, { amount_currency: ['value_is_invalid'] }],
    ['a negative trial', { trial_period: -1 }, { trial_period: ['value_is_out_of_range'] }],
    ['a commitment of nothing', { minimum_commitment: { amount_cents: 0 } }, { amount_cents: ['value_is_out_of_range'] }],
    ['a commitment without amount', { minimum_commitment: { invoice_display_name: 'x' } }, { amount_cents: ['value_is_mandatory'] }],
  ])('refuses %s', async (_, attributes, details) => {
    const { status, body } = await create(attributes);
    expect(status).toBe(422);
    expect(body).toMatchObject({ error_details: details });
  });

  it.each([
    ['a number as amount', { properties: { amount: 12 } }, { properties: ['invalid_amount'] }],
    ['only properties that its model does not know', { properties: { price: '5' } }, { properties: ['invalid_amount'] }],
    ['an unknown model', { charge_model: 'tiered' }, { charge_model: ['value_is_invalid'] }],
    ['no model', { charge_model: null }, { charge_model: ['value_is_mandatory'] }],
    [
      'a gap in the ranges',
      { charge_model: 'graduated', properties: { graduated_ranges: [RANGES[0], { ...RANGES[1], from_value: 13 }] } },
      { properties: ['invalid_graduated_ranges'] },
    ],
    [
      'volume in advance',
      { charge_model: 'volume', properties: { volume_ranges: RANGES }, pay_in_advance: true },
      { pay_in_advance: ['invalid_aggregation_type_or_charge_model'] },
    ],
    ['a fee without invoice in arrears', { invoiceable: false }, { invoiceable: ['must_be_true_unless_pay_in_advance'] }],
    [
      'regrouping in arrears',
      { regroup_paid_fees: 'invoice' },
      { regroup_paid_fees: ['only_compatible_with_pay_in_advance_and_non_invoiceable'] },
    ],
    ['a minimum in advance', { pay_in_advance: true, min_amount_cents: 1 }, { min_amount_cents: ['not_compatible_with_pay_in_advance'] }],
    ['a minimum that is no number', { min_amount_cents: 'much' }, { min_amount_cents: ['value_is_invalid'] }],
    ['proration of what does not recur', { prorated: true }, { prorated: ['invalid_billable_metric_or_charge_model'] }],
    [
      'a filter value that the metric lacks',
      { filters: [{ values: { region: ['mars'] }, properties: { amount: '1' } }] },
      { values: ['value_is_invalid'] },
    ],
    [
      'a filter key that the metric lacks',
      { filters: [{ values: { cloud: ['aws'] }, properties: { amount: '1' } }] },
      { values: ['value_is_invalid'] },
    ],
    ['a filter without values', { filters: [{ values: {}, properties: { amount: '1' } }] }, { values: ['value_is_mandatory'] }],
    [
      'a wrong price of a filter',
      { filters: [{ values: { region: ['eu'] }, properties: { amount: 'x' } }] },
      { properties: ['invalid_amount'] },
    ],
    ['no metric', { billable_metric_id: null }, { billable_metric_id: ['value_is_mandatory'] }],
  ])('refuses a charge with %s', async (_, attributes, details) => {
    const { status, body } = await create({ charges: [standard(attributes)] });
    expect(status).toBe(422);
    expect((body as unknown as { error_details: unknown }).error_details).toEqual(details);
    expect((await app.api.get('/plans')).body).toMatchObject({ plans: [] });
  });

  it('reports what is wrong with the plan and with each of its charges together', async () => {
    await create();
    const charges = [standard({ properties: { amount: 1 } }), standard({ invoiceable: false, code: 'x' }), standard({ code: 'x' })];
    const { body } = await create({ name: '', interval: 'daily', charges });
    expect(body).toMatchObject({
      error_details: {
        name: ['value_is_mandatory'],
        interval: ['value_is_invalid'],
        code: ['value_already_exist'],
        properties: ['invalid_amount'],
        invoiceable: ['must_be_true_unless_pay_in_advance'],
      },
    });
  });

  it('judges what can be read of a charge beside what cannot', async () => {
    const filters = [{ values: { region: ['mars'] }, invoice_display_name: 5, properties: { amount: '-1' } }];
    const { body } = await create({ charges: [standard({ min_amount_cents: 'x', prorated: true }), standard({ filters })] });
    expect(body).toMatchObject({
      error_details: {
        min_amount_cents: ['value_is_invalid'],
        prorated: ['invalid_billable_metric_or_charge_model'],
        values: ['value_is_invalid'],
        invoice_display_name: ['value_is_invalid'],
        properties: ['invalid_amount'],
      },
    });
  });

  it('says 404 for a metric or a tax that does not exist, and stores nothing', async () => {
    const unknown = '11111111-2222-4333-8444-555555555555';
    const noMetric = await create({ charges: [standard({ billable_metric_id: unknown })] });
    expect(noMetric).toMatchObject({ status: 404, body: { code: 'billable_metrics_not_found' } });
    for (const attributes of [
      { tax_codes: ['none'] },
      { charges: [standard({ tax_codes: ['none'] })] },
      { minimum_commitment: { amount_cents: 1, tax_codes: ['none'] } },
    ]) {
      expect(await create(attributes)).toMatchObject({ status: 404, body: { code: 'tax_not_found' } });
    }
    expect((await app.api.get('/plans')).body).toMatchObject({ plans: [], meta: { total_count: 0 } });
  });

  it('takes the charges of an update as the full new list', async () => {
    const { body } = await create({ charges: [standard(), standard({ billable_metric_id: calls })] });
    const [first] = body.plan.charges;
    const kept = { id: first?.lago_id, invoice_display_name: 'Gigabytes' };
    const changed = await update({ charges: [kept, standard({ properties: { amount: '9' } })] });
    expect(changed.body.plan.charges).toMatchObject([
      { lago_id: first?.lago_id, code: 'gb', invoice_display_name: 'Gigabytes', properties: { amount: '1.5' } },
      { code: 'gb_2', properties: { amount: '9' } },
    ]);
    expect((await update({ name: 'Other' })).body.plan.charges).toHaveLength(2);
    expect((await update({ charges: [] })).body.plan.charges).toEqual([]);
  });

  it('lets two charges exchange their codes', async () => {
    const { body } = await create({ charges: [standard({ code: 'a' }), standard({ code: 'b' })] });
    const [a, b] = body.plan.charges.map((charge) => charge.lago_id);
    const changed = await update({
      charges: [
        { id: a, code: 'b' },
        { id: b, code: 'a' },
      ],
    });
    expect(changed.body.plan.charges).toMatchObject([
      { lago_id: a, code: 'b' },
      { lago_id: b, code: 'a' },
    ]);
  });

  it('keeps the id of a filter whose values stay', async () => {
    const eu = { values: { region: ['eu'] }, properties: { amount: '1' } };
    const us = { values: { region: ['us'] }, properties: { amount: '2' } };
    const { body } = await create({ charges: [standard({ filters: [eu, us] })] });
    const [charge] = body.plan.charges;
    const changed = await update({ charges: [{ id: charge?.lago_id, filters: [{ ...us, properties: { amount: '3' } }] }] });
    expect(changed.body.plan.charges[0]?.filters).toMatchObject([{ lago_id: charge?.filters[1]?.lago_id, properties: { amount: '3' } }]);
  });

  it('removes the commitment with an empty object and leaves it when it is not sent', async () => {
    await create({ minimum_commitment: { amount_cents: 100 } });
    expect((await update({ name: 'x' })).body).toMatchObject({ plan: { minimum_commitment: { amount_cents: 100 } } });
    expect((await update({ minimum_commitment: {} })).body.plan).not.toHaveProperty('minimum_commitment');
  });

  it('freezes what bills a plan once it has a subscription, and says nothing of the rest', async () => {
    const { body } = await create({ charges: [standard()] });
    await app.api.post('/subscriptions', { subscription: { external_customer_id: 'c', plan_code: 'starter', external_id: 's' } });
    const charge = {
      id: body.plan.charges[0]?.lago_id,
      charge_model: 'package',
      pay_in_advance: true,
      code: 'x',
      properties: { amount: '2' },
    };
    const changed = await update({
      ...{ code: 'other', interval: 'yearly', amount_currency: 'EUR', pay_in_advance: false, trial_period: 3 },
      ...{ name: 'New', amount_cents: 3900, tax_codes: ['t1'], charges: [charge] },
    });
    expect(changed.status).toBe(200);
    expect(changed.body.plan).toMatchObject({
      ...{ code: 'starter', interval: 'monthly', amount_currency: 'USD', pay_in_advance: true, trial_period: null },
      ...{ name: 'New', amount_cents: 3900, taxes: [{ code: 't1' }] },
      charges: [{ code: 'gb', charge_model: 'standard', pay_in_advance: false, properties: { amount: '2' } }],
    });
  });

  it('deletes a plan, says so in the answer, and frees its code', async () => {
    await create({ charges: [standard()] });
    const { status, body } = await app.api.delete('/plans/starter');
    expect(status).toBe(200);
    expect(body).toMatchObject({ plan: { code: 'starter', pending_deletion: true, charges: [{ code: 'gb' }] } });
    expect((await app.api.get('/plans/starter')).body).toMatchObject({ code: 'plan_not_found' });
    expect((await create()).status).toBe(200);
  });

  it('lists the newest first with their charges', async () => {
    await create({ code: 'a' });
    await create({ code: 'b', charges: [standard()] });
    expect((await app.api.get('/plans')).body).toMatchObject({
      plans: [
        { code: 'b', charges: [{ code: 'gb' }] },
        { code: 'a', charges: [] },
      ],
    });
  });
});
