import { In } from 'typeorm';
import { subtractCents, maxCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows } from '../database/rows.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';

export async function findPaymentRow(db: ReadDatabase, id: string): Promise<Payment | null> {
  return db.manager.findOneBy(payments, { id });
}

/** The payments of an invoice that went through a provider, oldest first. */
export async function providerPaymentsOf(db: ReadDatabase, invoiceId: string): Promise<readonly Payment[]> {
  return db.manager.find(payments, { where: { invoiceId, paymentType: 'provider' }, order: { sequence: 'ASC' } });
}

/** Those whose end is not known, hosted pages included. */
export async function openPaymentsOf(db: ReadDatabase, invoiceId: string): Promise<readonly Payment[]> {
  const where = { invoiceId, paymentType: 'provider' as const, payablePaymentStatus: In(['pending', 'processing']) };
  return db.manager.find(payments, { where, order: { sequence: 'ASC' } });
}

/** A row whose call may have been made and whose answer is not known. */
export function isUnresolved(payment: Payment): boolean {
  return payment.payablePaymentStatus === 'pending' && payment.sentAt !== null && payment.status === 'pending';
}

/** A row whose call was never made: it can go, or be filled in anew. */
export function isUnsent(payment: Payment): boolean {
  return payment.payablePaymentStatus === 'pending' && payment.sentAt === null && payment.status === 'pending';
}

/** Removes the row of a call that was never made and is not wanted any more. */
export async function deleteUnsent(tx: Transaction, payment: Payment): Promise<void> {
  if (isUnsent(payment)) await deleteRows(tx, payments, { id: payment.id });
}

/** The next number of an attempt, above every one that a provider may have seen. */
export function nextAttempt(db: ReadDatabase, invoiceId: string): number {
  const row = db.select<{ last: number | null }>(`SELECT MAX("attempt") AS "last" FROM "payments" WHERE "invoice_id" = ?`).get(invoiceId);
  return (row?.last ?? 0) + 1;
}

/** What is still to be paid of an invoice; nothing of one that is not final. */
export function dueOn(invoice: Invoice): Cents {
  if (invoice.status !== 'finalized') return ZERO_CENTS;
  const { totalAmountCents, totalPaidAmountCents, totalOffsettedCreditNoteAmountCents } = invoice;
  return maxCents(subtractCents(totalAmountCents, totalPaidAmountCents, totalOffsettedCreditNoteAmountCents), ZERO_CENTS);
}
