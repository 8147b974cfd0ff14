import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { deleteRows, updateRows } from '../database/rows.ts';
import { creditNotes } from '../database/tables/credit-notes.ts';
import { billingClaims, fees, invoiceMetadata, invoices, invoiceSubscriptions, invoiceTaxes } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { draftRefusal } from './invoice-refusals.ts';
import { findInvoice } from './read-invoice.ts';

/** Removes a draft; anything else is 405 `not_deletable`. Nothing was consumed, so nothing is given back. Rule: invoicing.md § 9. */
export function deleteDraft(context: ServiceContext, id: string): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('delete draft', async (tx) => {
    const invoice = await findInvoice(tx, context.organizationId, id);
    if (invoice === null) return notFound('invoice');
    if (draftRefusal(invoice) !== null) return notAllowed('not_deletable');
    await removeDraft(tx, id);
    return ok({ id });
  });
}

async function removeDraft(tx: Transaction, invoiceId: string): Promise<void> {
  // The occasion stays claimed: what the draft billed is not billed again by itself.
  await updateRows(tx, billingClaims, { where: { invoiceId }, set: { invoiceId: null } });
  // The hidden note of a termination gives back a fee that is no more.
  await deleteRows(tx, creditNotes, { invoiceId });
  await updateRows(tx, fees, { where: { invoiceId }, set: { trueUpFeeId: null, trueUpParentFeeId: null } });
  for (const table of [fees, invoiceTaxes, invoiceSubscriptions, invoiceMetadata]) await deleteRows(tx, table, { invoiceId });
  await deleteRows(tx, invoices, { id: invoiceId });
}
