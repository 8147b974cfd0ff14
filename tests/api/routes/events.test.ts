import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Temporal } from '../../../shared/dates.ts';
import { formatEpochMs } from '../../../shared/wire/event.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

interface Listed {
  readonly events: readonly { readonly transaction_id: string; readonly lago_subscription_id: string | null }[];
  readonly meta: Readonly<Record<string, number | null>>;
}

let app: TestEngine;
const open = async (): Promise<void> => {
  app = await createTestEngine({ now: '2023-05-10T10:00:00Z' });
};
const close = (): Promise<void> => app.close();

const event = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  transaction_id: id,
  external_subscription_id: 'main',
  code: 'calls',
  ...more,
});
const take = (id: string, more: Readonly<Record<string, unknown>> = {}) => app.api.post('/events', { event: event(id, more) });
const refused = (details: unknown) => ({
  status: 422,
  body: { status: 422, error: 'Unprocessable Entity', code: 'validation_errors', error_details: details },
});

/** Acme, subscribed since 1 May to a plan that counts calls in arrears and bills seats when they come. */
async function subscribe(): Promise<void> {
  const metricId = async (metric: object): Promise<string> => {
    const { body } = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', { billable_metric: metric });
    return body.billable_metric.lago_id;
  };
  const calls = await metricId({ name: 'Calls', code: 'calls', aggregation_type: 'count_agg' });
  const seats = await metricId({ name: 'Seats', code: 'seats', aggregation_type: 'sum_agg', field_name: 'number' });
  await app.api.post('/plans', {
    plan: {
      name: 'Starter',
      code: 'starter',
      interval: 'monthly',
      amount_cents: 0,
      amount_currency: 'USD',
      charges: [
        { billable_metric_id: calls, charge_model: 'standard', properties: { amount: '1' } },
        { billable_metric_id: seats, charge_model: 'standard', pay_in_advance: true, properties: { amount: '2.5' } },
      ],
    },
  });
  const subscription = { external_customer_id: 'acme', plan_code: 'starter', external_id: 'main', subscription_at: '2023-05-01T00:00:00Z' };
  expect((await app.api.post('/subscriptions', { subscription })).status).toBe(200);
}

describe('an event that is refused', () => {
  beforeAll(open);
  afterAll(close);

  it.each([[undefined], [{}], [{ event: null }], [{ event: [] }], [{ event: {} }], [{ events: [] }]])(
    'in the body %j is 400',
    async (body) => {
      expect(await app.api.post('/events', body)).toMatchObject({
        status: 400,
        body: { status: 400, error: 'BadRequest: param is missing or the value is empty or invalid: event' },
      });
    },
  );

  it.each([
    ['a blank transaction id', { transaction_id: ' ' }, { transaction_id: ['value_is_mandatory'] }],
    ['no code', { code: null }, { code: ['value_is_mandatory'] }],
    ['no subscription', { external_subscription_id: undefined }, { external_subscription_id: ['value_is_mandatory'] }],
    ['an ISO timestamp', { timestamp: '2023-05-10T10:00:00Z' }, { timestamp: ['invalid_format'] }],
    [
      'everything wrong',
      { transaction_id: '', code: '', timestamp: -1 },
      {
        transaction_id: ['value_is_mandatory'],
        code: ['value_is_mandatory'],
        timestamp: ['invalid_format'],
      },
    ],
  ])('has %s', async (_, more, details) => {
    expect(await take('t1', more)).toMatchObject(refused(details));
    expect((await app.api.get('/events/t1')).status).toBe(404);
  });
});

