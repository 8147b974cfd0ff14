import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const TEN_PERCENT = { name: 'Ten', code: 'ten', coupon_type: 'percentage', percentage_rate: '10.5', frequency: 'once' } as const;
const FIVE_OFF = { name: 'Five off', code: 'five', amount_cents: 500, amount_currency: 'EUR', frequency: 'once' } as const;

describe('coupons over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
    for (const code of ['m1', 'm2']) {
      await app.api.post('/billable_metrics', { billable_metric: { name: code, code, aggregation_type: 'count_agg' } });
    }
    for (const code of ['p1', 'p2']) {
      await app.api.post('/plans', { plan: { name: code, code, interval: 'monthly', amount_cents: 1000, amount_currency: 'EUR' } });
    }
  });
  afterEach(() => app.close());

  const create = (coupon: object) => app.api.post('/coupons', { coupon });
  const change = (code: string, coupon: object) => app.api.put(`/coupons/${code}`, { coupon });
  const apply = async (code: string): Promise<void> => {
    await app.api.post('/customers', { customer: { external_id: 'c1' } });
    const { status } = await app.api.post('/applied_coupons', { applied_coupon: { external_customer_id: 'c1', coupon_code: code } });
    expect(status).toBe(200);
  };
  const refusal = (fields: object) => ({
    status: 422,
    body: { status: 422, error: 'Unprocessable Entity', code: 'validation_errors', error_details: fields },
  });

  describe('created', () => {
    it('answers every field of a percentage', async () => {
      expect(await create({ ...TEN_PERCENT, description: 'Spring', expiration: 'no_expiration' })).toMatchObject({ status: 200 });
      expect((await app.api.get('/coupons/ten')).body).toEqual({
        coupon: {
          lago_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          name: 'Ten',
          code: 'ten',
          description: 'Spring',
          coupon_type: 'percentage',
          amount_cents: null,
          amount_currency: null,
          percentage_rate: '10.5',
          frequency: 'once',
          frequency_duration: null,
          reusable: true,
          limited_plans: false,
          limited_billable_metrics: false,
          plan_codes: [],
          billable_metric_codes: [],
          expiration: 'no_expiration',
          expiration_at: null,
          created_at: '2023-03-01T09:30:00Z',
          terminated_at: null,
        },
      });
    });

    it('is fixed, once, reusable and without end unless told', async () => {
      expect((await create({ name: 'Five', code: 'five', amount_cents: 500, amount_currency: 'EUR' })).body).toMatchObject({
        coupon: { coupon_type: 'fixed_amount', percentage_rate: null, frequency: 'once', reusable: true, expiration: 'no_expiration' },
      });
    });

    it('keeps the duration of a recurring one only', async () => {
      expect((await create({ ...FIVE_OFF, frequency: 'recurring', frequency_duration: 3 })).body).toMatchObject({
        coupon: { frequency: 'recurring', frequency_duration: 3 },
      });
      expect((await create({ ...FIVE_OFF, code: 'other', frequency_duration: 3 })).body).toMatchObject({
        coupon: { frequency_duration: null },
      });
    });

    it('shows what it is limited to', async () => {
      expect((await create({ ...TEN_PERCENT, applies_to: { plan_codes: ['p2', 'p1'] } })).body).toMatchObject({
        coupon: { limited_plans: true, plan_codes: ['p2', 'p1'], limited_billable_metrics: false, billable_metric_codes: [] },
      });
      expect((await create({ ...FIVE_OFF, applies_to: { billable_metric_codes: ['m1'] } })).body).toMatchObject({
        coupon: { limited_plans: false, plan_codes: [], limited_billable_metrics: true, billable_metric_codes: ['m1'] },
      });
    });
  });

  describe('refused', () => {
    for (const { name, coupon, fields } of [
      {
        name: 'a fixed one without amount and currency',
        coupon: { name: 'x', code: 'x', coupon_type: 'fixed_amount' },
        fields: { amount_cents: ['value_is_mandatory'], amount_currency: ['value_is_mandatory'] },
      },
      { name: 'an amount of nothing', coupon: { ...FIVE_OFF, amount_cents: 0 }, fields: { amount_cents: ['value_is_out_of_range'] } },
      {
        name: 'an amount that is no number',
        coupon: { ...FIVE_OFF, amount_cents: 'much' },
        fields: { amount_cents: ['value_is_invalid'] },
      },
      {
        name: 'a percentage without rate',
        coupon: { name: 'x', code: 'x', coupon_type: 'percentage' },
        fields: { percentage_rate: ['value_is_mandatory'] },
      },
      {
        name: 'a negative rate',
        coupon: { ...TEN_PERCENT, percentage_rate: '-5' },
        fields: { percentage_rate: ['value_is_out_of_range'] },
      },
      {
        name: 'a recurring one without duration',
        coupon: { ...TEN_PERCENT, frequency: 'recurring' },
        fields: { frequency_duration: ['value_is_mandatory'] },
      },
      {
        name: 'a recurring one that lasts for nothing',
        coupon: { ...TEN_PERCENT, frequency: 'recurring', frequency_duration: 0 },
        fields: { frequency_duration: ['value_is_out_of_range'] },
      },
      {
        name: 'words that mean nothing, without guessing what else is missing',
        coupon: { name: 'x', code: 'x', coupon_type: 'free', frequency: 'daily', expiration: 'never' },
        fields: { coupon_type: ['value_is_invalid'], frequency: ['value_is_invalid'], expiration: ['value_is_invalid'] },
      },
      {
        name: 'a limit that is over already',
        coupon: { ...TEN_PERCENT, expiration: 'time_limit', expiration_at: '2023-03-01T09:30:00Z' },
        fields: { expiration_at: ['invalid_date'] },
      },
      { name: 'a limit without a date', coupon: { ...TEN_PERCENT, expiration: 'time_limit' }, fields: { expiration_at: ['invalid_date'] } },
      {
        name: 'blank names',
        coupon: { ...TEN_PERCENT, name: ' ', code: null },
        fields: { name: ['value_is_mandatory'], code: ['value_is_mandatory'] },
      },
    ]) {
      it(name, async () => expect(await create(coupon)).toMatchObject(refusal(fields)));
    }

    it('a code that is taken, until the other one is deleted', async () => {
      await create(TEN_PERCENT);
      expect(await create(TEN_PERCENT)).toMatchObject(refusal({ code: ['value_already_exist'] }));
      await app.api.delete('/coupons/ten');
      expect((await create(TEN_PERCENT)).status).toBe(200);
    });

    it('both kinds of limits, and limits that do not exist', async () => {
      const both = { plan_codes: ['p1'], billable_metric_codes: ['m1'] };
      expect(await create({ ...TEN_PERCENT, applies_to: both })).toMatchObject({
        status: 405,
        body: { code: 'only_one_limitation_type_per_coupon_allowed' },
      });
      expect(await create({ ...TEN_PERCENT, applies_to: { plan_codes: ['p1', 'zz'] } })).toMatchObject({
        status: 404,
        body: { code: 'plans_not_found' },
      });
      expect(await create({ ...TEN_PERCENT, applies_to: { billable_metric_codes: ['zz'] } })).toMatchObject({
        status: 404,
        body: { code: 'billable_metrics_not_found' },
      });
      expect((await app.api.get('/coupons/ten')).status).toBe(404);
    });
  });

  describe('in the forms of 2022', () => {
    it('ends with the day of expiration_date, in the organization’s zone', async () => {
      await app.api.put('/organizations', { organization: { timezone: 'Asia/Tokyo' } });
      expect((await create({ ...TEN_PERCENT, expiration: 'time_limit', expiration_date: '2023-03-31' })).body).toMatchObject({
        coupon: { expiration: 'time_limit', expiration_at: '2023-03-31T14:59:59Z' },
      });
    });

    it('ends expiration_duration days after its creation', async () => {
      expect((await create({ ...TEN_PERCENT, expiration: 'time_limit', expiration_duration: 30 })).body).toMatchObject({
        coupon: { expiration_at: '2023-03-31T09:30:00Z' },
      });
    });

    it('takes a date without a word on it as a limit', async () => {
      expect((await create({ ...TEN_PERCENT, expiration_date: '2023-03-31' })).body).toMatchObject({
        coupon: { expiration: 'time_limit', expiration_at: '2023-03-31T23:59:59Z' },
      });
    });

    it('refuses a day that is over', async () => {
      expect(await create({ ...TEN_PERCENT, expiration: 'time_limit', expiration_date: '2023-02-28' })).toMatchObject(
        refusal({ expiration_at: ['invalid_date'] }),
      );
    });
  });

  describe('changed', () => {
    it('anything while nobody has it, its kind too', async () => {
      await create({ ...TEN_PERCENT, applies_to: { plan_codes: ['p1'] } });
      const { body } = await change('ten', {
        ...{ code: 'eleven', coupon_type: 'fixed_amount', amount_cents: 1100, amount_currency: 'USD', reusable: false },
        applies_to: { billable_metric_codes: ['m2'] },
      });
      expect(body).toMatchObject({
        coupon: {
          ...{ name: 'Ten', code: 'eleven', coupon_type: 'fixed_amount', amount_cents: 1100, percentage_rate: null, reusable: false },
          ...{ plan_codes: [], billable_metric_codes: ['m2'] },
        },
      });
    });

    it('only what is sent; an empty list of plans ends the limit', async () => {
      await create({ ...TEN_PERCENT, description: 'Spring', applies_to: { plan_codes: ['p1'] } });
      expect((await change('ten', { name: 'Summer' })).body).toMatchObject({
        coupon: { name: 'Summer', description: 'Spring', percentage_rate: '10.5', plan_codes: ['p1'] },
      });
      expect((await change('ten', { applies_to: { plan_codes: [] }, description: null })).body).toMatchObject({
        coupon: { limited_plans: false, plan_codes: [], description: null },
      });
    });

    it('only its name, description and expiration once anyone had it; the rest is ignored, wrong or not', async () => {
      await create(TEN_PERCENT);
      await apply('ten');
      const { status, body } = await change('ten', {
        ...{ name: 'Late', description: 'Last days', expiration: 'time_limit', expiration_at: '2023-04-01T00:00:00Z' },
        ...{ code: 'other', percentage_rate: '-1', frequency: 'daily', reusable: false, amount_cents: 'x' },
        applies_to: { plan_codes: ['zz'] },
      });
      expect([status, body]).toMatchObject([
        200,
        {
          coupon: {
            ...{ name: 'Late', description: 'Last days', expiration: 'time_limit', expiration_at: '2023-04-01T00:00:00Z' },
            ...{ code: 'ten', percentage_rate: '10.5', frequency: 'once', reusable: true, limited_plans: false },
          },
        },
      ]);
    });

    it('keeps a date that is sent again, though it is over by now', async () => {
      const limit = { expiration: 'time_limit', expiration_at: '2023-03-02T00:00:00Z' };
      await create({ ...TEN_PERCENT, ...limit });
      await app.moveClock('2023-03-03T00:00:00Z');
      expect(await change('ten', { name: 'Old', ...limit })).toMatchObject({ status: 200, body: { coupon: { name: 'Old' } } });
      expect(await change('ten', { expiration_at: '2023-03-01T00:00:00Z' })).toMatchObject(refusal({ expiration_at: ['invalid_date'] }));
    });

    it('to a code that another one has is refused; an unknown coupon is 404', async () => {
      await create(TEN_PERCENT);
      await create(FIVE_OFF);
      expect(await change('ten', { code: 'five' })).toMatchObject(refusal({ code: ['value_already_exist'] }));
      expect(await change('none', { name: 'x' })).toMatchObject({ status: 404, body: { code: 'coupon_not_found' } });
    });
  });

  it('ends at its date, to the second, also when the clock jumps far beyond', async () => {
    await create({ ...TEN_PERCENT, expiration: 'time_limit', expiration_at: '2023-03-15T12:00:00Z' });
    await app.moveClock('2023-03-15T11:59:59Z');
    expect((await app.api.get('/coupons/ten')).body).toMatchObject({ coupon: { terminated_at: null } });
    await app.moveClock('2023-09-01T00:00:00Z');
    expect((await app.api.get('/coupons/ten')).body).toMatchObject({ coupon: { terminated_at: '2023-03-15T12:00:00Z' } });
  });

  it('deleted: is gone from the list, and ended for everyone who has it', async () => {
    await create(TEN_PERCENT);
    await apply('ten');
    expect(await app.api.delete('/coupons/ten')).toMatchObject({ status: 200, body: { coupon: { code: 'ten' } } });
    expect((await app.api.get('/coupons/ten')).status).toBe(404);
    expect((await app.api.get('/coupons')).body).toMatchObject({ coupons: [] });
    expect((await app.api.get('/applied_coupons')).body).toMatchObject({
      applied_coupons: [
        { status: 'terminated', terminated_at: '2023-03-01T09:30:00Z', coupon_status: 'active', coupon_deleted_at: '2023-03-01T09:30:00Z' },
      ],
    });
  });

  it('lists the newest first, page by page', async () => {
    for (const code of ['a', 'b', 'c']) await create({ ...TEN_PERCENT, code });
    expect((await app.api.get('/coupons?page=2&per_page=2')).body).toMatchObject({
      coupons: [{ code: 'a' }],
      meta: { current_page: 2, next_page: null, prev_page: 1, total_pages: 2, total_count: 3 },
    });
  });

  it('a deleted plan is no longer named, though the coupon stays limited', async () => {
    await create({ ...TEN_PERCENT, applies_to: { plan_codes: ['p1', 'p2'] } });
    await app.api.delete('/plans/p1');
    expect((await app.api.get('/coupons/ten')).body).toMatchObject({ coupon: { limited_plans: true, plan_codes: ['p2'] } });
  });
});
