import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ListeningEngine, objectOf } from './listening-engine.ts';

let bench: ListeningEngine;

beforeEach(async () => {
  bench = await ListeningEngine.open({ now: '2023-03-12T09:30:00Z' });
});

afterEach(() => bench.close());

const MONTHLY = { interval: 'monthly', amount_currency: 'USD', pay_in_advance: false } as const;

async function plan(code: string, amountCents: number, more: object = {}): Promise<void> {
  await bench.call('post', '/plans', { plan: { ...MONTHLY, code, name: code, amount_cents: amountCents, ...more } });
  expect(await bench.nextTypes(1)).toEqual(['plan.created']);
}

async function customer(more: object = {}): Promise<void> {
  await bench.call('post', '/customers', { customer: { external_id: 'acme', currency: 'USD', ...more } });
  expect(await bench.nextTypes(1)).toEqual(['customer.created']);
}

async function subscribe(planCode: string, more: object = {}): Promise<Readonly<Record<string, unknown>>> {
  return bench.call('post', '/subscriptions', {
    subscription: { external_customer_id: 'acme', external_id: 'main', plan_code: planCode, ...more },
  });
}

let marks = 0;

/** Nothing was sent that the test has not looked at: the next message is the one that this causes. */
async function expectNoMore(): Promise<void> {
  marks += 1;
  await bench.call('post', '/customers', { customer: { external_id: `mark ${String(marks)}` } });
  const [next] = await bench.next(1);
  expect([next?.message.webhook_type, objectOf(next!)['external_id']]).toEqual(['customer.created', `mark ${String(marks)}`]);
}

describe('the catalog', () => {
  test('tells of billable metrics as the API shows them', async () => {
    const made = await bench.call('post', '/billable_metrics', {
      billable_metric: { code: 'calls', name: 'Calls', aggregation_type: 'count_agg' },
    });
    const changed = await bench.call('put', '/billable_metrics/calls', { billable_metric: { name: 'API calls' } });
    const deleted = await bench.call('delete', '/billable_metrics/calls');
    const messages = await bench.next(3);
    expect(messages.map(({ message }) => message.webhook_type)).toEqual([
      'billable_metric.created',
      'billable_metric.updated',
      'billable_metric.deleted',
    ]);
    expect(messages.map(objectOf)).toEqual([made, changed, deleted]);
  });

  test('tells of plans as the API shows them, with their charges also when they go', async () => {
    await bench.call('post', '/billable_metrics', { billable_metric: { code: 'calls', name: 'Calls', aggregation_type: 'count_agg' } });
    const metric = (await bench.next(1)).map(objectOf)[0];
    const charge = { billable_metric_id: metric?.['lago_id'], code: 'calls', charge_model: 'standard', properties: { amount: '1' } };
    const made = await bench.call('post', '/plans', {
      plan: { ...MONTHLY, code: 'starter', name: 'Starter', amount_cents: 100, charges: [charge] },
    });
    const changed = await bench.call('put', '/plans/starter', { plan: { name: 'Start' } });
    await bench.call('put', '/plans/starter/charges/calls', { charge: { properties: { amount: '2' } } });
    const read = await bench.call('get', '/plans/starter');
    const deleted = await bench.call('delete', '/plans/starter');
    const messages = await bench.next(4);
    expect(messages.map(({ message }) => message.webhook_type)).toEqual(['plan.created', 'plan.updated', 'plan.updated', 'plan.deleted']);
    expect(messages.map(objectOf)).toEqual([made, changed, read, deleted]);
    expect(deleted).toMatchObject({ pending_deletion: true, charges: [{ code: 'calls' }] });
  });
});

