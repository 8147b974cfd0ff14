import type { InvoiceAction, InvoiceRefusal } from '../../shared/internal/invoices.ts';
import { canBecome } from '../billing/invoice/invoice-state.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import { remainingItems, roomOf } from './credit-note-checks.ts';

// Why a command refuses an invoice: the commands ask these, and so do screens that show what is possible. Rule: invoicing.md §§ 2, 7, 9.

/** What a screen is told of an invoice beside what the payment provider allows. */
export type OwnAction = Exclude<InvoiceAction, 'record_payment' | 'retry_payment' | 'payment_link'>;

type OfState = Pick<Invoice, 'status'>;

export function draftRefusal(invoice: OfState): InvoiceRefusal | null {
  return invoice.status === 'draft' ? null : 'invoice_is_not_a_draft';
}

export function creditableRefusal(invoice: OfState): InvoiceRefusal | null {
  if (invoice.status === 'finalized') return null;
  return stateRefusal(invoice);
}

export function disputeRefusal(invoice: OfState): InvoiceRefusal | null {
  return invoice.status === 'finalized' || invoice.status === 'voided' ? null : stateRefusal(invoice);
}

export function retryRefusal(invoice: OfState): InvoiceRefusal | null {
  return invoice.status === 'failed' ? null : 'invoice_is_not_failed';
}

/** Only an unpaid final invoice of which nothing was given back. */
export function voidRefusal(db: ReadDatabase, invoice: Invoice): InvoiceRefusal | null {
  if (!canBecome(invoice.status, 'voided')) return stateRefusal(invoice);
  if (invoice.paymentStatus === 'succeeded') return 'invoice_is_paid';
  if (invoice.totalPaidAmountCents !== 0n) return 'invoice_has_payment';
  if (invoice.paymentDisputeLostAt !== null) return 'dispute_was_lost';
  return hasLivingNote(db, invoice.id) ? 'invoice_has_credit_note' : null;
}

/** What stands against each thing that can be done with an invoice; null: nothing. */
export async function ownRefusals(db: ReadDatabase, invoice: Invoice): Promise<Readonly<Record<OwnAction, InvoiceRefusal | null>>> {
  return {
    download: invoice.snapshot === null ? (invoice.status === 'draft' ? 'invoice_is_draft' : 'invoice_is_not_final') : null,
    refresh: invoice.invoiceType === 'subscription' ? draftRefusal(invoice) : 'invoice_type_is_not_refreshed',
    finalize: draftRefusal(invoice),
    credit_note: creditableRefusal(invoice) ?? (await emptyRefusal(db, invoice)),
    void: voidRefusal(db, invoice),
    lose_dispute: disputeRefusal(invoice) ?? (invoice.paymentDisputeLostAt === null ? null : 'dispute_was_lost'),
    retry: retryRefusal(invoice),
    delete: draftRefusal(invoice),
  };
}

function stateRefusal({ status }: OfState): InvoiceRefusal {
  if (status === 'draft') return 'invoice_is_draft';
  return status === 'voided' ? 'invoice_is_voided' : 'invoice_is_not_final';
}

/** Nothing of the invoice is left to be given back in any way. */
async function emptyRefusal(db: ReadDatabase, invoice: Invoice): Promise<InvoiceRefusal | null> {
  const room = await roomOf(db, invoice);
  const isSome = [room.creditableCents, room.refundableCents, room.offsettableCents].some((amount) => amount > 0n);
  return isSome && (await remainingItems(db, invoice)).length > 0 ? null : 'nothing_left_to_credit';
}

/** A note that was not voided has given something back already. */
function hasLivingNote(db: ReadDatabase, invoiceId: string): boolean {
  const row = db
    .select<{ id: string }>(
      `SELECT "id" FROM "credit_notes" WHERE "invoice_id" = ? AND "status" = 'finalized' AND "credit_status" <> 'voided' LIMIT 1`,
    )
    .get(invoiceId);
  return row !== undefined;
}
