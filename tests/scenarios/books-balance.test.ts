import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectBooksBalance, faultsOfBooks } from '../support/ledger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import { customer, event, invoicesOf, make, readWallet, subscription, tax, transactionsOf, wallet } from '../support/wallet-stories.ts';

describe('the books balance', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine();
    await app.moveClock('2023-01-01T00:00:00Z');
    await customer(app);
  });
  afterEach(() => app.close());

  const coupon = async (more: Readonly<Record<string, unknown>>): Promise<void> => {
    const body = { name: 'Coupon', code: 'coupon', frequency: 'once', expiration: 'no_expiration', ...more };
    await make(app, '/coupons', { coupon: body });
    await make(app, '/applied_coupons', { applied_coupon: { external_customer_id: 'c1', coupon_code: body.code } });
  };
  const feesOf = async (invoiceId: unknown): Promise<readonly { readonly lago_id: string; readonly amount_cents: number }[]> =>
    (await app.api.get<{ invoice: { fees: { lago_id: string; amount_cents: number }[] } }>(`/invoices/${String(invoiceId)}`)).body.invoice
      .fees;
  const invoiceOn = async (day: string): Promise<Record<string, unknown>> => {
    const [invoice] = await invoicesOf(app, `issuing_date_from=${day}&invoice_type=subscription`);
    if (invoice === undefined) throw new Error(`no invoice on ${day}`);
    return invoice;
  };
  const pay = (invoiceId: unknown, cents: number) =>
    make(app, '/payments', { payment: { invoice_id: invoiceId, amount_cents: cents, reference: 'transfer' } });
  const note = (invoiceId: unknown, more: Readonly<Record<string, unknown>>) =>
    make(app, '/credit_notes', { credit_note: { invoice_id: invoiceId, ...more } });

  it('after a year of usage with a coupon, a tax of 19.6 %, a wallet and payments', async () => {
    await tax(app, 19.6);
    await coupon({ coupon_type: 'percentage', percentage_rate: '7.5', frequency: 'recurring', frequency_duration: 5 });
    await wallet(app, { paid_credits: '33.33', granted_credits: '12.34', rate_amount: '0.9' });
    const [purchase] = await invoicesOf(app, 'invoice_type=credit');
    await pay(purchase?.['lago_id'], 3000);
    await subscription(app, { amountCents: 1999, metrics: { calls: '0.333', storage: '0.07' } });
    for (let month = 1; month <= 11; month += 1) {
      await event(app, 'calls', String(month * 3.7));
      await event(app, 'storage', String(month * 11));
      await app.moveClock(`2023-${String(month + 1).padStart(2, '0')}-01T06:00:00Z`);
      expectBooksBalance(app);
    }
    const invoice = await invoiceOn('2023-12-01');
    await pay(invoice['lago_id'], 1000);
    expectBooksBalance(app);
    expect((await invoicesOf(app, 'invoice_type=subscription')).length).toBe(11);
  });

  it('when invoices are credited, refunded and offset in parts', async () => {
    await tax(app, 20);
    await coupon({ coupon_type: 'fixed_amount', amount_cents: 777, amount_currency: 'USD' });
    await subscription(app, { amountCents: 6833, metrics: { calls: '1' } });
    await event(app, 'calls', '68.33');
    await app.moveClock('2023-02-01T06:00:00Z');
    const invoice = await invoiceOn('2023-02-01');
    const id = invoice['lago_id'];
    const [first, second] = await feesOf(id);
    expect([first?.amount_cents, second?.amount_cents, invoice['total_amount_cents']]).toEqual([6833, 6833, 15467]);
    await note(id, { offset_amount_cents: 1132, items: [{ fee_id: first?.lago_id, amount_cents: 1000 }] });
    expectBooksBalance(app);
    await pay(id, 10000);
    await note(id, { refund_amount_cents: 3396, items: [{ fee_id: second?.lago_id, amount_cents: 3000 }] });
    const credit = await note(id, { credit_amount_cents: 2264, items: [{ fee_id: first?.lago_id, amount_cents: 2000 }] });
    expectBooksBalance(app);
    await app.moveClock('2023-03-01T06:00:00Z');
    // 20.00 less its coupon share of 1.1371 is 18.86, and 3.77 tax: a cent less than was asked for.
    expect(await invoiceOn('2023-03-01')).toMatchObject({ credit_notes_amount_cents: 2263 });
    const last = await note(id, { credit_amount_cents: 1132, items: [{ fee_id: first?.lago_id, amount_cents: 1000 }] });
    await app.api.put(`/credit_notes/${String(last['lago_id'])}/void`);
    await app.api.put(`/credit_notes/${String(credit['lago_id'])}`, { credit_note: { metadata: { seen: 'yes' } } });
    expectBooksBalance(app);
  });

  it('when an invoice that used a coupon, a note and two wallets is voided', async () => {
    await tax(app, 10);
    await coupon({ coupon_type: 'fixed_amount', amount_cents: 500, amount_currency: 'USD' });
    await make(app, '/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 1000, amount_currency: 'USD' } });
    const oneOff = await make(app, '/invoices', { invoice: { external_customer_id: 'c1', fees: [{ add_on_code: 'setup' }] } });
    const [setup] = await feesOf(oneOff['lago_id']);
    await note(oneOff['lago_id'], { credit_amount_cents: 1100, items: [{ fee_id: setup?.lago_id, amount_cents: 1000 }] });
    const kept = await wallet(app, { granted_credits: '10' });
    const ended = await wallet(app, { granted_credits: '10', priority: 1 });
    await subscription(app, { amountCents: 5000 });
    await app.moveClock('2023-02-01T06:00:00Z');
    const invoice = await invoiceOn('2023-02-01');
    expect(invoice).toMatchObject({ coupons_amount_cents: 500, credit_notes_amount_cents: 1100, prepaid_credit_amount_cents: 2000 });
    await app.api.delete(`/wallets/${ended}`);
    expect((await app.api.post(`/invoices/${String(invoice['lago_id'])}/void`)).status).toBe(200);
    expectBooksBalance(app);
    expect(await readWallet(app, kept)).toMatchObject({ balance_cents: 1000 });
    await app.moveClock('2023-03-01T06:00:00Z');
    expect(await invoiceOn('2023-03-01')).toMatchObject({ coupons_amount_cents: 500, prepaid_credit_amount_cents: 1000 });
    expectBooksBalance(app);
  });

  it('when an invoice is voided with a note for a part of it', async () => {
    await tax(app, 20);
    const id = await wallet(app, { granted_credits: '15' });
    await subscription(app, { amountCents: 5000 });
    await app.moveClock('2023-02-01T06:00:00Z');
    const invoice = await invoiceOn('2023-02-01');
    const voided = await app.api.post(`/invoices/${String(invoice['lago_id'])}/void`, { generate_credit_note: true, credit_amount: 1500 });
    expect(voided.status).toBe(200);
    expectBooksBalance(app);
    expect(await readWallet(app, id)).toMatchObject({ balance_cents: 0 });
    await app.moveClock('2023-03-01T06:00:00Z');
    expect(await invoiceOn('2023-03-01')).toMatchObject({ credit_notes_amount_cents: 1500 });
    expectBooksBalance(app);
  });

  it('when what was paid in advance is ended, changed and given back', async () => {
    await tax(app, 20);
    for (const [code, amount] of [
      ['small', 3100],
      ['large', 9300],
    ] as const) {
      const plan = { name: code, code, interval: 'monthly', amount_cents: amount, amount_currency: 'USD', pay_in_advance: true };
      await make(app, '/plans', { plan });
    }
    const subscribe = (externalId: string, plan: string) =>
      make(app, '/subscriptions', { subscription: { external_customer_id: 'c1', external_id: externalId, plan_code: plan } });
    await wallet(app, { granted_credits: '20', rate_amount: '1' });
    for (const externalId of ['up', 'credit', 'refund', 'offset', 'skip']) await subscribe(externalId, 'small');
    const invoices = await invoicesOf(app, 'invoice_type=subscription');
    for (const invoice of invoices.slice(0, 3)) await pay(invoice['lago_id'], Number(invoice['total_due_amount_cents']));
    await app.moveClock('2023-01-11T09:00:00Z');
    await subscribe('up', 'large');
    for (const mode of ['credit', 'refund', 'offset', 'skip']) {
      expect((await app.api.delete(`/subscriptions/${mode}?on_termination_credit_note=${mode}`)).status).toBe(200);
      expectBooksBalance(app);
    }
    await app.moveClock('2023-03-01T06:00:00Z');
    expectBooksBalance(app);
  });

  it('while drafts wait, and when they are recomputed, removed and finalized', async () => {
    await customer(app, 'c1', { billing_configuration: { invoice_grace_period: 3 } });
    await tax(app, 5.5);
    await coupon({ coupon_type: 'fixed_amount', amount_cents: 5000, amount_currency: 'USD' });
    await wallet(app, { granted_credits: '7' });
    await subscription(app, { amountCents: 1000, metrics: { calls: '2' } });
    await event(app, 'calls', '17');
    await app.moveClock('2023-02-01T06:00:00Z');
    expectBooksBalance(app);
    const [draft] = await invoicesOf(app, 'status=draft');
    await app.api.put(`/invoices/${String(draft?.['lago_id'])}/refresh`);
    await app.api.put(`/invoices/${String(draft?.['lago_id'])}/finalize`);
    expectBooksBalance(app);
    await app.moveClock('2023-03-01T06:00:00Z');
    const [next] = await invoicesOf(app, 'status=draft');
    expect((await app.api.delete(`/invoices/${String(next?.['lago_id'])}`)).status).toBe(200);
    await app.moveClock('2023-05-10T06:00:00Z');
    expectBooksBalance(app);
  });

  it('in two currencies, one without cents', async () => {
    await tax(app, 8);
    await wallet(app, { granted_credits: '100' });
    const yen = await wallet(app, { currency: 'JPY', rate_amount: '3', paid_credits: '33.4' });
    const [purchase] = await transactionsOf(app, yen);
    await pay(purchase?.['lago_invoice_id'], 100);
    await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: yen, voided_credits: '10' } });
    await make(app, '/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 1001, amount_currency: 'JPY' } });
    await make(app, '/applied_add_ons', { applied_add_on: { external_customer_id: 'c1', add_on_code: 'setup', amount_currency: 'USD' } });
    await make(app, '/invoices', {
      invoice: { external_customer_id: 'c1', currency: 'JPY', fees: [{ add_on_code: 'setup', units: '1.5' }] },
    });
    expect(await readWallet(app, yen)).toMatchObject({ balance_cents: 70 });
    expectBooksBalance(app);
  });

  describe('and it shows when they do not:', () => {
    const doctor = (sql: string): readonly string[] => {
      const file = new Sqlite(join(app.folder, 'meterbook.sqlite'));
      file.exec(sql);
      file.close();
      return faultsOfBooks(app.folder);
    };

    beforeEach(async () => {
      await wallet(app, { code: 'main', granted_credits: '10' });
      await subscription(app, { amountCents: 3000 });
      await app.moveClock('2023-02-01T06:00:00Z');
      expectBooksBalance(app);
    });

    it('a wallet that holds more than came in', () => {
      expect(doctor(`UPDATE "wallets" SET "balance_cents" = 1`)).toEqual([
        'wallet main: its balance is not the sum of its transactions',
        'wallet main: what is left of its top-ups is not its balance',
      ]);
    });

    it('an invoice that says it was paid', () => {
      const [invoice = ''] = doctor(`UPDATE "invoices" SET "total_paid_amount_cents" = 500`);
      expect(invoice).toMatch(/^invoice .*: its payments are others$/);
    });

    it('credits that an invoice used and no transaction shows', () => {
      const faults = doctor(`DELETE FROM "wallet_transactions" WHERE "transaction_status" = 'invoiced'`);
      expect(faults.some((fault) => /^postings in USD on invoice .* come to -1000$/.test(fault))).toBe(true);
      expect(faults).toContain('postings in USD come to -1000');
    });

    it('a fee that is gone', () => {
      const faults = doctor(`DROP TRIGGER "fees_kept"; DELETE FROM "fees"`);
      expect(faults).toContain('postings in USD come to 3000');
    });
  });
});
