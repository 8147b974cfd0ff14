import { formatInstant } from '../../../shared/dates.ts';
import { decimal, formatDecimal } from '../../../shared/decimal.ts';
import { centsToWire } from '../../../shared/money.ts';
import type { CreditNoteAnswer, CreditNoteEstimateAnswer } from '../../../shared/wire/credit-note.ts';
import type { CreditNoteEstimate, ListedCreditNote } from '../../invoicing/index.ts';
import { documentUrl } from './document-url.ts';
import { serializeFee } from './fee.ts';

/** A credit note. Rule: api.md § 14 "Out". */
export function serializeCreditNote(
  listed: ListedCreditNote,
  around: { readonly customer: CreditNoteAnswer['customer']; readonly baseUrl: string },
): CreditNoteAnswer {
  const note = listed.creditNote;
  return {
    lago_id: note.id,
    billing_entity_code: 'default',
    sequential_id: note.sequentialId,
    number: note.number,
    lago_invoice_id: note.invoiceId,
    invoice_number: listed.invoiceNumber,
    purchase_order_number: listed.purchaseOrderNumber,
    issuing_date: note.issuingDate.toString(),
    credit_status: note.creditStatus,
    refund_status: note.refundStatus,
    reason: note.reason,
    description: note.description,
    currency: note.currency,
    total_amount_cents: centsToWire(note.totalAmountCents),
    precise_total_amount_cents: formatDecimal(note.preciseTotalAmountCents),
    taxes_amount_cents: centsToWire(note.taxesAmountCents),
    precise_taxes_amount_cents: formatDecimal(note.preciseTaxesAmountCents),
    sub_total_excluding_taxes_amount_cents: centsToWire(note.subTotalExcludingTaxesAmountCents),
    balance_amount_cents: centsToWire(note.balanceAmountCents),
    credit_amount_cents: centsToWire(note.creditAmountCents),
    refund_amount_cents: centsToWire(note.refundAmountCents),
    offset_amount_cents: centsToWire(note.offsetAmountCents),
    coupons_adjustment_amount_cents: centsToWire(note.couponsAdjustmentAmountCents),
    taxes_rate: note.taxesRate.toNumber(),
    created_at: formatInstant(note.createdAt),
    updated_at: formatInstant(note.updatedAt),
    file_url: documentUrl(around.baseUrl, 'credit_notes', note),
    xml_url: null,
    self_billed: false,
    customer: around.customer,
    items: serializeItems(listed),
    applied_taxes: serializeTaxes(listed),
    error_details: [],
    ...(note.metadata === null ? {} : { metadata: { ...note.metadata } }),
  };
}

function serializeItems({ items }: ListedCreditNote): CreditNoteAnswer['items'] {
  return items.map(({ item, fee }) => ({
    lago_id: item.id,
    amount_cents: centsToWire(item.amountCents),
    precise_amount_cents: formatDecimal(item.preciseAmountCents),
    amount_currency: item.currency,
    fee: serializeFee(fee),
  }));
}

function serializeTaxes({ creditNote }: ListedCreditNote): CreditNoteAnswer['applied_taxes'] {
  return creditNote.appliedTaxes.map((tax) => ({
    lago_id: tax.id,
    lago_credit_note_id: creditNote.id,
    lago_tax_id: tax.taxId,
    tax_name: tax.name,
    tax_code: tax.code,
    tax_rate: decimal(tax.rate).toNumber(),
    tax_description: tax.description,
    base_amount_cents: tax.baseAmountCents,
    amount_cents: tax.amountCents,
    amount_currency: creditNote.currency,
    created_at: formatInstant(creditNote.createdAt),
  }));
}

/** What a credit note would come to. Rule: api.md § 14 "estimate". */
export function serializeCreditNoteEstimate(estimate: CreditNoteEstimate): CreditNoteEstimateAnswer {
  const { invoice, amounts } = estimate;
  return {
    lago_invoice_id: invoice.id,
    invoice_number: invoice.number,
    currency: invoice.currency,
    taxes_amount_cents: centsToWire(amounts.taxesAmountCents),
    precise_taxes_amount_cents: formatDecimal(amounts.exactTaxesCents),
    sub_total_excluding_taxes_amount_cents: centsToWire(amounts.subTotalExcludingTaxesAmountCents),
    max_creditable_amount_cents: centsToWire(estimate.maxCreditableAmountCents),
    max_refundable_amount_cents: centsToWire(estimate.maxRefundableAmountCents),
    max_offsettable_amount_cents: centsToWire(estimate.maxOffsettableAmountCents),
    coupons_adjustment_amount_cents: centsToWire(amounts.couponsAdjustmentAmountCents),
    precise_coupons_adjustment_amount_cents: formatDecimal(amounts.exactCouponsAdjustmentCents),
    taxes_rate: amounts.taxesRate.toNumber(),
    items: estimate.items.map(({ fee, amountCents }) => ({ lago_fee_id: fee.id, amount_cents: centsToWire(amountCents) })),
    applied_taxes: amounts.taxes.map(({ tax, amountCents, baseAmountCents }) => ({
      lago_tax_id: tax.id,
      tax_name: tax.name,
      tax_code: tax.code,
      tax_rate: tax.rate.toNumber(),
      tax_description: tax.description,
      base_amount_cents: centsToWire(baseAmountCents),
      amount_cents: centsToWire(amountCents),
      amount_currency: invoice.currency,
    })),
  };
}
