import { insertRow, updateRows, type NewRow } from '../database/rows.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { paymentLinks, type PaymentLink } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';

/** A person who was given a page is let pay on it before the first payment is made without that person. */
export const AUTOMATIC_PAYMENT_DELAY_MS = 10 * 60_000;

/** The page of an invoice that may still be paid on. */
export async function openLinkOf(db: ReadDatabase, invoiceId: string): Promise<PaymentLink | null> {
  return db.manager.findOneBy(paymentLinks, { invoiceId, status: 'open' });
}

export async function findLink(db: ReadDatabase, id: string): Promise<PaymentLink | null> {
  return db.manager.findOneBy(paymentLinks, { id });
}

export async function insertLink(tx: Transaction, row: NewRow<PaymentLink>): Promise<void> {
  await insertRow(tx, paymentLinks, row);
}

export async function updateLink(tx: Transaction, id: string, set: Partial<NewRow<PaymentLink>>): Promise<void> {
  await updateRows(tx, paymentLinks, { where: { id }, set });
}
