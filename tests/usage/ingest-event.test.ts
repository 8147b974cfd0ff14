import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUsageBooks, storedEvents, type UsageBooks } from './usage-books.ts';

const event = (transactionId: string, more: Readonly<Record<string, unknown>> = {}) => ({
  transaction_id: transactionId,
  external_subscription_id: 's1',
  code: 'calls',
  ...more,
});
const DUPLICATE = { transaction_id: ['value_already_exist'] };

describe('taking events in', () => {
  let opened: UsageBooks;
  beforeEach(async () => {
    opened = await openUsageBooks();
  });
  afterEach(() => opened.close());

  it('answers with the event as it is stored, received now', async () => {
    const taken = await opened.ingestion.ingestEvent(event('t1', { properties: { a: 1 }, timestamp: '1683712860.123' }));
    expect(taken).toMatchObject({
      ok: true,
      value: { transactionId: 't1', timestampMs: 1_683_712_860_123, createdAtMs: 1_683_712_800_000, properties: { a: 1 }, sequence: 1 },
    });
  });

  it('keeps the first of two events with one transaction id untouched', async () => {
    await opened.ingestion.ingestEvent(event('t1', { properties: { a: 1 } }));
    const again = await opened.ingestion.ingestEvent(event('t1', { properties: { a: 2 } }));
    expect(again).toEqual({ ok: false, error: { kind: 'validation', fields: DUPLICATE } });
    const kept = opened.books.context.database.read.select<{ p: string }>('SELECT "properties" AS "p" FROM "events"').all();
    expect(kept).toEqual([{ p: '{"a":1}' }]);
  });

  it('takes the same transaction id for another subscription', async () => {
    await opened.ingestion.ingestEvent(event('t1'));
    const other = await opened.ingestion.ingestEvent(event('t1', { external_subscription_id: 's2' }));
    expect(other.ok).toBe(true);
  });

  it('stores events of 1970 and of 2970', async () => {
    const old = await opened.ingestion.ingestEvent(event('t1', { timestamp: 1 }));
    const late = await opened.ingestion.ingestEvent(event('t2', { timestamp: 31_556_952_000 }));
    expect([old.ok, late.ok]).toEqual([true, true]);
  });

  it.each([[{}], [{ events: [] }], [{ events: null }], [{ events: 'x' }], [{ event: {} }]])(
    'refuses the batch %j: there is nothing in it',
    async (body) => {
      expect(await opened.ingestion.ingestBatch(body)).toMatchObject({ error: { fields: { events: ['no_events'] } } });
    },
  );

  it('takes 100 events in the order sent, and refuses 101', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `t${String(index)}`);
    const taken = await opened.ingestion.ingestBatch({ events: ids.slice(0, 100).map((id) => event(id)) });
    expect(taken.ok && taken.value.map((stored) => stored.transactionId)).toEqual(ids.slice(0, 100));
    const refused = await opened.ingestion.ingestBatch({ events: ids.map((id) => event(`x${id}`)) });
    expect(refused).toMatchObject({ error: { fields: { events: ['too_many_events'] } } });
    expect(storedEvents(opened)).toHaveLength(100);
  });

  it('stores nothing of a batch with one bad event, and names its position', async () => {
    const refused = await opened.ingestion.ingestBatch({ events: [event('t1'), event('t2', { timestamp: 'yesterday' })] });
    expect(refused).toEqual({ ok: false, error: { kind: 'validation', fields: { '1': { timestamp: ['invalid_format'] } } } });
    expect(storedEvents(opened)).toEqual([]);
  });

  it('reports bad events and duplicates of a batch together, the second one of two alike', async () => {
    await opened.ingestion.ingestEvent(event('t1'));
    const refused = await opened.ingestion.ingestBatch({ events: [event('t1'), 'no object', event('t2'), event('t2'), event('t3')] });
    expect(refused).toMatchObject({
      error: {
        fields: {
          '0': DUPLICATE,
          '1': { transaction_id: ['value_is_mandatory'], external_subscription_id: ['value_is_mandatory'], code: ['value_is_mandatory'] },
          '3': DUPLICATE,
        },
      },
    });
    expect(storedEvents(opened)).toEqual([['s1', 't1']]);
  });

  it('makes one event for each of the subscription ids of a batch of 2022', async () => {
    const { subscription_ids: _, ...common } = { ...event('t1'), subscription_ids: [] };
    const taken = await opened.ingestion.ingestBatch({
      event: { ...common, external_subscription_id: undefined, subscription_ids: ['s1', 's2'] },
    });
    expect(taken.ok).toBe(true);
    expect(storedEvents(opened)).toEqual([
      ['s1', 't1'],
      ['s2', 't1'],
    ]);
  });
});

describe('the names of 2022 for a subscription', () => {
  let opened: UsageBooks;
  let customerId: string;
  let subscriptionId: string;
  beforeEach(async () => {
    opened = await openUsageBooks();
    const plan = await opened.books.plan();
    const customer = await opened.books.customer({ externalId: 'acme' });
    customerId = customer.id;
    subscriptionId = (await opened.books.subscription({ customerId, planId: plan.id, externalId: 'acme-1' })).id;
  });
  afterEach(() => opened.close());

  const send = (more: Readonly<Record<string, unknown>>) => opened.ingestion.ingestEvent({ transaction_id: 't1', code: 'calls', ...more });

  it.each([
    ['an external id', () => ({ subscription_id: 'acme-1' }), 'acme-1'],
    ['our own id', () => ({ subscription_id: subscriptionId }), 'acme-1'],
    ['an id that nobody has yet', () => ({ subscription_id: 'later' }), 'later'],
    ['the external id of a customer', () => ({ external_customer_id: 'acme' }), 'acme-1'],
    ['the customer by its older name', () => ({ customer_id: 'acme' }), 'acme-1'],
    ['an external id beside a customer', () => ({ subscription_id: 'later', customer_id: 'acme' }), 'later'],
    ['today’s name beside the older one', () => ({ external_subscription_id: 'mine', subscription_id: 'acme-1' }), 'mine'],
  ])('%s finds its subscription', async (_, names, found) => {
    const taken = await send(names());
    expect(taken).toMatchObject({ ok: true, value: { externalSubscriptionId: found } });
  });

  it.each([
    ['an unknown customer', { customer_id: 'nobody' }, { subscription_id: ['value_is_mandatory'] }],
    ['blank names', { subscription_id: ' ', customer_id: '' }, { external_subscription_id: ['value_is_mandatory'] }],
  ])('%s is refused', async (_, names, fields) => {
    expect(await send(names)).toEqual({ ok: false, error: { kind: 'validation', fields } });
  });

  it('refuses a customer with two active subscriptions', async () => {
    await opened.books.subscription({ customerId, planId: (await opened.books.plan()).id, externalId: 'acme-2' });
    expect(await send({ customer_id: 'acme' })).toMatchObject({ error: { fields: { subscription_id: ['value_is_mandatory'] } } });
  });
});
