import { z } from 'zod';
import { nestedCustomerAnswer } from './customer.ts';
import { feeAnswer } from './fee.ts';
import { metadataMap, oneOf } from './fields.ts';

export const CREDIT_NOTE_REASONS = [
  'duplicated_charge',
  'product_unsatisfactory',
  'order_change',
  'order_cancellation',
  'fraudulent_charge',
  'other',
] as const;
export const CREDIT_STATUSES = ['available', 'consumed', 'voided'] as const;
/** The parts of a credit note. */
export const CREDIT_NOTE_TYPES = ['credit', 'refund', 'offset'] as const;
export const REFUND_STATUSES = ['pending', 'succeeded', 'failed'] as const;

/** Body of `PUT /credit_notes/:id`. What is no refund status is refused after the note itself was looked at. */
export const creditNoteUpdateBody = z
  .object({
    refund_status: z.union([oneOf(REFUND_STATUSES), z.unknown().transform(() => 'invalid' as const)]).optional(),
    metadata: metadataMap().nullish(),
  })
  .transform((body) => ({ refundStatus: body.refund_status, metadata: body.metadata }));

const id = z.uuid();
const text = z.string();
const cents = z.int();
const decimalText = z.string();
const dateTime = z.iso.datetime();

const creditNoteAppliedTax = z.object({
  lago_id: id,
  lago_credit_note_id: id,
  lago_tax_id: id,
  tax_name: text,
  tax_code: text,
  tax_rate: z.number(),
  tax_description: text.nullable(),
  base_amount_cents: cents,
  amount_cents: cents,
  amount_currency: text,
  created_at: dateTime,
});

const creditNoteItem = z.object({
  lago_id: id,
  amount_cents: cents,
  precise_amount_cents: decimalText,
  amount_currency: text,
  fee: feeAnswer,
});

/** A credit note. Rule: api.md § 14 "Out". */
export const creditNoteAnswer = z
  .object({
    lago_id: id,
    billing_entity_code: z.literal('default'),
    sequential_id: z.int(),
    number: text,
    lago_invoice_id: id,
    invoice_number: text,
    purchase_order_number: text.nullable(),
    issuing_date: z.iso.date(),
    credit_status: z.enum(CREDIT_STATUSES).nullable(),
    refund_status: z.enum(REFUND_STATUSES).nullable(),
    reason: z.enum(CREDIT_NOTE_REASONS),
    description: text.nullable(),
    currency: text,
    total_amount_cents: cents,
    precise_total_amount_cents: decimalText,
    taxes_amount_cents: cents,
    precise_taxes_amount_cents: decimalText,
    sub_total_excluding_taxes_amount_cents: cents,
    balance_amount_cents: cents,
    credit_amount_cents: cents,
    refund_amount_cents: cents,
    offset_amount_cents: cents,
    coupons_adjustment_amount_cents: cents,
    taxes_rate: z.number(),
    created_at: dateTime,
    updated_at: dateTime,
    file_url: text.nullable(),
    xml_url: z.null(),
    self_billed: z.literal(false),
    customer: nestedCustomerAnswer,
    items: z.array(creditNoteItem),
    applied_taxes: z.array(creditNoteAppliedTax),
    error_details: z.array(z.never()),
    metadata: z.record(z.string(), z.string().nullable()).optional(),
  })
  .meta({ id: 'CreditNote' });

export type CreditNoteAnswer = z.output<typeof creditNoteAnswer>;