describe('a customer', () => {
  test('is told of when it is made and changed, as the API shows it', async () => {
    const made = await bench.call('post', '/customers', { customer: { external_id: 'acme', name: 'Acme' } });
    const changed = await bench.call('post', '/customers', {
      customer: { external_id: 'acme', metadata: [{ key: 'tier', value: 'gold', display_in_invoice: false }] },
    });
    const messages = await bench.next(2);
    expect(messages.map(({ message }) => message.webhook_type)).toEqual(['customer.created', 'customer.updated']);
    expect(messages.map(objectOf)).toEqual([made, changed]);
  });

  test('is not told of when it is read, or saved as it was', async () => {
    await bench.call('post', '/customers', { customer: { external_id: 'acme', name: 'Acme', tax_codes: [] } });
    await bench.call('get', '/customers/acme');
    await bench.call('post', '/customers', { customer: { external_id: 'acme', name: 'Acme', tax_codes: [], metadata: [] } });
    await bench.call('post', '/customers', { customer: { external_id: 'acme' } });
    expect(await bench.nextTypes(1)).toEqual(['customer.created']);
    await expectNoMore();
  });

  test('whose subscription is refused is neither made nor told of', async () => {
    await plan('starter', 3100);
    const refused = await bench.app.api.post('/subscriptions', {
      subscription: { external_customer_id: 'acme', external_id: 'main', plan_code: 'starter', plan_overrides: { tax_codes: ['nope'] } },
    });
    expect(refused.status).toBe(404);
    await expectNoMore();
  });
});

describe('a subscription', () => {
  test('tells of its start before its first invoice, and of a customer made with it', async () => {
    await plan('starter', 3100, { pay_in_advance: true });
    const started = await subscribe('starter');
    const messages = await bench.next(3);
    expect(messages.map(({ message }) => message.webhook_type)).toEqual(['customer.created', 'subscription.started', 'invoice.created']);
    const [, subscription, invoice] = messages.map(objectOf);
    expect(subscription).toEqual(started);
    expect(invoice).toMatchObject({ status: 'finalized', total_amount_cents: 2000, fees: [{ amount_cents: 2000 }], billing_periods: [{}] });
  });

  test('tells of an invoice exactly what the API answers then', async () => {
    await plan('starter', 3100, { pay_in_advance: true });
    await subscribe('starter');
    const invoice = (await bench.next(3)).map(objectOf)[2];
    const read = await bench.call('get', `/invoices/${String(invoice?.['lago_id'])}`);
    // The document is made after the message was written.
    expect({ ...read, file_url: null, updated_at: null }).toEqual({ ...invoice, updated_at: null });
  });

  test('tells of an upgrade as an end and a start, each naming the other plan', async () => {
    await plan('starter', 3100);
    await plan('pro', 6200);
    await customer();
    await subscribe('starter');
    await subscribe('pro');
    const messages = await bench.next(4);
    expect(messages.map(({ message }) => message.webhook_type)).toEqual([
      'subscription.started',
      'subscription.terminated',
      'subscription.started',
      'invoice.created',
    ]);
    expect(messages.map(objectOf).slice(1, 3)).toMatchObject([
      { status: 'terminated', plan_code: 'starter', next_plan_code: 'pro' },
      { status: 'active', plan_code: 'pro', previous_plan_code: 'starter' },
    ]);
  });

  test('tells of a downgrade that waits, of its cancellation, and of the switch when it comes', async () => {
    await plan('starter', 3100);
    await plan('lite', 1000);
    await plan('mini', 500);
    await customer();
    await subscribe('starter');
    await subscribe('lite');
    await subscribe('mini');
    expect(
      (await bench.next(4)).map((each) => [each.message.webhook_type, objectOf(each)['plan_code'], objectOf(each)['next_plan_code']]),
    ).toEqual([
      ['subscription.started', 'starter', null],
      ['subscription.updated', 'starter', 'lite'],
      ['subscription.canceled', 'lite', null],
      ['subscription.updated', 'starter', 'mini'],
    ]);
    await bench.app.moveClock('2023-04-01T06:00:00Z');
    expect(await bench.nextTypes(3)).toEqual(['subscription.terminated', 'subscription.started', 'invoice.created']);
  });

  test('tells of changes, but not of none', async () => {
    await plan('starter', 3100);
    await customer();
    await subscribe('starter', { name: 'Main' });
    await bench.call('put', '/subscriptions/main', { subscription: { name: 'Main' } });
    await bench.call('put', '/subscriptions/main', { subscription: { name: 'Other' } });
    const messages = await bench.next(2);
    expect(messages.map((each) => [each.message.webhook_type, objectOf(each)['name']])).toEqual([
      ['subscription.started', 'Main'],
      ['subscription.updated', 'Other'],
    ]);
  });

  test('that waits for its day is told of when it starts, or when it is canceled', async () => {
    await plan('starter', 3100);
    await customer();
    await subscribe('starter', { subscription_at: '2023-03-14T00:00:00Z' });
    await subscribe('starter', { external_id: 'other', subscription_at: '2023-03-15T00:00:00Z' });
    await bench.call('delete', '/subscriptions/other?status=pending');
    await bench.app.moveClock('2023-03-20T00:00:00Z');
    expect((await bench.next(2)).map((each) => [each.message.webhook_type, objectOf(each)['external_id']])).toEqual([
      ['subscription.canceled', 'other'],
      ['subscription.started', 'main'],
    ]);
  });

  test('tells of its end before the last invoice, and of the credit note for what was paid ahead', async () => {
    await plan('starter', 3100, { pay_in_advance: true });
    await customer();
    await subscribe('starter');
    await bench.call('delete', '/subscriptions/main');
    expect(await bench.nextTypes(5)).toEqual([
      'subscription.started',
      'invoice.created',
      'subscription.terminated',
      'credit_note.created',
      'invoice.created',
    ]);
  });

  test('tells of the end of its trial at that instant', async () => {
    await plan('starter', 3100, { trial_period: 10 });
    await customer();
    await subscribe('starter');
    await bench.app.moveClock('2023-03-30T00:00:00Z');
    const messages = await bench.next(2);
    expect(messages.map(({ message }) => message.webhook_type)).toEqual(['subscription.started', 'subscription.trial_ended']);
    expect(messages.map(objectOf)[1]).toMatchObject({ trial_ended_at: '2023-03-22T09:30:00Z' });
  });
});

