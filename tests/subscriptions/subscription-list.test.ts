import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../main/database/tables/customers.ts';
import {
  findSubscription,
  listSubscriptions,
  readSubscriptionsById,
  type SubscriptionFilter,
  type SubscriptionView,
} from '../../main/subscriptions/subscription-list.ts';
import { present } from '../../shared/assert.ts';
import { currencyCode } from '../../shared/currency.ts';
import { formatInstant } from '../../shared/dates.ts';
import { pageOf } from '../../shared/page.ts';
import { instant, uuid } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';

let books: Books;
let customerId: string;
let planId: string;
beforeEach(async () => {
  books = await Books.open('2023-02-15T12:00:00Z');
  customerId = (await books.customer({ externalId: 'acme' })).id;
  planId = (await books.plan({ code: 'starter' })).id;
});
afterEach(() => books.close());

async function add(externalId: string, changes: Partial<Subscription> = {}): Promise<string> {
  return (await books.subscription({ customerId, planId, externalId, ...changes })).id;
}

async function externalIds(filter: Partial<SubscriptionFilter> = {}): Promise<readonly string[]> {
  const { rows } = await listSubscriptions(books.context, { statuses: ['active'], ...filter }, pageOf({}));
  return rows.map(({ subscription }) => subscription.externalId);
}

async function viewOf(id: string): Promise<SubscriptionView> {
  return present((await readSubscriptionsById(books.context, [id]))[0], 'the row exists');
}

describe('a list of subscriptions', () => {
  it('shows the latest anchor first, then what was made last', async () => {
    await add('first');
    await add('second');
    await add('anchored later', { subscriptionAt: instant('2023-01-20T00:00:00Z'), startedAt: instant('2023-01-20T00:00:00Z') });
    expect(await externalIds()).toEqual(['anchored later', 'second', 'first']);
  });

  it('counts the whole list', async () => {
    for (const externalId of ['a', 'b', 'c']) await add(externalId);
    const listed = await listSubscriptions(books.context, { statuses: ['active'] }, pageOf({ page: 2, perPage: 2 }));
    expect([listed.rows.map(({ subscription }) => subscription.externalId), listed.totalCount]).toEqual([['a'], 3]);
  });
});

describe('the filters of a list of subscriptions', () => {
  beforeEach(async () => {
    const other = await books.customer({ externalId: 'other' });
    const euro = await books.plan({ code: 'euro', amountCurrency: currencyCode('EUR') });
    const copy = await books.plan({ code: 'starter', parentId: planId });
    await add('plain');
    await add('copied', { planId: copy.id });
    await add('foreign', { customerId: other.id, planId: euro.id });
    await add('over', { status: 'terminated', terminatedAt: instant('2023-02-01T00:00:00Z') });
    await add('waiting', { status: 'pending', startedAt: null, subscriptionAt: instant('2023-03-01T00:00:00Z') });
  });

  it.each<{ name: string; given: Partial<SubscriptionFilter>; expect: readonly string[] }>([
    { name: 'active ones', given: {}, expect: ['foreign', 'copied', 'plain'] },
    { name: 'statuses', given: { statuses: ['pending', 'terminated'] }, expect: ['waiting', 'over'] },
    { name: 'external customer id', given: { externalCustomerId: 'other' }, expect: ['foreign'] },
    { name: 'unknown customer', given: { externalCustomerId: 'nobody' }, expect: [] },
    { name: 'external id', given: { externalId: 'plain' }, expect: ['plain'] },
    { name: 'plan code, of copies too', given: { planCode: 'starter' }, expect: ['copied', 'plain'] },
    { name: 'currency', given: { currency: currencyCode('EUR') }, expect: ['foreign'] },
    { name: 'overridden', given: { overridden: true }, expect: ['copied'] },
    { name: 'not overridden', given: { overridden: false }, expect: ['foreign', 'plain'] },
    { name: 'all filters must match', given: { planCode: 'starter', overridden: true, currency: currencyCode('EUR') }, expect: [] },
  ])('$name', async ({ given, expect: expected }) => {
    expect(await externalIds(given)).toEqual(expected);
  });
});