describe('an event', () => {
  beforeEach(open);
  afterEach(close);

  it('is acknowledged with every field, its times in UTC', async () => {
    const answer = await take('t1', {
      timestamp: '1683712860.123',
      properties: { a: 1, b: 'two', c: true },
      precise_total_amount_cents: '12.5',
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      event: {
        lago_id: ID,
        transaction_id: 't1',
        lago_customer_id: null,
        lago_subscription_id: null,
        external_subscription_id: 'main',
        code: 'calls',
        timestamp: '2023-05-10T10:01:00.123Z',
        properties: { a: 1, b: 'two', c: true },
        precise_total_amount_cents: '12.5',
        created_at: '2023-05-10T10:00:00Z',
      },
    });
  });

  it('without a timestamp happened when it was received', async () => {
    expect(await take('t1')).toMatchObject({ body: { event: { timestamp: '2023-05-10T10:00:00.000Z', properties: {} } } });
  });

  it('is refused when its transaction id was used for the subscription, and taken for another', async () => {
    await take('t1', { properties: { a: 1 } });
    expect(await take('t1', { properties: { a: 2 } })).toMatchObject(refused({ transaction_id: ['value_already_exist'] }));
    expect(await take('t1', { external_subscription_id: 'other' })).toMatchObject({ status: 200 });
    expect(await app.api.get('/events/t1')).toMatchObject({ body: { event: { properties: { a: 1 }, external_subscription_id: 'main' } } });
  });

  it('of an unknown code or subscription is taken, and found by an encoded id', async () => {
    await take('a b/ü', { code: 'mystery', external_subscription_id: 'nobody' });
    expect(await app.api.get(`/events/${encodeURIComponent('a b/ü')}`)).toMatchObject({
      status: 200,
      body: { event: { code: 'mystery' } },
    });
    expect(await app.api.get('/events/none')).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
  });

  it('is read with its customer and subscription once they can be told', async () => {
    await take('early', { timestamp: Temporal.Instant.from('2023-04-30T23:59:59Z').epochMilliseconds / 1000 });
    await take('first', { timestamp: Temporal.Instant.from('2023-05-01T00:00:00Z').epochMilliseconds / 1000 });
    expect(await app.api.get('/events/first')).toMatchObject({ body: { event: { lago_customer_id: null, lago_subscription_id: null } } });
    await subscribe();
    expect(await app.api.get('/events/first')).toMatchObject({ body: { event: { lago_customer_id: ID, lago_subscription_id: ID } } });
    expect(await app.api.get('/events/early')).toMatchObject({ body: { event: { lago_customer_id: null, lago_subscription_id: null } } });
  });
});

describe('a batch', () => {
  beforeAll(open);
  afterAll(close);
  const batch = (events: unknown) => app.api.post('/events/batch', { events });

  it('answers in the order sent', async () => {
    const answer = await batch([event('y'), event('x'), event('z', { external_subscription_id: 'other' })]);
    expect(answer).toMatchObject({
      status: 200,
      body: { events: [{ transaction_id: 'y' }, { transaction_id: 'x' }, { transaction_id: 'z' }] },
    });
  });

  it.each([[[]], [null], [undefined], ['x']])('of %j is refused: there is nothing in it', async (events) => {
    expect(await batch(events)).toMatchObject(refused({ events: ['no_events'] }));
  });

  it('of 101 events is refused', async () => {
    expect(await batch(Array.from({ length: 101 }, (_, index) => event(String(index))))).toMatchObject(
      refused({ events: ['too_many_events'] }),
    );
  });

  it('with bad events stores nothing and names their positions', async () => {
    await take('known');
    const answer = await batch([event('a'), event('known'), { code: 'calls' }, event('a')]);
    expect(answer).toEqual({
      headers: expect.anything() as unknown,
      ...refused({
        '1': { transaction_id: ['value_already_exist'] },
        '2': { transaction_id: ['value_is_mandatory'], external_subscription_id: ['value_is_mandatory'] },
        '3': { transaction_id: ['value_already_exist'] },
      }),
    });
    expect((await app.api.get('/events/a')).status).toBe(404);
  });
});

describe('the list of events', () => {
  const list = async (query = '') => {
    const { body } = await app.api.get<Listed>(`/events${query}`);
    return { ids: body.events.map((each) => each.transaction_id), meta: body.meta };
  };
  const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds / 1000;
  beforeAll(async () => {
    await open();
    await take('b', { timestamp: at('2023-05-03T00:00:00Z') });
    await take('a', { timestamp: at('2023-05-03T00:00:00Z') });
    await take('late', { timestamp: at('2023-05-09T00:00:00Z'), code: 'seats' });
    await take('early', { timestamp: at('2023-04-02T00:00:00Z') });
    await take('other', { timestamp: at('2023-05-05T00:00:00Z'), external_subscription_id: 'other' });
  });
  afterAll(close);

  it.each([
    ['', ['late', 'other', 'a', 'b', 'early']],
    ['?external_subscription_id=main', ['late', 'a', 'b', 'early']],
    ['?code=calls', ['other', 'a', 'b', 'early']],
    ['?external_subscription_id=main&code=calls', ['a', 'b', 'early']],
    ['?external_subscription_id=nobody', []],
    ['?timestamp_from=2023-05-03T00:00:00Z', ['late', 'other', 'a', 'b']],
    ['?timestamp_to=2023-05-03', ['a', 'b', 'early']],
    ['?timestamp_from=2023-05-03&timestamp_to=2023-05-05&external_subscription_id=main', ['a', 'b']],
    ['?per_page=2&page=2', ['a', 'b']],
    ['?external_subscription_id=main&per_page=3&page=2', ['early']],
    ['?page=9', []],
  ])('%s is %j, latest first', async (query, ids) => {
    expect((await list(query)).ids).toEqual(ids);
  });

  it('counts all rows that match, page by page', async () => {
    expect((await list('?per_page=2&page=2')).meta).toEqual({
      current_page: 2,
      next_page: 3,
      prev_page: 1,
      total_pages: 3,
      total_count: 5,
    });
    expect((await list('?code=calls&per_page=2')).meta).toMatchObject({ total_count: 4, total_pages: 2 });
    expect((await list('?external_subscription_id=main&timestamp_from=2023-05-01')).meta).toMatchObject({ total_count: 3 });
    expect((await list('?code=none')).meta).toEqual({ current_page: 0, next_page: null, prev_page: null, total_pages: 0, total_count: 0 });
  });

  it('begins at the start of a subscription when asked', async () => {
    await subscribe();
    expect((await list('?external_subscription_id=main&timestamp_from_started_at=true')).ids).toEqual(['late', 'a', 'b']);
    expect(await app.api.get('/events?timestamp_from_started_at=true')).toMatchObject(
      refused({ external_subscription_id: ['value_is_mandatory'] }),
    );
    const both = '/events?external_subscription_id=main&timestamp_from_started_at=true&timestamp_from=2023-05-01';
    expect(await app.api.get(both)).toMatchObject(refused({ timestamp_from_started_at: ['value_is_invalid'] }));
  });

  it('refuses dates that are none', async () => {
    expect(await app.api.get('/events?timestamp_from=soon&timestamp_to=1683712860')).toMatchObject(
      refused({ timestamp_from: ['invalid_date'], timestamp_to: ['invalid_date'] }),
    );
  });
});

