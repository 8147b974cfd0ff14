import { formatInstant, type Instant } from '../../../shared/dates.ts';
import { decimal, formatDecimal, type Decimal } from '../../../shared/decimal.ts';
import { addCents, centsToWire, roundCents, subunits, type Cents } from '../../../shared/money.ts';
import type { FeeAnswer, FeeWithTaxesAnswer } from '../../../shared/wire/fee.ts';
import type { ListedFee } from '../../invoicing/index.ts';

type Fee = ListedFee['fee'];

/** A fee as it stands inside an invoice or a credit note. Rule: api.md § 9, invoicing.md § 3 "Per fee". */
export function serializeFee({ fee, externalCustomerId, externalSubscriptionId }: ListedFee): FeeAnswer {
  return {
    lago_id: fee.id,
    lago_charge_id: fee.chargeId,
    lago_charge_filter_id: fee.chargeFilterId,
    lago_fixed_charge_id: null,
    lago_invoice_id: fee.invoiceId,
    lago_true_up_fee_id: fee.trueUpFeeId,
    lago_true_up_parent_fee_id: fee.trueUpParentFeeId,
    lago_original_fee_id: null,
    lago_subscription_id: fee.subscriptionId,
    lago_customer_id: fee.customerId,
    external_subscription_id: externalSubscriptionId,
    external_customer_id: externalCustomerId,
    item: serializeItem(fee),
    pay_in_advance: fee.payInAdvance,
    invoiceable: fee.invoiceable,
    self_billed: false,
    ...serializeAmounts(fee),
    taxes_rate: fee.taxesRate.toNumber(),
    units: formatDecimal(fee.units),
    total_aggregated_units: fee.totalAggregatedUnits === null ? null : formatDecimal(fee.totalAggregatedUnits),
    events_count: fee.eventsCount,
    description: fee.description,
    payment_status: fee.paymentStatus,
    created_at: formatInstant(fee.createdAt),
    succeeded_at: timeOrNull(fee.succeededAt),
    failed_at: timeOrNull(fee.failedAt),
    refunded_at: timeOrNull(fee.refundedAt),
    // Bought credits are for no span of time.
    from_date: fee.feeType === 'credit' ? null : formatInstant(fee.fromAt),
    to_date: fee.feeType === 'credit' ? null : formatInstant(fee.toAt),
    event_transaction_id: fee.eventTransactionId,
    amount_details: fee.amountDetails,
    pricing_unit_details: null,
    presentation_breakdowns: [],
  };
}

/** A fee as `/fees` answers it. */
export function serializeFeeWithTaxes(listed: ListedFee): FeeWithTaxesAnswer {
  const { fee } = listed;
  return {
    ...serializeFee(listed),
    applied_taxes: fee.appliedTaxes.map((tax) => ({
      lago_id: tax.id,
      lago_fee_id: fee.id,
      lago_tax_id: tax.taxId,
      tax_name: tax.name,
      tax_code: tax.code,
      tax_rate: decimal(tax.rate).toNumber(),
      tax_description: tax.description,
      amount_cents: tax.amountCents,
      amount_currency: fee.currency,
      created_at: formatInstant(fee.createdAt),
    })),
  };
}

function serializeItem(fee: Fee): FeeAnswer['item'] {
  return {
    type: fee.feeType,
    code: fee.itemCode,
    name: fee.itemName,
    description: fee.itemDescription,
    invoice_display_name: fee.invoiceDisplayName ?? fee.itemName,
    filters: fee.filters === null ? null : copyOfLists(fee.filters),
    filter_invoice_display_name: fee.filterDisplayName,
    lago_item_id: fee.itemId,
    item_type: fee.itemType,
    grouped_by: fee.groupedBy,
  };
}

function serializeAmounts(
  fee: Fee,
): Pick<
  FeeAnswer,
  | 'amount_cents'
  | 'taxes_amount_cents'
  | 'total_amount_cents'
  | 'sub_total_excluding_taxes_amount_cents'
  | 'amount_currency'
  | 'total_amount_currency'
  | 'precise_amount'
  | 'precise_total_amount'
  | 'taxes_precise_amount'
  | 'precise_unit_amount'
  | 'precise_coupons_amount_cents'
  | 'sub_total_excluding_taxes_precise_amount_cents'
> {
  const preciseAmountCents = fee.preciseAmount.times(subunits(fee.currency));
  return {
    amount_cents: centsToWire(fee.amountCents),
    taxes_amount_cents: centsToWire(fee.taxesAmountCents),
    total_amount_cents: centsToWire(addCents(fee.amountCents, fee.taxesAmountCents)),
    sub_total_excluding_taxes_amount_cents: centsToWire(afterCoupons(fee.amountCents, fee.preciseCouponsAmountCents)),
    amount_currency: fee.currency,
    total_amount_currency: fee.currency,
    precise_amount: formatDecimal(fee.preciseAmount),
    precise_total_amount: formatDecimal(fee.preciseAmount.plus(fee.taxesPreciseAmount)),
    taxes_precise_amount: formatDecimal(fee.taxesPreciseAmount),
    precise_unit_amount: formatDecimal(fee.unitAmount),
    precise_coupons_amount_cents: formatDecimal(fee.preciseCouponsAmountCents),
    sub_total_excluding_taxes_precise_amount_cents: formatDecimal(preciseAmountCents.minus(fee.preciseCouponsAmountCents)),
  };
}

function afterCoupons(amountCents: Cents, preciseCouponsAmountCents: Decimal): Cents {
  return roundCents(decimal(amountCents).minus(preciseCouponsAmountCents));
}

function copyOfLists(lists: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([key, values]) => [key, [...values]]));
}

function timeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
