import { z } from 'zod';
import { oneOf } from './fields.ts';

export const FEE_TYPES = ['charge', 'add_on', 'subscription', 'credit', 'commitment', 'fixed_charge'] as const;
export const FEE_PAYMENT_STATUSES = ['pending', 'succeeded', 'failed', 'refunded'] as const;

/** Body of `PUT /fees/:id`. What is no payment status is refused after the fee's own state was looked at. */
export const feeUpdateBody = z.object({
  payment_status: z.union([oneOf(FEE_PAYMENT_STATUSES), z.unknown().transform(() => 'invalid' as const)]).optional(),
});

const id = z.uuid();
const text = z.string();
const cents = z.int();
/** A decimal as text with at least one decimal digit: `"10.0"`. */
const decimalText = z.string();
const dateTime = z.iso.datetime();

/** One tax of a fee, as it was when the fee was made. */
export const feeAppliedTax = z.object({
  lago_id: id,
  lago_fee_id: id,
  lago_tax_id: id,
  tax_name: text,
  tax_code: text,
  tax_rate: z.number(),
  tax_description: text.nullable(),
  amount_cents: cents,
  amount_currency: text,
  created_at: dateTime,
});

const feeItem = z.object({
  type: z.enum(FEE_TYPES),
  code: text,
  name: text,
  description: text.nullable(),
  invoice_display_name: text,
  filters: z.record(z.string(), z.array(z.string())).nullable(),
  filter_invoice_display_name: text.nullable(),
  lago_item_id: id,
  item_type: text,
  grouped_by: z.record(z.string(), z.string().nullable()),
});

/** A fee as it stands inside an invoice or a credit note. Rule: api.md § 9. */
export const feeAnswer = z
  .object({
    lago_id: id,
    lago_charge_id: id.nullable(),
    lago_charge_filter_id: id.nullable(),
    lago_fixed_charge_id: id.nullable(),
    lago_invoice_id: id.nullable(),
    lago_true_up_fee_id: id.nullable(),
    lago_true_up_parent_fee_id: id.nullable(),
    lago_original_fee_id: id.nullable(),
    lago_subscription_id: id.nullable(),
    lago_customer_id: id.nullable(),
    external_subscription_id: text.nullable(),
    external_customer_id: text.nullable(),
    item: feeItem,
    pay_in_advance: z.boolean(),
    invoiceable: z.boolean(),
    self_billed: z.boolean(),
    amount_cents: cents,
    taxes_amount_cents: cents,
    total_amount_cents: cents,
    sub_total_excluding_taxes_amount_cents: cents,
    amount_currency: text,
    total_amount_currency: text,
    precise_amount: decimalText,
    precise_total_amount: decimalText,
    taxes_precise_amount: decimalText,
    precise_unit_amount: decimalText,
    precise_coupons_amount_cents: decimalText,
    sub_total_excluding_taxes_precise_amount_cents: decimalText,
    taxes_rate: z.number(),
    units: decimalText,
    total_aggregated_units: decimalText.nullable(),
    events_count: z.int().nullable(),
    description: text.nullable(),
    payment_status: z.enum(FEE_PAYMENT_STATUSES),
    created_at: dateTime.nullable(),
    succeeded_at: dateTime.nullable(),
    failed_at: dateTime.nullable(),
    refunded_at: dateTime.nullable(),
    from_date: dateTime.nullable(),
    to_date: dateTime.nullable(),
    event_transaction_id: text.nullable(),
    amount_details: z.record(z.string(), z.unknown()),
    pricing_unit_details: z.null(),
    presentation_breakdowns: z.array(z.never()),
  })
  .meta({ id: 'Fee' });

/** A fee as `/fees` answers it: with its taxes. */
export const feeWithTaxesAnswer = feeAnswer.extend({ applied_taxes: z.array(feeAppliedTax) }).meta({ id: 'FeeWithTaxes' });

export type FeeAnswer = z.output<typeof feeAnswer>;
export type FeeWithTaxesAnswer = z.output<typeof feeWithTaxesAnswer>;
