import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-03-12T09:30:15.250Z' });
  for (const [code, cents] of [
    ['starter', 3100],
    ['pro', 6200],
    ['lite', 1000],
  ] as const) {
    const plan = { name: code, code, interval: 'monthly', amount_cents: cents, amount_currency: 'USD', pay_in_advance: false };
    await app.api.post('/plans', { plan });
  }
});
afterEach(() => app.close());

type Subscription = Readonly<Record<string, unknown>> & { readonly lago_id: string };
interface Listed {
  readonly subscriptions: readonly Subscription[];
  readonly meta: Readonly<Record<string, number | null>>;
}

async function subscribe(
  changes: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly status: number; readonly body: { readonly subscription: Subscription } }> {
  return app.api.post('/subscriptions', {
    subscription: { external_customer_id: 'acme', plan_code: 'starter', external_id: 'main', ...changes },
  });
}

async function externalIds(query: string): Promise<readonly unknown[]> {
  const { status, body } = await app.api.get<Listed>(`/subscriptions${query}`);
  expect(status).toBe(200);
  return body.subscriptions.map((subscription) => subscription['external_id']);
}

const refused = (details: Readonly<Record<string, readonly string[]>>): unknown => ({
  status: 422,
  error: 'Unprocessable Entity',
  code: 'validation_errors',
  error_details: details,
});
const missing = (code: string): unknown => ({ status: 404, error: 'Not Found', code });

