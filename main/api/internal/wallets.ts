import { z } from 'zod';
import { formatDecimal } from '../../../shared/decimal.ts';
import type { TopUpEffectAnswer } from '../../../shared/internal/wallets.ts';
import { centsToWire } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { walletTransactionInput } from '../../../shared/wire/wallet.ts';
import { previewTopUp, type TopUpEffect } from '../../wallets/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route } from '../route.ts';
import { camelKeys } from '../wire/camel-case.ts';

/** Rule: ui.md § 4.7 "Wallets", § 1.2. */
export const walletRoutes = [
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