describe('one subscription', () => {
  it('is the active row of its line unless another status is named', async () => {
    await add('main', { status: 'terminated', startedAt: instant('2023-01-01T00:00:00Z') });
    const latest = await add('main', { status: 'terminated', startedAt: instant('2023-01-05T00:00:00Z') });
    await add('main', { status: 'terminated', startedAt: instant('2023-01-03T00:00:00Z') });
    const active = await add('main');
    expect(await findSubscription(books.context, 'main')).toMatchObject({ ok: true, value: { subscription: { id: active } } });
    expect(await findSubscription(books.context, 'main', 'terminated')).toMatchObject({
      ok: true,
      value: { subscription: { id: latest } },
    });
  });

  it('is not found without a row of that status, or for a status that does not exist', async () => {
    await add('main');
    const missing = { ok: false, error: { kind: 'not_found', resource: 'subscription' } };
    expect(await findSubscription(books.context, 'main', 'pending')).toEqual(missing);
    expect(await findSubscription(books.context, 'main', 'asleep')).toEqual(missing);
    expect(await findSubscription(books.context, 'none')).toEqual(missing);
  });

  it('is read by id in the order asked for, each once', async () => {
    const first = await add('first');
    const second = await add('second');
    const views = await readSubscriptionsById(books.context, [second, first, second, uuid(99)]);
    expect(views.map(({ subscription }) => subscription.externalId)).toEqual(['second', 'first']);
  });
});

describe('the neighbours of a subscription', () => {
  it('an upgrade names the plan before and the plan after', async () => {
    const dear = await books.plan({ code: 'dear' });
    const before = await add('main', { status: 'terminated', terminatedAt: instant('2023-02-01T10:00:00Z') });
    const after = await add('main', { planId: dear.id, previousId: before });
    expect(await viewOf(before)).toMatchObject({ previousPlanCode: null, nextPlanCode: 'dear', downgradePlanDate: null });
    expect(await viewOf(after)).toMatchObject({ previousPlanCode: 'starter', nextPlanCode: null, downgradePlanDate: null });
  });

  it('a waiting downgrade names its plan and its day', async () => {
    const cheap = await books.plan({ code: 'cheap' });
    const current = await add('main');
    const waiting = await add('main', {
      planId: cheap.id,
      previousId: current,
      status: 'pending',
      startedAt: null,
      nextBillingAt: instant('2023-03-01T00:00:00Z'),
    });
    const view = await viewOf(current);
    expect([view.nextPlanCode, view.downgradePlanDate?.toString()]).toEqual(['cheap', '2023-03-01']);
    expect(await viewOf(waiting)).toMatchObject({ previousPlanCode: 'starter', currentPeriod: null, downgradePlanDate: null });
  });

  it('a canceled change is forgotten, a second one counts', async () => {
    const cheap = await books.plan({ code: 'cheap' });
    const cheaper = await books.plan({ code: 'cheaper' });
    const current = await add('main');
    const change = { previousId: current, startedAt: null, nextBillingAt: instant('2023-03-01T00:00:00Z') };
    await add('main', { ...change, planId: cheap.id, status: 'canceled' });
    expect(await viewOf(current)).toMatchObject({ nextPlanCode: null, downgradePlanDate: null });
    await add('main', { ...change, planId: cheaper.id, status: 'pending' });
    expect((await viewOf(current)).nextPlanCode).toBe('cheaper');
  });

  it('a waiting change names its day in the customer’s zone', async () => {
    const newYork = await books.customer({ timezone: 'America/New_York' });
    const current = await add('main', { customerId: newYork.id });
    const waiting = { previousId: current, customerId: newYork.id, status: 'pending', startedAt: null } as const;
    await add('main', { ...waiting, nextBillingAt: instant('2023-03-01T05:00:00Z') });
    expect((await viewOf(current)).downgradePlanDate?.toString()).toBe('2023-03-01');
  });
});

describe('the current period of a subscription', () => {
  const periodOf = async (id: string): Promise<readonly string[] | null> => {
    const { currentPeriod } = await viewOf(id);
    return currentPeriod && [formatInstant(currentPeriod.startedAt), formatInstant(currentPeriod.endingAt)];
  };

  it('is the charge period that holds now, in the customer’s zone', async () => {
    const newYork = await books.customer({ timezone: 'America/New_York' });
    expect(await periodOf(await add('utc'))).toEqual(['2023-02-01T00:00:00Z', '2023-02-28T23:59:59Z']);
    expect(await periodOf(await add('new york', { customerId: newYork.id }))).toEqual(['2023-02-01T05:00:00Z', '2023-03-01T04:59:59Z']);
  });

  it('is a month of a yearly plan whose charges are billed monthly', async () => {
    const yearly = await books.plan({ interval: 'yearly', billChargesMonthly: true });
    expect(await periodOf(await add('main', { planId: yearly.id, billingTime: 'anniversary' }))).toEqual([
      '2023-02-10T00:00:00Z',
      '2023-03-09T23:59:59Z',
    ]);
  });

  it('begins with the subscription in its first period', async () => {
    books.now = instant('2023-01-11T00:00:00Z');
    expect(await periodOf(await add('main'))).toEqual(['2023-01-10T09:30:00Z', '2023-01-31T23:59:59Z']);
  });

  it('a row that is over has none', async () => {
    expect(await periodOf(await add('main', { status: 'terminated', terminatedAt: instant('2023-02-01T00:00:00Z') }))).toBeNull();
  });
});