describe('a planned end', () => {
  beforeEach(async () => {
    await plan('starter', 3100);
  });

  test('is told 45 and 15 days ahead, on that day in the zone of the customer', async () => {
    await customer({ timezone: 'America/New_York', net_payment_term: 365 });
    // 1 July at 01:00 UTC is 30 June in New York: 16 May and 15 June are the days, from 04:00 UTC on.
    await subscribe('starter', { ending_at: '2023-07-01T01:00:00Z' });
    expect(await bench.nextTypes(1)).toEqual(['subscription.started']);
    await bench.app.moveClock('2023-05-16T03:59:59Z');
    expect(await bench.nextTypes(2)).toEqual(['invoice.created', 'invoice.created']);
    await expectNoMore();
    await bench.app.moveClock('2023-05-16T04:00:00Z');
    const [first] = await bench.next(1);
    expect([first?.message.webhook_type, objectOf(first!)['ending_at']]).toEqual([
      'subscription.termination_alert',
      '2023-07-01T01:00:00Z',
    ]);
    await bench.app.moveClock('2023-06-15T03:59:59Z');
    expect(await bench.nextTypes(1)).toEqual(['invoice.created']);
    await expectNoMore();
    await bench.app.moveClock('2023-06-15T04:00:00Z');
    expect(await bench.nextTypes(1)).toEqual(['subscription.termination_alert']);
    await bench.app.moveClock('2023-06-30T23:00:00Z');
    await expectNoMore();
  });

  test('is told at its own instants when the clock jumps over both', async () => {
    await customer({ net_payment_term: 365 });
    await subscribe('starter', { ending_at: '2023-05-20T00:00:00Z' });
    await bench.app.moveClock('2023-05-10T00:00:00Z');
    const messages = await bench.next(5);
    expect(messages.map((each) => [each.message.webhook_type, objectOf(each)['current_billing_period_started_at']])).toEqual([
      ['subscription.started', '2023-03-12T09:30:00Z'],
      ['invoice.created', undefined],
      ['subscription.termination_alert', '2023-04-01T00:00:00Z'],
      ['invoice.created', undefined],
      ['subscription.termination_alert', '2023-05-01T00:00:00Z'],
    ]);
  });

  test('that is too near for the first warning is told once', async () => {
    await customer({ net_payment_term: 365 });
    await subscribe('starter', { ending_at: '2023-04-01T00:00:00Z' });
    await bench.app.moveClock('2023-03-31T00:00:00Z');
    expect(await bench.nextTypes(2)).toEqual(['subscription.started', 'subscription.termination_alert']);
    await expectNoMore();
  });

  test('that is set later, moved or taken back is told accordingly', async () => {
    await customer({ net_payment_term: 365 });
    await subscribe('starter');
    await bench.call('put', '/subscriptions/main', { subscription: { ending_at: '2023-04-06T00:00:00Z' } });
    await bench.app.moveClock('2023-03-22T12:00:00Z');
    await bench.call('put', '/subscriptions/main', { subscription: { ending_at: '2023-04-07T00:00:00Z' } });
    await bench.app.moveClock('2023-03-23T12:00:00Z');
    await bench.call('put', '/subscriptions/main', { subscription: { ending_at: '2023-04-08T00:00:00Z' } });
    await bench.call('put', '/subscriptions/main', { subscription: { ending_at: null } });
    await bench.app.moveClock('2023-03-28T12:00:00Z');
    expect(await bench.nextTypes(7)).toEqual([
      'subscription.started',
      'subscription.updated',
      'subscription.termination_alert',
      'subscription.updated',
      'subscription.termination_alert',
      'subscription.updated',
      'subscription.updated',
    ]);
    await expectNoMore();
  });
});

