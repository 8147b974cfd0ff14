import { In } from 'typeorm';
import type { BillingItem } from '../billing/billing-item.ts';
import { readOrganization, type Customer } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { fees, invoices } from '../database/tables/invoices.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { finalizeInTransaction } from './finalize-invoice.ts';
import type { ItemToBill } from './gather-facts.ts';
import { insertInvoice, storeItems } from './generate-invoice.ts';

/** Subscriptions whose charge period ends on one billing date, or the one that ends. */
export interface RegroupedRows {
  readonly customer: Customer;
  /** All of one currency. */
  readonly items: readonly ItemToBill[];
}

/**
 * Gathers the in-advance fees of subscriptions that stand alone, were paid, and whose charge asks for it, on one paid `advance_charges` invoice
 * when a period ends. Rule: pricing.md § 4 `regroup_paid_fees`, invoicing.md § 2.
 */
export async function regroupPaidFees(context: ServiceContext, tx: Transaction, of: RegroupedRows): Promise<void> {
  const gathered = of.items
    .map((item) => ({ item, feeIds: paidLoneFees(tx, item.subscription.id) }))
    .filter(({ feeIds }) => feeIds.length > 0);
  const [first] = gathered;
  if (first === undefined) return;
  const invoice = await insertInvoice(context, tx, {
    customer: of.customer,
    organization: await readOrganization(tx, context.organizationId),
    currency: first.item.plan.currency,
    invoiceType: 'advance_charges',
    isPeriodic: false,
    hasGrace: false,
  });
  await storeItems(context, tx, { invoice, items: gathered.map(({ item }) => ({ ...item, item: datesOnly(item.item) })) });
  const ids = gathered.flatMap(({ feeIds }) => feeIds);
  await updateRows(tx, fees, { where: { id: In(ids) }, set: { invoiceId: invoice.id } });
  const { totalAmountCents } = await finalizeInTransaction(context, tx, { invoiceId: invoice.id });
  await updateRows(tx, invoices, {
    where: { id: invoice.id },
    set: { paymentStatus: 'succeeded', totalPaidAmountCents: totalAmountCents, overdueAt: null },
  });
  await context.announce?.(tx, { type: 'invoice.created', objectType: 'invoice', objectId: invoice.id });
}

/** The periods that the invoice shows; its fees were made before. */
function datesOnly(item: BillingItem): BillingItem {
  const reason = 'in_advance_charge_periodic';
  return { reason, subscriptionFee: null, usage: null, advanceUsage: null, commitment: null, shown: item.shown };
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
