import { deleteRows } from '../database/rows.ts';
import { jobs } from '../database/tables/jobs.ts';
import type { Payment } from '../database/tables/payments.ts';
import { ProviderUnavailable, type PaymentDesk } from './desk.ts';
import { closeLink } from './payment-links.ts';
import { deleteUnsent, findPaymentRow, isUnresolved, isUnsent, openPaymentsOf } from './payment-rows.ts';
import { resolvePayment } from './resolve-payment.ts';
import { recordIntent } from './send-payment.ts';
import type { StripeAccount } from './stripe/stripe-accounts.ts';

const UNEXPECTED_STATE = 'payment_intent_unexpected_state';

/**
 * Gives up what is under way for an invoice that was voided. Where Stripe has taken the money already, the void stands and the payment is
 * recorded on it, to be given back. Rule: payments-and-webhooks.md § 4 "Voiding".
 */
export async function cancelPayments(desk: PaymentDesk, invoiceId: string): Promise<void> {
  await desk.locks.run(`invoice:${invoiceId}`, async () => {
    const open = await desk.context.database.unitOfWork.write('give up payments', async (tx) => {
      await deleteRows(tx, jobs, { kind: 'collect_invoice', subjectId: invoiceId });
      const rows = await openPaymentsOf(tx, invoiceId);
      for (const row of rows.filter(isUnsent)) await deleteUnsent(tx, row);
      return rows.filter((row) => !isUnsent(row));
    });
    for (const payment of open) await cancelPayment(desk, payment);
  });
  await closeLink(desk, invoiceId);
}

async function cancelPayment(desk: PaymentDesk, payment: Payment): Promise<void> {
  const account = await desk.accounts.open(payment.providerCode ?? '');
  if (account === null) throw new ProviderUnavailable('a payment is not canceled');
  if (isUnresolved(payment)) await resolvePayment(desk, account, payment);
  const known = await findPaymentRow(desk.context.database.read, payment.id);
  if (known?.payablePaymentStatus === 'processing' && known.providerPaymentId !== null) {
    await cancelIntent(desk, account, { paymentId: known.id, intentId: known.providerPaymentId });
  }
}

async function cancelIntent(
  desk: PaymentDesk,
  account: StripeAccount,
  of: { readonly paymentId: string; readonly intentId: string },
): Promise<void> {
  const { paymentId, intentId } = of;
  const options = { idempotencyKey: `cancel:${paymentId}` };
  const canceled = await account.ask((client) => client.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' }, options));
  if (canceled.ok) {
    await recordIntent(desk, paymentId, canceled.value);
    return;
  }
  if (canceled.failure.kind === 'refused' && canceled.failure.code === UNEXPECTED_STATE) {
    const now = await account.ask((client) => client.paymentIntents.retrieve(intentId));
    if (now.ok) {
      await recordIntent(desk, paymentId, now.value);
      return;
    }
  }
  throw new ProviderUnavailable('a payment is not canceled');
}