describe('an invoice', () => {
  test('with a grace period is told of as a draft, not when it is computed again, and when it is final', async () => {
    await plan('starter', 3100);
    await customer({ billing_configuration: { invoice_grace_period: 3 } });
    await subscribe('starter');
    await bench.app.moveClock('2023-04-01T01:00:00Z');
    const [, drafted] = await bench.next(3);
    const id = String(objectOf(drafted!)['lago_id']);
    expect(objectOf(drafted!)).toMatchObject({ status: 'draft', fees_amount_cents: 2000 });
    await bench.call('put', `/invoices/${id}/refresh`);
    await bench.app.moveClock('2023-04-04T01:00:00Z');
    const [created] = await bench.next(1);
    expect([created?.message.webhook_type, objectOf(created!)['status']]).toEqual(['invoice.created', 'finalized']);
    await expectNoMore();
  });

  test('is told of when it is overdue, once, and when its payment status changes', async () => {
    await plan('starter', 3100);
    await customer({ net_payment_term: 5 });
    await subscribe('starter');
    await bench.app.moveClock('2023-04-20T00:00:00Z');
    const [, created, overdue] = await bench.next(3);
    expect([created?.message.webhook_type, overdue?.message.webhook_type]).toEqual(['invoice.created', 'invoice.payment_overdue']);
    expect(objectOf(overdue!)).toMatchObject({ payment_overdue: true, payment_due_date: '2023-04-06' });
    const id = String(objectOf(overdue!)['lago_id']);
    await bench.call('put', `/invoices/${id}`, { invoice: { payment_status: 'succeeded' } });
    await bench.call('put', `/invoices/${id}`, { invoice: { payment_status: 'succeeded' } });
    const [paid] = await bench.next(1);
    expect([paid?.message.webhook_type, objectOf(paid!)['payment_status']]).toEqual(['invoice.payment_status_updated', 'succeeded']);
    await expectNoMore();
  });
});

