import { dateIn, startOfDay, Temporal } from '../../shared/dates.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { invoices } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { finalizeDraftToday } from './finalize-invoice.ts';
import { readInvoice } from './read-invoice.ts';

/** Another grace period of a customer, its own or the one it inherits. */
export interface GraceChange {
  readonly customerId: string;
  readonly beforeDays: number;
  readonly afterDays: number;
}

/**
 * Moves the dates of a customer's drafts by the difference of its grace periods; drafts whose date is reached now become final at once, dated
 * today. Rule: invoicing.md § 2 "Grace period".
 */
export async function shiftDrafts(context: ServiceContext, tx: Transaction, change: GraceChange): Promise<void> {
  const days = change.afterDays - change.beforeDays;
  if (days === 0) return;
  for (const id of draftsOfCustomer(tx, change.customerId)) {
    const invoice = await readInvoice(tx, id);
    const keepsAnchor = !invoice.issuingDate.equals(invoice.expectedFinalizationDate);
    const issuingDate = keepsAnchor ? invoice.issuingDate : invoice.issuingDate.add({ days });
    const expectedFinalizationDate = invoice.expectedFinalizationDate.add({ days });
    await updateRows(tx, invoices, {
      where: { id },
      set: {
        issuingDate,
        expectedFinalizationDate,
        paymentDueDate: issuingDate.add({ days: invoice.netPaymentTerm }),
        finalizeAt: startOfDay(expectedFinalizationDate, invoice.timezone),
        updatedAt: context.clock.now(),
      },
    });
    const today = dateIn(context.clock.now(), invoice.timezone);
    if (Temporal.PlainDate.compare(expectedFinalizationDate, today) <= 0) await finalizeDraftToday(context, tx, await readInvoice(tx, id));
  }
}

/** Ids of a customer's drafts, oldest first. */
export function draftsOfCustomer(db: ReadDatabase, customerId: string): readonly string[] {
  return db
    .select<{ id: string }>(`SELECT "id" FROM "invoices" WHERE "customer_id" = ? AND "status" = 'draft' ORDER BY "sequence"`)
    .all(customerId)
    .map((row) => row.id);
}
