import { expect, test } from 'vitest';
import type {
  AppliedAddOnRow,
  CustomerDeletionAnswer,
  CustomerOverviewAnswer,
  CustomerRow,
  CustomerWithLocksAnswer,
  NextInvoicesAnswer,
  RunningUsageAnswer,
  TimelineRow,
} from '../../../shared/internal/customers.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { internalClient } from '../../support/internal-client.ts';
import { scenario, Story } from '../../support/story.ts';

const BEGIN = '2023-03-01T00:00:00Z';

async function customerId(story: Story, externalId = 'acme'): Promise<string> {
  return (await story.get<{ customer: { lago_id: string } }>(`/customers/${externalId}`)).customer.lago_id;
}

async function listed(story: Story, query: string): Promise<readonly string[]> {
  const { body } = await internalClient(story.app).get<ListAnswer<CustomerRow>>(`/lists/customers?${query}`);
  return body.rows.map((row) => row.external_id);
}

scenario('customers are sorted by every column and paged by keyset', BEGIN, async (story) => {
  await story.customer('c-1', { name: 'Zebra', email: 'z@example.com', currency: 'USD' });
  await story.customer('c-2', { name: 'apple', email: 'a@example.com', currency: 'EUR' });
  await story.customer('c-3', { firstname: 'Mia', lastname: 'Berg' });
  expect(await listed(story, 'sort=name&direction=asc')).toEqual(['c-2', 'c-3', 'c-1']);
  expect(await listed(story, 'sort=created_at&direction=desc')).toEqual(['c-3', 'c-2', 'c-1']);
  expect(await listed(story, 'sort=email&direction=desc')).toEqual(['c-1', 'c-2', 'c-3']);
  expect(await listed(story, 'sort=currency')).toEqual(['c-3', 'c-2', 'c-1']);
  const client = internalClient(story.app);
  const first = await client.get<ListAnswer<CustomerRow>>('/lists/customers?sort=name&limit=2');
  expect(first.body).toMatchObject({ total: 3, rows: [{ name: 'apple' }, { name: 'Mia Berg' }] });
  const second = await client.get<ListAnswer<CustomerRow>>(`/lists/customers?sort=name&limit=2&after=${String(first.body.next)}`);
  expect(second.body).toMatchObject({ next: null, rows: [{ name: 'Zebra' }] });
});

scenario('customers are filtered by plan, currency, country, debts and text', BEGIN, async (story) => {
  await story.plan('starter');
  await story.customer('billed', { name: 'Billed 100%', country: 'FR' });
  await story.customer('idle', { name: 'Idle', country: 'DE', currency: 'EUR' });
  await story.subscribe({ plan: 'starter', customer: 'billed' });
  await story.at('2023-04-01T00:00:00Z').runDueWork();
  expect(await listed(story, 'has_active_plan=true')).toEqual(['billed']);
  expect(await listed(story, 'has_active_plan=false')).toEqual(['idle']);
  expect(await listed(story, 'unpaid=true')).toEqual(['billed']);
  expect(await listed(story, 'unpaid=false')).toEqual(['idle']);
  expect(await listed(story, 'currency=EUR')).toEqual(['idle']);
  expect(await listed(story, 'country=FR&country=DE&sort=active_subscriptions&direction=desc')).toEqual(['billed', 'idle']);
  expect(await listed(story, 'search=100%25')).toEqual(['billed']);
  const { body } = await internalClient(story.app).get<ListAnswer<CustomerRow>>('/lists/customers?search=billed');
  // One month of the plan at 10.00.
  expect(body.rows[0]).toMatchObject({
    active_subscriptions: 1,
    unpaid: [{ currency: 'USD', amount_cents: 1000, overdue_amount_cents: 0, invoices_count: 1 }],
  });
  const values = await internalClient(story.app).get('/customers/filter_values');
  expect(values.body).toEqual({ currencies: ['EUR', 'USD'], countries: ['DE', 'FR'] });
});