describe('a started subscription', () => {
  it('is answered with every field, and with its plan', async () => {
    const { status, body } = await subscribe({ name: 'Main', billing_time: 'anniversary' });
    expect(status).toBe(200);
    const { plan, ...subscription } = body.subscription;
    expect(subscription).toEqual({
      lago_id: ID,
      external_id: 'main',
      lago_customer_id: ID,
      external_customer_id: 'acme',
      name: 'Main',
      plan_code: 'starter',
      plan_amount_cents: 3100,
      plan_amount_currency: 'USD',
      status: 'active',
      billing_time: 'anniversary',
      subscription_at: '2023-03-12T09:30:15Z',
      started_at: '2023-03-12T09:30:15.250Z',
      trial_ended_at: null,
      ending_at: null,
      terminated_at: null,
      canceled_at: null,
      created_at: '2023-03-12T09:30:15Z',
      previous_plan_code: null,
      next_plan_code: null,
      downgrade_plan_date: null,
      current_billing_period_started_at: '2023-03-12T09:30:15Z',
      current_billing_period_ending_at: '2023-04-11T23:59:59Z',
      on_termination_credit_note: null,
      on_termination_invoice: 'generate',
      progressive_billing_disabled: false,
      consolidate_invoice: true,
      purchase_order_number: null,
      cancellation_reason: null,
      activated_at: '2023-03-12T09:30:15Z',
      payment_method: { payment_method_id: null, payment_method_type: 'provider' },
      activation_rules: [],
    });
    expect(plan).toMatchObject({ lago_id: ID, code: 'starter', charges: [] });
  });

  it('reads the names of 2022', async () => {
    const { body } = await app.api.post('/subscriptions', {
      subscription: { customer_id: 'acme', plan_code: 'starter', unique_id: 'main', subscription_date: '2023-03-01' },
    });
    expect(body).toMatchObject({
      subscription: {
        external_customer_id: 'acme',
        external_id: 'main',
        subscription_at: '2023-03-01T00:00:00Z',
        started_at: '2023-03-01T00:00:00.000Z',
      },
    });
  });

  it('trims both ids and keeps an empty name as none', async () => {
    const { body } = await subscribe({ external_customer_id: ' acme ', external_id: '\tmain ', name: '' });
    expect(body.subscription).toMatchObject({ external_customer_id: 'acme', external_id: 'main', name: null });
  });

  it('in advance says that its unused days come back as a credit', async () => {
    await app.api.post('/plans', {
      plan: { name: 'adv', code: 'adv', interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', pay_in_advance: true },
    });
    const { body } = await subscribe({ plan_code: 'adv' });
    expect(body.subscription).toMatchObject({ on_termination_credit_note: 'credit' });
  });

  it('has not begun when it starts in the future', async () => {
    const { body } = await subscribe({ subscription_at: '2023-04-01T00:00:00Z', ending_at: '2023-09-01T00:00:00Z' });
    expect(body.subscription).toMatchObject({
      status: 'pending',
      subscription_at: '2023-04-01T00:00:00Z',
      ending_at: '2023-09-01T00:00:00Z',
      started_at: null,
      activated_at: null,
      current_billing_period_started_at: null,
      current_billing_period_ending_at: null,
    });
  });

  it('became active when it was made, though it started in the past', async () => {
    const { body } = await subscribe({ subscription_at: '2023-01-15T00:00:00Z' });
    expect(body.subscription).toMatchObject({
      started_at: '2023-01-15T00:00:00.000Z',
      activated_at: '2023-03-12T09:30:15Z',
      current_billing_period_started_at: '2023-03-01T00:00:00Z',
    });
  });

  it('may have prices of its own', async () => {
    const { body } = await subscribe({ plan_overrides: { amount_cents: 4200, name: 'Starter for Acme' } });
    expect(body.subscription).toMatchObject({
      plan_code: 'starter',
      plan_amount_cents: 4200,
      plan: { code: 'starter', name: 'Starter for Acme', parent_id: ID },
    });
  });
});

describe('refusals of a new subscription', () => {
  it.each<{ name: string; given: Readonly<Record<string, unknown>>; details: Readonly<Record<string, readonly string[]>> }>([
    {
      name: 'blank ids, together',
      given: { external_customer_id: ' ', external_id: '' },
      details: { external_customer_id: ['value_is_mandatory'], external_id: ['value_is_mandatory'] },
    },
    {
      name: 'fields of overrides, under their own names',
      given: { plan_overrides: { amount_cents: -1, trial_period: 'x' } },
      details: { amount_cents: ['value_is_out_of_range'], trial_period: ['value_is_invalid'] },
    },
    {
      name: 'both dates, together',
      given: { subscription_at: 'soon', ending_at: 'later' },
      details: { subscription_at: ['invalid_date'], ending_at: ['invalid_date'] },
    },
    { name: 'an end that is over', given: { ending_at: '2023-03-12T23:00:00Z' }, details: { ending_at: ['invalid_date'] } },
    { name: 'another billing time', given: { billing_time: 'lunar' }, details: { billing_time: ['value_is_invalid'] } },
    { name: 'ids before dates', given: { external_id: '', subscription_at: 'soon' }, details: { external_id: ['value_is_mandatory'] } },
    {
      name: 'dates before the billing time',
      given: { ending_at: 'soon', billing_time: 'lunar' },
      details: { ending_at: ['invalid_date'] },
    },
  ])('$name', async ({ given, details }) => {
    expect(await subscribe(given)).toMatchObject({ status: 422, body: refused(details) });
    expect(await app.api.get('/customers/acme')).toMatchObject({ status: 404 });
  });

  it('the plan comes before the dates', async () => {
    expect(await subscribe({ plan_code: 'none', subscription_at: 'soon' })).toMatchObject({ status: 404, body: missing('plan_not_found') });
  });

  it('an id that another customer uses, and a currency that the customer does not', async () => {
    await subscribe();
    expect((await subscribe({ external_customer_id: 'globex' })).body).toEqual(refused({ external_id: ['value_already_exist'] }));
    await app.api.post('/plans', { plan: { name: 'euro', code: 'euro', interval: 'monthly', amount_cents: 1, amount_currency: 'EUR' } });
    expect((await subscribe({ plan_code: 'euro', external_id: 'second' })).body).toEqual(
      refused({ currency: ['currencies_does_not_match'] }),
    );
  });

  it('a body without its wrapper', async () => {
    expect(await app.api.post('/subscriptions', { plan_code: 'starter' })).toMatchObject({ status: 400 });
  });
});

describe('the same external id again', () => {
  it('with the same plan answers the row that is there', async () => {
    const first = await subscribe();
    const again = await subscribe({ name: 'other' });
    expect(again.body.subscription.lago_id).toBe(first.body.subscription.lago_id);
    expect(again.body.subscription['name']).toBeNull();
  });

  it('with a dearer plan answers the new row', async () => {
    const first = await subscribe();
    const { body } = await subscribe({ plan_code: 'pro' });
    expect(body.subscription.lago_id).not.toBe(first.body.subscription.lago_id);
    expect(body.subscription).toMatchObject({ plan_code: 'pro', status: 'active', previous_plan_code: 'starter', next_plan_code: null });
    const { body: old } = await app.api.get('/subscriptions/main?status=terminated');
    expect(old).toMatchObject({ subscription: { plan_code: 'starter', next_plan_code: 'pro', terminated_at: '2023-03-12T09:30:15Z' } });
  });

  it('with a cheaper plan answers the row that goes on until its period is over', async () => {
    const first = await subscribe();
    const { body } = await subscribe({ plan_code: 'lite' });
    expect(body.subscription).toMatchObject({
      lago_id: first.body.subscription.lago_id,
      plan_code: 'starter',
      next_plan_code: 'lite',
      downgrade_plan_date: '2023-04-01',
    });
    const canceled = await app.api.delete('/subscriptions/main?status=pending');
    expect(canceled.body).toMatchObject({ subscription: { plan_code: 'lite', status: 'canceled', canceled_at: '2023-03-12T09:30:15Z' } });
    expect((await app.api.get('/subscriptions/main')).body).toMatchObject({
      subscription: { next_plan_code: null, downgrade_plan_date: null },
    });
  });
});

describe('one subscription', () => {
  it('is found only while active unless its status is named', async () => {
    await subscribe();
    await app.api.delete('/subscriptions/main');
    expect(await app.api.get('/subscriptions/main')).toMatchObject({ status: 404, body: missing('subscription_not_found') });
    expect(await app.api.get('/subscriptions/main?status=terminated')).toMatchObject({
      status: 200,
      body: { subscription: { status: 'terminated' } },
    });
    expect(await app.api.get('/subscriptions/main?status=asleep')).toMatchObject({ status: 404 });
  });

  it('is found by an id with spaces, slashes and letters of any language', async () => {
    await subscribe({ external_id: 'a b/ü' });
    expect((await app.api.get(`/subscriptions/${encodeURIComponent('a b/ü')}`)).body).toMatchObject({
      subscription: { external_id: 'a b/ü' },
    });
  });
});

describe('a change', () => {
  it('renames, sets and removes the end', async () => {
    await subscribe({ name: 'First' });
    const named = await app.api.put('/subscriptions/main', { subscription: { name: 'Second', ending_at: '2023-12-31T00:00:00Z' } });
    expect(named).toMatchObject({
      status: 200,
      body: { subscription: { name: 'Second', ending_at: '2023-12-31T00:00:00Z', plan: { code: 'starter' } } },
    });
    const open = await app.api.put('/subscriptions/main', { subscription: { ending_at: null } });
    expect(open.body).toMatchObject({ subscription: { name: 'Second', ending_at: null } });
  });

  it('picks the row that waits when asked to', async () => {
    await subscribe();
    await subscribe({ plan_code: 'lite' });
    const { body } = await app.api.put('/subscriptions/main?status=pending', { subscription: { name: 'Later' } });
    expect(body).toMatchObject({ subscription: { name: 'Later', status: 'pending', plan_code: 'lite', previous_plan_code: 'starter' } });
    expect((await app.api.get('/subscriptions/main')).body).toMatchObject({ subscription: { name: null } });
  });

  it('is refused for an unknown id, a bad date or a bad option', async () => {
    expect(await app.api.put('/subscriptions/none', { subscription: { name: 'x' } })).toMatchObject({
      status: 404,
      body: missing('subscription_not_found'),
    });
    await subscribe();
    const bad = await app.api.put('/subscriptions/main', { subscription: { name: 'x', ending_at: 'never' } });
    expect(bad.body).toEqual(refused({ ending_at: ['invalid_date'] }));
    const option = await app.api.put('/subscriptions/main', { subscription: { name: 'x', on_termination_invoice: 'maybe' } });
    expect(option.body).toEqual(refused({ on_termination_invoice: ['invalid_value'] }));
    const both = await app.api.put('/subscriptions/main', { subscription: { ending_at: 'soon', on_termination_credit_note: 'maybe' } });
    expect(both.body).toEqual(refused({ ending_at: ['invalid_date'], on_termination_credit_note: ['invalid_value'] }));
    expect((await app.api.get('/subscriptions/main')).body).toMatchObject({ subscription: { name: null } });
  });
});

describe('a termination', () => {
  it('answers the ended row after its last invoice was made', async () => {
    await subscribe();
    const { status, body } = await app.api.delete('/subscriptions/main');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      subscription: { status: 'terminated', terminated_at: '2023-03-12T09:30:15Z', current_billing_period_ending_at: null },
    });
    // 3 100 × 1/31
    expect((await app.api.get('/invoices')).body).toMatchObject({ invoices: [{ fees_amount_cents: 100, issuing_date: '2023-03-12' }] });
  });

  it('makes no invoice when told to', async () => {
    await subscribe();
    await app.api.delete('/subscriptions/main?on_termination_invoice=skip');
    expect((await app.api.get('/invoices')).body).toMatchObject({ invoices: [] });
  });

  it('is refused with an unknown option, and nothing changes', async () => {
    await subscribe();
    const { body } = await app.api.delete('/subscriptions/main?on_termination_credit_note=burn');
    expect(body).toEqual(refused({ on_termination_credit_note: ['invalid_value'] }));
    expect((await app.api.get('/subscriptions/main')).status).toBe(200);
  });

  it('finds nothing to end twice, nor to cancel', async () => {
    await subscribe();
    await app.api.delete('/subscriptions/main');
    expect(await app.api.delete('/subscriptions/main')).toMatchObject({ status: 404, body: missing('subscription_not_found') });
    expect(await app.api.delete('/subscriptions/main?status=pending')).toMatchObject({
      status: 404,
      body: missing('subscription_not_found'),
    });
  });
});