describe('usage', () => {
  const event = (more: object): object => ({
    event: { external_subscription_id: 'main', ...more },
  });

  test('paid in advance tells of its fee beside its invoice', async () => {
    const metric = await bench.call('post', '/billable_metrics', {
      billable_metric: { code: 'calls', name: 'Calls', aggregation_type: 'count_agg' },
    });
    const charge = { billable_metric_id: metric['lago_id'], charge_model: 'standard', pay_in_advance: true, properties: { amount: '1.5' } };
    await bench.call('post', '/plans', {
      plan: {
        ...MONTHLY,
        code: 'starter',
        name: 'Starter',
        amount_cents: 0,
        charges: [charge, { ...charge, code: 'alone', invoiceable: false }],
      },
    });
    await bench.next(2);
    await customer();
    await subscribe('starter');
    expect(await bench.nextTypes(1)).toEqual(['subscription.started']);
    await bench.call('post', '/events', event({ transaction_id: 'e1', code: 'calls' }));
    const messages = await bench.next(3);
    expect(messages.map(({ message }) => message.webhook_type)).toEqual(['invoice.created', 'fee.created', 'fee.created']);
    const [invoice, fee, lone] = messages.map(objectOf);
    expect(fee).toMatchObject({ amount_cents: 150, lago_invoice_id: invoice?.['lago_id'], event_transaction_id: 'e1' });
    expect(lone).toMatchObject({ amount_cents: 150, lago_invoice_id: null, event_transaction_id: 'e1' });
    expect(lone).toEqual(await bench.call('get', `/fees/${String(lone?.['lago_id'])}`));
  });

  test('that is refused when it is stored is told of', async () => {
    await bench.app.api.post('/events', event({ transaction_id: 'e1', code: 'calls', properties: { n: 1 } }));
    const again = await bench.app.api.post('/events', event({ transaction_id: 'e1', code: 'calls', properties: { n: 2 } }));
    expect(again.status).toBe(422);
    const [refused] = await bench.next(1);
    expect(refused?.message.webhook_type).toBe('event.error');
    expect(objectOf(refused!)).toMatchObject({
      status: 422,
      error: 'Unprocessable Entity',
      message: { transaction_id: ['value_already_exist'] },
      event: { lago_id: null, transaction_id: 'e1', code: 'calls', external_subscription_id: 'main', properties: { n: 2 } },
    });
  });

  test('that prices nothing is told once an hour, each event once', async () => {
    const filters = [{ key: 'region', values: ['eu', 'us'] }];
    await bench.call('post', '/billable_metrics', {
      billable_metric: { code: 'bytes', name: 'Bytes', aggregation_type: 'sum_agg', field_name: 'size', filters },
    });
    await bench.next(1);
    const send = (id: string, code: string, properties: object): Promise<unknown> =>
      bench.app.api.post('/events', event({ transaction_id: id, code, properties }));
    await send('good', 'bytes', { size: '12.5', region: 'eu' });
    await send('unknown', 'nope', {});
    await send('missing', 'bytes', {});
    await send('text', 'bytes', { size: 'big' });
    await send('region', 'bytes', { size: 1, region: 'mars' });
    await bench.app.moveClock('2023-03-12T09:59:59Z');
    await expectNoMore();
    await bench.app.moveClock('2023-03-12T10:00:00Z');
    const [errors] = await bench.next(1);
    expect([errors?.message.webhook_type, errors?.message.object_type]).toEqual(['events.errors', 'events_errors']);
    expect(objectOf(errors!)).toEqual({
      invalid_code: ['unknown'],
      missing_aggregation_property: ['missing', 'text'],
      missing_group_key: [],
      invalid_filter_values: ['region'],
    });
    await bench.app.moveClock('2023-03-12T11:00:00Z');
    await send('late', 'nope', {});
    await bench.app.moveClock('2023-03-12T12:30:00Z');
    const [later] = await bench.next(1);
    expect(objectOf(later!)).toMatchObject({ invalid_code: ['late'], missing_aggregation_property: [], invalid_filter_values: [] });
  });
});

