import { In } from 'typeorm';
import { startOfDay } from '../../shared/dates.ts';
import { updateRows } from '../database/rows.ts';
import { fees, invoices, type PaymentStatus } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { readInvoice } from './read-invoice.ts';

/**
 * The one place where the payment status of an invoice changes, whoever learns of it. Its fees follow; a paid invoice is no longer overdue, one
 * that is unpaid again waits for its due date as before. Nothing happens when it has that status already. Rule: invoicing.md § 2, api.md § 10.
 */
export async function setPaymentStatus(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly invoiceId: string; readonly to: PaymentStatus },
): Promise<void> {
  const { invoiceId, to } = change;
  const invoice = await readInvoice(tx, invoiceId);
  if (to === invoice.paymentStatus) return;
  const now = context.clock.now();
  const isPaid = to === 'succeeded';
  const overdue = isPaid
    ? { paymentOverdue: false, overdueAt: null }
    : invoice.paymentStatus === 'succeeded' && invoice.paymentDisputeLostAt === null
      ? { overdueAt: startOfDay(invoice.paymentDueDate.add({ days: 1 }), invoice.timezone) }
      : {};
  await updateRows(tx, invoices, { where: { id: invoiceId }, set: { paymentStatus: to, updatedAt: now, ...overdue } });
  const times = { succeededAt: isPaid ? now : null, failedAt: to === 'failed' ? now : null };
  await updateRows(tx, fees, {
    where: { invoiceId, paymentStatus: In(['pending', 'succeeded', 'failed']) },
    set: { paymentStatus: to, ...times },
  });
  await context.listeners?.invoicePaymentChanged?.(tx, await readInvoice(tx, invoiceId));
  await context.announce?.(tx, { type: 'invoice.payment_status_updated', objectType: 'invoice', objectId: invoiceId });
}