describe('an estimate', () => {
  const estimate = (path: string, body: unknown) => app.api.post(`/events/${path}`, body);
  const seats = (more: Readonly<Record<string, unknown>> = {}) => ({ code: 'seats', external_subscription_id: 'main', ...more });
  beforeEach(async () => {
    await open();
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
    await subscribe();
  });
  afterEach(close);

  it('is what the event would cost on top of what is there, and stores nothing', async () => {
    await take('t1', { code: 'seats', properties: { number: 10 } });
    await take('t2', { code: 'seats', properties: { number: -4 } });
    const answer = await estimate('estimate_fees', { event: seats({ properties: { number: '8' } }) });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        fees: [
          {
            lago_id: null,
            lago_charge_id: ID,
            lago_invoice_id: null,
            created_at: null,
            from_date: null,
            pay_in_advance: true,
            external_subscription_id: 'main',
            external_customer_id: 'acme',
            item: { type: 'charge', code: 'seats', name: 'Seats' },
            // The level goes from 6 to 14, 4 above its highest point: 4 x 2.50, and 20 %.
            units: '4.0',
            amount_cents: 1000,
            precise_amount: '10.0',
            taxes_amount_cents: 200,
            total_amount_cents: 1200,
            taxes_rate: 20,
            events_count: 1,
            applied_taxes: [{ lago_id: null, tax_code: 'vat', tax_rate: 20, amount_cents: 200 }],
          },
        ],
      },
    });
    expect((await app.api.get<Listed>('/events')).body.meta['total_count']).toBe(2);
  });

  it('by itself looks at nothing else', async () => {
    await take('t1', { code: 'seats', properties: { number: 10 } });
    const one = seats({ transaction_id: 'x', properties: { number: 3 } });
    expect(await estimate('estimate_instant_fees', { event: one })).toMatchObject({
      status: 200,
      body: { fees: [{ amount_cents: 750, units: '3.0', event_transaction_id: 'x' }] },
    });
    expect(
      await estimate('batch_estimate_instant_fees', { events: [one, { event: { ...one, properties: { number: 1 } } }] }),
    ).toMatchObject({
      body: { fees: [{ amount_cents: 750 }, { amount_cents: 250 }] },
    });
    expect(await estimate('batch_estimate_instant_fees', { events: [] })).toMatchObject(refused({ events: ['no_events'] }));
  });

  it.each(['estimate_fees', 'estimate_instant_fees'])('is refused by %s where nothing could be billed at once', async (path) => {
    const answers = async (more: Readonly<Record<string, unknown>>) => estimate(path, { event: seats(more) });
    expect(await answers({ external_subscription_id: 'none' })).toMatchObject({ status: 404, body: { code: 'subscription_not_found' } });
    expect(await answers({ code: 'none' })).toMatchObject({ status: 404, body: { code: 'billable_metric_not_found' } });
    expect(await answers({ code: 'calls' })).toMatchObject(refused({ code: ['does_not_match_an_instant_charge'] }));
    expect(await answers({ properties: { number: 'many' } })).toMatchObject(refused({ properties: ['value_is_not_valid_number'] }));
  });
});

describe('the text of a time', () => {
  it('is what Temporal prints, from 1970 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (epochMs) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(epochMs);
        expect(formatEpochMs(epochMs)).toBe(instant.toString({ smallestUnit: 'millisecond' }));
      }),
    );
    expect(formatEpochMs(951_782_400_000)).toBe('2000-02-29T00:00:00.000Z');
    expect(formatEpochMs(253_402_300_799_999)).toBe('9999-12-31T23:59:59.999Z');
  });
});
