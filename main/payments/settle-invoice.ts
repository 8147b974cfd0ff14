import { addCents, cents, type Cents } from '../../shared/money.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { invoices } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { readInvoice, setPaymentStatus } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';

/**
 * Brings an invoice up to date with its payments: what was paid is the sum of those that succeeded, and it is paid when that and what notes
 * offset make up its total. A voided invoice keeps its status, though money came in. Rule: invoicing.md § 9, payments-and-webhooks.md § 4.
 */
export async function settleInvoice(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<void> {
  const totalPaidAmountCents = paidOnInvoice(tx, invoiceId);
  await updateRows(tx, invoices, { where: { id: invoiceId }, set: { totalPaidAmountCents, updatedAt: context.clock.now() } });
  const invoice = await readInvoice(tx, invoiceId);
  const settled = addCents(totalPaidAmountCents, invoice.totalOffsettedCreditNoteAmountCents);
  if (invoice.status === 'finalized' && settled >= invoice.totalAmountCents) {
    await setPaymentStatus(context, tx, { invoiceId, to: 'succeeded' });
  }
}

const BEING_COLLECTED = `SELECT "id" FROM "payments" WHERE "invoice_id" = ? AND "payment_type" = 'provider' AND ("payable_payment_status" = 'processing'
  OR ("payable_payment_status" = 'pending' AND "status" = 'pending' AND "sent_at" IS NOT NULL AND "error_code" IS NULL)) LIMIT 1`;

/**
 * Whether a provider's payment of the invoice is under way: it takes its time, or its call was made and the answer is still tried for. Once a
 * person was told that none came, that person decides.
 */
export function isBeingCollected(db: ReadDatabase, invoiceId: string): boolean {
  return db.select<{ id: string }>(BEING_COLLECTED).get(invoiceId) !== undefined;
}

function paidOnInvoice(db: ReadDatabase, invoiceId: string): Cents {
  const row = db
    .select<{ total: number | null }>(
      `SELECT SUM("amount_cents") AS "total" FROM "payments" WHERE "invoice_id" = ? AND "payable_payment_status" = 'succeeded'`,
    )
    .get(invoiceId);
  return cents(row?.total ?? 0);
}
