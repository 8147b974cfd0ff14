import { expect, test } from 'vitest';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { RunningAmountsAnswer, SubscriptionFactsAnswer, SubscriptionRow } from '../../../shared/internal/subscriptions.ts';
import { internalClient } from '../../support/internal-client.ts';
import { Story } from '../../support/story.ts';

type Page = ListAnswer<SubscriptionRow>;

async function books(begin: string, tell: (story: Story) => Promise<void>): Promise<void> {
  const story = await Story.begin(begin);
  try {
    await tell(story);
  } finally {
    await story.close();
  }
}

async function ask<Body>(story: Story, path: string): Promise<Body> {
  const answer = await internalClient(story.app).get<Body>(path);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const list = (story: Story, query = ''): Promise<Page> => ask(story, `/lists/subscriptions?${query}`);
const names = ({ rows }: Page): readonly string[] => rows.map((row) => row.subscription.external_id);
const facts = (story: Story, id: string): Promise<SubscriptionFactsAnswer> => ask(story, `/subscriptions/${id}`);

/** Three customers on two plans: one line ends soon, one waits. */
async function threeCustomers(story: Story): Promise<void> {
  await story.plan('basic', { name: 'Basic' });
  await story.plan('team', { name: 'Team', interval: 'yearly', amount_cents: 90_000 });
  for (const name of ['Zeta', 'acme', 'Hooli']) await story.customer(name.toLowerCase(), { name, currency: 'USD' });
  await story.subscribe({ plan: 'team', customer: 'zeta' });
  await story.subscribe({ plan: 'basic', customer: 'acme', ending_at: '2024-05-01T00:00:00Z', name: 'Production' });
  await story.subscribe({ plan: 'basic', customer: 'hooli', subscription_at: '2024-06-01T00:00:00Z' });
}

test('the list is sorted by what its columns show, page by page', () =>
  books('2024-04-14T09:00:00Z', async (story) => {
    await threeCustomers(story);
    expect(names(await list(story, 'sort=customer'))).toEqual(['acme', 'hooli', 'zeta']);
    expect(names(await list(story, 'sort=next_invoice'))).toEqual(['acme', 'hooli', 'zeta']);
    expect(names(await list(story, 'sort=started&direction=desc'))).toEqual(['hooli', 'acme', 'zeta']);
    const first = await list(story, 'sort=plan&limit=2');
    expect([names(first), first.total]).toEqual([['acme', 'hooli'], 3]);
    expect(names(await list(story, `sort=plan&limit=2&after=${first.next ?? ''}`))).toEqual(['zeta']);
  }));

test('the list is narrowed by status, plan, customer, end and words', () =>
  books('2024-04-14T09:00:00Z', async (story) => {
    await threeCustomers(story);
    const { rows } = await list(story, 'sort=customer');
    const planId = (await facts(story, rows[0]?.subscription.lago_id ?? '')).listed_plan_id;
    expect(names(await list(story, 'status=pending'))).toEqual(['hooli']);
    expect(names(await list(story, 'sort=customer&status=pending,active'))).toHaveLength(3);
    expect(names(await list(story, `sort=customer&plan_id=${planId}`))).toEqual(['acme', 'hooli']);
    expect(names(await list(story, `customer_id=${rows[2]?.subscription.lago_customer_id ?? ''}`))).toEqual(['zeta']);
    expect(names(await list(story, 'ending_soon=true'))).toEqual(['acme']);
    expect(names(await list(story, 'search=produc'))).toEqual(['acme']);
    expect(names(await list(story, 'search=ZET'))).toEqual(['zeta']);
    expect(names(await list(story, 'search=%25'))).toEqual([]);
    expect(names(await list(story, 'parked=true'))).toEqual([]);
  }));

test('a row says its period and when it is billed next, in days of the customer’s zone', () =>
  books('2024-04-14T09:00:00Z', async (story) => {
    await story.plan('weekly', { interval: 'weekly' });
    await story.customer('karachi', { currency: 'USD', timezone: 'Asia/Karachi' });
    await story.subscribe({ plan: 'weekly', customer: 'karachi', plan_overrides: { amount_cents: 5 } });
    const [row] = (await list(story)).rows;
    expect(row).toMatchObject({
      customer_name: 'karachi',
      is_overridden: true,
      next_invoice_on: '2024-04-21',
      current_period: { from: '2024-04-14', to: '2024-04-20' },
      is_ending_soon: false,
    });
  }));

test('running amounts are the usage of running periods', () =>
  books('2024-04-14T09:00:00Z', async (story) => {
    await story.metric('calls');
    await story.plan('basic', { charges: [{ metric: 'calls', properties: { amount: '0.25' } }] });
    await story.subscribe({ plan: 'basic' });
    await story.use('calls', 10);
    const [row] = (await list(story)).rows;
    const id = row?.subscription.lago_id ?? '';
    const { amounts } = await ask<RunningAmountsAnswer>(story, `/subscriptions/running_amounts?ids=${id},nothing`);
    expect(amounts).toEqual([{ lago_id: id, currency: 'USD', amount_cents: 250 }]);
  }));

test('the page of a row shows its periods, the plans of its line and what it has otherwise', () =>
  books('2024-01-31T09:00:00Z', async (story) => {
    await story.plan('basic', { name: 'Basic', amount_cents: 1000 });
    await story.plan('large', { name: 'Large', amount_cents: 5000 });
    await story.subscribe({ plan: 'basic', billing_time: 'anniversary', plan_overrides: { amount_cents: 800 } });
    await story.at('2024-04-10T09:00:00Z').subscribe({ plan: 'large' });
    const line = (await list(story, 'sort=started')).rows.map(({ subscription }) => subscription.lago_id);
    const old = await facts(story, line[0] ?? '');
    expect(old.periods.map(({ from, to, state, days, period_days: of }) => [from, to, state, days, of])).toEqual([
      ['2024-01-31', '2024-02-28', 'past', 29, 29],
      ['2024-02-29', '2024-03-30', 'past', 31, 31],
      ['2024-03-31', '2024-04-09', 'past', 10, 30],
    ]);
    expect(old.overrides).toEqual([{ kind: 'amount', name: null, own: 800, parent: 1000 }]);
    const fresh = await facts(story, line[1] ?? '');
    expect(fresh.periods.map(({ from, to, state }) => [from, to, state])).toEqual([
      ['2024-04-10', '2024-04-29', 'current'],
      ['2024-04-30', '2024-05-30', 'next'],
      ['2024-05-31', '2024-06-29', 'next'],
    ]);
    expect(fresh.line.map((row) => [row.plan_name, row.status, row.starts_on, row.ends_on])).toEqual([
      ['Basic', 'terminated', '2024-01-31', '2024-04-10'],
      ['Large', 'active', '2024-04-10', null],
    ]);
    expect([fresh.parked, fresh.next_invoice_on, fresh.today]).toEqual([null, '2024-04-30', '2024-04-10']);
  }));

test('an end that is planned cuts the periods, and a row that is not parked is not retried', () =>
  books('2024-04-14T09:00:00Z', async (story) => {
    await story.plan('basic');
    await story.subscribe({ plan: 'basic', ending_at: '2024-05-10T00:00:00Z' });
    const id = (await list(story)).rows[0]?.subscription.lago_id ?? '';
    expect((await facts(story, id)).periods.map(({ from, to, days }) => [from, to, days])).toEqual([
      ['2024-04-14', '2024-04-30', 17],
      ['2024-05-01', '2024-05-10', 10],
    ]);
    const client = internalClient(story.app);
    expect(await client.post(`/subscriptions/${id}/retry_billing`, {})).toMatchObject({ status: 405, body: { code: 'not_parked' } });
    expect(await client.get('/subscriptions/nothing')).toMatchObject({ status: 404, body: { code: 'subscription_not_found' } });
  }));

test('a parked row says why and can be billed again', () =>
  books('2024-04-01T00:00:00Z', async (story) => {
    await story.metric('calls');
    await story.plan('basic', { amount_cents: 1000, charges: [{ metric: 'calls' }] });
    await story.subscribe({ plan: 'basic' });
    await story.use('calls', 2);
    const id = (await list(story)).rows[0]?.subscription.lago_id ?? '';
    const rewrite = (properties: string): Promise<unknown> =>
      story.app.engine.services.context.database.unitOfWork.write('rewrite the price', (tx) =>
        tx.statement(`UPDATE "charges" SET "properties" = ?`).run(properties),
      );
    await rewrite('{"amount":"much"}');
    await story.at('2024-05-02T00:00:00Z').runDueWork();
    expect(await internalClient(story.app).post(`/subscriptions/${id}/retry_billing`, {})).toMatchObject({
      status: 405,
      body: { code: 'billing_failed_again' },
    });
    await rewrite('{"amount":"1"}');
    const parked = await facts(story, id);
    expect(parked.parked?.reason).toBe('generation_failed');
    expect(parked.parked?.invoice_id).not.toBeNull();
    expect(names(await list(story, 'parked=true'))).toEqual(['acme']);
    const retried = await internalClient(story.app).post<SubscriptionFactsAnswer>(`/subscriptions/${id}/retry_billing`, {});
    expect(retried.body.parked).toBeNull();
    expect(await story.bills()).toEqual(['2024-05-01: basic 1000 + calls 200 = 1200']);
  }));
