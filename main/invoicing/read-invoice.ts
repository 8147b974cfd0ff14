import { present } from '../../shared/assert.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { creditNotes, type CreditNote } from '../database/tables/credit-notes.ts';
import { fees, invoices, type Fee, type Invoice } from '../database/tables/invoices.ts';

/** An invoice that is referred to. */
export async function readInvoice(db: ReadDatabase, id: string): Promise<Invoice> {
  return present(await db.manager.findOneBy(invoices, { id }), 'an invoice that is referred to exists');
}

/** The fees of an invoice in the order in which they were made. */
export function readFees(db: ReadDatabase, invoiceId: string): Promise<Fee[]> {
  return db.manager.find(fees, { where: { invoiceId }, order: { sequence: 'ASC' } });
}

export async function readCreditNote(db: ReadDatabase, id: string): Promise<CreditNote> {
  return present(await db.manager.findOneBy(creditNotes, { id }), 'a credit note that is referred to exists');
}

/** A visible invoice by its id; an id of another organization, or text that is no id, finds nothing. */
export async function findInvoice(db: ReadDatabase, organizationId: string, id: string): Promise<Invoice | null> {
  const invoice = await db.manager.findOneBy(invoices, { id, organizationId });
  return invoice === null || invoice.status === 'generating' || invoice.status === 'closed' ? null : invoice;
}
