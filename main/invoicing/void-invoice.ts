import { subtractCents, type Cents } from '../../shared/money.ts';
import { invalid, notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { assertTransition } from '../billing/invoice/invoice-state.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { invoices, type Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { giveCouponsBack } from './apply-coupons.ts';
import { roomOf } from './credit-note-checks.ts';
import { voidRefusal } from './invoice-refusals.ts';
import { findInvoice, readInvoice } from './read-invoice.ts';
import { writeNotesOfVoided } from './notes-of-voided.ts';

/** How an invoice is voided: by default its wallet credits go back; with a credit note, what is asked for is given as credit instead. */
export interface VoidOptions {
  readonly generatesCreditNote: boolean;
  readonly creditAmountCents: Cents;
  readonly refundAmountCents: Cents;
}

/**
 * Cancels an unpaid final invoice for good; it keeps its number and its amounts, and owes nothing. Coupons and wallet credits are given back,
 * credit notes are not. Errors: 404 `invoice_not_found`, 405 `not_voidable`, 422 `credit_refund_amount`. Rule: invoicing.md § 9.
 */
export function voidInvoice(context: ServiceContext, id: string, options: VoidOptions): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('void invoice', async (tx) => {
    const invoice = await findInvoice(tx, context.organizationId, id);
    if (invoice === null) return notFound('invoice');
    if (voidRefusal(tx, invoice) !== null) return notAllowed('not_voidable');
    if (options.generatesCreditNote && !(await isWithinRoom(tx, invoice, options))) {
      return invalid({ credit_refund_amount: ['total_amount_exceeds_invoice_amount'] });
    }
    await voidInTransaction(context, tx, { invoice, options });
    return ok({ id });
  });
}

async function voidInTransaction(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly invoice: Invoice; readonly options: VoidOptions },
): Promise<void> {
  const { invoice, options } = of;
  assertTransition(invoice.status, 'voided');
  const now = context.clock.now();
  await updateRows(tx, invoices, {
    where: { id: invoice.id },
    set: { status: 'voided', voidedAt: now, paymentOverdue: false, overdueAt: null, readyForPaymentProcessing: false, updatedAt: now },
  });
  await giveCouponsBack(context, tx, invoice.id);
  if (options.generatesCreditNote) await writeNotesOfVoided(context, tx, { invoice, ...options });
  await context.listeners?.invoiceVoided?.(tx, await readInvoice(tx, invoice.id), { keepsCredits: options.generatesCreditNote });
  await context.announce?.(tx, { type: 'invoice.voided', objectType: 'invoice', objectId: invoice.id });
}

async function isWithinRoom(db: ReadDatabase, invoice: Invoice, options: VoidOptions): Promise<boolean> {
  const room = await roomOf(db, invoice);
  const { creditAmountCents, refundAmountCents } = options;
  return refundAmountCents <= room.refundableCents && creditAmountCents <= subtractCents(room.creditableCents, refundAmountCents);
}
