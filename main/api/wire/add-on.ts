import { formatInstant } from '../../../shared/dates.ts';
import { centsToWire } from '../../../shared/money.ts';
import type { AddOnAnswer, AppliedAddOnAnswer } from '../../../shared/wire/add-on.ts';
import type { OneOffInvoiceWireInput } from '../../../shared/wire/one-off-invoice.ts';
import type { AddOnDetails } from '../../catalog/index.ts';
import type { AppliedAddOnDetails, OneOffInvoiceInput } from '../../invoicing/index.ts';
import { camelKeys } from './camel-case.ts';
import { serializeTax } from './tax.ts';

export function serializeAddOn({ addOn, taxes }: AddOnDetails): AddOnAnswer {
  return {
    lago_id: addOn.id,
    name: addOn.name,
    code: addOn.code,
    description: addOn.description,
    invoice_display_name: addOn.invoiceDisplayName,
    amount_cents: centsToWire(addOn.amountCents),
    amount_currency: addOn.amountCurrency,
    taxes: taxes.map(serializeTax),
    created_at: formatInstant(addOn.createdAt),
  };
}

export function serializeAppliedAddOn({ applied, addOn, customer }: AppliedAddOnDetails): AppliedAddOnAnswer {
  return {
    lago_id: applied.id,
    lago_add_on_id: addOn.id,
    add_on_code: addOn.code,
    lago_customer_id: customer.id,
    external_customer_id: customer.externalId,
    amount_cents: centsToWire(applied.amountCents),
    amount_currency: applied.amountCurrency,
    created_at: formatInstant(applied.createdAt),
  };
}

export function readOneOffInvoiceInput(values: Partial<OneOffInvoiceWireInput>): OneOffInvoiceInput {
  const fees = (values.fees ?? []).map(({ from_datetime: fromAt, to_datetime: toAt, ...fee }) => ({ ...camelKeys(fee), fromAt, toAt }));
  return { ...camelKeys(values), fees };
}
