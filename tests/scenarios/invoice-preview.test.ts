import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

type Json = Readonly<Record<string, unknown>>;

/** Mid-January: plans of 31.00 a month, in advance and in arrears with calls at 0.50, 20 % tax; acme exists. */
let app: TestEngine;
beforeEach(async () => {
  app = await createTestEngine({ now: '2023-01-16T12:00:00Z' });
  await app.api.put('/organizations', { organization: { document_number_prefix: 'HOO-0001', net_payment_term: 10 } });
  await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
  await app.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme' } });
  const metric = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', {
    billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' },
  });
  const charge = { billable_metric_id: metric.body.billable_metric.lago_id, charge_model: 'standard', properties: { amount: '0.5' } };
  await plan('ahead', { pay_in_advance: true });
  await plan('behind', { charges: [charge] });
  await plan('dear', { pay_in_advance: true, amount_cents: 6200 });
  await plan('cheap', { pay_in_advance: true, amount_cents: 1000 });
});
afterEach(() => app.close());

async function plan(code: string, more: Json): Promise<void> {
  const shape = { name: code, code, interval: 'monthly', amount_cents: 3100, amount_currency: 'USD', pay_in_advance: false };
  expect((await app.api.post('/plans', { plan: { ...shape, ...more } })).status).toBe(200);
}

async function subscribe(code: string, more: Json = {}): Promise<void> {
  const subscription = { external_customer_id: 'acme', plan_code: code, external_id: code, ...more };
  expect((await app.api.post('/subscriptions', { subscription })).status).toBe(200);
}

async function preview(body: Json): Promise<Json> {
  const before = await books();
  const answer = await app.api.post<{ invoice: Json }>('/invoices/preview', body);
  expect([answer.status, answer.body]).toMatchObject([200, { invoice: {} }]);
  expect(await books()).toEqual(before);
  return answer.body.invoice;
}

/** Everything that a preview could have left behind. */
async function books(): Promise<unknown> {
  const paths = [
    '/invoices',
    '/customers',
    '/subscriptions?status[]=active&status[]=pending',
    '/credit_notes',
    '/coupons',
    '/applied_coupons',
    '/fees',
  ];
  const answers: unknown[] = [];
  for (const path of paths) answers.push((await app.api.get(path)).body);
  return answers;
}

/** What a preview shares with the invoice that it foretells. */
function foretold(invoice: Json): Json {
  const { amounts, ...rest } = Object.fromEntries(
    [
      'issuing_date',
      'payment_due_date',
      'currency',
      'fees_amount_cents',
      'coupons_amount_cents',
      'taxes_amount_cents',
      'credit_notes_amount_cents',
      'total_amount_cents',
    ].map((name) => [name, invoice[name]]),
  );
  return { ...rest, amounts };
}

async function lastInvoice(): Promise<Json> {
  const { body } = await app.api.get<{ invoices: readonly Json[] }>('/invoices?external_customer_id=acme&per_page=1');
  return body.invoices[0] ?? {};
}

