import { addCents, maxCents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { creditNotePartErrors, type CreditNoteParts, type CreditNoteRoom } from '../billing/invoice/credit-note-limits.ts';
import type { Fee, Invoice } from '../database/tables/invoices.ts';
import type { ServiceContext } from '../service-context.ts';
import { exactTotalOf, findCreditableInvoice, remainingOnFee, roomOf, type CreditNoteItemInput } from './credit-note-checks.ts';
import { estimateCreditNote, type CreditNoteEstimate } from './estimate-credit-note.ts';
import { groupFees } from './reading/invoice-facts.ts';
import { readFees } from './read-invoice.ts';

/** The fees of an invoice with what is left of each to be credited, and how much may go where. */
export interface CreditableFees {
  readonly invoice: Invoice;
  readonly fees: readonly { readonly fee: Fee; readonly creditableAmountCents: Cents; readonly subscriptionName: string | null }[];
  readonly room: CreditNoteRoom;
}

/** What a credit note on this invoice could hold. Errors: those of the note's invoice. Rule: invoicing.md § 7. */
export async function readCreditableFees(context: ServiceContext, invoiceId: string): Promise<Result<CreditableFees>> {
  const db = context.database.read;
  const found = await findCreditableInvoice(db, context.organizationId, invoiceId);
  if (!found.ok) return found;
  const rows = await readFees(db, invoiceId);
  const names = new Map(groupFees(db, rows).map((group) => [group.subscriptionId, group.name]));
  const fees = rows.map((fee) => ({
    fee,
    creditableAmountCents: remainingOnFee(db, fee),
    subscriptionName: names.get(fee.subscriptionId) ?? null,
  }));
  return ok({ invoice: found.value, fees, room: await roomOf(db, found.value) });
}

/** A credit note before it is written, with what is left for the credit part. */
export interface PreviewedNote {
  readonly estimate: CreditNoteEstimate;
  readonly parts: CreditNoteParts;
  readonly dueBeforeCents: Cents;
  readonly dueAfterCents: Cents;
  /** What a command would refuse. */
  readonly errors: FieldErrors;
}

/** Estimates a note and gives as credit what is neither refunded nor offset. */
export async function previewCreditNote(
  context: ServiceContext,
  asked: {
    readonly invoiceId: string;
    readonly items: readonly CreditNoteItemInput[] | 'invalid';
    readonly refundAmountCents: Cents;
    readonly offsetAmountCents: Cents;
  },
): Promise<Result<PreviewedNote>> {
  const estimated = await estimateCreditNote(context, asked);
  if (!estimated.ok) return estimated;
  const { invoice, items, amounts } = estimated.value;
  const { refundAmountCents, offsetAmountCents } = asked;
  const creditAmountCents = maxCents(subtractCents(amounts.totalAmountCents, refundAmountCents, offsetAmountCents), ZERO_CENTS);
  const parts = { creditAmountCents, refundAmountCents, offsetAmountCents };
  const db = context.database.read;
  const dueBeforeCents = subtractCents(
    invoice.totalAmountCents,
    addCents(invoice.totalPaidAmountCents, invoice.totalOffsettedCreditNoteAmountCents),
  );
  return ok({
    estimate: estimated.value,
    parts,
    dueBeforeCents,
    dueAfterCents: subtractCents(dueBeforeCents, offsetAmountCents),
    errors: creditNotePartErrors(parts, exactTotalOf(db, invoice, items), await roomOf(db, invoice)),
  });
}
