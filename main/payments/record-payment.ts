import { present } from '../../shared/assert.ts';
import { readCustomer } from '../customers/index.ts';
import { updateRows, type NewRow } from '../database/rows.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { enqueueJob, readInvoice } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { followInvoice } from './follow-invoice.ts';
import { paymentFailureAnnouncement } from './payment-failure.ts';
import { findPaymentRow } from './payment-rows.ts';
import { nextPaymentStatus, type PaymentEvent } from './payment-state.ts';
import type { IntentFacts } from './stripe/intent-facts.ts';
import { findProviderRow } from './stripe/stripe-accounts.ts';
import { fromStripeAmount } from './stripe/stripe-amounts.ts';
import { nextCheckAt } from './waits.ts';

/** The card's owner must be there. Rule: payments-and-webhooks.md § 4 "Answers to step 6". */
const AUTHENTICATION_REQUIRED = 'authentication_required';
const REQUIRES_ACTION = 'requires_action';

/** What was heard of a payment, whichever way: an answer, an event, a look. */
export interface PaymentNews {
  readonly event: PaymentEvent;
  /** The provider's own word, or ours where it has none. */
  readonly status: string;
  readonly intent: IntentFacts | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What an intent says, as news. */
export function newsOf(intent: IntentFacts): PaymentNews {
  return {
    event: intent.event,
    status: intent.status,
    intent,
    error: intent.event === 'failed' ? (intent.error ?? canceled(intent)) : null,
  };
}

function canceled(intent: IntentFacts): PaymentNews['error'] {
  return { code: intent.status, message: `The payment is ${intent.status.replaceAll('_', ' ')}.` };
}

/**
 * The one place where a payment of a provider changes its state; its invoice follows. News that come too late, or again, change nothing.
 * Answers whether anything changed. Rule: payments-and-webhooks.md §§ 4, 5.
 */
export async function recordNews(
  desk: PaymentDesk,
  tx: Transaction,
  heard: { readonly paymentId: string; readonly news: PaymentNews },
): Promise<boolean> {
  const { news } = heard;
  const payment = present(await findPaymentRow(tx, heard.paymentId), 'a payment that is heard of exists');
  const to = nextPaymentStatus(payment.payablePaymentStatus, news.event);
  if (to === null) {
    await keepIntentId(tx, payment, news.intent);
    return false;
  }
  const change = changeOf(desk, payment, { to, news });
  if (isSame(payment, change)) return false;
  await updateRows(tx, payments, { where: { id: payment.id }, set: { ...change, updatedAt: desk.context.clock.now() } });
  const after = { ...payment, ...change };
  const asksOwner = await isAskedOfOwner(desk, tx, { payment, news });
  if (asksOwner) await enqueueJob(desk.context, tx, { kind: 'collect_invoice', subjectId: payment.invoiceId });
  await followInvoice(desk.context, tx, { invoiceId: payment.invoiceId, isTriedAgain: asksOwner || news.event === 'abandoned' });
  if (!asksOwner) await announceNews(desk.context, tx, { before: payment, after, news });
  return true;
}

function changeOf(
  desk: PaymentDesk,
  payment: Payment,
  heard: { readonly to: Payment['payablePaymentStatus']; readonly news: PaymentNews },
): Partial<NewRow<Payment>> {
  const { to, news } = heard;
  const { intent } = news;
  const now = realNow(desk);
  return {
    payablePaymentStatus: to,
    status: news.status,
    errorCode: news.error?.code ?? null,
    nextAction: intent?.nextAction ?? null,
    nextTryAt: to === 'processing' ? nextCheckAt(payment.sentAt ?? now, now) : null,
    sentAt: payment.sentAt ?? (intent === null ? null : now),
    ...(intent === null
      ? {}
      : { providerPaymentId: intent.id, providerPaymentMethodId: intent.methodId ?? payment.providerPaymentMethodId }),
    // Less than was asked for may have come; what came is what was paid.
    ...(to === 'succeeded' && intent !== null ? { amountCents: fromStripeAmount(intent.amountReceived, payment.currency) } : {}),
  };
}

/** Looks at what is shown; when it is looked at next is no change. */
function isSame(payment: Payment, change: Partial<NewRow<Payment>>): boolean {
  const isSameValue = (name: keyof Payment & keyof typeof change): boolean =>
    JSON.stringify(payment[name]) === JSON.stringify(change[name]);
  return (
    (['payablePaymentStatus', 'status', 'errorCode', 'nextAction'] as const).every(isSameValue) &&
    payment.providerPaymentId === (change.providerPaymentId ?? payment.providerPaymentId)
  );
}

/** A failed payment whose intent was not known yet learns it all the same: later events find it by that. */
async function keepIntentId(tx: Transaction, payment: Payment, intent: IntentFacts | null): Promise<void> {
  if (intent === null || payment.providerPaymentId !== null) return;
  await updateRows(tx, payments, { where: { id: payment.id }, set: { providerPaymentId: intent.id } });
}

/** Whether a payment that was made without its owner is made once more, so that the owner can be asked. */
async function isAskedOfOwner(
  desk: PaymentDesk,
  tx: Transaction,
  heard: { readonly payment: Payment; readonly news: PaymentNews },
): Promise<boolean> {
  const { payment, news } = heard;
  if (news.event !== 'failed' || news.error?.code !== AUTHENTICATION_REQUIRED || !wasMadeAlone(payment)) return false;
  const invoice = await readInvoice(tx, payment.invoiceId);
  if (invoice.status !== 'finalized' || invoice.paymentStatus === 'succeeded') return false;
  const provider = await findProviderRow(tx, desk.context.organizationId, payment.providerCode ?? '');
  return provider?.supports3ds === true;
}

function wasMadeAlone(payment: Payment): boolean {
  return (payment.requestBody as { readonly off_session?: boolean } | null)?.off_session === true;
}

/** Whether an earlier payment of the invoice failed because its owner was not there. */
export function mustAskOwner(earlier: readonly Payment[]): boolean {
  return earlier.some((payment) => payment.errorCode === AUTHENTICATION_REQUIRED);
}

async function announceNews(
  context: ServiceContext,
  tx: Transaction,
  heard: { readonly before: Payment; readonly after: Payment; readonly news: PaymentNews },
): Promise<void> {
  const { before, after, news } = heard;
  const about = { objectType: 'payment', objectId: after.id };
  if (after.payablePaymentStatus === 'succeeded') await context.announce?.(tx, { type: 'payment.succeeded', ...about });
  if (after.status === REQUIRES_ACTION && before.status !== REQUIRES_ACTION) {
    await context.announce?.(tx, { type: 'payment.requires_action', ...about });
  }
  if (news.event === 'failed' && news.error !== null) await announceFailure(context, tx, { payment: after, error: news.error });
}

/** Tells that an invoice could not be collected; nobody is told of one that is void or was paid otherwise. */
export async function announceFailure(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly payment: Payment; readonly error: { readonly code: string; readonly message: string } },
): Promise<void> {
  const invoice = await readInvoice(tx, of.payment.invoiceId);
  if (invoice.status !== 'finalized' || invoice.paymentStatus === 'succeeded') return;
  const customer = await readCustomer(tx, invoice.customerId);
  await context.announce?.(tx, paymentFailureAnnouncement({ invoiceId: invoice.id, customer, ...of.error }));
}
