import { decimal, formatDecimal } from '../../../shared/decimal.ts';
import { addCents, centsToWire, subunits } from '../../../shared/money.ts';
import type { EstimatedFeeAnswer } from '../../../shared/wire/event.ts';
import type { EstimatedFee } from '../../usage/index.ts';

const NOT_STORED = {
  lago_id: null,
  lago_fixed_charge_id: null,
  lago_invoice_id: null,
  lago_true_up_fee_id: null,
  lago_true_up_parent_fee_id: null,
  lago_original_fee_id: null,
  created_at: null,
  succeeded_at: null,
  failed_at: null,
  refunded_at: null,
  from_date: null,
  to_date: null,
} as const;

/** A fee that an event would make. Rule: api.md § 7 "estimate_fees". */
export function serializeEstimatedFee(estimated: EstimatedFee): EstimatedFeeAnswer {
  const { draft, taxes, currency, customer } = estimated;
  const exactTaxes = taxes.exactTaxesCents.div(subunits(currency));
  return {
    ...NOT_STORED,
    lago_charge_id: draft.chargeId,
    lago_charge_filter_id: draft.chargeFilterId,
    lago_subscription_id: draft.subscriptionId,
    lago_customer_id: customer.id,
    external_customer_id: customer.externalId,
    external_subscription_id: estimated.externalSubscriptionId,
    item: serializeItem(draft),
    pay_in_advance: draft.payInAdvance,
    invoiceable: draft.invoiceable,
    self_billed: false,
    amount_cents: centsToWire(draft.amountCents),
    taxes_amount_cents: centsToWire(taxes.taxesAmountCents),
    total_amount_cents: centsToWire(addCents(draft.amountCents, taxes.taxesAmountCents)),
    sub_total_excluding_taxes_amount_cents: centsToWire(draft.amountCents),
    amount_currency: currency,
    total_amount_currency: currency,
    precise_amount: formatDecimal(draft.preciseAmount),
    precise_total_amount: formatDecimal(draft.preciseAmount.plus(exactTaxes)),
    taxes_precise_amount: formatDecimal(exactTaxes),
    precise_unit_amount: formatDecimal(draft.unitAmount),
    precise_coupons_amount_cents: '0.0',
    sub_total_excluding_taxes_precise_amount_cents: formatDecimal(decimal(draft.amountCents)),
    taxes_rate: taxes.taxesRate.toNumber(),
    units: formatDecimal(draft.units),
    total_aggregated_units: draft.totalAggregatedUnits === null ? null : formatDecimal(draft.totalAggregatedUnits),
    events_count: draft.eventsCount,
    description: null,
    payment_status: 'pending',
    event_transaction_id: estimated.transactionId,
    amount_details: draft.amountDetails,
    pricing_unit_details: null,
    presentation_breakdowns: [],
    applied_taxes: taxes.taxes.map(({ tax, amountCents }) => ({
      lago_id: null,
      lago_fee_id: null,
      lago_tax_id: tax.id,
      tax_name: tax.name,
      tax_code: tax.code,
      tax_rate: tax.rate.toNumber(),
      tax_description: tax.description,
      amount_cents: centsToWire(amountCents),
      amount_currency: currency,
      created_at: null,
    })),
  };
}

function serializeItem(draft: EstimatedFee['draft']): EstimatedFeeAnswer['item'] {
  const { item, filters } = draft;
  return {
    type: draft.feeType,
    code: item.code,
    name: item.name,
    description: item.description,
    invoice_display_name: draft.invoiceDisplayName ?? item.name,
    filters: filters === null ? null : Object.fromEntries(Object.entries(filters).map(([key, values]) => [key, [...values]])),
    filter_invoice_display_name: draft.filterDisplayName,
    lago_item_id: item.id,
    item_type: item.type,
    grouped_by: draft.groupedBy,
  };
}