describe('the list', () => {
  beforeEach(async () => {
    await subscribe({ external_id: 'a' });
    await subscribe({ external_id: 'b', plan_code: 'pro', external_customer_id: 'globex' });
    await subscribe({ external_id: 'c', plan_overrides: { amount_cents: 1 } });
    await subscribe({ external_id: 'd', subscription_at: '2023-05-01T00:00:00Z' });
    await subscribe({ external_id: 'e' });
    await app.api.delete('/subscriptions/e');
  });

  it.each([
    { query: '', expect: ['c', 'b', 'a'] },
    { query: '?external_customer_id=acme', expect: ['c', 'a'] },
    { query: '?customer_id=acme', expect: ['c', 'a'] },
    { query: '?external_customer_id=nobody', expect: [] },
    { query: '?external_id=a', expect: ['a'] },
    { query: '?plan_code=starter', expect: ['c', 'a'] },
    { query: '?status%5B%5D=pending&status%5B%5D=terminated', expect: ['d', 'e'] },
    { query: '?status=pending', expect: ['d'] },
    { query: '?status[]=', expect: ['c', 'b', 'a'] },
    { query: '?currency=EUR', expect: [] },
    { query: '?overridden=true', expect: ['c'] },
    { query: '?overriden=false', expect: ['b', 'a'] },
    { query: '?billing_entity_codes[]=default', expect: ['c', 'b', 'a'] },
    { query: '?unknown=1', expect: ['c', 'b', 'a'] },
  ])('narrowed with "$query"', async ({ query, expect: expected }) => {
    expect(await externalIds(query)).toEqual(expected);
  });

  it('has no plan objects, and says where the page stands', async () => {
    const { body } = await app.api.get<Listed>('/subscriptions?page=2&per_page=2');
    expect(body.subscriptions.map((each) => [each['external_id'], each['plan']])).toEqual([['a', undefined]]);
    expect(body.meta).toEqual({ current_page: 2, next_page: null, prev_page: 1, total_pages: 2, total_count: 3 });
  });

  it('refuses a status that does not exist and a billing entity that is not there', async () => {
    expect((await app.api.get('/subscriptions?status[]=asleep&overridden=maybe')).body).toEqual(
      refused({ status: ['value_is_invalid'], overridden: ['value_is_invalid'] }),
    );
    expect((await app.api.get('/subscriptions?billing_entity_codes[]=north')).body).toEqual(missing('billing_entity_not_found'));
  });

  it('of one customer is 404 for an unknown one, and takes no other customer from the query', async () => {
    const { body } = await app.api.get<Listed>('/customers/acme/subscriptions?external_customer_id=globex');
    expect(body.subscriptions.map((each) => each['external_id'])).toEqual(['c', 'a']);
    expect(await app.api.get('/customers/nobody/subscriptions')).toMatchObject({ status: 404, body: missing('customer_not_found') });
  });
});

