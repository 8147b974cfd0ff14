import { z } from 'zod';
import { formatInstant, Temporal } from '../../../shared/dates.ts';
import { decimal, formatDecimal } from '../../../shared/decimal.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { WALLET_TRANSACTION_SORTS, type TopUpEffectAnswer, type WalletTransactionRow } from '../../../shared/internal/wallets.ts';
import { centsToWire } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { walletTransactionInput } from '../../../shared/wire/wallet.ts';
import {
  bringWalletsUpToDate,
  findWallet,
  listWalletTransactionPage,
  previewTopUp,
  type ListedWalletTransaction,
  type TopUpEffect,
} from '../../wallets/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route } from '../route.ts';
import { camelKeys } from '../wire/camel-case.ts';
import { askedPage } from './list-wish.ts';

/** Rule: ui.md § 4.7 "Wallets", § 1.2. */
export const walletRoutes = [
  route({
    method: 'get',
    path: '/lists/wallet_transactions',
    access: 'session',
    summary: 'Transactions of a wallet, sorted, page after page',
    tag: 'internal',
    answer: z.unknown(),
    respond: async ({ context, query }) => {
      const id = query.text('wallet_id') ?? '';
      const wallet = findWallet(context.database.read, context.organizationId, { id });
      // Usage that came in may have brought the wallet to the threshold of its rule.
      if (wallet !== null) await bringWalletsUpToDate(context, wallet.customerId);
      const page = listWalletTransactionPage(context, id, askedPage(query, WALLET_TRANSACTION_SORTS));
      if (!page.ok) return page;
      return ok({ ...page.value, rows: page.value.rows.map(serializeRow) } satisfies ListAnswer<WalletTransactionRow>);
    },
  }),
  route({
    method: 'post',
    path: '/wallets/:id/top_up_preview',
    access: 'session',
    summary: 'What a top-up would do to a wallet',
    tag: 'internal',
    wrapper: 'wallet_transaction',
    body: checkedBody(walletTransactionInput),
    changesNothing: true,
    answer: z.unknown(),
    respond: async ({ context, pathValues, body }) => {
      const effect = await previewTopUp(context, { ...camelKeys(body.values), walletId: pathValues['id'] ?? '' }, body.refused);
      return effect.ok ? ok(serializeEffect(effect.value)) : effect;
    },
  }),
];

function serializeEffect({ wallet, transactions, invoice, isCollected, ...balances }: TopUpEffect): TopUpEffectAnswer {
  const balance = ({ amountCents, credits }: TopUpEffect['before']) => ({
    cents: centsToWire(amountCents),
    credits: formatDecimal(credits),
  });
  return {
    currency: wallet.currency,
    transactions: transactions.map(({ transactionStatus, status, creditAmount, amountCents }) => ({
      transaction_status: transactionStatus,
      status,
      credit_amount: formatDecimal(creditAmount),
      amount_cents: centsToWire(amountCents),
    })),
    invoice:
      invoice === null
        ? null
        : { total_amount_cents: centsToWire(invoice.totalAmountCents), payment_due_date: invoice.paymentDueDate.toString() },
    is_collected: isCollected,
    balance_before: balance(balances.before),
    balance_after: balance(balances.after),
    balance_when_paid: balance(balances.whenPaid),
  };
}

function serializeRow(row: ListedWalletTransaction): WalletTransactionRow {
  const timeOf = (ms: number): string => formatInstant(Temporal.Instant.fromEpochMilliseconds(ms));
  return {
    lago_id: row.id,
    status: row.status,
    source: row.source,
    transaction_type: row.transactionType,
    transaction_status: row.transactionStatus,
    credit_amount: formatDecimal(decimal(row.creditAmount)),
    amount_cents: row.amountCents,
    remaining_amount_cents: row.remainingAmountCents,
    currency: row.currency,
    name: row.name,
    invoice: row.invoiceId === null || row.invoiceNumber === null ? null : { lago_id: row.invoiceId, number: row.invoiceNumber },
    created_at: timeOf(row.createdAtMs),
    settled_at: row.settledAtMs === null ? null : timeOf(row.settledAtMs),
  };
}