describe('the preview of a new subscription', () => {
  it('paid in advance is its first invoice, on the day it starts', async () => {
    const shown = await preview({ customer: { external_id: 'acme' }, plan_code: 'ahead' });
    expect(shown).toMatchObject({
      lago_id: null,
      number: '',
      sequential_id: null,
      status: 'finalized',
      payment_status: 'pending',
      invoice_type: 'subscription',
      issuing_date: '2023-01-16',
      payment_due_date: '2023-01-26',
      // 16 of 31 days.
      fees_amount_cents: 1600,
      taxes_amount_cents: 320,
      total_amount_cents: 1920,
      file_url: null,
      customer: { external_id: 'acme', slug: 'HOO-0001-001' },
      subscriptions: [{ lago_id: null, plan_code: 'ahead' }],
      billing_periods: [
        {
          lago_subscription_id: null,
          subscription_from_datetime: '2023-01-16T00:00:00Z',
          subscription_to_datetime: '2023-01-31T23:59:59Z',
          invoicing_reason: 'subscription_starting',
        },
      ],
      fees: [{ lago_id: null, lago_invoice_id: null, amount_cents: 1600, item: { code: 'ahead' } }],
    });
    await subscribe('ahead');
    expect(foretold(await lastInvoice())).toEqual(foretold(shown));
    expect(await lastInvoice()).toMatchObject({ number: 'HOO-0001-001-001' });
  });

  it('in arrears is the invoice at the end of its first period', async () => {
    expect(await preview({ customer: { external_id: 'acme' }, plan_code: 'behind' })).toMatchObject({
      issuing_date: '2023-02-01',
      fees_amount_cents: 1600,
      billing_periods: [{ invoicing_reason: 'subscription_periodic' }],
    });
  });

  it('starts when asked, in the future and in the past, on its own anchor', async () => {
    const body = { customer: { external_id: 'acme' }, plan_code: 'ahead' };
    expect(await preview({ ...body, subscription_at: '2023-04-01' })).toMatchObject({
      issuing_date: '2023-04-01',
      fees_amount_cents: 3100,
    });
    expect(await preview({ ...body, subscription_at: '2022-12-17T00:00:00Z' })).toMatchObject({
      issuing_date: '2022-12-17',
      fees_amount_cents: 1500,
    });
    expect(await preview({ ...body, billing_time: 'anniversary' })).toMatchObject({ fees_amount_cents: 3100 });
  });

  it('of a customer that does not exist uses what is told of it', async () => {
    const customer = { name: 'Globex', currency: 'USD', timezone: 'Pacific/Auckland', country: 'NZ' };
    expect(await preview({ customer, plan_code: 'ahead' })).toMatchObject({
      // Already the 17th there: 15 of 31 days.
      issuing_date: '2023-01-17',
      fees_amount_cents: 1500,
      customer: { lago_id: null, external_id: null, name: 'Globex', country: 'NZ', sequential_id: null, slug: null },
    });
  });

  it('takes off coupons that exist and coupons that are only described', async () => {
    await app.api.post('/coupons', {
      coupon: {
        name: 'Ten',
        code: 'ten',
        coupon_type: 'percentage',
        percentage_rate: '10',
        frequency: 'forever',
        expiration: 'no_expiration',
      },
    });
    const coupons = [
      { code: 'ten' },
      { code: 'deal', name: 'Deal', coupon_type: 'fixed_amount', amount_cents: 440, amount_currency: 'USD' },
    ];
    expect(await preview({ customer: { external_id: 'acme' }, plan_code: 'ahead', coupons })).toMatchObject({
      fees_amount_cents: 1600,
      coupons_amount_cents: 600,
      taxes_amount_cents: 200,
      total_amount_cents: 1200,
      credits: [
        { lago_id: null, amount_cents: 160, item: { code: 'ten', type: 'coupon' } },
        { lago_id: null, amount_cents: 440, item: { code: 'deal' } },
      ],
    });
  });

  it('with a grace period is what the draft would become, dated at its end', async () => {
    await app.api.post('/customers', { customer: { external_id: 'acme', billing_configuration: { invoice_grace_period: 3 } } });
    expect(await preview({ customer: { external_id: 'acme' }, plan_code: 'ahead' })).toMatchObject({
      status: 'finalized',
      issuing_date: '2023-01-19',
    });
  });

  it('of nothing is shown too, where such invoices are not wanted', async () => {
    await plan('free', { amount_cents: 0, pay_in_advance: true });
    await app.api.put('/organizations', { organization: { finalize_zero_amount_invoice: false } });
    expect(await preview({ customer: { external_id: 'acme' }, plan_code: 'free' })).toMatchObject({
      total_amount_cents: 0,
      payment_status: 'succeeded',
    });
  });

  it.each([
    {
      name: 'an unknown customer',
      body: { customer: { external_id: 'nobody' }, plan_code: 'ahead' },
      answer: [404, { code: 'customer_not_found' }],
    },
    { name: 'an unknown plan', body: { customer: { external_id: 'acme' }, plan_code: 'none' }, answer: [404, { code: 'plan_not_found' }] },
    { name: 'no plan', body: { customer: { external_id: 'acme' } }, answer: [404, { code: 'plan_not_found' }] },
    { name: 'nothing at all', body: {}, answer: [404, { code: 'plan_not_found' }] },
    {
      name: 'an unknown coupon',
      body: { customer: { external_id: 'acme' }, plan_code: 'ahead', coupons: [{ code: 'none' }] },
      answer: [404, { code: 'coupon_not_found' }],
    },
    {
      name: 'a coupon without an amount',
      body: { customer: { external_id: 'acme' }, plan_code: 'ahead', coupons: [{ code: 'x', coupon_type: 'fixed_amount' }] },
      answer: [422, { error_details: { amount_cents: ['value_is_mandatory'] } }],
    },
    {
      name: 'no date',
      body: { customer: { external_id: 'acme' }, plan_code: 'ahead', subscription_at: 'soon', billing_time: 'lunar' },
      answer: [422, { error_details: { subscription_at: ['invalid_date'], billing_time: ['value_is_invalid'] } }],
    },
    {
      name: 'another currency',
      body: { customer: { currency: 'EUR' }, plan_code: 'ahead' },
      answer: [422, { error_details: { currency: ['currencies_does_not_match'] } }],
    },
  ])('refuses $name', async ({ body, answer }) => {
    const refused = await app.api.post('/invoices/preview', body);
    expect([refused.status, refused.body]).toMatchObject(answer);
  });
});

