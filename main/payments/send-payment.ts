import type Stripe from 'stripe';
import { updateRows } from '../database/rows.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import { failpoint } from '../failpoint.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { findIntent } from './find-intent.ts';
import { followInvoice } from './follow-invoice.ts';
import { findPaymentRow } from './payment-rows.ts';
import { announceProviderError } from './provider-errors.ts';
import { announceFailure, newsOf, recordNews, type PaymentNews } from './record-payment.ts';
import { intentFacts } from './stripe/intent-facts.ts';
import type { StripeAccount } from './stripe/stripe-accounts.ts';
import { isAccessRefused, PROVIDER_UNREACHABLE, wordsOf, type StripeFailure } from './stripe/stripe-failures.ts';
import { MAX_TRIES, nextCheckAt, retryWaitMs } from './waits.ts';

const AMOUNT_TOO_SMALL = 'amount_too_small';
const FAILED = 'failed';

/**
 * Steps 6 and 7: sends the body that the row keeps, under the row's key, and records the answer before anything else is done. The caller has
 * committed the row as sent. Rule: payments-and-webhooks.md § 4.
 */
export async function sendPayment(desk: PaymentDesk, account: StripeAccount, payment: Payment): Promise<void> {
  failpoint('before-payment-call');
  const body = payment.requestBody as Stripe.PaymentIntentCreateParams;
  const idempotencyKey = `payment:${payment.invoiceId}:${String(payment.attempt)}`;
  const asked = await account.ask((client) => client.paymentIntents.create(body, { idempotencyKey }));
  failpoint('after-payment-call');
  if (asked.ok) await recordIntent(desk, payment.id, asked.value);
  else await recordFailure(desk, account, { payment, failure: asked.failure });
}

/** Records what an intent says. Answers whether anything changed. */
export async function recordIntent(desk: PaymentDesk, paymentId: string, intent: Stripe.PaymentIntent): Promise<boolean> {
  const facts = intentFacts(intent);
  if (facts === null) return false;
  return record(desk, paymentId, newsOf(facts));
}

function record(desk: PaymentDesk, paymentId: string, news: PaymentNews): Promise<boolean> {
  return desk.context.database.unitOfWork.write('record a payment', (tx) => recordNews(desk, tx, { paymentId, news }));
}

async function recordFailure(
  desk: PaymentDesk,
  account: StripeAccount,
  of: { readonly payment: Payment; readonly failure: StripeFailure },
): Promise<void> {
  const { payment, failure } = of;
  if (isAccessRefused(failure)) await announceProviderError(desk, account.provider, { failure, action: 'payment_intent.create' });
  if (failure.kind === 'conflict') {
    // Somebody else has the key: what came of it is there to be seen, or will be.
    const found = await findIntent(account, payment);
    if (found.ok && found.value !== null) await recordIntent(desk, payment.id, found.value);
    else await tryLater(desk, payment, failure);
    return;
  }
  // An account that is turned away now says nothing about an earlier call that it may have taken.
  if (failure.kind === 'unreachable' || (isAccessRefused(failure) && payment.tries > 1)) await tryLater(desk, payment, failure);
  else await record(desk, payment.id, newsOfRefusal(failure));
}

function newsOfRefusal(failure: Extract<StripeFailure, { kind: 'declined' | 'refused' }>): PaymentNews {
  const { code, message, intent } = failure;
  const facts = intent === null ? null : intentFacts(intent);
  const event = code === AMOUNT_TOO_SMALL ? 'too_small' : 'failed';
  return { event, status: event === 'failed' ? (facts?.status ?? FAILED) : FAILED, intent: facts, error: { code, message } };
}

/** A payment that cannot even be asked for: nothing was sent, and asking again would not help. */
export async function recordRefusal(
  desk: PaymentDesk,
  payment: Payment,
  error: { readonly code: string; readonly message: string },
): Promise<void> {
  await record(desk, payment.id, { event: 'failed', status: FAILED, intent: null, error });
}

/** The reads before the call failed: nothing was sent. Rule: § 4, step 4, by the same rows. */
export async function recordReadFailure(desk: PaymentDesk, payment: Payment, failure: StripeFailure): Promise<void> {
  if (failure.kind === 'unreachable' || failure.kind === 'conflict') {
    await tryLater(desk, { ...payment, tries: payment.tries + 1 }, failure);
    return;
  }
  if (isAccessRefused(failure)) await announceAccessRefused(desk, payment, failure);
  await recordRefusal(desk, payment, wordsOf(failure));
}

async function announceAccessRefused(desk: PaymentDesk, payment: Payment, failure: StripeFailure): Promise<void> {
  const account = await desk.accounts.open(payment.providerCode ?? '');
  if (account !== null) await announceProviderError(desk, account.provider, { failure, action: 'payment_method.read' });
}

/**
 * Nothing is known of the call: the same row waits for its next try. After the last one a person is told, and the row is looked at as often as
 * any open payment. A time-out never means "not charged". Rule: § 4 "Answers to step 6", last row.
 */
async function tryLater(desk: PaymentDesk, payment: Payment, failure: StripeFailure): Promise<void> {
  const { context } = desk;
  const now = realNow(desk);
  const isGivenUp = payment.tries >= MAX_TRIES;
  const retryAfterMs = failure.kind === 'unreachable' ? failure.retryAfterMs : null;
  const nextTryAt = isGivenUp
    ? nextCheckAt(payment.sentAt ?? now, now)
    : now.add({ milliseconds: retryWaitMs(context.random, payment.tries, retryAfterMs) });
  await context.database.unitOfWork.write('try a payment later', async (tx) => {
    const before = await findPaymentRow(tx, payment.id);
    if (before?.payablePaymentStatus !== 'pending') return;
    const isToldNow = isGivenUp && before.errorCode === null;
    const set = { tries: payment.tries, nextTryAt, ...(isGivenUp ? { errorCode: PROVIDER_UNREACHABLE } : {}) };
    await updateRows(tx, payments, { where: { id: payment.id }, set: { ...set, updatedAt: context.clock.now() } });
    await followInvoice(context, tx, { invoiceId: payment.invoiceId });
    if (isToldNow) await announceFailure(context, tx, { payment, error: { code: PROVIDER_UNREACHABLE, message: failure.message } });
  });
}
