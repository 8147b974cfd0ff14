import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  AttentionAnswer,
  EventHoursAnswer,
  InvoicedAnswer,
  RunningAnswer,
  SetupAnswer,
  UpcomingCustomersAnswer,
  UpcomingPreviewAnswer,
} from '../../../shared/internal/home.ts';
import { askInternal } from '../../support/internal-client.ts';
import { Story } from '../../support/story.ts';

let story: Story;
beforeEach(async () => {
  story = await Story.begin('2023-02-01T00:00:00Z');
});
afterEach(() => story.close());

async function ask<Body>(path: string): Promise<Body> {
  const { status, body } = await askInternal<Body>(story.app, path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** Two customers at 1.00 a unit: acme since February, hooli with two subscriptions since 10 March. */
async function tellOfTwoCustomers(): Promise<void> {
  await story.metric('calls');
  await story.plan('starter', { charges: [{ metric: 'calls' }] });
  await story.customer('acme', { name: 'Acme' });
  await story.customer('hooli', { name: 'Hooli' });
  await story.subscribe({ plan: 'starter' });
  await story.at('2023-02-10T00:00:00Z').use('calls', 3);
  await story.at('2023-03-10T00:00:00Z').use('calls', 4);
  await story.subscribe({ plan: 'starter', customer: 'hooli', as: 'hooli-eu' });
  await story.subscribe({ plan: 'starter', customer: 'hooli', as: 'hooli-us' });
  await story.use('calls', 5, { by: 'hooli-us' });
}

describe('running amounts', () => {
  test('usage of open periods is summed up by currency, with who used most', async () => {
    await tellOfTwoCustomers();
    const { currencies, is_complete: isComplete } = await ask<RunningAnswer>('/home/running');
    expect(isComplete).toBe(true);
    expect(currencies).toMatchObject([
      {
        currency: 'USD',
        amount_cents: 900, // 4 calls of acme in March, 5 of hooli
        subscriptions_count: 3,
        top_customers: [
          { name: 'Hooli', amount_cents: 500, share: '100.0' },
          { name: 'Acme', amount_cents: 400, share: '80.0' },
        ],
      },
    ]);
  });

  test('upcoming invoices hold the fees so far, by day', async () => {
    await tellOfTwoCustomers();
    const { upcoming } = await ask<RunningAnswer>('/home/running');
    // acme 10.00 + 4.00; each of hooli's 22 of 31 days of 10.00 = 7.10, and 5.00
    expect(upcoming).toEqual([
      { date: '2023-04-01', currency: 'USD', customers_count: 2, subscriptions_count: 3, amount_cents: 1400 + 710 + 710 + 500 },
    ]);
    const { customers, total } = await ask<UpcomingCustomersAnswer>('/home/upcoming?date=2023-04-01&currency=USD');
    expect([total, customers]).toMatchObject([
      2,
      [
        { external_id: 'hooli', external_subscription_ids: ['hooli-eu', 'hooli-us'], amount_cents: 1920 },
        { external_id: 'acme', external_subscription_ids: ['acme'], amount_cents: 1400 },
      ],
    ]);
  });

  test('the invoice of a customer is shown before it is made', async () => {
    await tellOfTwoCustomers();
    const [hooli] = (await ask<UpcomingCustomersAnswer>('/home/upcoming?date=2023-04-01&currency=USD')).customers;
    const request = new Request('http://127.0.0.1:3000/api/internal/home/upcoming_preview', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer_id: hooli!.lago_id, external_subscription_ids: hooli!.external_subscription_ids }),
    });
    const answer = await story.app.engine.fetch(request, { isSignedIn: true });
    const { invoice } = (await answer.json()) as UpcomingPreviewAnswer;
    expect(invoice).toMatchObject({ issuing_date: '2023-04-01', currency: 'USD', fees_amount_cents: 1920, total_amount_cents: 1920 });
    expect(await story.invoices('hooli')).toEqual([]);
  });

  test('what was announced is what is billed', async () => {
    await tellOfTwoCustomers();
    await story.at('2023-04-01T00:00:00Z').runDueWork();
    expect((await story.bills('acme')).at(-1)).toBe('2023-04-01: starter 1000 + calls 400 = 1400');
    expect((await story.lastInvoice('hooli')).fees_amount_cents).toBe(1920);
  });

  test('an event, another price and a new month are seen at once', async () => {
    await tellOfTwoCustomers();
    await ask('/home/running');
    await story.use('calls', 6);
    expect((await ask<RunningAnswer>('/home/running')).currencies[0]?.amount_cents).toBe(1500);
    await story.put('/plans/starter', {
      plan: { charges: [{ billable_metric_code: 'calls', charge_model: 'standard', properties: { amount: '2' } }] },
    });
    expect((await ask<RunningAnswer>('/home/running')).currencies[0]?.amount_cents).toBe(3000);
    await story.at('2023-04-01T00:00:00Z').runDueWork();
    const later = await ask<RunningAnswer>('/home/running');
    expect([later.currencies[0]?.amount_cents, later.upcoming[0]?.date, later.upcoming[0]?.amount_cents]).toEqual([0, '2023-05-01', 3000]);
  });

  test('a subscription that ends first is invoiced on its last day', async () => {
    await story.plan('starter');
    await story.customer('piper');
    await story.at('2023-03-10T00:00:00Z').subscribe({ plan: 'starter', customer: 'piper', ending_at: '2023-03-20T12:00:00Z' });
    const { upcoming } = await ask<RunningAnswer>('/home/running');
    // 11 of 31 days of 10.00
    expect(upcoming).toMatchObject([{ date: '2023-03-20', subscriptions_count: 1, amount_cents: 355 }]);
  });

  test('a deleted customer counts no more', async () => {
    await tellOfTwoCustomers();
    await ask('/home/running');
    await story.delete('/customers/hooli');
    const { currencies, subscriptions_count: subscriptions } = await ask<RunningAnswer>('/home/running');
    expect([currencies[0]?.amount_cents, subscriptions]).toEqual([400, 1]);
  });

  test('nothing at all is an answer', async () => {
    expect(await ask<RunningAnswer>('/home/running')).toEqual({
      currencies: [],
      upcoming: [],
      has_more_upcoming: false,
      subscriptions_count: 0,
      outdated_count: 0,
      is_complete: true,
      left_out_customers: [],
    });
  });

  test('usage of absurd size is left out and named', async () => {
    await tellOfTwoCustomers();
    await story.use('calls', '9'.repeat(30));
    const { currencies, left_out_customers: leftOut } = await ask<RunningAnswer>('/home/running');
    expect([currencies[0]?.amount_cents, leftOut.map(({ name }) => name)]).toEqual([500, ['Acme']]);
  });
});

