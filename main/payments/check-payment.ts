import { updateRows } from '../database/rows.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import { enqueueJob, readInvoice } from '../invoicing/index.ts';
import { collectInvoice } from './collect-invoice.ts';
import { ProviderUnavailable, realNow, type PaymentDesk } from './desk.ts';
import { findPaymentRow, isUnresolved, isUnsent } from './payment-rows.ts';
import { resolvePayment } from './resolve-payment.ts';
import { recordIntent } from './send-payment.ts';
import { nextCheckAt } from './waits.ts';

/** While Stripe cannot be asked, an open payment is looked at again no sooner than this. */
const UNREACHABLE_WAIT_MS = 60_000;

/**
 * Looks at one payment whose end is not known, whichever way it is not known, and notes when it is looked at next. Answers whether its state
 * changed. Rule: payments-and-webhooks.md § 6, steps 1 and 2.
 */
export async function checkPayment(desk: PaymentDesk, paymentId: string): Promise<boolean> {
  const { read } = desk.context.database;
  const before = await findPaymentRow(read, paymentId);
  if (before === null) return false;
  try {
    if (isUnsent(before)) await collectInvoice(desk, before.invoiceId);
    else await desk.locks.run(`invoice:${before.invoiceId}`, () => look(desk, paymentId));
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    await postpone(desk, paymentId);
    return false;
  }
  const after = await findPaymentRow(read, paymentId);
  return after === null || stateOf(after) !== stateOf(before);
}

function stateOf(payment: Payment): string {
  return `${payment.payablePaymentStatus} ${payment.status}`;
}

async function look(desk: PaymentDesk, paymentId: string): Promise<void> {
  const payment = await findPaymentRow(desk.context.database.read, paymentId);
  if (payment === null || (payment.payablePaymentStatus !== 'processing' && !isUnresolved(payment))) return;
  const account = await desk.accounts.open(payment.providerCode ?? '');
  if (account === null) throw new ProviderUnavailable('a payment is not looked at');
  if (isUnresolved(payment)) {
    await resolvePayment(desk, account, payment);
    return;
  }
  const intentId = payment.providerPaymentId ?? '';
  const asked = await account.ask((client) => client.paymentIntents.retrieve(intentId));
  if (!asked.ok && asked.failure.kind === 'unreachable') throw new ProviderUnavailable('a payment is not looked at');
  if (asked.ok && (await recordIntent(desk, paymentId, asked.value))) return;
  await planNextCheck(desk, payment);
  await cancelIfVoided(desk, payment.invoiceId);
}

/** What is under way for a voided invoice is canceled, as often as it takes. */
async function cancelIfVoided(desk: PaymentDesk, invoiceId: string): Promise<void> {
  await desk.context.database.unitOfWork.write('cancel a payment of a voided invoice', async (tx) => {
    const invoice = await readInvoice(tx, invoiceId);
    if (invoice.status === 'voided') await enqueueJob(desk.context, tx, { kind: 'cancel_payment', subjectId: invoiceId });
  });
}

async function planNextCheck(desk: PaymentDesk, payment: Payment): Promise<void> {
  const now = realNow(desk);
  await setNextTry(desk, payment.id, nextCheckAt(payment.sentAt ?? now, now));
}

/** Later by the schedule, but never at once again. */
async function postpone(desk: PaymentDesk, paymentId: string): Promise<void> {
  const payment = await findPaymentRow(desk.context.database.read, paymentId);
  if (payment?.nextTryAt == null) return;
  await setNextTry(desk, paymentId, realNow(desk).add({ milliseconds: UNREACHABLE_WAIT_MS }));
}

async function setNextTry(desk: PaymentDesk, id: string, nextTryAt: Payment['nextTryAt']): Promise<void> {
  await desk.context.database.unitOfWork.write('plan the next look at a payment', (tx) =>
    updateRows(tx, payments, { where: { id }, set: { nextTryAt } }),
  );
}
