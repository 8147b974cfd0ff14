import type { ReadDatabase } from './read-database.ts';

/** Where the books of invoices and credit notes stand: what is made later has a higher place. */
export interface BooksPlace {
  readonly invoice: number;
  readonly creditNote: number;
}

export function placeOfBooks(db: ReadDatabase): BooksPlace {
  const newest = (table: 'invoices' | 'credit_notes'): number =>
    db.select<{ readonly newest: number | null }>(`SELECT MAX("sequence") AS "newest" FROM "${table}"`).get()?.newest ?? 0;
  return { invoice: newest('invoices'), creditNote: newest('credit_notes') };
}

/** Ids of the invoices of a customer that were made after that and that are shown, oldest first. */
export function invoicesMadeSince(db: ReadDatabase, customerId: string, place: BooksPlace): readonly string[] {
  return db
    .select<{ readonly id: string }>(
      `SELECT "id" FROM "invoices" WHERE "sequence" > ? AND "customer_id" = ? AND "status" IN ('draft', 'finalized') ORDER BY "sequence"`,
    )
    .all(place.invoice, customerId)
    .map(({ id }) => id);
}

/** The credit notes of a customer that were made after that, oldest first; hidden ones too. */
export function notesMadeSince(
  db: ReadDatabase,
  customerId: string,
  place: BooksPlace,
): readonly { readonly id: string; readonly invoiceId: string; readonly isHidden: boolean }[] {
  return db
    .select<{ readonly id: string; readonly invoiceId: string; readonly status: string }>(
      `SELECT "id", "invoice_id" AS "invoiceId", "status" FROM "credit_notes" WHERE "sequence" > ? AND "customer_id" = ? ORDER BY "sequence"`,
    )
    .all(place.creditNote, customerId)
    .map(({ id, invoiceId, status }) => ({ id, invoiceId, isHidden: status === 'draft' }));
}
