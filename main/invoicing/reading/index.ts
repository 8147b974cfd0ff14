/**
 * Owns: how invoices, fees and credit notes are found and what a reader gets of them.
 * Does not own: how they come about or change.
 * Start reading at: invoice-list.ts.
 */
export { findCreditNote, listCreditNotes, type CreditNoteFilter, type CreditNoteType, type ListedCreditNote } from './credit-note-list.ts';
export { openOwnInvoiceDocument, openOwnNoteDocument, proposedFileName, readNamedCustomer, type NamedCustomer } from './document-name.ts';
export { findFee, listFees, type FeeFilter, type FeeTime, type ListedFee } from './fee-list.ts';
export { readInvoiceDetail, type InvoicedPeriod, type InvoiceDetail, type UsedCredit } from './invoice-detail.ts';
export {
  groupFees,
  readInvoicePageFacts,
  usesOfNote,
  type FeesOfSubscription,
  type InvoiceMomentFact,
  type InvoicePageFacts,
  type NoteUse,
} from './invoice-facts.ts';
export { listInvoices, type InvoiceFilter, type InvoiceSummary, type ListedInvoice } from './invoice-list.ts';
export {
  pageOfCreditNotes,
  pageOfInvoices,
  type CreditNoteListRow,
  type CreditNotePageFilter,
  type InvoiceListRow,
  type InvoicePageFilter,
} from './list-pages.ts';
export { openCreditNoteDocument, openInvoiceDocument, type DocumentAddress, type DocumentFile } from './open-document.ts';
