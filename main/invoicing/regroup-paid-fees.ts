import { In } from 'typeorm';
import { readOrganization, type Customer } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { fees, invoices } from '../database/tables/invoices.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { currencyCode } from '../../shared/currency.ts';
import { finalizeInTransaction } from './finalize-invoice.ts';
import { insertInvoice } from './generate-invoice.ts';

/**
 * Gathers the in-advance fees of a subscription that stand alone, were paid, and whose charge asks for it, on one paid `advance_charges` invoice
 * when a period ends. Rule: pricing.md § 4 `regroup_paid_fees`, invoicing.md § 2.
 */
export async function regroupPaidFees(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly subscriptionId: string; readonly customer: Customer },
): Promise<void> {
  const ids = paidLoneFees(tx, of.subscriptionId);
  if (ids.length === 0) return;
  const organization = await readOrganization(tx, context.organizationId);
  const [first] = await tx.manager.find(fees, { select: { currency: true }, where: { id: ids[0] ?? '' } });
  if (first === undefined) return;
  const invoice = await insertInvoice(context, tx, {
    customer: of.customer,
    organization,
    currency: currencyCode(first.currency),
    invoiceType: 'advance_charges',
    isPeriodic: false,
    hasGrace: false,
  });
  await updateRows(tx, fees, { where: { id: In([...ids]) }, set: { invoiceId: invoice.id } });
  await finalizeInTransaction(context, tx, { invoiceId: invoice.id });
  await updateRows(tx, invoices, { where: { id: invoice.id }, set: { paymentStatus: 'succeeded', overdueAt: null } });
  await context.announce?.(tx, { type: 'invoice.created', objectType: 'invoice', objectId: invoice.id });
}

function paidLoneFees(db: ReadDatabase, subscriptionId: string): readonly string[] {
  return db
    .select<{ id: string }>(
      `SELECT "fees"."id" AS "id" FROM "fees" JOIN "charges" ON "charges"."id" = "fees"."charge_id"
       WHERE "fees"."subscription_id" = ? AND "fees"."invoice_id" IS NULL AND "fees"."pay_in_advance" = 1
         AND "fees"."payment_status" = 'succeeded' AND "charges"."regroup_paid_fees" = 'invoice' ORDER BY "fees"."sequence"`,
    )
    .all(subscriptionId)
    .map((row) => row.id);
}