scenario('running usage is what the next invoices will bill', BEGIN, async (story) => {
  await story.metric('calls');
  await story.plan('starter', { charges: [{ metric: 'calls', properties: { amount: '0.25' } }] });
  await story.customer('acme');
  await story.customer('idle');
  await story.subscribe({ plan: 'starter' });
  await story.use('calls', 10);
  const ids = [await customerId(story), await customerId(story, 'idle'), 'nobody'];
  const { body } = await internalClient(story.app).get<RunningUsageAnswer>(`/customers/running_usage?ids=${ids.join(',')}`);
  // 10 × 0.25
  expect(body.usages).toEqual([{ lago_customer_id: ids[0], amounts: [{ currency: 'USD', amount_cents: 250 }] }]);
  const { body: page } = await internalClient(story.app).get<ListAnswer<CustomerRow>>(
    '/lists/customers?with=running_usage&sort=external_id',
  );
  expect(page.rows.map((row) => row.running_usage)).toEqual([[{ currency: 'USD', amount_cents: 250 }], []]);
});

scenario('a customer is created once, renamed while it may be, and says why not any more', BEGIN, async (story) => {
  const client = internalClient(story.app);
  const made = await client.post<CustomerWithLocksAnswer>('/customers', { customer: { external_id: 'acme', name: 'Acme' } });
  expect(made.body.locks).toEqual({ external_id: null, currency: null });
  const again = await client.post('/customers', { customer: { external_id: 'acme', name: 'Other', email: 'nonsense' } });
  expect(again).toMatchObject({
    status: 422,
    body: { error_details: { external_id: ['value_already_exist'], email: ['invalid_email_format'] } },
  });
  const id = made.body.customer.lago_id;
  const renamed = await client.put<CustomerWithLocksAnswer>(`/customers/${id}`, {
    customer: { external_id: 'acme/inc', name: 'Acme Inc' },
  });
  expect(renamed.body.customer).toMatchObject({ lago_id: id, external_id: 'acme/inc', name: 'Acme Inc' });

  await story.plan('starter');
  await story.subscribe({ plan: 'starter', customer: 'acme/inc', as: 's-1' });
  const locked = await client.get<CustomerWithLocksAnswer>(`/customers/${id}`);
  expect(locked.body.locks).toEqual({ external_id: 'has_subscriptions', currency: 'has_subscriptions' });
  const refused = await client.put(`/customers/${id}`, { customer: { external_id: 'other', currency: 'EUR' } });
  expect(refused).toMatchObject({
    status: 422,
    body: { error_details: { external_id: ['value_is_immutable'], currency: ['currencies_does_not_match'] } },
  });
  await story.at('2023-04-01T00:00:00Z').runDueWork();
  expect((await client.get<CustomerWithLocksAnswer>(`/customers/${id}`)).body.locks.external_id).toBe('has_invoices');
  expect((await client.get(`/customers/${'0'.repeat(8)}`)).status).toBe(404);
});

scenario('the next invoice of each subscription is made of the usage so far, and leaves nothing', BEGIN, async (story) => {
  await story.metric('calls');
  await story.plan('starter', { charges: [{ metric: 'calls', properties: { amount: '0.25' } }] });
  await story.plan('weekly', { interval: 'weekly', amount_cents: 700 });
  await story.customer('acme');
  await story.subscribe({ plan: 'starter' });
  // A Wednesday: the week until Saturday has 4 of its 7 days.
  await story.subscribe({ plan: 'weekly', as: 'second' });
  await story.use('calls', 10);
  const id = await customerId(story);
  const client = internalClient(story.app);
  const { body: overview } = await client.get<CustomerOverviewAnswer>(`/customers/${id}/overview`);
  expect(overview.subscriptions.map((row) => [row.external_id, row.plan.code, row.status])).toEqual([
    ['acme', 'starter', 'active'],
    ['second', 'weekly', 'active'],
  ]);
  const { body } = await client.get<NextInvoicesAnswer>(`/customers/${id}/next_invoices`);
  expect(body.next_invoices.map(({ invoice }) => invoice)).toEqual([
    // 10.00 and 10 × 0.25
    { issuing_date: '2023-04-01', currency: 'USD', total_amount_cents: 1250 },
    { issuing_date: '2023-03-05', currency: 'USD', total_amount_cents: 400 },
  ]);
  expect(await story.bills()).toEqual([]);
});

