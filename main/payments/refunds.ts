import type Stripe from 'stripe';
import { isBefore } from '../../shared/dates.ts';
import { updateRows } from '../database/rows.ts';
import { creditNotes } from '../database/tables/credit-notes.ts';
import { refunds, type Refund } from '../database/tables/payments.ts';
import { failpoint } from '../failpoint.ts';
import { readInvoice } from '../invoicing/index.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { planRefunds } from './plan-refunds.ts';
import { announceProviderError } from './provider-errors.ts';
import { bodyOf, recordRefund, refundNews, type RefundNews } from './record-refund.ts';
import type { Asked, StripeAccount } from './stripe/stripe-accounts.ts';
import { isAccessRefused, wordsOf, type StripeFailure } from './stripe/stripe-failures.ts';
import { isOlderThan, KEY_LIFE_MS, MAX_TRIES, nextCheckAt, retryWaitMs } from './waits.ts';

const LISTED = 100;

/** Gives back what a credit note refunds, through the payments that brought it. Rule: payments-and-webhooks.md § 7. */
export async function refundCreditNote(desk: PaymentDesk, creditNoteId: string): Promise<void> {
  const rows = await desk.context.database.unitOfWork.write('plan refunds', async (tx) => {
    const note = await tx.manager.findOneBy(creditNotes, { id: creditNoteId });
    if (note?.refundStatus !== 'pending' || note.refundAmountCents === 0n) return [];
    const invoice = await readInvoice(tx, note.invoiceId);
    // Money of a lost dispute is back already.
    return invoice.paymentDisputeLostAt === null ? planRefunds(desk, tx, note) : [];
  });
  for (const row of rows) await checkRefund(desk, row.id);
}

/** Sends one refund, or looks at what became of it. Answers whether anything changed. Rule: § 6, step 4. */
export async function checkRefund(desk: PaymentDesk, refundId: string): Promise<boolean> {
  return desk.locks.run(`refund:${refundId}`, async () => {
    const row = await desk.context.database.read.manager.findOneBy(refunds, { id: refundId });
    if (row?.status !== 'pending') return false;
    const account = await desk.accounts.open(row.providerCode);
    if (account === null) {
      await setNextTry(desk, row, {});
      return false;
    }
    if (row.providerRefundId !== null) return lookAtRefund(desk, account, row);
    if (row.errorCode === null && row.sentAt !== null && row.nextTryAt !== null && isBefore(realNow(desk), row.nextTryAt)) return false;
    return sendRefund(desk, account, row);
  });
}

async function lookAtRefund(desk: PaymentDesk, account: StripeAccount, row: Refund): Promise<boolean> {
  const asked = await account.ask((client) => client.refunds.retrieve(row.providerRefundId ?? ''));
  if (asked.ok) return record(desk, row, refundNews(asked.value));
  await setNextTry(desk, row, {});
  return false;
}

/** The same call with the same key; where Stripe may have forgotten that, a refund made by it is looked for first. */
async function sendRefund(desk: PaymentDesk, account: StripeAccount, row: Refund): Promise<boolean> {
  const isForgotten = row.sentAt !== null && isOlderThan(row.sentAt, KEY_LIFE_MS, realNow(desk));
  if (isForgotten) {
    const found = await findRefund(account, row);
    if (!found.ok) return tryLater(desk, row, found.failure);
    if (found.value !== null) return record(desk, row, refundNews(found.value));
  }
  const now = realNow(desk);
  const set = { tries: isForgotten ? 1 : row.tries + 1, sentAt: isForgotten ? now : (row.sentAt ?? now), nextTryAt: now };
  await desk.context.database.unitOfWork.write('note the call of a refund', (tx) =>
    updateRows(tx, refunds, { where: { id: row.id }, set }),
  );
  failpoint('before-refund-call');
  const asked = await account.ask((client) => client.refunds.create(bodyOf(row), { idempotencyKey: row.idempotencyKey }));
  failpoint('after-refund-call');
  const sent = { ...row, ...set };
  return asked.ok ? record(desk, sent, refundNews(asked.value)) : recordFailure(desk, account, { row: sent, failure: asked.failure });
}

async function findRefund(account: StripeAccount, row: Refund): Promise<Asked<Stripe.Refund | null>> {
  const intent = bodyOf(row).payment_intent ?? '';
  const listed = await account.ask((client) =>
    client.refunds.list({ payment_intent: intent, limit: LISTED }).autoPagingToArray({ limit: LISTED }),
  );
  if (!listed.ok) return listed;
  return { ok: true, value: listed.value.find((one) => one.metadata?.['lago_credit_note_id'] === row.creditNoteId) ?? null };
}

async function recordFailure(
  desk: PaymentDesk,
  account: StripeAccount,
  of: { readonly row: Refund; readonly failure: StripeFailure },
): Promise<boolean> {
  const { row, failure } = of;
  if (isAccessRefused(failure)) await announceProviderError(desk, account.provider, { failure, action: 'refund.create' });
  if (failure.kind === 'conflict') {
    const found = await findRefund(account, row);
    if (found.ok && found.value !== null) return record(desk, row, refundNews(found.value));
  }
  const isOpen = failure.kind === 'unreachable' || failure.kind === 'conflict' || (isAccessRefused(failure) && row.tries > 1);
  if (isOpen) return tryLater(desk, row, failure);
  return record(desk, row, { status: 'failed', providerRefundId: null, error: wordsOf(failure) });
}

async function tryLater(desk: PaymentDesk, row: Refund, failure: StripeFailure): Promise<boolean> {
  if (row.tries >= MAX_TRIES) {
    await setNextTry(desk, row, { errorCode: wordsOf(failure).code });
    return false;
  }
  const retryAfterMs = failure.kind === 'unreachable' ? failure.retryAfterMs : null;
  const nextTryAt = realNow(desk).add({ milliseconds: retryWaitMs(desk.context.random, Math.max(row.tries, 1), retryAfterMs) });
  await setNextTry(desk, row, { nextTryAt });
  return false;
}

/** When it is looked at next: by the schedule of everything that is open, unless told. */
async function setNextTry(desk: PaymentDesk, row: Refund, set: Partial<Pick<Refund, 'nextTryAt' | 'errorCode'>>): Promise<void> {
  const now = realNow(desk);
  const planned = { nextTryAt: nextCheckAt(row.sentAt ?? now, now), ...set };
  await desk.context.database.unitOfWork.write('plan the next look at a refund', (tx) =>
    updateRows(tx, refunds, { where: { id: row.id }, set: planned }),
  );
}

function record(desk: PaymentDesk, row: Refund, news: RefundNews): Promise<boolean> {
  return desk.context.database.unitOfWork.write('record a refund', (tx) => recordRefund(desk, tx, { row, news }));
}
