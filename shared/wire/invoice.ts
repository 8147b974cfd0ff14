import { z } from 'zod';
import { ZERO_CENTS } from '../money.ts';
import { appliedCustomSectionAnswer } from './custom-section.ts';
import { nestedCustomerAnswer } from './customer.ts';
import { feeAnswer } from './fee.ts';
import { booleanInput, centsInput, listOf, mandatoryText, oneOf, optionalText } from './fields.ts';
import { subscriptionAnswer } from './subscription.ts';

export const INVOICE_TYPES = ['subscription', 'add_on', 'credit', 'one_off', 'advance_charges', 'progressive_billing'] as const;
/** What a list can be narrowed to; `pending` waits for an outside tax answer, which never happens here. */
export const INVOICE_STATUSES = ['draft', 'finalized', 'voided', 'failed', 'pending'] as const;
export const PAYMENT_STATUSES = ['pending', 'succeeded', 'failed'] as const;
export const INVOICE_SETTLEMENTS = ['payment', 'credit_note'] as const;

const MAX_KEY_LENGTH = 20;
const MAX_VALUE_LENGTH = 140;

/** What is no payment status is refused after the invoice itself was looked at. */
const paymentStatusInput = z.union([oneOf(PAYMENT_STATUSES), z.unknown().transform(() => 'invalid' as const)]);

/** Body of `PUT /invoices/:id`. */
export const invoiceUpdateBody = z
  .object({
    payment_status: paymentStatusInput.optional(),
    status: paymentStatusInput.optional().describe('2022 name of payment_status'),
    metadata: listOf(
      z.object({ id: optionalText(), key: mandatoryText({ max: MAX_KEY_LENGTH }), value: mandatoryText({ max: MAX_VALUE_LENGTH }) }),
    ).nullish(),
  })
  .transform((body) => ({
    paymentStatus: body.payment_status ?? body.status,
    metadata: body.metadata === null ? [] : body.metadata,
  }));

/** Body of `POST /invoices/:id/void`, which may be left out and is not wrapped. */
export const invoiceVoidBody = z
  .object({
    generate_credit_note: booleanInput().nullish(),
    credit_amount: centsInput({ min: 0n }).nullish(),
    refund_amount: centsInput({ min: 0n }).nullish(),
  })
  .transform((body) => ({
    generatesCreditNote: body.generate_credit_note ?? false,
    creditAmountCents: body.credit_amount ?? ZERO_CENTS,
    refundAmountCents: body.refund_amount ?? ZERO_CENTS,
  }));

const id = z.uuid();
const text = z.string();
const cents = z.int();
const dateTime = z.iso.datetime();

const invoiceAppliedTax = z.object({
  lago_id: id,
  lago_invoice_id: id,
  lago_tax_id: id,
  tax_name: text,
  tax_code: text,
  tax_rate: z.number(),
  tax_description: text.nullable(),
  amount_cents: cents,
  amount_currency: text,
  fees_amount_cents: cents,
  created_at: dateTime,
});

const invoiceMetadata = z.object({ lago_id: id, key: text, value: text, created_at: dateTime });

const amounts = z.object({
  fees_amount_cents: cents,
  coupons_amount_cents: cents,
  progressive_billing_credit_amount_cents: z.literal(0),
  sub_total_excluding_taxes_amount_cents: cents,
  taxes_amount_cents: cents,
  taxes_rate: z.number(),
  sub_total_including_taxes_amount_cents: cents,
  credit_notes_amount_cents: cents,
  prepaid_credit_amount_cents: cents,
  prepaid_granted_credit_amount_cents: cents.nullable(),
  prepaid_purchased_credit_amount_cents: cents.nullable(),
  total_amount_cents: cents,
  total_paid_amount_cents: cents,
  total_due_amount_cents: cents,
  total_offsetted_credit_note_amount_cents: cents,
});

/** The names of 2022, kept beside today's. Rule: invoicing.md § 3. */
const aliasesOf2022 = z.object({
  amount_cents: cents,
  amount_currency: text,
  vat_amount_cents: cents,
  vat_amount_currency: text,
  credit_amount_cents: cents,
  credit_amount_currency: text,
  total_amount_currency: text,
});

/** An invoice as a list shows it. Rule: api.md § 10. */
export const listedInvoiceAnswer = z
  .object({
    lago_id: id,
    billing_entity_code: z.literal('default'),
    sequential_id: z.int().nullable(),
    number: text,
    purchase_order_number: text.nullable(),
    issuing_date: z.iso.date(),
    payment_due_date: z.iso.date(),
    net_payment_term: z.int(),
    invoice_type: z.enum(INVOICE_TYPES),
    status: z.enum(INVOICE_STATUSES),
    payment_status: z.enum(PAYMENT_STATUSES),
    payment_dispute_lost_at: dateTime.nullable(),
    payment_overdue: z.boolean(),
    currency: text,
    ...amounts.shape,
    ...aliasesOf2022.shape,
    file_url: text.nullable(),
    xml_url: z.null(),
    web_url: z.null(),
    version_number: z.literal(4),
    self_billed: z.literal(false),
    created_at: dateTime,
    updated_at: dateTime,
    voided_at: dateTime.nullable(),
    customer: nestedCustomerAnswer,
    metadata: z.array(invoiceMetadata),
    applied_taxes: z.array(invoiceAppliedTax),
  })
  .meta({ id: 'ListedInvoice' });

const invoiceCredit = z.object({
  lago_id: id,
  amount_cents: cents,
  amount_currency: text,
  before_taxes: z.boolean(),
  item: z.object({
    lago_item_id: id,
    type: z.enum(['coupon', 'credit_note', 'invoice']),
    code: text,
    name: text,
    description: text.nullable(),
  }),
  invoice: z.object({ lago_id: id, payment_status: z.enum(PAYMENT_STATUSES) }),
});

const invoiceBillingPeriod = z.object({
  lago_subscription_id: id,
  external_subscription_id: text,
  lago_plan_id: id,
  subscription_from_datetime: dateTime,
  subscription_to_datetime: dateTime,
  charges_from_datetime: dateTime,
  charges_to_datetime: dateTime,
  fixed_charges_from_datetime: z.null(),
  fixed_charges_to_datetime: z.null(),
  invoicing_reason: z.enum([
    'subscription_starting',
    'subscription_periodic',
    'subscription_terminating',
    'in_advance_charge',
    'in_advance_charge_periodic',
    'progressive_billing',
  ]),
});

/** An invoice as a single answer shows it: with its lines. */
export const invoiceAnswer = listedInvoiceAnswer
  .extend({
    fees: z.array(feeAnswer),
    subscriptions: z.array(subscriptionAnswer),
    billing_periods: z.array(invoiceBillingPeriod),
    credits: z.array(invoiceCredit),
    error_details: z.array(z.object({ lago_id: id, error_code: text, details: z.object({ message: text }) })),
    applied_invoice_custom_sections: z.array(appliedCustomSectionAnswer),
  })
  .meta({ id: 'Invoice' });

export type ListedInvoiceAnswer = z.output<typeof listedInvoiceAnswer>;
export type InvoiceAnswer = z.output<typeof invoiceAnswer>;
