import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectBooksBalance } from '../support/ledger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import { customer, event, listen, make, readWallet, subscription, tax, wallet, walletMessages } from '../support/wallet-stories.ts';

describe('the ongoing balance', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine();
    await app.moveClock('2023-01-10T08:00:00Z');
    await customer(app);
  });
  afterEach(async () => {
    expectBooksBalance(app);
    await app.close();
  });

  const ongoing = async (id: string): Promise<readonly unknown[]> => {
    const shown = await readWallet(app, id);
    return [shown['balance_cents'], shown['ongoing_usage_balance_cents'], shown['ongoing_balance_cents']];
  };
  const depletions = (): number => walletMessages(app).filter(({ type }) => type === 'wallet.depleted_ongoing_balance').length;

  it('is the balance less the usage of the running period with its taxes, and may be below zero', async () => {
    await tax(app, 20);
    await subscription(app, { amountCents: 9900, metrics: { calls: '0.5' } });
    const id = await wallet(app, { granted_credits: '20', rate_amount: '2' });
    expect(await ongoing(id)).toEqual([4000, 0, 4000]);
    await event(app, 'calls', '30');
    expect(await readWallet(app, id)).toMatchObject({
      balance_cents: 4000,
      ongoing_usage_balance_cents: 1800,
      ongoing_balance_cents: 2200,
      credits_balance: '20.0',
      credits_ongoing_usage_balance: '9.0',
      credits_ongoing_balance: '11.0',
    });
    await event(app, 'calls', '50');
    expect(await ongoing(id)).toEqual([4000, 4800, -800]);
    expect(await readWallet(app, id)).toMatchObject({ credits_ongoing_balance: '-4.0' });
  });

  it('counts all active subscriptions, and no longer those that have ended', async () => {
    await subscription(app, { metrics: { calls: '1' } });
    await subscription(app, { metrics: { storage: '1' } }, 's2');
    const id = await wallet(app, { granted_credits: '100' });
    await event(app, 'calls', '10');
    await event(app, 'storage', '20', { external_subscription_id: 's2' });
    expect(await ongoing(id)).toEqual([10000, 3000, 7000]);
    await app.api.delete('/subscriptions/s2?on_termination_invoice=skip');
    expect(await ongoing(id)).toEqual([10000, 1000, 9000]);
  });

  it('leaves out usage of charges paid in advance, which was billed as it came', async () => {
    const metric = await make(app, '/billable_metrics', {
      billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'sum_agg', field_name: 'units' },
    });
    const charge = { billable_metric_id: metric['lago_id'], charge_model: 'standard', pay_in_advance: true, properties: { amount: '1' } };
    await make(app, '/plans', {
      plan: { name: 'p', code: 'p', interval: 'monthly', amount_cents: 0, amount_currency: 'USD', charges: [charge] },
    });
    await make(app, '/subscriptions', { subscription: { external_customer_id: 'c1', external_id: 's1', plan_code: 'p' } });
    const id = await wallet(app, { granted_credits: '50' });
    await event(app, 'calls', '30');
    expect(await ongoing(id)).toEqual([2000, 0, 2000]);
  });

  it('counts drafts until they are final, then what they used', async () => {
    await customer(app, 'c1', { billing_configuration: { invoice_grace_period: 2 } });
    await subscription(app, { metrics: { calls: '1' } });
    const id = await wallet(app, { granted_credits: '50' });
    await event(app, 'calls', '30');
    expect(await ongoing(id)).toEqual([5000, 3000, 2000]);
    await app.moveClock('2023-02-01T06:00:00Z');
    expect(await ongoing(id)).toEqual([5000, 3000, 2000]);
    await event(app, 'calls', '5');
    expect(await ongoing(id)).toEqual([5000, 3500, 1500]);
    await app.moveClock('2023-02-03T06:00:00Z');
    expect(await ongoing(id)).toEqual([2000, 500, 1500]);
  });

  it('rises again when a draft is removed', async () => {
    await customer(app, 'c1', { billing_configuration: { invoice_grace_period: 2 } });
    await subscription(app, { amountCents: 3100 });
    const id = await wallet(app, { granted_credits: '50' });
    await app.moveClock('2023-02-01T06:00:00Z');
    expect(await ongoing(id)).toEqual([5000, 2200, 2800]); // 22 of 31 days
    const { invoices } = (await app.api.get<{ invoices: { lago_id: string }[] }>('/invoices?status=draft')).body;
    expect((await app.api.delete(`/invoices/${invoices[0]?.lago_id ?? ''}`)).status).toBe(200);
    expect(await ongoing(id)).toEqual([5000, 0, 5000]);
  });

  it('falls on several wallets in the order in which invoices use them, beyond all balances on the last', async () => {
    await subscription(app, { metrics: { calls: '1', storage: '1' } });
    const second = await wallet(app, { granted_credits: '20', priority: 2 });
    const first = await wallet(app, { granted_credits: '10', priority: 1 });
    const storage = await wallet(app, { granted_credits: '10', priority: 3, applies_to: { billable_metric_codes: ['storage'] } });
    await event(app, 'calls', '15');
    expect([await ongoing(first), await ongoing(second), await ongoing(storage)]).toEqual([
      [1000, 1000, 0],
      [2000, 500, 1500],
      [1000, 0, 1000],
    ]);
    await event(app, 'calls', '40');
    expect([await ongoing(first), await ongoing(second)]).toEqual([
      [1000, 1000, 0],
      [2000, 4500, -2500],
    ]);
  });

  it('is told of once when it reaches zero, and again when it does so anew', async () => {
    await listen(app);
    await subscription(app, { metrics: { calls: '1' } });
    const id = await wallet(app, { granted_credits: '10' });
    await event(app, 'calls', '9');
    await app.moveClock('2023-01-10T09:00:00Z');
    expect(depletions()).toBe(0);
    await event(app, 'calls', '1');
    await app.moveClock('2023-01-10T10:00:00Z');
    expect(depletions()).toBe(1);
    await event(app, 'calls', '5');
    await app.moveClock('2023-01-10T11:00:00Z');
    expect(depletions()).toBe(1);
    await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: id, granted_credits: '20' } });
    await event(app, 'calls', '15');
    await app.moveClock('2023-01-10T12:00:00Z');
    expect(depletions()).toBe(2);
    expect(walletMessages(app).at(-1)?.object).toMatchObject({ lago_id: id, balance_cents: 3000, ongoing_balance_cents: 0 });
  });

  it('of a wallet that never held anything is no news', async () => {
    await listen(app);
    await wallet(app);
    await app.moveClock('2023-01-11T08:00:00Z');
    expect(depletions()).toBe(0);
  });

  it('follows a change of the plan’s prices', async () => {
    await subscription(app, { metrics: { calls: '1' } });
    const id = await wallet(app, { granted_credits: '100' });
    await event(app, 'calls', '10');
    const { plan } = (await app.api.get<{ plan: { charges: { lago_id: string }[] } }>('/plans/plan-s1')).body;
    await app.api.put('/plans/plan-s1', { plan: { charges: [{ id: plan.charges[0]?.lago_id, properties: { amount: '3' } }] } });
    expect(await ongoing(id)).toEqual([10000, 3000, 7000]);
  });
});
