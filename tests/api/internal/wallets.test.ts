import { expect } from 'vitest';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import type { TopUpEffectAnswer, WalletTransactionRow } from '../../../shared/internal/wallets.ts';
import { internalClient } from '../../support/internal-client.ts';
import { scenario } from '../../support/story.ts';

scenario('a top-up shows its invoice and balances before it is done', '2023-03-01T00:00:00Z', async (story) => {
  await story.customer('acme', { net_payment_term: 14 });
  const { wallet } = await story.post<{ wallet: { lago_id: string } }>('/wallets', {
    wallet: { external_customer_id: 'acme', rate_amount: '2', currency: 'USD', granted_credits: '10' },
  });
  const client = internalClient(story.app);
  const asked = { wallet_transaction: { paid_credits: '25', granted_credits: '5', voided_credits: '1' } };
  const { body } = await client.post<TopUpEffectAnswer>(`/wallets/${wallet.lago_id}/top_up_preview`, asked);
  expect(body).toEqual({
    currency: 'USD',
    transactions: [
      { transaction_status: 'purchased', status: 'pending', credit_amount: '25.0', amount_cents: 5000 },
      { transaction_status: 'granted', status: 'settled', credit_amount: '5.0', amount_cents: 1000 },
      { transaction_status: 'voided', status: 'settled', credit_amount: '1.0', amount_cents: 200 },
    ],
    invoice: { total_amount_cents: 5000, payment_due_date: '2023-03-15' },
    is_collected: false,
    balance_before: { cents: 2000, credits: '10.0' },
    // 10 + 5 − 1 credits at 2.00, and 25 more once they are paid.
    balance_after: { cents: 2800, credits: '14.0' },
    balance_when_paid: { cents: 7800, credits: '39.0' },
  });
  expect(await story.get(`/wallets/${wallet.lago_id}`)).toMatchObject({ wallet: { balance_cents: 2000 } });
  expect(await story.bills()).toEqual([]);
});

scenario('a top-up that would be refused says why beforehand', '2023-03-01T00:00:00Z', async (story) => {
  await story.customer('acme');
  const { wallet } = await story.post<{ wallet: { lago_id: string } }>('/wallets', {
    wallet: { external_customer_id: 'acme', rate_amount: '1', currency: 'USD', paid_top_up_min_amount_cents: 500 },
  });
  const client = internalClient(story.app);
  const preview = (words: object) => client.post(`/wallets/${wallet.lago_id}/top_up_preview`, { wallet_transaction: words });
  expect(await preview({ paid_credits: '4.99', voided_credits: '1' })).toMatchObject({
    status: 422,
    body: { error_details: { paid_credits: ['amount_below_minimum'], voided_credits: ['insufficient_credits'] } },
  });
  expect(await preview({ granted_credits: '-1' })).toMatchObject({
    status: 422,
    body: { error_details: { granted_credits: ['invalid_granted_credits', 'invalid_amount'] } },
  });
  expect((await client.post('/wallets/nobody/top_up_preview', { wallet_transaction: { granted_credits: '1' } })).status).toBe(422);
});

scenario('the transactions of a wallet are listed with their invoices', '2023-03-01T00:00:00Z', async (story) => {
  await story.customer('acme');
  const { wallet } = await story.post<{ wallet: { lago_id: string } }>('/wallets', {
    wallet: { external_customer_id: 'acme', rate_amount: '1', currency: 'USD', paid_credits: '20', granted_credits: '5.5' },
  });
  const client = internalClient(story.app);
  const { body } = await client.get<ListAnswer<WalletTransactionRow>>(
    `/lists/wallet_transactions?wallet_id=${wallet.lago_id}&sort=amount_cents&direction=desc`,
  );
  const { number } = await story.lastInvoice();
  expect(body.rows).toMatchObject([
    { transaction_status: 'purchased', status: 'pending', credit_amount: '20.0', amount_cents: 2000, currency: 'USD', invoice: { number } },
    {
      transaction_status: 'granted',
      status: 'settled',
      credit_amount: '5.5',
      amount_cents: 550,
      remaining_amount_cents: 550,
      invoice: null,
    },
  ]);
  expect((await client.get('/lists/wallet_transactions?wallet_id=nobody')).status).toBe(404);
});
