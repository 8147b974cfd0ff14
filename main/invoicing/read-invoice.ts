import { present } from '../../shared/assert.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow, findRows } from '../database/rows.ts';
import { creditNotes, type CreditNote } from '../database/tables/credit-notes.ts';
import { fees, invoices, type Fee, type Invoice } from '../database/tables/invoices.ts';

/** An invoice that is referred to. */
export function readInvoice(db: ReadDatabase, id: string): Promise<Invoice> {
  return Promise.resolve(present(findRow(db, invoices, { id }), 'an invoice that is referred to exists'));
}

/** The fees of an invoice in the order in which they were made. */
export function readFees(db: ReadDatabase, invoiceId: string): Promise<Fee[]> {
  return Promise.resolve(findRows(db, fees, { invoiceId }));
}

export function readCreditNote(db: ReadDatabase, id: string): Promise<CreditNote> {
  return Promise.resolve(present(findRow(db, creditNotes, { id }), 'a credit note that is referred to exists'));
}

/** A visible invoice by its id; an id of another organization, or text that is no id, finds nothing. */
export function findInvoice(db: ReadDatabase, organizationId: string, id: string): Promise<Invoice | null> {
  const invoice = findRow(db, invoices, { id, organizationId });
  return Promise.resolve(invoice === null || invoice.status === 'generating' || invoice.status === 'closed' ? null : invoice);
}
