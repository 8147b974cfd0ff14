import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

type Json = Readonly<Record<string, unknown>>;
interface Charge {
  readonly units: string;
  readonly amount_cents: number;
  readonly events_count: number;
  readonly charge: { readonly lago_id: string; readonly code: string };
  readonly billable_metric: { readonly code: string };
  readonly filters: readonly Json[];
  readonly grouped_usage: readonly Json[];
}
interface Usage {
  readonly amount_cents: number;
  readonly taxes_amount_cents: number;
  readonly total_amount_cents: number;
  readonly charges_usage: readonly Charge[];
}

let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-05-01T00:00:00Z' });
});
afterEach(() => app.close());

async function metric(name: string, more: Json = {}): Promise<string> {
  const { body } = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
    billable_metric: { name, code: name.toLowerCase(), aggregation_type: 'sum_agg', field_name: 'value', ...more },
  });
  return body.billable_metric.lago_id;
}

async function subscribe(
  charges: readonly Json[],
  more: { readonly plan?: Json; readonly subscription?: Json; readonly customer?: Json } = {},
): Promise<void> {
  const plan = { name: 'Plan', code: 'plan', interval: 'monthly', amount_cents: 9900, amount_currency: 'EUR', charges, ...more.plan };
  expect(await app.api.post('/plans', { plan })).toMatchObject({ status: 200 });
  await app.api.post('/customers', { customer: { external_id: 'acme', ...more.customer } });
  const subscription = { external_customer_id: 'acme', plan_code: 'plan', external_id: 'main', ...more.subscription };
  expect(await app.api.post('/subscriptions', { subscription })).toMatchObject({ status: 200 });
}

let sent = 0;
async function use(code: string, properties: Json = {}, more: Json = {}): Promise<void> {
  sent += 1;
  const event = { transaction_id: `t${String(sent)}`, external_subscription_id: 'main', code, properties, ...more };
  expect((await app.api.post('/events', { event })).status).toBe(200);
}