describe('invoiced', () => {
  test('this month stands beside the last one', async () => {
    await tellOfTwoCustomers();
    await story.at('2023-04-02T00:00:00Z').runDueWork();
    // March 1: 10.00 + 3.00; April 1: 14.00 + 19.20
    expect(await ask<InvoicedAnswer>('/home/invoiced')).toEqual({
      currencies: [
        {
          currency: 'USD',
          month: '2023-04',
          amount_cents: 3320,
          invoices_count: 2,
          previous_month: '2023-03',
          previous_amount_cents: 1300,
        },
      ],
    });
  });

  test('the own currency stands there before the first invoice', async () => {
    const { currencies } = await ask<InvoicedAnswer>('/home/invoiced');
    expect(currencies).toMatchObject([{ currency: 'USD', amount_cents: 0, previous_amount_cents: 0 }]);
  });
});

describe('needs attention', () => {
  async function items(): Promise<Readonly<Record<string, unknown>>> {
    const answer = await ask<AttentionAnswer>('/home/attention');
    return Object.fromEntries(answer.items.map(({ kind, count, examples }) => [kind, [count, examples.map(({ label }) => label)]]));
  }

  async function write(sql: string, ...values: readonly unknown[]): Promise<void> {
    await story.app.engine.services.context.database.unitOfWork.write('set a stage', (tx) => {
      tx.statement(sql).run(...values);
    });
  }

  test('nothing, when nothing does', async () => {
    await tellOfTwoCustomers();
    expect(await items()).toEqual({});
  });

  test('codes that no metric has, by how often they came, until a metric takes them', async () => {
    for (const code of ['serach', 'serach', 'click']) await story.use(code, 1);
    const { items: found } = await ask<AttentionAnswer>('/home/attention');
    expect(found).toEqual([
      {
        kind: 'unmatched_events',
        count: 3,
        examples: [
          { id: null, label: 'serach', count: 2 },
          { id: null, label: 'click', count: 1 },
        ],
      },
    ]);
    await story.metric('serach');
    expect(await items()).toEqual({ unmatched_events: [1, ['click']], unused_metrics: [1, ['serach']] });
    await story.at('2023-03-10T00:00:00Z').runDueWork();
    expect(await items()).toEqual({ unused_metrics: [1, ['serach']] });
  });

  test('drafts, failed payments and parked subscriptions', async () => {
    await tellOfTwoCustomers();
    const { lago_id: id, number } = await story.lastInvoice('acme');
    await story.put(`/invoices/${id}`, { invoice: { payment_status: 'failed' } });
    await story.organization({ billing_configuration: { invoice_grace_period: 3 } });
    await story.at('2023-04-01T00:00:00Z').runDueWork();
    await write(`UPDATE "subscriptions" SET "parked_at" = 1, "parked_reason" = 'generation_failed' WHERE "external_id" = 'hooli-eu'`);
    expect(await items()).toEqual({
      parked_subscriptions: [1, ['hooli-eu']],
      failed_payments: [1, [number]],
      draft_invoices: [2, ['Acme', 'Hooli']],
    });
  });

  test('messages that were given up, by endpoint', async () => {
    const { webhook_endpoint: endpoint } = await story.post<{ webhook_endpoint: { lago_id: string } }>('/webhook_endpoints', {
      webhook_endpoint: { webhook_url: 'https://hooks.test/in', signature_algo: 'hmac' },
    });
    await write(
      `INSERT INTO "webhook_deliveries" ("id", "endpoint_id", "webhook_type", "object_type", "object_id", "payload", "status", "attempts", "created_at")
       VALUES ('one', ?, 'invoice.created', 'invoice', 'x', '{}', 'failed', 5, 0)`,
      endpoint.lago_id,
    );
    expect(await items()).toEqual({ failed_webhooks: [1, ['https://hooks.test/in']] });
  });
});

