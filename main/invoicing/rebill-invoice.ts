import { readPlanTerms } from '../catalog/index.ts';
import { readCustomer, subscriptionTerms } from '../customers/index.ts';
import { deleteRows, updateRows } from '../database/rows.ts';
import { subscriptions } from '../database/tables/customers.ts';
import { fees, invoiceSubscriptions, type Invoice } from '../database/tables/invoices.ts';
import { present } from '../../shared/assert.ts';
import { notFound, forbidden, ok, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { billingItemFromJson } from './billing-item-json.ts';
import type { ItemToBill } from './gather-facts.ts';
import { billItems } from './generate-invoice.ts';
import { findInvoice, readInvoice } from './read-invoice.ts';
import { sumUpInvoice } from './sum-up-invoice.ts';

/**
 * Recomputes a draft for the same days with the prices and events known now; its id and dates stay. A final subscription invoice is answered
 * unchanged, other kinds are refused. Rule: invoicing.md § 2 "Grace period".
 */
export function refreshInvoice(context: ServiceContext, id: string): Promise<Result<Invoice>> {
  return context.database.unitOfWork.write('refresh invoice', async (tx) => {
    const invoice = await findInvoice(tx, context.organizationId, id);
    if (invoice === null) return notFound('invoice');
    if (invoice.invoiceType !== 'subscription') return forbidden();
    if (invoice.status !== 'draft') return ok(invoice);
    await rebillInvoice(context, tx, id);
    return ok(await sumUpInvoice(context, tx, { invoiceId: id }));
  });
}

/** Replaces the fees of a draft by what the same items cost now. */
export async function rebillInvoice(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<void> {
  const invoice = await readInvoice(tx, invoiceId);
  const customer = await readCustomer(tx, invoice.customerId);
  const items = await readItems(tx, invoice);
  await updateRows(tx, fees, { where: { invoiceId }, set: { trueUpFeeId: null, trueUpParentFeeId: null } });
  await deleteRows(tx, fees, { invoiceId });
  await billItems(context, tx, { invoice, customer, items: items.map(withoutLoneFees) });
}

/** Fees that stand alone were made, and perhaps paid, when the draft was: they are not made again. */
function withoutLoneFees(toBill: ItemToBill): ItemToBill {
  const charges = toBill.plan.charges.filter((charge) => charge.invoiceable || !charge.payInAdvance);
  return { ...toBill, plan: { ...toBill.plan, charges } };
}

async function readItems(db: ReadDatabase, invoice: Invoice): Promise<readonly ItemToBill[]> {
  const rows = await db.manager.find(invoiceSubscriptions, { where: { invoiceId: invoice.id }, order: { sequence: 'ASC' } });
  const items: ItemToBill[] = [];
  for (const row of rows) {
    const subscription = present(await db.manager.findOneBy(subscriptions, { id: row.subscriptionId }), 'a billed subscription exists');
    items.push({
      subscription: subscriptionTerms(subscription, invoice.timezone),
      plan: await readPlanTerms(db, row.planId),
      item: billingItemFromJson(row.billingItem),
    });
  }
  return items;
}

/** Recomputes the drafts that bill a plan which was edited: their amounts follow the plan. Rule: subscriptions.md § 7 "Editing a plan in use". */
export async function refreshDraftsOfPlan(context: ServiceContext, tx: Transaction, planId: string): Promise<void> {
  for (const invoiceId of draftsOfPlan(tx, planId)) {
    await rebillInvoice(context, tx, invoiceId);
    await sumUpInvoice(context, tx, { invoiceId });
  }
}

/** Ids of the drafts that bill a plan, oldest first. */
export function draftsOfPlan(db: ReadDatabase, planId: string): readonly string[] {
  return db
    .select<{ id: string }>(
      `SELECT DISTINCT "invoices"."id" AS "id" FROM "invoices"
       JOIN "invoice_subscriptions" ON "invoice_subscriptions"."invoice_id" = "invoices"."id"
       WHERE "invoices"."status" = 'draft' AND "invoice_subscriptions"."plan_id" = ? ORDER BY "invoices"."sequence"`,
    )
    .all(planId)
    .map((row) => row.id);
}
