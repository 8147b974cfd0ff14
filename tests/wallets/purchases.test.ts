import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectBooksBalance } from '../support/ledger.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';
import {
  customer,
  invoicesOf,
  listen,
  make,
  readWallet,
  subscription,
  tax,
  transactionsOf,
  wallet,
  walletMessages,
} from '../support/wallet-stories.ts';

describe('bought credits', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine();
    await app.moveClock('2023-01-10T08:00:00Z');
    await customer(app, 'c1', { net_payment_term: 7 });
  });
  afterEach(async () => {
    expectBooksBalance(app);
    await app.close();
  });

  /** Buys credits for a wallet, and answers the invoice. */
  const buy = async (walletId: string, paidCredits: string): Promise<string> => {
    await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: walletId, paid_credits: paidCredits } });
    const [newest] = await transactionsOf(app, walletId);
    return String(newest?.['lago_invoice_id']);
  };
  const setStatus = (invoiceId: string, status: string) => app.api.put(`/invoices/${invoiceId}`, { invoice: { payment_status: status } });
  const balanceOf = async (id: string): Promise<unknown> => (await readWallet(app, id))['balance_cents'];

  it('are invoiced at once: one fee, no tax, no coupon', async () => {
    await tax(app, 20);
    await make(app, '/coupons', {
      coupon: {
        name: 'Half',
        code: 'half',
        coupon_type: 'percentage',
        percentage_rate: '50',
        frequency: 'forever',
        expiration: 'no_expiration',
      },
    });
    await make(app, '/applied_coupons', { applied_coupon: { external_customer_id: 'c1', coupon_code: 'half' } });
    const id = await wallet(app, { name: 'Main', rate_amount: '2', currency: 'EUR' });
    const invoice = (await app.api.get(`/invoices/${await buy(id, '17.5')}`)).body;
    expect(invoice).toMatchObject({
      invoice: {
        invoice_type: 'credit',
        status: 'finalized',
        payment_status: 'pending',
        number: expect.stringMatching(/-001-001$/) as string,
        currency: 'EUR',
        issuing_date: '2023-01-10',
        payment_due_date: '2023-01-17',
        fees_amount_cents: 3500,
        coupons_amount_cents: 0,
        taxes_amount_cents: 0,
        prepaid_credit_amount_cents: 0,
        total_amount_cents: 3500,
        subscriptions: [],
        applied_taxes: [],
        fees: [
          {
            item: { type: 'credit', code: 'credit', name: 'credit', invoice_display_name: 'Main', item_type: 'WalletTransaction' },
            units: '17.5',
            precise_unit_amount: '2.0',
            amount_cents: 3500,
            taxes_amount_cents: 0,
            from_date: null,
            to_date: null,
          },
        ],
      },
    });
    const [transaction] = await transactionsOf(app, id);
    const { invoice: shown } = invoice as { invoice: { fees: { item: { lago_item_id: string } }[] } };
    expect(shown.fees[0]?.item.lago_item_id).toBe(transaction?.['lago_id']);
  });

  it('are named on the document as the transaction, else as the wallet, else in the document’s words', async () => {
    const id = await wallet(app, { name: 'Main' });
    const nameless = await wallet(app);
    const namesOf = (): unknown =>
      app.engine.services.context.database.read
        .select<{ snapshot: string }>(`SELECT "snapshot" FROM "invoices" ORDER BY "sequence"`)
        .all()
        .map(({ snapshot }) => {
          const { otherFees } = JSON.parse(snapshot) as {
            otherFees: { name: string; units: string; unitAmount: string; period: unknown }[];
          };
          return otherFees.map(({ name, units, unitAmount, period }) => [name, units, unitAmount, period]);
        });
    await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: id, paid_credits: '5', name: 'Tokens' } });
    await buy(id, '6');
    await buy(nameless, '7');
    expect(namesOf()).toEqual([[['Tokens', '5', '1', null]], [['Main', '6', '1', null]], [[null, '7', '1', null]]]);
  });

  it('come into the wallet when their invoice is paid, exactly once', async () => {
    const id = await wallet(app, { granted_credits: '10' });
    const invoiceId = await buy(id, '17.969999');
    expect(await transactionsOf(app, id, '?transaction_status=purchased')).toMatchObject([
      { status: 'pending', amount: '17.97', credit_amount: '17.97', remaining_amount_cents: null, settled_at: null },
    ]);
    expect(await balanceOf(id)).toBe(1000);
    await setStatus(invoiceId, 'succeeded');
    expect(await readWallet(app, id)).toMatchObject({ balance_cents: 2797, credits_balance: '27.97', consumed_credits: '0.0' });
    await setStatus(invoiceId, 'succeeded');
    await setStatus(invoiceId, 'failed');
    await setStatus(invoiceId, 'succeeded');
    expect(await balanceOf(id)).toBe(2797);
    expect(await transactionsOf(app, id, '?transaction_status=purchased')).toMatchObject([
      { status: 'settled', remaining_amount_cents: 1797, settled_at: '2023-01-10T08:00:00Z', failed_at: null },
    ]);
  });

  it('come into the wallet with a manual payment of the whole invoice', async () => {
    const id = await wallet(app);
    const invoiceId = await buy(id, '30');
    const pay = (amount: number) =>
      app.api.post('/payments', { payment: { invoice_id: invoiceId, amount_cents: amount, reference: 'transfer' } });
    expect(await pay(1000)).toMatchObject({ status: 422, body: { error_details: { amount_cents: ['invalid_amount'] } } });
    expect(await balanceOf(id)).toBe(0);
    expect((await pay(3000)).status).toBe(200);
    expect(await balanceOf(id)).toBe(3000);
  });

  it('fail with their payment, and still come when it is made later', async () => {
    const id = await wallet(app);
    const invoiceId = await buy(id, '30');
    await setStatus(invoiceId, 'failed');
    expect(await transactionsOf(app, id)).toMatchObject([{ status: 'failed', failed_at: '2023-01-10T08:00:00Z' }]);
    expect(await balanceOf(id)).toBe(0);
    await setStatus(invoiceId, 'succeeded');
    expect(await transactionsOf(app, id)).toMatchObject([{ status: 'settled', failed_at: null }]);
    expect(await balanceOf(id)).toBe(3000);
  });

  it('fail with the void of their invoice', async () => {
    const id = await wallet(app);
    const invoiceId = await buy(id, '30');
    expect((await app.api.post(`/invoices/${invoiceId}/void`)).status).toBe(200);
    expect(await transactionsOf(app, id)).toMatchObject([{ status: 'failed' }]);
    expect(await balanceOf(id)).toBe(0);
  });

  it('settle in a wallet that has ended, where they pay nothing', async () => {
    const id = await wallet(app);
    const invoiceId = await buy(id, '30');
    await app.api.delete(`/wallets/${id}`);
    await setStatus(invoiceId, 'succeeded');
    expect(await readWallet(app, id)).toMatchObject({ status: 'terminated', balance_cents: 3000 });
    await subscription(app, { amountCents: 1000 });
    await app.moveClock('2023-02-01T06:00:00Z');
    expect(await invoicesOf(app, 'issuing_date_from=2023-02-01')).toMatchObject([{ prepaid_credit_amount_cents: 0 }]);
  });

  it('leave the wallet when a credit note refunds those that nobody used', async () => {
    const id = await wallet(app);
    const invoiceId = await buy(id, '30');
    await app.api.post('/payments', { payment: { invoice_id: invoiceId, amount_cents: 3000, reference: 'transfer' } });
    await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: id, voided_credits: '10' } });
    const { invoice } = (await app.api.get<{ invoice: { fees: { lago_id: string }[] } }>(`/invoices/${invoiceId}`)).body;
    const refund = (amount: number) =>
      app.api.post('/credit_notes', {
        credit_note: {
          invoice_id: invoiceId,
          refund_amount_cents: amount,
          items: [{ fee_id: invoice.fees[0]?.lago_id, amount_cents: amount }],
        },
      });
    expect((await refund(2001)).status).toBe(422);
    const note = await refund(1500);
    expect(note.status).toBe(200);
    expect(await balanceOf(id)).toBe(500);
    expect((await transactionsOf(app, id))[0]).toMatchObject({
      transaction_status: 'voided',
      amount: '15.0',
      lago_credit_note_id: (note.body as { credit_note: { lago_id: string } }).credit_note.lago_id,
    });
  });

  it('carry the purchase order of the transaction, else of the wallet', async () => {
    const id = await wallet(app, { purchase_order_number: 'PO-1' });
    const orderOf = async (invoiceId: string): Promise<unknown> =>
      (await app.api.get<{ invoice: Record<string, unknown> }>(`/invoices/${invoiceId}`)).body.invoice['purchase_order_number'];
    expect(await orderOf(await buy(id, '1'))).toBe('PO-1');
    await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: id, paid_credits: '1', purchase_order_number: 'PO-2' } });
    expect(await orderOf(String((await transactionsOf(app, id))[0]?.['lago_invoice_id']))).toBe('PO-2');
  });

  it('are told of: the wallet, the purchase with its invoice, its settlement, what is voided, the end', async () => {
    await listen(app);
    const id = await wallet(app, { paid_credits: '30', granted_credits: '5' });
    const [purchase] = await transactionsOf(app, id, '?transaction_status=purchased');
    await setStatus(String(purchase?.['lago_invoice_id']), 'succeeded');
    await make(app, '/wallet_transactions', { wallet_transaction: { wallet_id: id, voided_credits: '35' } });
    await app.api.put(`/wallets/${id}`, { wallet: { name: 'Main' } });
    await app.api.put(`/wallets/${id}`, { wallet: { name: 'Main' } });
    await app.api.delete(`/wallets/${id}`);
    const shown = walletMessages(app).map(({ type, object }) => [type, object['status'], object['transaction_status'] ?? object['name']]);
    expect(shown).toEqual([
      ['wallet.created', 'active', null],
      ['wallet_transaction.created', 'pending', 'purchased'],
      ['wallet_transaction.created', 'settled', 'granted'],
      ['wallet_transaction.updated', 'settled', 'purchased'],
      ['wallet_transaction.created', 'settled', 'voided'],
      ['wallet.depleted_ongoing_balance', 'active', null],
      ['wallet.updated', 'active', 'Main'],
      ['wallet.terminated', 'terminated', 'Main'],
    ]);
    expect(walletMessages(app)[1]?.object['lago_invoice_id']).toBe(purchase?.['lago_invoice_id']);
    const kinds = app.engine.services.context.database.read
      .select<{ type: string }>(
        `SELECT "webhook_type" AS "type" FROM "webhook_deliveries" WHERE "object_type" = 'invoice' ORDER BY "sequence"`,
      )
      .all();
    expect(kinds.map(({ type }) => type)).toEqual(['invoice.paid_credit_added', 'invoice.payment_status_updated']);
  });
});
