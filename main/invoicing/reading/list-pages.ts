import { readCreditNoteListPage, type CreditNoteListFilter, type CreditNoteListRow } from '../../database/lists/credit-notes.ts';
import { readInvoiceListPage, type InvoiceListFilter, type InvoiceListRow } from '../../database/lists/invoices.ts';
import type { ListPage, ListWish } from '../../database/list-query.ts';
import type { ServiceContext } from '../../service-context.ts';

export type { CreditNoteListRow, InvoiceListRow };
export type InvoicePageFilter = Omit<InvoiceListFilter, 'organizationId'>;
export type CreditNotePageFilter = Omit<CreditNoteListFilter, 'organizationId'>;
type PageWish = Omit<ListWish, 'conditions'>;

/** A page of the screens' list of invoices, sorted by any of its columns. */
export function pageOfInvoices(context: ServiceContext, filter: InvoicePageFilter, wish: PageWish): ListPage<InvoiceListRow> {
  const { database, organizationId } = context;
  return readInvoiceListPage(database.read, { ...filter, organizationId }, wish);
}

/** The same of credit notes. */
export function pageOfCreditNotes(context: ServiceContext, filter: CreditNotePageFilter, wish: PageWish): ListPage<CreditNoteListRow> {
  const { database, organizationId } = context;
  return readCreditNoteListPage(database.read, { ...filter, organizationId }, wish);
}
