import { IsNull } from 'typeorm';
import { readCustomer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { insertRow } from '../database/rows.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { findInvoice } from '../invoicing/index.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { NEW_PAYMENT } from './open-attempt.ts';
import { newsOf, recordNews } from './record-payment.ts';
import type { IntentFacts } from './stripe/intent-facts.ts';
import { fromStripeAmount } from './stripe/stripe-amounts.ts';

/**
 * Records what an intent says that came by itself: in an event, or in a list. One without our marks is somebody else's, since the account is
 * shared; one that names an invoice of ours but has no row gets one. Answers whether anything changed. Rule: payments-and-webhooks.md § 5.
 */
export async function takeIntent(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly intent: IntentFacts; readonly providerCode: string },
): Promise<boolean> {
  const organizationId = of.intent.metadata['lago_organization_id'] ?? desk.context.organizationId;
  if (organizationId !== desk.context.organizationId) return false;
  const payment = (await findRowOf(tx, of.intent)) ?? (await insertRowOf(desk, tx, of));
  return payment === null ? false : recordNews(desk, tx, { paymentId: payment.id, news: newsOf(of.intent) });
}

async function findRowOf(db: ReadDatabase, intent: IntentFacts): Promise<Payment | null> {
  const known = await db.manager.findOneBy(payments, { providerPaymentId: intent.id });
  if (known !== null) return known;
  const { lago_payment_id: id, lago_invoice_id: invoiceId, lago_attempt: attempt } = intent.metadata;
  // A row that has another intent keeps it: a second one is a second payment.
  const isWithoutIntent = { paymentType: 'provider' as const, providerPaymentId: IsNull() };
  const named = id === undefined ? null : await db.manager.findOneBy(payments, { id, ...isWithoutIntent });
  if (named !== null) return named;
  const number = attemptOf(attempt);
  if (invoiceId === undefined || number === null) return null;
  return db.manager.findOneBy(payments, { invoiceId, attempt: number, ...isWithoutIntent });
}

function attemptOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

async function insertRowOf(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly intent: IntentFacts; readonly providerCode: string },
): Promise<Payment | null> {
  const { context } = desk;
  const { intent, providerCode } = of;
  const invoice = await findInvoice(tx, context.organizationId, intent.metadata['lago_invoice_id'] ?? '');
  if (invoice === null) return null;
  const customer = await readCustomer(tx, invoice.customerId);
  const now = context.clock.now();
  const row = {
    ...NEW_PAYMENT,
    id: context.random.uuid(),
    organizationId: context.organizationId,
    customerId: customer.id,
    invoiceId: invoice.id,
    amountCents: fromStripeAmount(intent.amount, invoice.currency),
    currency: invoice.currency,
    providerCode,
    providerCustomerId: intent.customerId ?? customer.providerCustomerId,
    providerPaymentId: intent.id,
    providerPaymentMethodId: intent.methodId,
    attempt: await freeAttempt(tx, invoice, intent),
    sentAt: realNow(desk),
    nextTryAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await insertRow(tx, payments, row);
  return { ...row, sequence: 0 };
}

/**
 * The number under which the intent was made, so that it is never used again; none where a row has it, or where an attempt of ours is under way
 * and this one would be a second.
 */
async function freeAttempt(db: ReadDatabase, invoice: Invoice, intent: IntentFacts): Promise<number | null> {
  const attempt = attemptOf(intent.metadata['lago_attempt']);
  if (attempt === null) return null;
  const rows = await db.manager.findBy(payments, { invoiceId: invoice.id, paymentType: 'provider' });
  const isTaken = rows.some((row) => row.attempt === attempt);
  const isAnotherUnderWay = rows.some(
    (row) => row.attempt !== null && (row.payablePaymentStatus === 'pending' || row.payablePaymentStatus === 'processing'),
  );
  return isTaken || isAnotherUnderWay ? null : attempt;
}
