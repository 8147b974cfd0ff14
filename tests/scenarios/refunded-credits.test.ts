import { expect, it } from 'vitest';
import { scenario, Story } from '../support/story.ts';

type Json = Readonly<Record<string, unknown>>;

/** A wallet of 10.00 that was granted and 20.00 that were bought. */
async function buyCredits(s: Story): Promise<{ readonly walletId: string; readonly invoiceId: string; readonly feeId: string }> {
  await s.customer('acme');
  const asked = { external_customer_id: 'acme', rate_amount: '1', currency: 'USD', granted_credits: '10' };
  const walletId = String((await s.post<{ wallet: Json }>('/wallets', { wallet: asked })).wallet['lago_id']);
  await s.post('/wallet_transactions', { wallet_transaction: { wallet_id: walletId, paid_credits: '20' } });
  const { lago_id: invoiceId, fees } = await s.lastInvoice();
  return { walletId, invoiceId, feeId: String((fees[0] as unknown as Json)['lago_id']) };
}

const wallet = async (s: Story, id: string): Promise<Json> => (await s.get<{ wallet: Json }>(`/wallets/${id}`)).wallet;

scenario(
  'an invoice for credits is refunded as far as they were not used, and they leave their wallet',
  '2023-01-01T00:00:00Z',
  async (s) => {
    const { walletId, invoiceId, feeId } = await buyCredits(s);
    const note = (parts: Json, amount_cents: number): unknown => {
      return { credit_note: { invoice_id: invoiceId, items: [{ fee_id: feeId, amount_cents }], ...parts } };
    };
    const details = async (parts: Json, amount: number) => (await s.refused('post', '/credit_notes', note(parts, amount))).error_details;
    expect(await details({ refund_amount_cents: 500 }, 500)).toEqual({ refund_amount_cents: ['cannot_refund_unpaid_invoice'] });
    await s.post('/payments', { payment: { invoice_id: invoiceId, amount_cents: 2000, reference: 'wire' } });
    expect(await wallet(s, walletId)).toMatchObject({ balance_cents: 3000, credits_balance: '30.0' });
    expect(await details({ credit_amount_cents: 500 }, 500)).toEqual({ credit_amount_cents: ['cannot_credit_invoice'] });
    expect(await details({ offset_amount_cents: 500 }, 500)).toEqual({ offset_amount_cents: ['cannot_credit_invoice'] });

    // 25.00 are used: first those that were granted, then 15.00 of those that were bought.
    await s.post('/wallet_transactions', { wallet_transaction: { wallet_id: walletId, voided_credits: '25' } });
    expect(await details({ refund_amount_cents: 501 }, 501)).toEqual({ refund_amount_cents: ['higher_than_remaining_invoice_amount'] });
    const { estimated_credit_note: estimate } = await s.post<{ estimated_credit_note: Json }>('/credit_notes/estimate', note({}, 2000));
    expect(estimate).toMatchObject({ max_creditable_amount_cents: 0, max_refundable_amount_cents: 500, max_offsettable_amount_cents: 0 });
    const { credit_note: created } = await s.post<{ credit_note: Json }>('/credit_notes', note({ refund_amount_cents: 500 }, 500));
    expect(created).toMatchObject({ refund_status: 'pending', refund_amount_cents: 500, taxes_amount_cents: 0, total_amount_cents: 500 });
    expect(await wallet(s, walletId)).toMatchObject({ balance_cents: 0, credits_balance: '0.0' });
    expect(await details({ refund_amount_cents: 1 }, 1)).toEqual({ refund_amount_cents: ['higher_than_remaining_invoice_amount'] });
  },
);

scenario('a voided purchase never comes into the wallet', '2023-01-01T00:00:00Z', async (s) => {
  const { walletId, invoiceId } = await buyCredits(s);
  await s.post(`/invoices/${invoiceId}/void`, {});
  expect(await wallet(s, walletId)).toMatchObject({ balance_cents: 1000 });
  const { wallet_transactions: moves } = await s.get<{ wallet_transactions: readonly Json[] }>(
    `/wallets/${walletId}/wallet_transactions?transaction_status=purchased`,
  );
  expect(moves).toMatchObject([{ status: 'failed' }]);
});

it.each([
  { name: 'gives wallet credits back', options: {}, balance: 2000, notes: 0 },
  {
    name: 'with a credit note keeps them, for the note stands for them',
    options: { generate_credit_note: true, credit_amount: 1000 },
    balance: 0,
    notes: 2,
  },
])('voiding an invoice $name', async ({ options, balance, notes }) => {
  const s = await Story.begin('2023-01-01T00:00:00Z');
  try {
    await s.plan('month', { amount_cents: 5000 });
    await s.subscribe({ plan: 'month' });
    const asked = { external_customer_id: 'acme', rate_amount: '1', currency: 'USD', granted_credits: '30' };
    const walletId = String((await s.post<{ wallet: Json }>('/wallets', { wallet: asked })).wallet['lago_id']);
    await s.post('/wallet_transactions', { wallet_transaction: { wallet_id: walletId, voided_credits: '10' } });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    const { lago_id: id } = await s.lastInvoice();
    expect(await s.lastInvoice()).toMatchObject({ prepaid_credit_amount_cents: 2000, total_amount_cents: 3000 });
    await s.post(`/invoices/${id}/void`, options);
    expect(await wallet(s, walletId)).toMatchObject({ balance_cents: balance });
    expect(await s.notes()).toHaveLength(notes);
  } finally {
    await s.close();
  }
});
