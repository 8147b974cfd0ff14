import { assertTransition } from '../billing/invoice/invoice-state.ts';
import { updateRows } from '../database/rows.ts';
import { invoices } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { readInvoice } from './read-invoice.ts';

/** Marks a final, unpaid, undisputed invoice as overdue, once: at the start of the day after its due date. Rule: invoicing.md § 2 "Dates". */
export async function markOverdue(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<void> {
  const invoice = await readInvoice(tx, invoiceId);
  const isOverdue = invoice.status === 'finalized' && invoice.paymentStatus !== 'succeeded' && invoice.paymentDisputeLostAt === null;
  await updateRows(tx, invoices, {
    where: { id: invoiceId },
    set: { overdueAt: null, ...(isOverdue ? { paymentOverdue: true, updatedAt: context.clock.now() } : {}) },
  });
  if (isOverdue && !invoice.paymentOverdue) {
    await context.announce?.(tx, { type: 'invoice.payment_overdue', objectType: 'invoice', objectId: invoiceId });
  }
}

/** Leaves a draft that could not be finalized as failed: only a retry takes it further. Rule: reliability-and-security.md § 2 "Parked". */
export async function failInvoice(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<void> {
  const invoice = await readInvoice(tx, invoiceId);
  if (invoice.status === 'draft') {
    assertTransition(invoice.status, 'failed');
    await updateRows(tx, invoices, {
      where: { id: invoiceId },
      set: { status: 'failed', finalizeAt: null, updatedAt: context.clock.now() },
    });
  } else {
    await updateRows(tx, invoices, { where: { id: invoiceId }, set: { overdueAt: null } });
  }
}
