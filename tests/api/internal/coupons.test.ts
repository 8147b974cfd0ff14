import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CouponExampleAnswer, CouponHolderRow, CouponPageAnswer, CouponRow } from '../../../shared/internal/coupons.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
beforeEach(async () => {
  books = await createTestEngine({ now: '2024-03-10T12:00:00Z' });
});
afterEach(() => books.close());

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

async function call<Body>(path: string, body?: unknown): Promise<Answer<Body>> {
  const request = new Request(`http://127.0.0.1:3000/api/internal${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = await books.engine.fetch(request, { isSignedIn: true });
  return { status: answer.status, body: await answer.json() } as Answer<Body>;
}

async function coupon(code: string, terms: Readonly<Record<string, unknown>>): Promise<string> {
  const made = await books.api.post<{ coupon: { lago_id: string } }>('/coupons', {
    coupon: { name: code, code, frequency: 'once', expiration: 'no_expiration', ...terms },
  });
  expect(made.status).toBe(200);
  return made.body.coupon.lago_id;
}
const fixed = { coupon_type: 'fixed_amount', amount_cents: 5000, amount_currency: 'USD' };
const quarter = { coupon_type: 'percentage', percentage_rate: '25' };
const list = (query = '') => call<ListAnswer<CouponRow>>(`/lists/coupons?${query}`);

describe('coupons on screen', () => {
  test('are listed, sorted and filtered', async () => {
    await coupon('FIX', fixed);
    await coupon('QUARTER', { ...quarter, frequency: 'recurring', frequency_duration: 3 });
    await coupon('SOON', { ...quarter, expiration: 'time_limit', expiration_at: '2024-03-11T00:00:00Z' });
    const codes = async (query: string) => (await list(query)).body.rows.map(({ code }) => code);
    expect(await codes('sort=code')).toEqual(['FIX', 'QUARTER', 'SOON']);
    expect(await codes('sort=expiration')).toEqual(['SOON', 'FIX', 'QUARTER']);
    expect(await codes('type=fixed_amount')).toEqual(['FIX']);
    expect(await codes('frequency=recurring,forever')).toEqual(['QUARTER']);
    expect(await codes('search=quar')).toEqual(['QUARTER']);
    await books.moveClock('2024-03-11T00:00:00Z');
    expect(await codes('status=terminated')).toEqual(['SOON']);
    expect(await codes('status=active')).toEqual(['FIX', 'QUARTER']);
  });

  test('say who has them, what was consumed and what is left', async () => {
    const id = await coupon('FIX', { ...fixed, applies_to: { plan_codes: [] } });
    const plan = { name: 'P', code: 'p', interval: 'monthly', amount_cents: 3000, amount_currency: 'USD', pay_in_advance: true };
    await books.api.post('/plans', { plan });
    await books.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme', currency: 'USD' } });
    await books.api.post('/applied_coupons', { applied_coupon: { external_customer_id: 'acme', coupon_code: 'FIX' } });
    const subscription = { external_customer_id: 'acme', plan_code: 'p', external_id: 'acme', billing_time: 'anniversary' };
    await books.api.post('/subscriptions', { subscription });
    const holders = (await call<ListAnswer<CouponHolderRow>>(`/lists/coupon_holders?coupon=${id}`)).body;
    expect(holders.rows).toMatchObject([
      {
        ...{
          status: 'active',
          amount_cents: 5000,
          amount_cents_remaining: 2000,
          used_cents: 3000,
          used_currency: 'USD',
          invoices_count: 1,
        },
        customer: { name: 'Acme', external_id: 'acme' },
      },
    ]);
    const page = (await call<CouponPageAnswer>(`/coupons/${id}`)).body;
    expect([page.active_count, page.given_count, page.used]).toEqual([1, 1, [{ amount_cents: 3000, currency: 'USD' }]]);
    // 20.00 is left for the next one.
    await books.moveClock('2024-04-10T00:00:00Z');
    expect((await call<CouponPageAnswer>(`/coupons/${id}`)).body).toMatchObject({
      active_count: 0,
      given_count: 1,
      used: [{ amount_cents: 5000 }],
    });
    expect((await call<ListAnswer<CouponHolderRow>>(`/lists/coupon_holders?coupon=${id}&status=active`)).body.total).toBe(0);
  });

  test('are ended without taking them from those who have them', async () => {
    const id = await coupon('QUARTER', { ...quarter, frequency: 'forever' });
    await books.api.post('/customers', { customer: { external_id: 'acme' } });
    const applied_coupon = { external_customer_id: 'acme', coupon_code: 'QUARTER' };
    await books.api.post('/applied_coupons', { applied_coupon });
    const ended = await call<{ coupon: { terminated_at: string } }>(`/coupons/${id}/terminate`, {});
    expect(ended).toMatchObject({ status: 200, body: { coupon: { terminated_at: '2024-03-10T12:00:00Z' } } });
    await books.moveClock('2024-03-10T13:00:00Z');
    expect((await call<{ coupon: { terminated_at: string } }>(`/coupons/${id}/terminate`, {})).body.coupon.terminated_at).toBe(
      '2024-03-10T12:00:00Z',
    );
    expect((await call<CouponPageAnswer>(`/coupons/${id}`)).body).toMatchObject({ active_count: 1 });
    await books.api.post('/customers', { customer: { external_id: 'late' } });
    const refused = await books.api.post('/applied_coupons', { applied_coupon: { ...applied_coupon, external_customer_id: 'late' } });
    expect(refused).toMatchObject({ status: 404, body: { code: 'coupon_not_found' } });
    expect((await call('/coupons/00000000-0000-7000-8000-000000000000/terminate', {})).status).toBe(404);
  });

  test('name what they are limited to', async () => {
    await books.api.post('/billable_metrics', { billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' } });
    const id = await coupon('CALLS', { ...quarter, applies_to: { billable_metric_codes: ['calls'] } });
    expect((await call<CouponPageAnswer>(`/coupons/${id}`)).body).toMatchObject({
      coupon: { limited_billable_metrics: true },
      billable_metrics: [{ name: 'Calls', code: 'calls' }],
      plans: [],
    });
  });
});

describe('the example of a coupon', () => {
  const example = (terms: Readonly<Record<string, unknown>>, fees?: number) =>
    call<CouponExampleAnswer>('/coupons/example', { coupon: terms, ...(fees === undefined ? {} : { fees_cents: fees }) });
  const lines = ({ invoices }: CouponExampleAnswer) =>
    invoices.map(({ coupon_cents: coupon, total_cents: total, remaining_cents: cents, remaining_invoices: times, is_used_up: end }) => [
      ...[coupon, total, cents ?? times, end],
    ]);

  test('carries a fixed amount over until it is used up', async () => {
    // Invoices of 30.00, six tenths of the coupon.
    expect(lines((await example({ ...fixed, frequency: 'once' })).body)).toEqual([
      [3000, 0, 2000, false],
      [2000, 1000, null, true],
      [0, 3000, null, true],
    ]);
  });

  test('counts invoices of a recurring one', async () => {
    const { body } = await example({ ...quarter, frequency: 'recurring', frequency_duration: 2 }, 999);
    expect(body.currency).toBe('USD');
    // A quarter of 9.99 is 2.4975.
    expect(lines(body)).toEqual([
      [250, 749, 1, false],
      [250, 749, null, true],
      [0, 999, null, true],
    ]);
  });

  test('goes on forever, and touches no other fees than it may', async () => {
    const limited = await example({ ...quarter, frequency: 'forever', applies_to: { plan_codes: ['p'] } });
    expect(limited.body.invoices[2]).toEqual({
      ...{ eligible_cents: 10_000, other_cents: 10_000, coupon_cents: 2500, total_cents: 17_500 },
      ...{ remaining_cents: null, remaining_invoices: null, is_used_up: false },
    });
  });

  test('knows yen', async () => {
    const { body } = await example({ ...fixed, amount_cents: 1001, amount_currency: 'JPY' });
    expect([body.currency, body.invoices[0]!.eligible_cents]).toEqual(['JPY', 601]);
  });

  test.each([
    [{ coupon_type: 'fixed_amount' }, { amount_cents: ['value_is_mandatory'], amount_currency: ['value_is_mandatory'] }],
    [{ coupon_type: 'percentage', percentage_rate: '0' }, { percentage_rate: ['value_is_out_of_range'] }],
    [{ coupon_type: 'percentage', percentage_rate: 'much' }, { percentage_rate: [expect.any(String)] }],
    [{ ...fixed, frequency: 'recurring' }, { frequency_duration: ['value_is_mandatory'] }],
  ])('refuses %j', async (terms, details) => {
    expect(await example(terms)).toMatchObject({ status: 422, body: { error_details: details } });
  });
});