describe('the preview of subscriptions that exist', () => {
  it('is their next invoice with the usage known now', async () => {
    await subscribe('behind');
    await subscribe('ahead');
    for (const transaction_id of ['t1', 't2', 't3']) {
      await app.api.post('/events', { event: { transaction_id, code: 'calls', external_subscription_id: 'behind' } });
    }
    const both = await preview({ customer: { external_id: 'acme' }, subscriptions: { external_ids: ['behind', 'ahead'] } });
    expect(both).toMatchObject({ issuing_date: '2023-02-01', fees_amount_cents: 1600 + 150 + 3100, subscriptions: [{}, {}] });
    expect(await preview({ subscriptions: { external_ids: ['behind'] } })).toMatchObject({
      fees_amount_cents: 1750,
      subscriptions: [{ external_id: 'behind' }],
    });
    await app.moveClock('2023-02-01T00:00:00Z');
    expect(foretold(await lastInvoice())).toEqual(foretold(both));
  });

  it('ends them when asked', async () => {
    await subscribe('behind');
    const ending = { external_ids: ['behind'], terminated_at: '2023-01-20T12:00:00Z' };
    expect(await preview({ customer: { external_id: 'acme' }, subscriptions: ending })).toMatchObject({
      issuing_date: '2023-01-20',
      // 5 of 31 days.
      fees_amount_cents: 500,
      billing_periods: [{ invoicing_reason: 'subscription_terminating' }],
    });
    // What falls due before is done first.
    const later = { external_ids: ['behind'], terminated_at: '2023-02-14T12:00:00Z' };
    expect(await preview({ subscriptions: later })).toMatchObject({ issuing_date: '2023-02-14', fees_amount_cents: 1550 });
  });

  it('changes their plan: a dearer one now, with the credit note of the old one', async () => {
    await subscribe('ahead');
    await app.moveClock('2023-01-21T12:00:00Z');
    const shown = await preview({ customer: { external_id: 'acme' }, subscriptions: { external_ids: ['ahead'], plan_code: 'dear' } });
    // 62.00 and 31.00 by 11 of 31 days, with 20 % tax.
    expect(shown).toMatchObject({
      issuing_date: '2023-01-21',
      fees_amount_cents: 2200,
      credit_notes_amount_cents: 1320,
      total_amount_cents: 1320,
    });
    await subscribe('dear', { external_id: 'ahead' });
    expect(foretold(await lastInvoice())).toEqual(foretold(shown));
  });

  it('changes their plan: a cheaper one when its period ends', async () => {
    await subscribe('ahead');
    expect(await preview({ subscriptions: { external_ids: ['ahead'], plan_code: 'cheap' } })).toMatchObject({
      issuing_date: '2023-02-01',
      fees_amount_cents: 1000,
    });
  });

  it('shows the first invoice of one that waits for its day', async () => {
    await subscribe('ahead', { subscription_at: '2023-03-01T00:00:00Z' });
    expect(await preview({ subscriptions: { external_ids: ['ahead'] } })).toMatchObject({
      issuing_date: '2023-03-01',
      fees_amount_cents: 3100,
    });
  });

  it.each([
    { name: 'unknown ones', more: { external_ids: ['none'] }, answer: [404, { code: 'subscription_not_found' }] },
    { name: 'none', more: { external_ids: [] }, answer: [404, { code: 'subscription_not_found' }] },
    {
      name: 'an end that is over',
      more: { external_ids: ['ahead'], terminated_at: '2023-01-01' },
      answer: [422, { error_details: { terminated_at: ['invalid_date'] } }],
    },
    { name: 'an unknown plan', more: { external_ids: ['ahead'], plan_code: 'none' }, answer: [404, { code: 'plan_not_found' }] },
    {
      name: 'several that end',
      more: { external_ids: ['ahead', 'yearly'], terminated_at: '2023-02-01' },
      answer: [422, { error_details: { subscriptions: ['only_one_subscription_allowed'] } }],
    },
    {
      name: 'those of different dates',
      more: { external_ids: ['ahead', 'yearly'] },
      answer: [422, { error_details: { base: ['billing_periods_does_not_match'] } }],
    },
  ])('refuses $name', async ({ more, answer }) => {
    await plan('yearly', { interval: 'yearly', pay_in_advance: true });
    await subscribe('ahead');
    await subscribe('yearly');
    const refused = await app.api.post('/invoices/preview', { customer: { external_id: 'acme' }, subscriptions: more });
    expect([refused.status, refused.body]).toMatchObject(answer);
  });
});