scenario('the timeline tells what happened, newest first', BEGIN, async (story) => {
  await story.plan('starter', { name: 'Starter' });
  await story.plan('pro', { name: 'Pro', amount_cents: 2000 });
  await story.post('/coupons', {
    coupon: {
      name: 'Spring',
      code: 'spring',
      coupon_type: 'fixed_amount',
      amount_cents: 100,
      amount_currency: 'USD',
      frequency: 'once',
      expiration: 'no_expiration',
    },
  });
  await story.customer('acme');
  await story.at('2023-03-02T00:00:00Z').subscribe({ plan: 'starter' });
  await story
    .at('2023-03-03T00:00:00Z')
    .post('/applied_coupons', { applied_coupon: { external_customer_id: 'acme', coupon_code: 'spring' } });
  await story.at('2023-03-10T00:00:00Z').subscribe({ plan: 'pro' });
  await story.at('2023-03-20T00:00:00Z').terminate('acme');
  const { body } = await internalClient(story.app).get<ListAnswer<TimelineRow>>(`/customers/${await customerId(story)}/timeline`);
  const told = body.rows.map((row) => `${row.at.slice(0, 10)} ${row.kind} ${row.title ?? ''}`.trim());
  expect(told.filter((line) => !line.includes('invoice'))).toEqual([
    '2023-03-20 subscription_terminated Pro',
    '2023-03-10 plan_upgraded Pro',
    '2023-03-10 coupon_ended Spring',
    '2023-03-03 coupon_applied Spring',
    '2023-03-02 subscription_started Starter',
    '2023-03-01 customer_created',
  ]);
  expect(body.rows.find((row) => row.kind === 'plan_upgraded')?.detail).toBe('Starter');
  const paged = await internalClient(story.app).get<ListAnswer<TimelineRow>>(`/customers/${await customerId(story)}/timeline?limit=2`);
  const rest = await internalClient(story.app).get<ListAnswer<TimelineRow>>(
    `/customers/${await customerId(story)}/timeline?after=${String(paged.body.next)}`,
  );
  expect([...paged.body.rows, ...rest.body.rows]).toEqual(body.rows);
});

scenario('a deletion is tried out and undone', BEGIN, async (story) => {
  await story.plan('starter');
  await story.customer('acme');
  await story.subscribe({ plan: 'starter' });
  await story.post('/wallets', { wallet: { external_customer_id: 'acme', rate_amount: '1', currency: 'USD', granted_credits: '3' } });
  const id = await customerId(story);
  await story.at('2023-03-10T00:00:00Z').runDueWork();
  const { body } = await internalClient(story.app).post<CustomerDeletionAnswer>(`/customers/${id}/deletion_preview`);
  // 10 of 31 days of 10.00 are 3.23, of which the wallet pays 3.00 if it is there still: it ends with the customer.
  expect(body).toMatchObject({
    ended_subscriptions: [{ external_id: 'acme', plan_name: 'starter' }],
    canceled_subscriptions: [],
    invoices: [{ currency: 'USD', fees_amount_cents: 323 }],
    ended_coupons: 0,
  });
  expect(body.ended_wallets).toHaveLength(1);
  expect(await story.bills()).toEqual([]);
  expect((await story.subscription('acme')).status).toBe('active');
});

scenario('applied add-ons are listed with their invoices', BEGIN, async (story) => {
  await story.post('/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 4000, amount_currency: 'USD' } });
  await story.customer('acme');
  await story.post('/applied_add_ons', { applied_add_on: { external_customer_id: 'acme', add_on_code: 'setup' } });
  const { body } = await internalClient(story.app).get<ListAnswer<AppliedAddOnRow>>(
    `/lists/applied_add_ons?customer_id=${await customerId(story)}`,
  );
  expect(body.rows).toMatchObject([{ name: 'Setup', code: 'setup', units: '1', amount_cents: 4000, invoice: { status: 'finalized' } }]);
});

test('an API key opens none of it', async () => {
  const story = await Story.begin(BEGIN);
  try {
    const answer = await story.app.engine.fetch(
      new Request('http://127.0.0.1:3000/api/internal/lists/customers', { headers: { authorization: `Bearer ${story.app.key}` } }),
    );
    expect(answer.status).toBe(401);
  } finally {
    await story.close();
  }
});
