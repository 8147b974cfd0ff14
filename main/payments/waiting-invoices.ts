import { updateRows } from '../database/rows.ts';
import { customers, type Customer } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { enqueueJob } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';

/** What waits for something to pay with: final, not paid, no payment of it under way, and to be collected at all. */
const WAITING = `SELECT "id" FROM "invoices" WHERE "customer_id" = ? AND "status" = 'finalized' AND "payment_status" = 'pending'
  AND "ready_for_payment_processing" = 1 AND "skip_psp" = 0 ORDER BY "sequence"`;

/** Asks for the collection of every invoice of a customer that waits for a payment method. Rule: payments-and-webhooks.md § 4. */
export async function collectWaiting(context: ServiceContext, tx: Transaction, customerId: string): Promise<void> {
  for (const { id } of tx.select<{ id: string }>(WAITING).all(customerId)) {
    await enqueueJob(context, tx, { kind: 'collect_invoice', subjectId: id });
  }
}

/** A customer has another default payment method: it is remembered, and what waited for one is collected. Answers whether it is another. */
export async function takeDefaultMethod(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly customer: Customer; readonly methodId: string | null },
): Promise<boolean> {
  const { customer, methodId } = of;
  if (customer.providerPaymentMethodId === methodId) return false;
  await updateRows(tx, customers, { where: { id: customer.id }, set: { providerPaymentMethodId: methodId } });
  if (methodId !== null) await collectWaiting(context, tx, customer.id);
  return true;
}
