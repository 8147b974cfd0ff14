import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { updateRows } from '../database/rows.ts';
import { invoices, type Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { disputeRefusal } from './invoice-refusals.ts';
import { findInvoice } from './read-invoice.ts';

/** Says that the payer's dispute was lost: the invoice is no longer overdue, nor voided or refunded. Errors: 405 `not_disputable`. Rule: invoicing.md § 9. */
export function loseDispute(context: ServiceContext, id: string): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('lose dispute', async (tx) => {
    const invoice = await findInvoice(tx, context.organizationId, id);
    if (invoice === null) return notFound('invoice');
    if (disputeRefusal(invoice) !== null) return notAllowed('not_disputable');
    await loseDisputeInTransaction(context, tx, invoice);
    return ok({ id });
  });
}

/** The same inside an open transaction; a dispute is lost once. */
export async function loseDisputeInTransaction(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<void> {
  if (invoice.paymentDisputeLostAt !== null) return;
  const now = context.clock.now();
  await updateRows(tx, invoices, {
    where: { id: invoice.id },
    set: { paymentDisputeLostAt: now, paymentOverdue: false, overdueAt: null, updatedAt: now },
  });
  await context.announce?.(tx, { type: 'invoice.payment_dispute_lost', objectType: 'payment_dispute_lost', objectId: invoice.id });
}
