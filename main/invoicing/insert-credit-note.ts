import { dateIn } from '../../shared/dates.ts';
import { decimal, ZERO, type Decimal } from '../../shared/decimal.ts';
import { addCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { CreditNoteAmounts } from '../billing/invoice/credit-note-amounts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { insertRow, insertRows, updateRows, type NewRow } from '../database/rows.ts';
import { creditNoteItems, creditNotes, type CreditNote, type CreditNoteReason } from '../database/tables/credit-notes.ts';
import { invoices, type Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { enqueueJob } from './enqueue-job.ts';
import { creditNoteNumber } from './invoice-number.ts';
import { setPaymentStatus } from './payment-status.ts';
import { readCreditNote } from './read-invoice.ts';
import { freezeCreditNote } from './snapshots.ts';

export interface NewCreditNote {
  readonly invoice: Invoice;
  readonly reason: CreditNoteReason;
  readonly description: string | null;
  readonly amounts: CreditNoteAmounts;
  readonly creditAmountCents: Cents;
  readonly refundAmountCents: Cents;
  readonly offsetAmountCents: Cents;
  readonly items: readonly { readonly feeId: string; readonly amountCents: Cents; readonly exactAmountCents: Decimal }[];
  readonly metadata: CreditNote['metadata'];
}

/** Stores a finalized credit note with its items, offsets it on its own invoice and asks for its document. */
export async function insertCreditNote(context: ServiceContext, tx: Transaction, note: NewCreditNote): Promise<CreditNote> {
  const { invoice, amounts } = note;
  const sequentialId = nextSequentialId(tx, invoice.id);
  const row: NewRow<CreditNote> = {
    ...blankNote(context, invoice, sequentialId),
    number: creditNoteNumber(invoice.number, sequentialId),
    status: 'finalized',
    creditStatus: note.creditAmountCents > 0n ? 'available' : 'consumed',
    refundStatus: note.refundAmountCents > 0n ? 'pending' : null,
    reason: note.reason,
    description: note.description,
    totalAmountCents: addCents(note.creditAmountCents, note.refundAmountCents, note.offsetAmountCents),
    preciseTotalAmountCents: decimal(amounts.subTotalExcludingTaxesAmountCents).plus(amounts.exactTaxesCents),
    taxesAmountCents: amounts.taxesAmountCents,
    preciseTaxesAmountCents: amounts.exactTaxesCents,
    taxesRate: amounts.taxesRate,
    subTotalExcludingTaxesAmountCents: amounts.subTotalExcludingTaxesAmountCents,
    couponsAdjustmentAmountCents: amounts.couponsAdjustmentAmountCents,
    preciseCouponsAdjustmentAmountCents: amounts.exactCouponsAdjustmentCents,
    creditAmountCents: note.creditAmountCents,
    refundAmountCents: note.refundAmountCents,
    offsetAmountCents: note.offsetAmountCents,
    balanceAmountCents: note.creditAmountCents,
    appliedTaxes: amounts.taxes.map(({ tax, amountCents, baseAmountCents }) => ({
      id: context.random.uuid(),
      taxId: tax.id,
      code: tax.code,
      name: tax.name,
      description: tax.description,
      rate: tax.rate.toFixed(),
      amountCents: Number(amountCents),
      baseAmountCents: Number(baseAmountCents),
    })),
    metadata: note.metadata,
  };
  await insertRow(tx, creditNotes, row);
  await insertRows(
    tx,
    creditNoteItems,
    note.items.map((item) => ({
      id: context.random.uuid(),
      creditNoteId: row.id,
      feeId: item.feeId,
      amountCents: item.amountCents,
      preciseAmountCents: item.exactAmountCents,
      currency: invoice.currency,
    })),
  );
  await offsetOnInvoice(context, tx, { invoice, offsetAmountCents: note.offsetAmountCents });
  await freezeCreditNote(context, tx, row.id);
  await enqueueJob(context, tx, { kind: 'credit_note_document', subjectId: row.id });
  if (note.refundAmountCents > 0n && wasPaidThroughProvider(tx, invoice.id)) {
    await enqueueJob(context, tx, { kind: 'provider_refund', subjectId: row.id });
  }
  await context.announce?.(tx, { type: 'credit_note.created', objectType: 'credit_note', objectId: row.id });
  return readCreditNote(tx, row.id);
}

/** Keeps the place of a note whose invoice is still a draft: nobody sees it, and its amounts come with the invoice's. */
export async function insertHiddenNote(
  context: ServiceContext,
  tx: Transaction,
  hidden: { readonly invoice: Invoice; readonly termination: unknown },
): Promise<void> {
  const row = blankNote(context, hidden.invoice, nextSequentialId(tx, hidden.invoice.id));
  await insertRow(tx, creditNotes, { ...row, termination: hidden.termination });
}

async function offsetOnInvoice(
  context: ServiceContext,
  tx: Transaction,
  offset: { readonly invoice: Invoice; readonly offsetAmountCents: Cents },
): Promise<void> {
  if (offset.offsetAmountCents === 0n) return;
  const { invoice } = offset;
  const total = addCents(invoice.totalOffsettedCreditNoteAmountCents, offset.offsetAmountCents);
  const isSettled = addCents(invoice.totalPaidAmountCents, total) >= invoice.totalAmountCents;
  await updateRows(tx, invoices, {
    where: { id: invoice.id },
    set: { totalOffsettedCreditNoteAmountCents: total, updatedAt: context.clock.now() },
  });
  if (isSettled) await setPaymentStatus(context, tx, { invoiceId: invoice.id, to: 'succeeded' });
}

/** Money that came through a provider goes back through it; any other refund is a person's to make. Rule: invoicing.md § 7 "refund part". */
function wasPaidThroughProvider(db: ReadDatabase, invoiceId: string): boolean {
  const row = db
    .select<{ id: string }>(
      `SELECT "id" FROM "payments" WHERE "invoice_id" = ? AND "payment_type" = 'provider' AND "payable_payment_status" = 'succeeded' LIMIT 1`,
    )
    .get(invoiceId);
  return row !== undefined;
}

function nextSequentialId(tx: Transaction, invoiceId: string): number {
  const row = tx
    .select<{ last: number | null }>(`SELECT MAX("sequential_id") AS "last" FROM "credit_notes" WHERE "invoice_id" = ?`)
    .get(invoiceId);
  return (row?.last ?? 0) + 1;
}

const DOCUMENT_TOKEN_BYTES = 24;

function blankNote(context: ServiceContext, invoice: Invoice, sequentialId: number): NewRow<CreditNote> {
  const now = context.clock.now();
  return {
    ...NO_AMOUNTS,
    id: context.random.uuid(),
    organizationId: context.organizationId,
    customerId: invoice.customerId,
    invoiceId: invoice.id,
    sequentialId,
    number: creditNoteNumber(invoice.number, sequentialId),
    status: 'draft',
    issuingDate: dateIn(now, invoice.timezone),
    creditStatus: null,
    refundStatus: null,
    reason: 'order_cancellation',
    description: null,
    currency: invoice.currency,
    appliedTaxes: [],
    metadata: null,
    termination: null,
    snapshot: null,
    documentFile: null,
    documentToken: Buffer.from(context.random.bytes(DOCUMENT_TOKEN_BYTES)).toString('base64url'),
    voidedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

const NO_AMOUNTS = {
  totalAmountCents: ZERO_CENTS,
  preciseTotalAmountCents: ZERO,
  taxesAmountCents: ZERO_CENTS,
  preciseTaxesAmountCents: ZERO,
  taxesRate: ZERO,
  subTotalExcludingTaxesAmountCents: ZERO_CENTS,
  couponsAdjustmentAmountCents: ZERO_CENTS,
  preciseCouponsAdjustmentAmountCents: ZERO,
  creditAmountCents: ZERO_CENTS,
  refundAmountCents: ZERO_CENTS,
  offsetAmountCents: ZERO_CENTS,
  balanceAmountCents: ZERO_CENTS,
};