describe('money', () => {
  test('in a wallet is told of with the transaction that brought it, as the API shows both', async () => {
    await customer();
    const made = await bench.call('post', '/wallets', {
      wallet: { external_customer_id: 'acme', rate_amount: '1', currency: 'USD', granted_credits: '10' },
    });
    const messages = await bench.next(2);
    const byType = new Map(messages.map((each) => [each.message.webhook_type, objectOf(each)]));
    expect([...byType.keys()].sort()).toEqual(['wallet.created', 'wallet_transaction.created']);
    expect(byType.get('wallet.created')).toMatchObject({ lago_id: made['lago_id'], status: 'active', currency: 'USD' });
    const id = String(byType.get('wallet_transaction.created')?.['lago_id']);
    expect(byType.get('wallet_transaction.created')).toEqual(await bench.call('get', `/wallet_transactions/${id}`));
  });

  test('that was paid by hand is told of as a payment', async () => {
    await plan('starter', 3100, { pay_in_advance: true });
    await customer();
    await subscribe('starter');
    const invoice = objectOf((await bench.next(2))[1]!);
    const paid = await bench.call('post', '/payments', {
      payment: { invoice_id: invoice['lago_id'], amount_cents: 2000, reference: 'bank 1' },
    });
    const messages = await bench.next(2);
    const byType = new Map(messages.map((each) => [each.message.webhook_type, objectOf(each)]));
    expect([...byType.keys()].sort()).toEqual(['invoice.payment_status_updated', 'payment.succeeded']);
    expect(byType.get('payment.succeeded')).toEqual(paid);
    expect(byType.get('invoice.payment_status_updated')).toMatchObject({ payment_status: 'succeeded', total_paid_amount_cents: 2000 });
  });

  test('that cannot be collected again for want of a provider is told as a failed payment', async () => {
    await plan('starter', 3100, { pay_in_advance: true });
    await customer();
    await subscribe('starter');
    const invoice = objectOf((await bench.next(2))[1]!);
    const asked = await bench.app.api.post(`/invoices/${String(invoice['lago_id'])}/retry_payment`);
    expect([asked.status, asked.body]).toEqual([200, null]);
    const [failed] = await bench.next(1);
    expect(failed?.message.webhook_type).toBe('invoice.payment_failure');
    expect(objectOf(failed!)).toMatchObject({
      lago_invoice_id: invoice['lago_id'],
      external_customer_id: 'acme',
      provider_error: { error_code: 'customer_must_have_payment_provider' },
    });
  });

  test('of a voided invoice is told as nothing owed any more', async () => {
    await plan('starter', 3100, { pay_in_advance: true });
    await customer();
    await subscribe('starter');
    const invoice = objectOf((await bench.next(2))[1]!);
    const answer = await bench.call('post', `/invoices/${String(invoice['lago_id'])}/void`);
    const [voided] = await bench.next(1);
    expect(voided?.message.webhook_type).toBe('invoice.voided');
    expect(objectOf(voided!)).toEqual(answer);
    expect(answer).toMatchObject({ status: 'voided', voided_at: '2023-03-12T09:30:00Z' });
  });

  test('of a dispute that was lost is told with its invoice', async () => {
    await plan('starter', 3100, { pay_in_advance: true });
    await customer();
    await subscribe('starter');
    const invoice = objectOf((await bench.next(2))[1]!);
    await bench.call('post', `/invoices/${String(invoice['lago_id'])}/lose_dispute`);
    const [lost] = await bench.next(1);
    expect([lost?.message.webhook_type, lost?.message.object_type]).toEqual(['invoice.payment_dispute_lost', 'payment_dispute_lost']);
    expect(objectOf(lost!)).toMatchObject({ lago_id: invoice['lago_id'], payment_dispute_lost_at: '2023-03-12T09:30:00Z' });
  });
});
