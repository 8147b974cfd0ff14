import { addOnFee, type AddOnFeeFacts } from '../billing/fees/add-on-fee.ts';
import type { FeeDraft } from '../billing/invoice/fee-draft.ts';
import { readAddOnsDetails, taxTerms, type AddOn } from '../catalog/index.ts';
import { readOrganization, setCurrencyWhenEmpty, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { finalizeInTransaction } from './finalize-invoice.ts';
import { inheritedTaxes } from './gather-facts.ts';
import { insertInvoice } from './generate-invoice.ts';
import { storeFees } from './store-fees.ts';

/** One add-on as it is wanted on an invoice. */
export type AddOnToBill = Omit<AddOnFeeFacts, 'addOn' | 'currency' | 'inheritedTaxes' | 'invoicedAt'> & { readonly addOn: AddOn };

/** The fees of add-ons for a customer, priced but not stored. */
export async function draftAddOnFees(
  db: ReadDatabase,
  bill: Pick<AddOnFeeFacts, 'currency' | 'invoicedAt'> & { readonly customer: Customer; readonly addOns: readonly AddOnToBill[] },
): Promise<readonly FeeDraft[]> {
  const { currency, invoicedAt } = bill;
  const inherited = await inheritedTaxes(db, bill.customer);
  const details = await readAddOnsDetails(
    db,
    bill.addOns.map((toBill) => toBill.addOn),
  );
  return bill.addOns.map((toBill, position) => {
    const addOn = { ...toBill.addOn, taxes: (details[position]?.taxes ?? []).map(taxTerms) };
    return addOnFee({ ...toBill, addOn, currency, inheritedTaxes: inherited, invoicedAt });
  });
}

export interface AddOnInvoice {
  readonly customer: Customer;
  readonly invoiceType: 'one_off' | 'add_on';
  readonly currency: Invoice['currency'];
  readonly fees: readonly FeeDraft[];
  readonly purchaseOrderNumber?: string | null;
  readonly skipPsp?: boolean;
}

const ANNOUNCED = { one_off: 'invoice.one_off_created', add_on: 'invoice.add_on_added' } as const;

/** Stores the invoice of add-ons and finalizes it at once: it never waits, and no coupon, note or wallet touches it. Rule: invoicing.md § 5. */
export async function issueAddOnInvoice(context: ServiceContext, tx: Transaction, issue: AddOnInvoice): Promise<Invoice> {
  const { customer, currency, invoiceType } = issue;
  const organization = await readOrganization(tx, context.organizationId);
  const billed = await setCurrencyWhenEmpty(context, tx, { customer, currency });
  const { purchaseOrderNumber, skipPsp } = issue;
  const invoice = await insertInvoice(context, tx, {
    ...{ customer: billed, organization, currency, invoiceType, purchaseOrderNumber, skipPsp },
    isPeriodic: false,
    hasGrace: false,
  });
  await storeFees(context, tx, { of: { customer: billed, currency, invoiceId: invoice.id }, drafts: issue.fees });
  const finalized = await finalizeInTransaction(context, tx, { invoiceId: invoice.id });
  await context.announce?.(tx, { type: ANNOUNCED[invoiceType], objectType: 'invoice', objectId: invoice.id });
  return finalized;
}
