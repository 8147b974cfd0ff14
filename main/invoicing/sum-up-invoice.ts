import { ZERO_CENTS } from '../../shared/money.ts';
import { invoiceTotals } from '../billing/invoice/totals.ts';
import { noteWalletsOutOfDate } from '../customers/index.ts';
import { deleteRows, insertRows, updateRows } from '../database/rows.ts';
import { invoices, invoiceTaxes, type Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { readFees, readInvoice } from './read-invoice.ts';
import { taxableFee } from './store-fees.ts';

/** Adds up the fees, coupons and taxes of an invoice that is not final yet, and stores its tax rows. Rule: invoicing.md § 3. */
export async function sumUpInvoice(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly invoiceId: string; readonly couponsAmountCents?: Invoice['couponsAmountCents'] },
): Promise<Invoice> {
  const { invoiceId, couponsAmountCents = ZERO_CENTS } = of;
  const totals = invoiceTotals((await readFees(tx, invoiceId)).map(taxableFee), couponsAmountCents);
  const createdAt = context.clock.now();
  await deleteRows(tx, invoiceTaxes, { invoiceId });
  await insertRows(
    tx,
    invoiceTaxes,
    totals.taxes.map(({ tax, amountCents, baseAmountCents }) => ({
      id: context.random.uuid(),
      invoiceId,
      taxId: tax.id,
      code: tax.code,
      name: tax.name,
      description: tax.description,
      rate: tax.rate,
      amountCents,
      feesAmountCents: baseAmountCents,
      createdAt,
    })),
  );
  await updateRows(tx, invoices, {
    where: { id: invoiceId },
    set: {
      feesAmountCents: totals.feesAmountCents,
      couponsAmountCents: totals.couponsAmountCents,
      taxesAmountCents: totals.taxesAmountCents,
      taxesRate: totals.taxesRate,
      totalAmountCents: totals.subTotalIncludingTaxesAmountCents,
      paymentStatus: totals.subTotalIncludingTaxesAmountCents === 0n ? 'succeeded' : 'pending',
      updatedAt: createdAt,
    },
  });
  const invoice = await readInvoice(tx, invoiceId);
  // Drafts weigh on the ongoing balance, and usage that is billed now no longer does.
  noteWalletsOutOfDate(tx, { customerId: invoice.customerId, at: createdAt });
  return invoice;
}
