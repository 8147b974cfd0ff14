import { z } from 'zod';
import { ZERO_CENTS } from '../money.ts';
import { nestedCustomerAnswer } from './customer.ts';
import { feeAnswer } from './fee.ts';
import { anyText, centsInput, metadataMap, oneOf, optionalText } from './fields.ts';
import { creditNoteItemsInput } from './credit-note-items.ts';

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

const partInput = () => centsInput({ min: 0n }).nullish();

/** Body of `POST /credit_notes/estimate`. */
export const creditNoteEstimateBody = z
  .object({ invoice_id: anyText().nullish(), items: creditNoteItemsInput() })
  .transform((body) => ({ invoiceId: body.invoice_id ?? '', items: body.items }));

/** Body of `POST /credit_notes`: items before tax and coupons, the three parts all-in. */
export const creditNoteBody = z
  .object({
    invoice_id: anyText().nullish(),
    reason: oneOf(CREDIT_NOTE_REASONS).nullish(),
    description: optionalText(),
    credit_amount_cents: partInput(),
    refund_amount_cents: partInput(),
    offset_amount_cents: partInput(),
    items: creditNoteItemsInput(),
    metadata: metadataMap().nullish(),
  })
  .transform((body) => ({
    invoiceId: body.invoice_id ?? '',
    reason: body.reason ?? 'other',
    description: body.description ?? null,
    creditAmountCents: body.credit_amount_cents ?? ZERO_CENTS,
    refundAmountCents: body.refund_amount_cents ?? ZERO_CENTS,
    offsetAmountCents: body.offset_amount_cents ?? ZERO_CENTS,
    items: body.items,
    metadata: body.metadata ?? null,
  }));

/** Body and answer of the metadata routes. */
export const creditNoteMetadataInput = z.object({ metadata: metadataMap().nullish() });
export const creditNoteMetadataAnswer = z.object({ metadata: z.record(z.string(), z.string().nullable()).nullable() });

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

/** What a note would come to. Rule: api.md § 14. */
export const creditNoteEstimateAnswer = z.object({
  lago_invoice_id: id,
  invoice_number: text,
  currency: text,
  taxes_amount_cents: cents,
  precise_taxes_amount_cents: decimalText,
  sub_total_excluding_taxes_amount_cents: cents,
  max_creditable_amount_cents: cents,
  max_refundable_amount_cents: cents,
  max_offsettable_amount_cents: cents,
  coupons_adjustment_amount_cents: cents,
  precise_coupons_adjustment_amount_cents: decimalText,
  taxes_rate: z.number(),
  items: z.array(z.object({ lago_fee_id: id, amount_cents: cents })),
  applied_taxes: z.array(
    z.object({
      lago_tax_id: id,
      tax_name: text,
      tax_code: text,
      tax_rate: z.number(),
      tax_description: text.nullable(),
      base_amount_cents: cents,
      amount_cents: cents,
      amount_currency: text,
    }),
  ),
});

export type CreditNoteEstimateAnswer = z.output<typeof creditNoteEstimateAnswer>;