describe('events by hour', () => {
  test('the last seven days, and what arrives later', async () => {
    await story.at('2023-02-09T10:30:00Z').use('calls', 1);
    await story.use('calls', 1, { when: '2023-02-02T11:00:00Z' });
    await story.use('calls', 1, { when: '2023-02-02T10:59:59Z' });
    const first = await ask<EventHoursAnswer>('/home/event_hours');
    expect([first.hours.length, first.hours[0], first.hours[167], first.total, first.is_complete]).toEqual([
      168,
      { from: '2023-02-02T11:00:00Z', events_count: 1 },
      { from: '2023-02-09T10:00:00Z', events_count: 1 },
      2,
      true,
    ]);
    await story.at('2023-02-09T11:10:00Z').use('calls', 1, { when: '2023-02-09T10:59:00Z' });
    const later = await ask<EventHoursAnswer>('/home/event_hours');
    expect([later.hours[166], later.hours[167], later.total]).toEqual([
      { from: '2023-02-09T10:00:00Z', events_count: 2 },
      { from: '2023-02-09T11:00:00Z', events_count: 0 },
      2,
    ]);
  });
});

describe('setting up', () => {
  async function note(seen: object): Promise<SetupAnswer> {
    const request = new Request('http://127.0.0.1:3000/api/internal/home/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(seen),
    });
    const answer = await story.app.engine.fetch(request, { isSignedIn: true });
    expect(answer.status).toBe(200);
    return (await answer.json()) as SetupAnswer;
  }

  test('step after step is done', async () => {
    const done = async () =>
      Object.entries(await ask<SetupAnswer>('/home/setup')).flatMap(([step, isDone]) => (isDone === true ? step : []));
    expect(await done()).toEqual(['is_welcome_due']);
    await story.metric('calls');
    await story.plan('starter', { charges: [{ metric: 'calls' }] });
    expect(await done()).toEqual(['has_metric', 'has_plan']);
    await story.customer('acme');
    await story.subscribe({ plan: 'starter' });
    await story.use('calls', 1);
    expect(await done()).toEqual(['has_metric', 'has_plan', 'has_customer', 'has_subscription', 'has_event']);
    await note({ is_preview_seen: true });
    expect(await done()).toContain('has_preview');
  });

  test('a welcome and a checklist that were put away do not come back', async () => {
    expect(await note({ is_welcomed: true })).toMatchObject({ is_welcome_due: false, is_checklist_dismissed: false });
    expect(await note({ is_checklist_dismissed: true })).toMatchObject({ is_welcome_due: false, is_checklist_dismissed: true });
    expect(await ask<SetupAnswer>('/home/setup')).toMatchObject({ is_welcome_due: false, is_checklist_dismissed: true });
  });
});
