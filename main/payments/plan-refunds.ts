import type Stripe from 'stripe';
import { minCents, subtractCents, addCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { insertRow, type NewRow } from '../database/rows.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { CreditNote, CreditNoteReason } from '../database/tables/credit-notes.ts';
import { payments, refunds, type Payment, type Refund } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { toStripeAmount } from './stripe/stripe-amounts.ts';

/** Stripe's words for why; any other reason is left out. Rule: payments-and-webhooks.md § 7. */
const REASONS: Readonly<Partial<Record<CreditNoteReason, Stripe.RefundCreateParams.Reason>>> = {
  duplicated_charge: 'duplicate',
  fraudulent_charge: 'fraudulent',
  product_unsatisfactory: 'requested_by_customer',
  order_change: 'requested_by_customer',
  order_cancellation: 'requested_by_customer',
};

/**
 * Writes down which payments give back what of a credit note, the newest first, each with the exact body and key of its call: one refund for
 * each, once, however often it is asked for. The rows are there before anybody is called. Rule: § 7 "Refund of a credit note".
 */
export async function planRefunds(desk: PaymentDesk, tx: Transaction, note: CreditNote): Promise<readonly Refund[]> {
  const planned = await tx.manager.find(refunds, { where: { creditNoteId: note.id }, order: { sequence: 'ASC' } });
  if (planned.length > 0) return planned;
  const rows: NewRow<Refund>[] = [];
  let openCents = note.refundAmountCents;
  for (const payment of await refundablePayments(tx, note.invoiceId)) {
    const amountCents = minCents(openCents, subtractCents(payment.amountCents, await refundedOf(tx, payment.id)));
    if (amountCents <= 0n) continue;
    const row = rowOf(desk, { note, payment, amountCents, index: rows.length });
    if (row !== null) rows.push(row);
    openCents = subtractCents(openCents, amountCents);
  }
  for (const row of rows) await insertRow(tx, refunds, row);
  return tx.manager.find(refunds, { where: { creditNoteId: note.id }, order: { sequence: 'ASC' } });
}

async function refundablePayments(db: ReadDatabase, invoiceId: string): Promise<readonly Payment[]> {
  const where = { invoiceId, paymentType: 'provider' as const, payablePaymentStatus: 'succeeded' as const };
  const rows = await db.manager.find(payments, { where, order: { sequence: 'DESC' } });
  return rows.filter((payment) => payment.providerPaymentId !== null);
}

async function refundedOf(db: ReadDatabase, paymentId: string): Promise<Cents> {
  const rows = await db.manager.findBy(refunds, { paymentId });
  return addCents(ZERO_CENTS, ...rows.filter((row) => row.status !== 'failed').map((row) => row.amountCents));
}

interface RefundParts {
  readonly note: CreditNote;
  readonly payment: Payment;
  readonly amountCents: Cents;
  readonly index: number;
}

/** Null where Stripe cannot give back such an amount. */
function rowOf(desk: PaymentDesk, { note, payment, amountCents, index }: RefundParts): NewRow<Refund> | null {
  const amount = toStripeAmount(amountCents, payment.currency);
  if (amount === null) return null;
  const { context } = desk;
  const reason = REASONS[note.reason];
  const body: Stripe.RefundCreateParams = {
    payment_intent: payment.providerPaymentId ?? '',
    amount,
    ...(reason === undefined ? {} : { reason }),
    metadata: { lago_customer_id: note.customerId, lago_credit_note_id: note.id, lago_invoice_id: note.invoiceId },
  };
  const now = context.clock.now();
  return {
    id: context.random.uuid(),
    organizationId: context.organizationId,
    creditNoteId: note.id,
    paymentId: payment.id,
    amountCents,
    currency: payment.currency,
    status: 'pending',
    providerCode: payment.providerCode ?? '',
    providerRefundId: null,
    idempotencyKey: index === 0 ? note.id : `${note.id}:${String(index + 1)}`,
    requestBody: body,
    errorCode: null,
    tries: 0,
    sentAt: null,
    nextTryAt: realNow(desk),
    createdAt: now,
    updatedAt: now,
  };
}
