/**
 * Owns: invoices from the facts to the frozen document, their fees and numbers, credit notes and how invoices use them.
 * Does not own: when something falls due (subscriptions/), what usage amounts to (usage/), the arithmetic (billing/).
 * Start reading at: generate-invoice.ts, then finalize-invoice.ts.
 */
export type { CreditNote } from '../database/tables/credit-notes.ts';
export type { Fee, Invoice } from '../database/tables/invoices.ts';
export { billAdvanceEvent } from './advance-invoice.ts';
export { giveCouponsBack } from './apply-coupons.ts';
export { applyAddOn, type AddOnApplication, type AppliedAddOnDetails } from './applied-add-on.ts';
export { atInstant } from './at-instant.ts';
export { readPayableFees } from './consume-wallets.ts';
export { createCreditInvoice } from './credit-invoice.ts';
export { createCreditNote, type CreditNoteInput } from './create-credit-note.ts';
export { previewCreditNote, readCreditableFees, type CreditableFees, type PreviewedNote } from './creditable.ts';
export { mergeCreditNoteMetadata, removeCreditNoteMetadataKey, replaceCreditNoteMetadata } from './credit-note-metadata.ts';
export { deleteDraft } from './delete-draft.ts';
export { loseDispute, loseDisputeInTransaction } from './dispute.ts';
export { documentOfCreditNote, documentOfInvoice, renderCreditNoteDocument, renderInvoiceDocument } from './documents.ts';
export { enqueueJob } from './enqueue-job.ts';
export { estimateCreditNote, type CreditNoteEstimate } from './estimate-credit-note.ts';
export { finalizeDraft, finalizeDraftsToday, finalizeInvoice } from './finalize-invoice.ts';
export { gatherFacts, type ItemToBill } from './gather-facts.ts';
export { claimOf, generateInvoice, periodicClaim, storeClaims, type Claim } from './generate-invoice.ts';
export { gracePeriod } from './issuing-dates.ts';
export { createOneOffInvoice, type OneOffFeeInput, type OneOffInvoiceInput } from './one-off-invoice.ts';
export type { DocumentSnapshot } from './pdf/document-snapshot.ts';
export { fontsFolder } from './pdf/fonts-folder.ts';
export { MAX_LOGO_BYTES, readLogo, type LogoImage } from './pdf/logo-image.ts';
export { createPdfRenderer, type PdfRenderer } from './pdf/pdf-renderer.ts';
export { failInvoice, markOverdue } from './overdue.ts';
export * from './reading/index.ts';
export { draftsOfPlan, refreshDraftsOfPlan, refreshInvoice } from './rebill-invoice.ts';
export { recordFailedGeneration, writeInvoiceError, type UnbilledRow } from './failed-invoice.ts';
export { retryInvoice } from './retry-invoice.ts';
export { previewFinalizations, totalsByCurrency } from './preview-draft.ts';
export { finalizePreviewed, previewAndUndo, type Previewed } from './preview-invoice.ts';
export { previewSettings, type SettingsPreview } from './settings-preview.ts';
export { setPaymentStatus } from './payment-status.ts';
export { findInvoice, readInvoice } from './read-invoice.ts';
export { regroupPaidFees } from './regroup-paid-fees.ts';
export { draftsOfCustomer, shiftDrafts } from './shift-drafts.ts';
export { createTerminationNote, type NoteMode } from './termination-note.ts';
export { deleteFee, updateFee } from './update-fee.ts';
export { updateInvoice, type InvoiceChange, type InvoiceMetadataItem } from './update-invoice.ts';
export { updateCreditNote, type CreditNoteChange } from './update-credit-note.ts';
export { voidCreditNote } from './void-credit-note.ts';
export { voidInvoice, type VoidOptions } from './void-invoice.ts';