describe('the charges of a subscription', () => {
  beforeEach(async () => {
    const { body } = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
      billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' },
    });
    const metered = { billable_metric_id: body.billable_metric.lago_id, charge_model: 'standard' };
    await app.api.post('/plans', {
      plan: {
        name: 'usage',
        code: 'usage',
        interval: 'monthly',
        amount_cents: 0,
        amount_currency: 'USD',
        charges: [
          { ...metered, code: 'first', properties: { amount: '1' } },
          { ...metered, code: 'second', properties: { amount: '2' } },
        ],
      },
    });
    await subscribe({ plan_code: 'usage', plan_overrides: { amount_cents: 5 } });
  });

  it('are those of its own plan, newest first', async () => {
    const { body } = await app.api.get('/subscriptions/main/charges?per_page=1');
    expect(body).toMatchObject({
      charges: [{ code: 'second', properties: { amount: '2' }, lago_parent_id: ID }],
      meta: { total_count: 2, total_pages: 2 },
    });
  });

  it('one is found by its code', async () => {
    expect(await app.api.get('/subscriptions/main/charges/first')).toMatchObject({ status: 200, body: { charge: { code: 'first' } } });
    expect(await app.api.get('/subscriptions/main/charges/third')).toMatchObject({ status: 404, body: missing('charge_not_found') });
    expect(await app.api.get('/subscriptions/none/charges')).toMatchObject({ status: 404, body: missing('subscription_not_found') });
    expect(await app.api.get('/subscriptions/main/charges?subscription_status=pending')).toMatchObject({ status: 404 });
  });
});
