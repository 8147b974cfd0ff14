import type Stripe from 'stripe';
import { readCustomer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { creditNotes, type CreditNote, type RefundStatus } from '../database/tables/credit-notes.ts';
import { refunds, type Refund } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { present } from '../../shared/assert.ts';
import { addCents } from '../../shared/money.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { idOf } from './stripe/intent-facts.ts';
import { nextCheckAt } from './waits.ts';

/** What was heard of a refund. */
export interface RefundNews {
  readonly status: RefundStatus;
  readonly providerRefundId: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Money that has left may still come back; what failed stays failed. */
const TRANSITIONS: Readonly<Record<RefundStatus, readonly RefundStatus[]>> = {
  pending: ['pending', 'succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
};

/** Stripe's words; a refund that waits for its receiver is pending. */
export function refundNews(refund: Stripe.Refund): RefundNews {
  const isFailed = refund.status === 'failed' || refund.status === 'canceled';
  const status = refund.status === 'succeeded' ? 'succeeded' : isFailed ? 'failed' : 'pending';
  const reason = refund.failure_reason ?? refund.status ?? 'failed';
  return { status, providerRefundId: refund.id, error: isFailed ? { code: reason, message: `The refund failed: ${reason}.` } : null };
}

/** Records a refund that an event tells of; one that is not ours is left alone. Answers whether anything changed. */
export async function takeRefund(desk: PaymentDesk, tx: Transaction, refund: Stripe.Refund): Promise<boolean> {
  const row = (await tx.manager.findOneBy(refunds, { providerRefundId: refund.id })) ?? (await findNamed(tx, refund));
  return row === null ? false : recordRefund(desk, tx, { row, news: refundNews(refund) });
}

async function findNamed(db: ReadDatabase, refund: Stripe.Refund): Promise<Refund | null> {
  const creditNoteId = refund.metadata?.['lago_credit_note_id'];
  if (creditNoteId === undefined) return null;
  const rows = await db.manager.findBy(refunds, { creditNoteId });
  const intentId = idOf(refund.payment_intent);
  return rows.find((row) => row.providerRefundId === null && bodyOf(row).payment_intent === intentId) ?? null;
}

export function bodyOf(row: Refund): Stripe.RefundCreateParams {
  return row.requestBody as Stripe.RefundCreateParams;
}

/** The one place where a refund changes its state; its credit note follows. Rule: payments-and-webhooks.md §§ 5, 7. */
export async function recordRefund(
  desk: PaymentDesk,
  tx: Transaction,
  heard: { readonly row: Refund; readonly news: RefundNews },
): Promise<boolean> {
  const { news } = heard;
  const row = present(await tx.manager.findOneBy(refunds, { id: heard.row.id }), 'a refund that is heard of exists');
  if (!TRANSITIONS[row.status].includes(news.status)) return false;
  const now = realNow(desk);
  const providerRefundId = news.providerRefundId ?? row.providerRefundId;
  const nextTryAt = news.status === 'pending' ? nextCheckAt(row.sentAt ?? now, now) : null;
  const set = { status: news.status, providerRefundId, errorCode: news.error?.code ?? null, nextTryAt };
  await updateRows(tx, refunds, { where: { id: row.id }, set: { ...set, updatedAt: desk.context.clock.now() } });
  if (row.status === news.status) return providerRefundId !== row.providerRefundId;
  await followNote(desk, tx, row.creditNoteId);
  if (news.status === 'failed') await announceRefundFailure(desk, tx, { creditNoteId: row.creditNoteId, error: news.error });
  return true;
}

/** A note is refunded when all of it came back; a part that nobody sends back through the provider leaves it pending. */
async function followNote(desk: PaymentDesk, tx: Transaction, creditNoteId: string): Promise<void> {
  const note = await noteOf(tx, creditNoteId);
  const rows = await tx.manager.findBy(refunds, { creditNoteId });
  const sent = addCents(...rows.filter((row) => row.status === 'succeeded').map((row) => row.amountCents));
  const isFailed = rows.some((row) => row.status === 'failed');
  const refundStatus: RefundStatus = isFailed ? 'failed' : sent >= note.refundAmountCents ? 'succeeded' : 'pending';
  if (refundStatus === note.refundStatus) return;
  await updateRows(tx, creditNotes, { where: { id: note.id }, set: { refundStatus, updatedAt: desk.context.clock.now() } });
}

async function noteOf(db: ReadDatabase, id: string): Promise<CreditNote> {
  return present(await db.manager.findOneBy(creditNotes, { id }), 'a refund has its credit note');
}

async function announceRefundFailure(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly creditNoteId: string; readonly error: RefundNews['error'] },
): Promise<void> {
  const note = await noteOf(tx, of.creditNoteId);
  const customer = await readCustomer(tx, note.customerId);
  await desk.context.announce?.(tx, {
    type: 'credit_note.provider_refund_failure',
    objectType: 'credit_note_payment_provider_refund_error',
    objectId: note.id,
    object: {
      lago_credit_note_id: note.id,
      lago_customer_id: customer.id,
      external_customer_id: customer.externalId,
      provider_customer_id: customer.providerCustomerId,
      payment_provider: customer.paymentProvider,
      payment_provider_code: customer.paymentProviderCode,
      provider_error: { message: of.error?.message ?? '', error_code: of.error?.code ?? '' },
    },
  });
}
