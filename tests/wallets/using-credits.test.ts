import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectBooksBalance } from '../support/ledger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import { customer, event, invoicesOf, make, readWallet, subscription, tax, transactionsOf, wallet } from '../support/wallet-stories.ts';

describe('invoices that use credits', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine();
    await app.moveClock('2023-01-01T00:00:00Z');
    await customer(app);
  });
  afterEach(async () => {
    expectBooksBalance(app);
    await app.close();
  });

  const february = async (): Promise<Record<string, unknown> | undefined> => {
    await app.moveClock('2023-02-01T06:00:00Z');
    return (await invoicesOf(app, 'issuing_date_from=2023-02-01'))[0];
  };
  const balances = (...ids: readonly string[]): Promise<readonly unknown[]> =>
    Promise.all(ids.map(async (id) => (await readWallet(app, id))['balance_cents']));

  it('take the wallet of the lowest priority first, then the oldest, at its own rate', async () => {
    await tax(app, 10);
    const last = await wallet(app, { granted_credits: '30', priority: 2 });
    const older = await wallet(app, { rate_amount: '2', granted_credits: '5', priority: 1 });
    const newer = await wallet(app, { granted_credits: '5', priority: 1 });
    await subscription(app, { amountCents: 3000 });
    expect(await february()).toMatchObject({
      sub_total_including_taxes_amount_cents: 3300,
      prepaid_credit_amount_cents: 3300,
      total_amount_cents: 0,
      payment_status: 'succeeded',
    });
    expect(await readWallet(app, last)).toMatchObject({ balance_cents: 1200, credits_balance: '12.0', consumed_credits: '18.0' });
    expect(await readWallet(app, older)).toMatchObject({
      balance_cents: 0,
      credits_balance: '0.0',
      consumed_credits: '5.0',
      status: 'active',
    });
    expect(await readWallet(app, newer)).toMatchObject({ balance_cents: 0, last_consumed_credit_at: '2023-02-01T00:00:00Z' });
    expect((await transactionsOf(app, older))[0]).toMatchObject({
      transaction_type: 'outbound',
      transaction_status: 'invoiced',
      status: 'settled',
      amount: '10.0',
      credit_amount: '5.0',
      settled_at: '2023-02-01T00:00:00Z',
    });
  });

  it('take granted credits before purchased ones, and say how much of each', async () => {
    const id = await wallet(app, { paid_credits: '20' });
    const [purchase] = await invoicesOf(app, 'invoice_type=credit');
    await app.api.put(`/invoices/${String(purchase?.['lago_id'])}`, { invoice: { payment_status: 'succeeded' } });
    await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: id, granted_credits: '10' } });
    await subscription(app, { amountCents: 2500 });
    expect(await february()).toMatchObject({
      prepaid_credit_amount_cents: 2500,
      prepaid_granted_credit_amount_cents: 1000,
      prepaid_purchased_credit_amount_cents: 1500,
    });
    expect((await transactionsOf(app, id, '?transaction_type=inbound')).map((each) => each['remaining_amount_cents'])).toEqual([0, 500]);
  });

  it('are paid to the rounded total: 14.29 with 24 % are 17.72', async () => {
    await tax(app, 24);
    const id = await wallet(app, { granted_credits: '100' });
    await subscription(app, { amountCents: 1429 });
    expect(await february()).toMatchObject({ prepaid_credit_amount_cents: 1772, total_amount_cents: 0 });
    expect(await balances(id)).toEqual([8228]);
  });

  it('are paid by limited wallets only for the metrics and fee types that these are for', async () => {
    await tax(app, 20);
    await subscription(app, { amountCents: 1000, metrics: { calls: '1', storage: '2' } });
    await event(app, 'calls', '10');
    await event(app, 'storage', '10');
    const storage = await wallet(app, { granted_credits: '50', applies_to: { billable_metric_codes: ['storage'] }, priority: 1 });
    const fixed = await wallet(app, { granted_credits: '5', applies_to: { fee_types: ['subscription'] }, priority: 2 });
    expect(await february()).toMatchObject({
      sub_total_including_taxes_amount_cents: 4800, // 10 + 10 + 20, and 20 %
      prepaid_credit_amount_cents: 2900, // 24.00 of storage, 5.00 of the 12.00 for the plan
      total_amount_cents: 1900,
    });
    expect(await balances(storage, fixed)).toEqual([2600, 0]);
  });

  it('are paid by credit notes before wallets, which pay of each fee what the notes left', async () => {
    await make(app, '/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 1000, amount_currency: 'USD' } });
    const oneOff = await make(app, '/invoices', {
      invoice: { external_customer_id: 'c1', currency: 'USD', fees: [{ add_on_code: 'setup' }] },
    });
    const [fee] = oneOff['fees'] as { lago_id: string }[];
    await make(app, '/credit_notes', {
      credit_note: { invoice_id: oneOff['lago_id'], credit_amount_cents: 1000, items: [{ fee_id: fee?.lago_id, amount_cents: 1000 }] },
    });
    await subscription(app, { amountCents: 3000, metrics: { calls: '1' } });
    await event(app, 'calls', '10');
    await wallet(app, { granted_credits: '100', applies_to: { billable_metric_codes: ['calls'] } });
    expect(await february()).toMatchObject({
      fees_amount_cents: 4000,
      credit_notes_amount_cents: 1000,
      prepaid_credit_amount_cents: 750, // the note paid a quarter of each fee
      total_amount_cents: 2250,
    });
  });

  it('are not paid by wallets of another currency, nor by ended ones', async () => {
    const ended = await wallet(app, { granted_credits: '100' });
    const euros = await wallet(app, { currency: 'EUR', granted_credits: '100' });
    await app.api.delete(`/wallets/${ended}`);
    await subscription(app, { amountCents: 3000 });
    expect(await february()).toMatchObject({ currency: 'USD', prepaid_credit_amount_cents: 0, total_amount_cents: 3000 });
    expect(await balances(euros, ended)).toEqual([10000, 10000]);
  });

  it('are not paid while they are drafts, but when they become final', async () => {
    await customer(app, 'c1', { billing_configuration: { invoice_grace_period: 3 } });
    const id = await wallet(app, { granted_credits: '10' });
    await subscription(app, { amountCents: 3000 });
    await app.moveClock('2023-02-01T06:00:00Z');
    expect(await invoicesOf(app, 'status=draft')).toMatchObject([{ prepaid_credit_amount_cents: 0, total_amount_cents: 3000 }]);
    expect(await balances(id)).toEqual([1000]);
    await app.moveClock('2023-02-04T06:00:00Z');
    expect(await invoicesOf(app, 'status=finalized')).toMatchObject([{ prepaid_credit_amount_cents: 1000, total_amount_cents: 2000 }]);
    expect(await balances(id)).toEqual([0]);
  });

  it('use nothing when they are one-off invoices', async () => {
    const id = await wallet(app, { granted_credits: '10' });
    await make(app, '/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 500, amount_currency: 'USD' } });
    const oneOff = await make(app, '/invoices', {
      invoice: { external_customer_id: 'c1', currency: 'USD', fees: [{ add_on_code: 'setup' }] },
    });
    expect(oneOff).toMatchObject({ prepaid_credit_amount_cents: 0, total_amount_cents: 500 });
    expect(await balances(id)).toEqual([1000]);
  });

  it('bill a start in advance from credits at once', async () => {
    const id = await wallet(app, { granted_credits: '10' });
    await subscription(app, { amountCents: 3100, payInAdvance: true });
    expect(await invoicesOf(app, 'invoice_type=subscription')).toMatchObject([
      { prepaid_credit_amount_cents: 1000, total_amount_cents: 2100 },
    ]);
    expect(await balances(id)).toEqual([0]);
  });

  it('give credits back when they are voided, granted anew and no longer consumed', async () => {
    const id = await wallet(app, { granted_credits: '20', rate_amount: '0.5' });
    await subscription(app, { amountCents: 5000 });
    const invoice = await february();
    expect(invoice).toMatchObject({ prepaid_credit_amount_cents: 1000, total_amount_cents: 4000 });
    const voided = await app.api.post(`/invoices/${String(invoice?.['lago_id'])}/void`);
    expect(voided).toMatchObject({ status: 200, body: { invoice: { prepaid_credit_amount_cents: 1000, total_due_amount_cents: 0 } } });
    expect(await readWallet(app, id)).toMatchObject({ balance_cents: 1000, credits_balance: '20.0', consumed_credits: '0.0' });
    expect((await transactionsOf(app, id))[0]).toMatchObject({
      transaction_type: 'inbound',
      transaction_status: 'granted',
      status: 'settled',
      credit_amount: '20.0',
      lago_voided_invoice_id: invoice?.['lago_id'],
      remaining_amount_cents: 1000,
    });
  });

  it('give nothing back to a wallet that has ended', async () => {
    const id = await wallet(app, { granted_credits: '20' });
    await subscription(app, { amountCents: 5000 });
    const invoice = await february();
    await app.api.delete(`/wallets/${id}`);
    await app.api.post(`/invoices/${String(invoice?.['lago_id'])}/void`);
    expect(await readWallet(app, id)).toMatchObject({ balance_cents: 0, consumed_credits: '20.0' });
  });
});
