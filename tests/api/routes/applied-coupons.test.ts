import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface Applied {
  readonly applied_coupon: { readonly lago_id: string };
}

describe('applied coupons over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-01-10T09:30:00Z' });
    await app.api.post('/customers', { customer: { external_id: 'c1' } });
  });
  afterEach(() => app.close());

  const coupon = (code: string, terms: object) => app.api.post('/coupons', { coupon: { name: `Coupon ${code}`, code, ...terms } });
  const apply = (code: string, overrides: object = {}) =>
    app.api.post<Applied>('/applied_coupons', { applied_coupon: { external_customer_id: 'c1', coupon_code: code, ...overrides } });
  const listed = async (query = '') => (await app.api.get<{ applied_coupons: readonly object[] }>(`/applied_coupons${query}`)).body;
  const tenPercent = { coupon_type: 'percentage', percentage_rate: '10' };
  const fiveOff = { amount_cents: 500, amount_currency: 'EUR' };

  /** A plan of 30.00 in arrears, with one charge for each metric. */
  const plan = async (code: string, metrics: readonly string[] = []): Promise<void> => {
    for (const metric of metrics) {
      await app.api.post('/billable_metrics', { billable_metric: { name: metric, code: metric, aggregation_type: 'count_agg' } });
    }
    const charges = metrics.map((metric) => ({ billable_metric_code: metric, charge_model: 'standard', properties: { amount: '1' } }));
    const { status } = await app.api.post('/plans', {
      plan: { name: code, code, interval: 'monthly', amount_cents: 3000, amount_currency: 'EUR', charges },
    });
    expect(status).toBe(200);
  };

  it('answers every field of an application', async () => {
    await coupon('five', { ...fiveOff, description: 'Spring', expiration: 'time_limit', expiration_at: '2023-06-01T00:00:00Z' });
    const { status, body } = await apply('five');
    expect(status).toBe(200);
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    expect(body).toEqual({
      applied_coupon: {
        lago_id: uuid,
        lago_coupon_id: uuid,
        coupon_code: 'five',
        coupon_name: 'Coupon five',
        coupon_description: 'Spring',
        coupon_status: 'active',
        coupon_deleted_at: null,
        lago_customer_id: uuid,
        external_customer_id: 'c1',
        status: 'active',
        amount_cents: 500,
        amount_cents_remaining: 500,
        amount_currency: 'EUR',
        percentage_rate: null,
        frequency: 'once',
        frequency_duration: null,
        frequency_duration_remaining: null,
        expiration_at: '2023-06-01T00:00:00Z',
        created_at: '2023-01-10T09:30:00Z',
        terminated_at: null,
      },
    });
  });

  describe('the terms', () => {
    it('are the coupon’s; only a fixed one used once has an amount that remains', async () => {
      await coupon('ten', { ...tenPercent, frequency: 'recurring', frequency_duration: 3 });
      expect((await apply('ten')).body).toMatchObject({
        applied_coupon: {
          ...{ amount_cents: null, amount_cents_remaining: null, amount_currency: null, percentage_rate: '10.0' },
          ...{ frequency: 'recurring', frequency_duration: 3, frequency_duration_remaining: 3 },
        },
      });
      await coupon('forever', { ...fiveOff, frequency: 'forever' });
      expect((await apply('forever')).body).toMatchObject({ applied_coupon: { amount_cents: 500, amount_cents_remaining: null } });
    });

    it('or those given, which leave the coupon as it is', async () => {
      await coupon('five', fiveOff);
      const given = { amount_cents: 700, amount_currency: 'USD', frequency: 'recurring', frequency_duration: 2 };
      expect((await apply('five', given)).body).toMatchObject({ applied_coupon: { ...given, frequency_duration_remaining: 2 } });
      expect((await app.api.get('/coupons/five')).body).toMatchObject({ coupon: { ...fiveOff, frequency: 'once' } });
      await coupon('ten', tenPercent);
      expect((await apply('ten', { percentage_rate: 12.5 })).body).toMatchObject({ applied_coupon: { percentage_rate: '12.5' } });
    });

    it('stay when the coupon changes', async () => {
      await coupon('five', fiveOff);
      await apply('five');
      await app.api.put('/coupons/five', { coupon: { name: 'Renamed' } });
      expect(await listed()).toMatchObject({ applied_coupons: [{ amount_cents: 500, coupon_name: 'Renamed' }] });
    });

    it('that make no sense are refused', async () => {
      await coupon('five', fiveOff);
      expect(await apply('five', { amount_cents: 0, frequency: 'recurring' })).toMatchObject({
        status: 422,
        body: { error_details: { amount_cents: ['value_is_out_of_range'], frequency_duration: ['value_is_mandatory'] } },
      });
      expect(await apply('five', { frequency: 'daily' })).toMatchObject({
        status: 422,
        body: { error_details: { frequency: ['value_is_invalid'] } },
      });
    });
  });

  it('a fixed coupon sets the currency of a customer who has none; another one may come in another currency', async () => {
    await coupon('ten', tenPercent);
    await coupon('five', fiveOff);
    await apply('ten');
    expect((await app.api.get('/customers/c1')).body).toMatchObject({ customer: { currency: null } });
    await apply('five');
    expect((await app.api.get('/customers/c1')).body).toMatchObject({ customer: { currency: 'EUR' } });
    expect(await apply('five', { amount_currency: 'USD' })).toMatchObject({
      status: 200,
      body: { applied_coupon: { amount_currency: 'USD' } },
    });
    expect((await app.api.get('/customers/c1')).body).toMatchObject({ customer: { currency: 'EUR' } });
  });

  it('takes the name of 2022 for the customer', async () => {
    await coupon('ten', tenPercent);
    const { body } = await app.api.post('/applied_coupons', { applied_coupon: { customer_id: 'c1', coupon_code: 'ten' } });
    expect(body).toMatchObject({ applied_coupon: { external_customer_id: 'c1' } });
  });

  describe('is refused', () => {
    it('for an unknown customer or coupon, or a coupon that is over', async () => {
      await coupon('ten', { ...tenPercent, expiration: 'time_limit', expiration_at: '2023-01-11T00:00:00Z' });
      const unknown = await app.api.post('/applied_coupons', { applied_coupon: { external_customer_id: 'nobody', coupon_code: 'ten' } });
      expect(unknown).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
      expect(await apply('none')).toMatchObject({ status: 404, body: { code: 'coupon_not_found' } });
      await app.moveClock('2023-01-11T00:00:00Z');
      expect(await apply('ten')).toMatchObject({ status: 404, body: { code: 'coupon_not_found' } });
      await coupon('gone', tenPercent);
      await app.api.delete('/coupons/gone');
      expect(await apply('gone')).toMatchObject({ status: 404, body: { code: 'coupon_not_found' } });
    });

    it('a second time when it is not reusable, also after it was taken away; another customer may have it', async () => {
      await coupon('ten', { ...tenPercent, reusable: false });
      const { body } = await apply('ten');
      const refused = { status: 422, body: { error_details: { coupon: ['coupon_is_not_reusable'] } } };
      expect(await apply('ten')).toMatchObject(refused);
      await app.api.delete(`/customers/c1/applied_coupons/${body.applied_coupon.lago_id}`);
      expect(await apply('ten')).toMatchObject(refused);
      await app.api.post('/customers', { customer: { external_id: 'c2' } });
      expect((await apply('ten', { external_customer_id: 'c2' })).status).toBe(200);
    });

    it('when it aims at the same plan or metric as an active one', async () => {
      await plan('p1', ['calls']);
      await plan('p2');
      await coupon('on_p1', { ...tenPercent, applies_to: { plan_codes: ['p1'] } });
      await coupon('on_both', { ...tenPercent, applies_to: { plan_codes: ['p2', 'p1'] } });
      await coupon('on_calls', { ...tenPercent, applies_to: { billable_metric_codes: ['calls'] } });
      await coupon('on_p2', { ...tenPercent, applies_to: { plan_codes: ['p2'] } });
      const { body } = await apply('on_p1');
      const refused = { status: 405, body: { code: 'plan_overlapping' } };
      for (const code of ['on_p1', 'on_both', 'on_calls']) expect(await apply(code)).toMatchObject(refused);
      expect((await apply('on_p2')).status).toBe(200);
      await app.api.delete(`/customers/c1/applied_coupons/${body.applied_coupon.lago_id}`);
      expect((await apply('on_calls')).status).toBe(200);
      expect(await apply('on_p1')).toMatchObject(refused);
    });

    it('never when it is not limited', async () => {
      await plan('p1');
      await coupon('on_p1', { ...tenPercent, applies_to: { plan_codes: ['p1'] } });
      await coupon('ten', tenPercent);
      expect((await apply('on_p1')).status).toBe(200);
      for (let times = 0; times < 2; times += 1) expect((await apply('ten')).status).toBe(200);
    });
  });

  describe('the list', () => {
    it('shows what a coupon took off which invoice', async () => {
      await plan('p1');
      await coupon('five', { ...fiveOff, amount_cents: 5000 });
      await apply('five');
      await app.api.post('/subscriptions', { subscription: { external_customer_id: 'c1', external_id: 's1', plan_code: 'p1' } });
      await app.moveClock('2023-03-02T00:00:00Z');
      const credit = (amount: number, status: string) => ({
        lago_id: expect.any(String) as string,
        amount_cents: amount,
        amount_currency: 'EUR',
        before_taxes: true,
        item: { lago_item_id: expect.any(String) as string, type: 'coupon', code: 'five', name: 'Coupon five', description: null },
        invoice: { lago_id: expect.any(String) as string, payment_status: status },
      });
      // 22 of 31 days of January: 2 129; then 2 871 of February's 3 000.
      expect(await listed('?external_customer_id=c1')).toMatchObject({
        applied_coupons: [
          { status: 'terminated', amount_cents_remaining: 0, credits: [credit(2129, 'succeeded'), credit(2871, 'pending')] },
        ],
      });
    });

    it('keeps a status, a customer, codes; a status that does not exist keeps all', async () => {
      await app.api.post('/customers', { customer: { external_id: 'c2' } });
      for (const code of ['a', 'b', 'c']) await coupon(code, tenPercent);
      for (const code of ['a', 'b']) await apply(code);
      const { body } = await apply('c', { external_customer_id: 'c2' });
      await app.api.delete(`/customers/c2/applied_coupons/${body.applied_coupon.lago_id}`);
      const codes = async (query: string) =>
        (await listed(query)).applied_coupons.map((row) => (row as { readonly coupon_code: string }).coupon_code);
      expect(await codes('')).toEqual(['c', 'b', 'a']);
      expect(await codes('?status=terminated')).toEqual(['c']);
      expect(await codes('?status=active')).toEqual(['b', 'a']);
      expect(await codes('?status=strange')).toEqual(['c', 'b', 'a']);
      expect(await codes('?external_customer_id=c2')).toEqual(['c']);
      expect(await codes('?external_customer_id=nobody')).toEqual([]);
      expect(await codes('?coupon_code[]=a&coupon_code[]=c')).toEqual(['c', 'a']);
      expect(await codes('?per_page=1&page=2')).toEqual(['b']);
    });

    it('of one customer', async () => {
      await coupon('a', tenPercent);
      await apply('a');
      expect((await app.api.get('/customers/c1/applied_coupons')).body).toMatchObject({
        applied_coupons: [{ coupon_code: 'a', credits: [] }],
        meta: { total_count: 1 },
      });
      expect(await app.api.get('/customers/nobody/applied_coupons')).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
    });
  });

  describe('taken away', () => {
    it('is terminated now, and stays as it is the second time', async () => {
      await coupon('ten', tenPercent);
      const path = `/customers/c1/applied_coupons/${(await apply('ten')).body.applied_coupon.lago_id}`;
      await app.moveClock('2023-01-12T00:00:00Z');
      const ended = { applied_coupon: { status: 'terminated', terminated_at: '2023-01-12T00:00:00Z' } };
      expect(await app.api.delete(path)).toMatchObject({ status: 200, body: ended });
      await app.moveClock('2023-01-13T00:00:00Z');
      expect(await app.api.delete(path)).toMatchObject({ status: 200, body: ended });
    });

    it('is 404 for one that is unknown, no id, or another customer’s', async () => {
      await coupon('ten', tenPercent);
      const { lago_id: id } = (await apply('ten')).body.applied_coupon;
      await app.api.post('/customers', { customer: { external_id: 'c2' } });
      const missing = { status: 404, body: { code: 'applied_coupon_not_found' } };
      expect(await app.api.delete(`/customers/c2/applied_coupons/${id}`)).toMatchObject(missing);
      expect(await app.api.delete('/customers/c1/applied_coupons/nothing')).toMatchObject(missing);
      expect(await app.api.delete(`/customers/nobody/applied_coupons/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'customer_not_found' },
      });
    });
  });

  it('ends with its customer, whose last invoice it still lowers', async () => {
    await plan('p1');
    await coupon('ten', { ...tenPercent, frequency: 'forever' });
    await apply('ten');
    await app.api.post('/subscriptions', { subscription: { external_customer_id: 'c1', external_id: 's1', plan_code: 'p1' } });
    await app.moveClock('2023-01-10T10:00:00Z');
    expect((await app.api.delete('/customers/c1')).status).toBe(200);
    // One of 31 days: 97, less 10.
    expect((await app.api.get('/invoices')).body).toMatchObject({ invoices: [{ fees_amount_cents: 97, coupons_amount_cents: 10 }] });
    expect(await listed()).toMatchObject({ applied_coupons: [{ status: 'terminated', terminated_at: '2023-01-10T10:00:00Z' }] });
  });
});