const usagePath = '/customers/acme/current_usage';
async function usage(query = 'external_subscription_id=main'): Promise<Usage> {
  const answer = await app.api.get<{ customer_usage: Usage }>(`${usagePath}?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.customer_usage;
}
const standard = (id: string, amount: string, more: Json = {}) => ({
  billable_metric_id: id,
  charge_model: 'standard',
  properties: { amount },
  ...more,
});

describe('current usage', () => {
  it('shows the running period and every charge by the name of its metric, also without usage', async () => {
    const zebras = await metric('zebras');
    const apples = await metric('Apples');
    await subscribe([standard(zebras, '2'), standard(apples, '0.5', { invoice_display_name: 'Fruit' })], {
      customer: { timezone: 'America/New_York' },
    });
    await use('zebras', { value: 3 }, { timestamp: 1_682_953_200 });
    const answer = await app.api.get(`${usagePath}?external_subscription_id=main`);
    expect(answer.body).toEqual({
      customer_usage: {
        // 1 May 00:00 UTC is 30 April in New York: the subscription starts in the last days of that month.
        from_datetime: '2023-05-01T00:00:00Z',
        to_datetime: '2023-05-01T03:59:59Z',
        issuing_date: '2023-05-01',
        lago_invoice_id: null,
        currency: 'EUR',
        amount_cents: 0,
        taxes_amount_cents: 0,
        total_amount_cents: 0,
        charges_usage: [
          {
            units: '0.0',
            total_aggregated_units: '0.0',
            events_count: 0,
            amount_cents: 0,
            amount_currency: 'EUR',
            pricing_unit_details: null,
            charge: { lago_id: ID, code: 'apples', charge_model: 'standard', invoice_display_name: 'Fruit' },
            billable_metric: { lago_id: apples, name: 'Apples', code: 'apples', aggregation_type: 'sum_agg' },
            filters: [],
            grouped_usage: [],
            presentation_breakdowns: [],
          },
          expect.objectContaining({ units: '0.0', billable_metric: expect.objectContaining({ code: 'zebras' }) as Json }),
        ],
      },
    });
    await app.moveClock('2023-05-02T00:00:00Z');
    expect(await usage()).toMatchObject({
      from_datetime: '2023-05-01T04:00:00Z',
      to_datetime: '2023-06-01T03:59:59Z',
      issuing_date: '2023-06-01',
      amount_cents: 600,
      charges_usage: [{ units: '0.0' }, { units: '3.0', amount_cents: 600, events_count: 1 }],
    });
  });

  it('leaves out the subscription fee, minimums and coupons, and stores nothing', async () => {
    await subscribe([standard(await metric('calls'), '1', { min_amount_cents: 5000 })], {
      plan: { minimum_commitment: { amount_cents: 100_000 } },
    });
    await use('calls', { value: 2 });
    expect(await usage()).toMatchObject({ amount_cents: 200, total_amount_cents: 200 });
    expect((await app.api.get<{ fees: unknown[] }>('/fees')).body.fees).toEqual([]);
  });

  it('counts late and future events of the period at once, and none before the start or after the end', async () => {
    await subscribe([standard(await metric('calls'), '1')], { subscription: { subscription_at: '2023-05-01T00:00:00Z' } });
    await app.moveClock('2023-05-20T12:00:00Z');
    await use('calls', { value: 1 }, { timestamp: 1_682_899_200 }); // 1 May 00:00:00, the first second
    await use('calls', { value: 10 }, { timestamp: 1_685_577_599.999 }); // 31 May 23:59:59.999, still to come
    await use('calls', { value: 100 }, { timestamp: 1_682_899_199.999 }); // 30 April
    await use('calls', { value: 1000 }, { timestamp: 1_685_577_600 }); // 1 June 00:00:00
    await use('calls', { value: 10_000 }, { timestamp: 0 });
    await use('calls', { value: 100_000 }, { timestamp: 31_556_952_000 }); // 2970
    expect((await usage()).charges_usage).toMatchObject([{ units: '11.0', events_count: 2 }]);
  });

  it('rounds each fee, then taxes each fee: the charge’s own taxes before the customer’s', async () => {
    await app.api.post('/taxes', { tax: { name: 'A', code: 'a', rate: 10 } });
    await app.api.post('/taxes', { tax: { name: 'B', code: 'b', rate: 20 } });
    const calls = await metric('calls');
    await subscribe([standard(calls, '0.005', { tax_codes: ['a'] }), standard(calls, '0.125')], { customer: { tax_codes: ['b'] } });
    await use('calls', { value: 1 });
    // 0.005 is 1 cent with 0.1 tax, 0 cents; 0.125 is 13 cents with 2.6 tax, 3 cents.
    expect(await usage()).toMatchObject({ amount_cents: 14, taxes_amount_cents: 3, total_amount_cents: 17 });
    expect(await usage('external_subscription_id=main&apply_taxes=false')).toMatchObject({
      amount_cents: 14,
      taxes_amount_cents: 0,
      total_amount_cents: 14,
    });
  });

  it('splits a charge by its filters, the default one last, and by its groups', async () => {
    const hours = await metric('hours', { filters: [{ key: 'region', values: ['eu', 'us'] }] });
    const grouped = (amount: string) => ({ amount, pricing_group_keys: ['agent'] });
    const filters = [
      { values: { region: ['eu'] }, properties: grouped('2'), invoice_display_name: 'Europe' },
      { values: { region: ['us'] }, properties: { amount: '3' } },
    ];
    await subscribe([{ ...standard(hours, '0'), properties: grouped('1'), filters }]);
    await use('hours', { value: 1, region: 'eu', agent: 'a' });
    await use('hours', { value: 2, region: 'eu', agent: 'b' });
    await use('hours', { value: 4, region: 'mars', agent: 'a' });
    await use('hours', { value: 8, region: 'mars' });
    const [charge] = (await usage()).charges_usage;
    expect(charge).toMatchObject({ units: '15.0', events_count: 4, amount_cents: 1800 });
    expect(charge?.filters).toMatchObject([
      { values: { region: ['eu'] }, invoice_display_name: 'Europe', units: '3.0', events_count: 2, amount_cents: 600 },
      { values: { region: ['us'] }, invoice_display_name: null, units: '0.0', events_count: 0, amount_cents: 0 },
      { values: null, units: '12.0', events_count: 2, amount_cents: 1200 },
    ]);
    expect(charge?.grouped_usage).toMatchObject([
      {
        grouped_by: { agent: 'a' },
        units: '5.0',
        amount_cents: 600,
        filters: [
          { values: { region: ['eu'] }, units: '1.0' },
          { values: null, units: '4.0' },
        ],
      },
      { grouped_by: { agent: 'b' }, units: '2.0', amount_cents: 400, filters: [{ values: { region: ['eu'] } }] },
      { grouped_by: { agent: null }, units: '8.0', amount_cents: 800, filters: [{ values: null }] },
    ]);
    const groupA = await usage(`external_subscription_id=main&group=${encodeURIComponent('{"agent":"a"}')}`);
    expect(groupA.charges_usage[0]).toMatchObject({ units: '5.0', amount_cents: 600, grouped_usage: [{ grouped_by: { agent: 'a' } }] });
    const nobody = await usage('external_subscription_id=main&filter_by_group%5Bagent%5D=');
    expect(nobody).toMatchObject({ amount_cents: 800 });
  });

  it('shows one group without values where nothing was used', async () => {
    const hours = await metric('hours');
    await subscribe([{ ...standard(hours, '1'), properties: { amount: '1', pricing_group_keys: ['agent', 'team'] } }]);
    expect((await usage()).charges_usage[0]?.grouped_usage).toMatchObject([
      { grouped_by: { agent: null, team: null }, units: '0.0', events_count: 0, amount_cents: 0, filters: [] },
    ]);
  });

  it('prices a charge in advance on its highest level, and shows the present one', async () => {
    await subscribe([standard(await metric('seats'), '1', { pay_in_advance: true })]);
    for (const value of [10, -4, 8, -1]) await use('seats', { value });
    expect((await usage()).charges_usage).toMatchObject([{ units: '13.0', events_count: 4, amount_cents: 1400 }]);
  });

  it('carries recurring units over into the next period', async () => {
    await subscribe([standard(await metric('seats', { recurring: true }), '1')]);
    await use('seats', { value: 5 });
    await app.moveClock('2023-06-02T00:00:00Z');
    await use('seats', { value: '2.5' });
    expect((await usage()).charges_usage).toMatchObject([{ units: '7.5', amount_cents: 750 }]);
  });

  it('is narrowed to a charge or a metric', async () => {
    await subscribe([standard(await metric('calls'), '1'), standard(await metric('hours'), '2', { code: 'time' })]);
    await use('calls', { value: 1 });
    await use('hours', { value: 1 });
    const [, hours] = (await usage()).charges_usage;
    const queries = [
      'charge_code=time',
      'filter_by_charge_code=time',
      `charge_id=${hours?.charge.lago_id ?? ''}`,
      'billable_metric_code=hours',
    ];
    for (const query of queries) {
      expect(await usage(`external_subscription_id=main&${query}`)).toMatchObject({
        amount_cents: 200,
        charges_usage: [{ charge: { code: 'time' } }],
      });
    }
    expect(await app.api.get(`${usagePath}?external_subscription_id=main&charge_code=none`)).toMatchObject({
      status: 404,
      body: { code: 'charge_not_found' },
    });
  });

  it('reaches back to the start of the subscription when one charge is asked for', async () => {
    await subscribe([standard(await metric('calls'), '1')]);
    await use('calls', { value: 1 });
    await app.moveClock('2023-06-02T00:00:00Z');
    await use('calls', { value: 2 });
    expect(await usage('external_subscription_id=main&full_usage=true')).toMatchObject({ amount_cents: 200 });
    expect(await usage('external_subscription_id=main&charge_code=calls&full_usage=true')).toMatchObject({
      from_datetime: '2023-05-01T00:00:00Z',
      amount_cents: 300,
    });
  });

  it('knows the subscription by its id of 2022, by our own, or as the only active one', async () => {
    await subscribe([standard(await metric('calls'), '1')]);
    const { body } = await app.api.get<{ subscription: { lago_id: string } }>('/subscriptions/main');
    for (const query of ['subscription_id=main', `subscription_id=${body.subscription.lago_id}`, '']) {
      expect(await usage(query)).toMatchObject({ currency: 'EUR' });
    }
    await app.api.post('/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'plan', external_id: 'second' } });
    expect(await app.api.get(usagePath)).toMatchObject({ status: 405, body: { code: 'no_active_subscription' } });
  });

  it('is refused for whom there is none', async () => {
    await subscribe([standard(await metric('calls'), '1')], { subscription: { subscription_at: '2023-07-01T00:00:00Z' } });
    expect(await app.api.get('/customers/nobody/current_usage')).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
    for (const query of ['', '?external_subscription_id=main', '?external_subscription_id=other']) {
      expect(await app.api.get(`${usagePath}${query}`)).toMatchObject({ status: 405, body: { code: 'no_active_subscription' } });
    }
    expect(await app.api.get(`${usagePath}?group=agent`)).toMatchObject({ status: 400 });
    expect(await app.api.get(`${usagePath}?filter_by_group=%5Bobject%20Object%5D`)).toMatchObject({ status: 400 });
    expect(await app.api.get(`${usagePath}?apply_taxes=perhaps`)).toMatchObject({
      status: 422,
      body: { error_details: { apply_taxes: ['value_is_invalid'] } },
    });
  });
});

describe('past usage', () => {
  const past = async (query: string) => {
    const answer = await app.api.get<{ usage_periods: readonly Usage[]; meta: Json }>(`/customers/acme/past_usage?${query}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('shows each period that was billed, newest first, as its invoice says', async () => {
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
    await subscribe([standard(await metric('calls'), '1', { min_amount_cents: 5000 }), standard(await metric('hours'), '2')]);
    await use('calls', { value: 3 });
    await app.moveClock('2023-06-10T00:00:00Z');
    await use('calls', { value: 4 });
    await use('hours', { value: 1 });
    await app.moveClock('2023-07-10T00:00:00Z');
    const { usage_periods: periods, meta } = await past('external_subscription_id=main');
    expect(meta).toMatchObject({ total_count: 2, total_pages: 1 });
    expect(periods).toMatchObject([
      {
        from_datetime: '2023-06-01T00:00:00Z',
        to_datetime: '2023-06-30T23:59:59Z',
        issuing_date: '2023-07-01',
        lago_invoice_id: ID,
        currency: 'EUR',
        amount_cents: 600,
        taxes_amount_cents: 120,
        total_amount_cents: 720,
        charges_usage: [
          { units: '4.0', amount_cents: 400, events_count: 1, billable_metric: { code: 'calls' } },
          { units: '1.0', amount_cents: 200, billable_metric: { code: 'hours' } },
        ],
      },
      { from_datetime: '2023-05-01T00:00:00Z', amount_cents: 300, charges_usage: [{ units: '3.0' }] },
    ]);
    expect((await past('external_subscription_id=main&periods_count=1')).usage_periods).toHaveLength(1);
    expect((await past('external_subscription_id=main&page=2&per_page=1')).usage_periods).toMatchObject([{ amount_cents: 300 }]);
    expect((await past('external_subscription_id=main&billable_metric_code=hours')).usage_periods).toMatchObject([
      { amount_cents: 200, charges_usage: [{ billable_metric: { code: 'hours' } }] },
      { amount_cents: 0, charges_usage: [] },
    ]);
    expect((await past('external_subscription_id=other')).usage_periods).toEqual([]);
  });

  it('sums what was billed event by event, by filter and group', async () => {
    const seats = await metric('seats', { filters: [{ key: 'region', values: ['eu'] }] });
    const filters = [{ values: { region: ['eu'] }, properties: { amount: '2' } }];
    await subscribe([standard(seats, '1', { pay_in_advance: true, invoiceable: false, filters })]);
    for (const value of [3, 4]) await use('seats', { value });
    await use('seats', { value: 1, region: 'eu' });
    await app.moveClock('2023-06-02T00:00:00Z');
    expect((await past('external_subscription_id=main')).usage_periods).toMatchObject([
      {
        amount_cents: 900,
        charges_usage: [
          {
            units: '8.0',
            events_count: 3,
            filters: [
              { values: { region: ['eu'] }, amount_cents: 200 },
              { values: null, amount_cents: 700 },
            ],
          },
        ],
      },
    ]);
  });

  it('asks for a subscription and known names', async () => {
    await app.api.post('/customers', { customer: { external_id: 'acme' } });
    const refusals = [
      ['/customers/nobody/past_usage?external_subscription_id=main', 404, { code: 'customer_not_found' }],
      ['/customers/acme/past_usage', 422, { error_details: { external_subscription_id: ['value_is_mandatory'] } }],
      ['/customers/acme/past_usage?external_subscription_id=main&billable_metric_code=x', 404, { code: 'billable_metric_not_found' }],
      [
        '/customers/acme/past_usage?external_subscription_id=main&periods_count=none',
        422,
        { error_details: { periods_count: ['value_is_invalid'] } },
      ],
    ] as const;
    for (const [path, status, body] of refusals) expect(await app.api.get(path)).toMatchObject({ status, body });
  });
});
