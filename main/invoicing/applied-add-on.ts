import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { ONE } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { findAddOn, type AddOn } from '../catalog/index.ts';
import { findCustomer, type Customer } from '../customers/index.ts';
import { insertRow } from '../database/rows.ts';
import { appliedAddOns, type AppliedAddOn } from '../database/tables/coupons.ts';
import type { ServiceContext } from '../service-context.ts';
import { draftAddOnFees, issueAddOnInvoice } from './add-on-invoice.ts';

/** An add-on to apply; an amount that is given stands in place of the add-on's. */
export interface AddOnApplication {
  readonly externalCustomerId?: string | null;
  readonly addOnCode?: string | null;
  readonly amountCents?: Cents | null;
  readonly amountCurrency?: CurrencyCode | null;
}

export interface AppliedAddOnDetails {
  readonly applied: AppliedAddOn;
  readonly addOn: AddOn;
  readonly customer: Customer;
}

/**
 * Applies an add-on in the way of 2022: one finalized invoice with one fee. Errors: 404 `customer_not_found`, `add_on_not_found`, 422 for an
 * amount or a currency that is not the customer's. `refused` is what the door found. Rule: invoicing.md § 5.
 */
export function applyAddOn(
  context: ServiceContext,
  asked: AddOnApplication,
  refused: FieldErrors = {},
): Promise<Result<AppliedAddOnDetails>> {
  return context.database.unitOfWork.write('apply add-on', async (tx) => {
    const customer = await findCustomer(tx, context.organizationId, asked.externalCustomerId ?? '');
    if (customer === null) return notFound('customer');
    const addOn = await findAddOn(tx, context.organizationId, asked.addOnCode ?? '');
    if (addOn === null) return notFound('add_on');
    const amountCents = asked.amountCents ?? addOn.amountCents;
    const amountCurrency = asked.amountCurrency ?? addOn.amountCurrency;
    const isOther = customer.currency !== null && customer.currency !== amountCurrency;
    const errors = mergeFieldErrors(
      amountCents <= 0n ? { amount_cents: ['value_is_out_of_range'] } : {},
      isOther ? { currency: ['currencies_does_not_match'] } : {},
      refused,
    );
    if (hasErrors(errors)) return invalid(errors);

    const now = context.clock.now();
    const toBill = { addOn, units: ONE, unitAmountCents: amountCents, description: null, invoiceDisplayName: null, taxes: [], span: null };
    const fees = await draftAddOnFees(tx, { customer, currency: amountCurrency, addOns: [toBill], invoicedAt: now });
    const invoice = await issueAddOnInvoice(context, tx, { customer, invoiceType: 'add_on', currency: amountCurrency, fees });
    const id = context.random.uuid();
    const { organizationId } = context;
    await insertRow(tx, appliedAddOns, {
      ...{ id, organizationId, amountCents, amountCurrency, createdAt: now },
      customerId: customer.id,
      addOnId: addOn.id,
      invoiceId: invoice.id,
    });
    return ok({
      applied: present(await tx.manager.findOneBy(appliedAddOns, { id }), 'an applied add-on just written is there'),
      addOn,
      customer,
    });
  });
}
