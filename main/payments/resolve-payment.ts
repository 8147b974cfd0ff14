import { isBefore } from '../../shared/dates.ts';
import { updateRows } from '../database/rows.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import { enqueueJob, findInvoice } from '../invoicing/index.ts';
import { ProviderUnavailable, realNow, type PaymentDesk } from './desk.ts';
import { findIntent } from './find-intent.ts';
import { dueOn } from './payment-rows.ts';
import { recordNews } from './record-payment.ts';
import { recordIntent, sendPayment } from './send-payment.ts';
import type { StripeAccount } from './stripe/stripe-accounts.ts';
import { isOlderThan, KEY_LIFE_MS } from './waits.ts';

/** A call that was cut off may still be going on at the other side for this long. */
const CALL_LIFE_MS = 60_000;

/**
 * Finds out what became of a payment whose answer is not known, and makes it where it never was made. Asking again with the same key is safe
 * while Stripe remembers it and the same is still due; else the intent is looked for first. The caller holds the invoice's lock. Answers
 * whether anything changed. Rule: payments-and-webhooks.md § 4 "Orphan rows", § 6.
 */
export async function resolvePayment(desk: PaymentDesk, account: StripeAccount, payment: Payment): Promise<boolean> {
  const isWanted = await isStillWanted(desk, payment);
  if (isWanted && isKeyRemembered(desk, payment)) return sendAgain(desk, account, { payment, isNewCall: false });
  const found = await findIntent(account, payment);
  if (!found.ok) throw new ProviderUnavailable('the outcome of a payment is not known yet');
  if (found.value !== null) return recordIntent(desk, payment.id, found.value);
  if (isWanted) return sendAgain(desk, account, { payment, isNewCall: true });
  return giveUp(desk, payment);
}

function isKeyRemembered(desk: PaymentDesk, payment: Payment): boolean {
  return payment.sentAt !== null && !isOlderThan(payment.sentAt, KEY_LIFE_MS, realNow(desk));
}

/** Whether what was asked for is still what is due. */
async function isStillWanted(desk: PaymentDesk, payment: Payment): Promise<boolean> {
  const { context } = desk;
  const invoice = await findInvoice(context.database.read, context.organizationId, payment.invoiceId);
  return invoice?.status === 'finalized' && invoice.paymentStatus !== 'succeeded' && dueOn(invoice) === payment.amountCents;
}

async function sendAgain(
  desk: PaymentDesk,
  account: StripeAccount,
  of: { readonly payment: Payment; readonly isNewCall: boolean },
): Promise<boolean> {
  const { payment, isNewCall } = of;
  const now = realNow(desk);
  const set = { nextTryAt: now, ...(isNewCall ? { sentAt: now, tries: 1, errorCode: null } : { tries: payment.tries + 1 }) };
  await desk.context.database.unitOfWork.write('note another call of a payment', (tx) =>
    updateRows(tx, payments, { where: { id: payment.id }, set: { ...set, updatedAt: desk.context.clock.now() } }),
  );
  await sendPayment(desk, account, { ...payment, ...set });
  const after = await desk.context.database.read.manager.findOneBy(payments, { id: payment.id });
  return after?.payablePaymentStatus !== 'pending';
}

/** Nothing was taken, and it is not wanted any more: the row ends, and what is due now is collected anew. */
async function giveUp(desk: PaymentDesk, payment: Payment): Promise<boolean> {
  const over = (payment.sentAt ?? realNow(desk)).add({ milliseconds: CALL_LIFE_MS });
  return desk.context.database.unitOfWork.write('give up a payment', async (tx) => {
    if (isBefore(realNow(desk), over)) {
      await updateRows(tx, payments, { where: { id: payment.id }, set: { nextTryAt: over } });
      return false;
    }
    const error = { code: 'superseded', message: 'The amount that is due has changed.' };
    await recordNews(desk, tx, { paymentId: payment.id, news: { event: 'abandoned', status: 'failed', intent: null, error } });
    await enqueueJob(desk.context, tx, { kind: 'collect_invoice', subjectId: payment.invoiceId });
    return true;
  });
}
