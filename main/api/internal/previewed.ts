import type { EffectsAnswer, PreviewedFee, PreviewedInvoice, PreviewedNote } from '../../../shared/internal/effects.ts';
import { dateIn } from '../../../shared/dates.ts';
import { formatDecimal } from '../../../shared/decimal.ts';
import { centsToWire, subtractCents } from '../../../shared/money.ts';
import type { Effects, PreviewedInvoice as Invoice, PreviewedNote as Note } from '../../subscriptions/index.ts';

type ListedFee = Invoice['detail']['fees'][number];

/** What a command makes at once. */
export function serializeEffects({ invoices, notes }: Pick<Effects<unknown>, 'invoices' | 'notes'>): EffectsAnswer {
  return { invoices: invoices.map(serializePreviewedInvoice), credit_notes: notes.map(serializePreviewedNote) };
}

/** An invoice that does not exist yet: without number, and without ids that could be opened. */
export function serializePreviewedInvoice(previewed: Invoice): PreviewedInvoice {
  const { invoice, fees, credits, taxes } = previewed.detail;
  return {
    key: invoice.id,
    invoice_type: invoice.invoiceType,
    currency: invoice.currency,
    issuing_date: invoice.issuingDate.toString(),
    payment_due_date: invoice.paymentDueDate.toString(),
    draft_until: previewed.draftUntil?.toString() ?? null,
    fees: fees.map((listed) => serializePreviewedFee(previewed, listed)),
    fees_amount_cents: centsToWire(invoice.feesAmountCents),
    coupons_amount_cents: centsToWire(invoice.couponsAmountCents),
    sub_total_excluding_taxes_amount_cents: centsToWire(subtractCents(invoice.feesAmountCents, invoice.couponsAmountCents)),
    taxes_amount_cents: centsToWire(invoice.taxesAmountCents),
    credit_notes_amount_cents: centsToWire(invoice.creditNotesAmountCents),
    prepaid_credit_amount_cents: centsToWire(invoice.prepaidCreditAmountCents),
    total_amount_cents: centsToWire(invoice.totalAmountCents),
    credits: credits.map(({ credit, item }) => ({
      type: item.type,
      name: item.type === 'coupon' ? item.name : item.code,
      amount_cents: centsToWire(credit.amountCents),
    })),
    taxes: taxes.map((tax) => ({ name: tax.name, rate: tax.rate.toNumber(), amount_cents: centsToWire(tax.amountCents) })),
  };
}

function serializePreviewedFee(previewed: Invoice, { fee, externalSubscriptionId }: ListedFee): PreviewedFee {
  const { timezone } = previewed.detail.invoice;
  const origin = previewed.origins.get(fee.id);
  const days = origin?.days ?? null;
  const hasOnePrice = fee.feeType === 'add_on' || origin?.rule === 'standard';
  const isSpan = fee.feeType !== 'credit' && fee.feeType !== 'add_on';
  return {
    key: fee.id,
    type: fee.feeType,
    name: fee.invoiceDisplayName ?? fee.itemName,
    detail: detailOf(fee),
    external_subscription_id: externalSubscriptionId,
    span: isSpan ? { from: dateIn(fee.fromAt, timezone).toString(), to: dateIn(fee.toAt, timezone).toString() } : null,
    units: formatDecimal(fee.units),
    unit_amount: hasOnePrice ? formatDecimal(fee.unitAmount) : null,
    amount_cents: centsToWire(fee.amountCents),
    days: days === null ? null : { plan_amount: days.planAmount, billed_days: days.billedDays, period_days: days.periodDays },
  };
}

function detailOf(fee: ListedFee['fee']): string | null {
  if (fee.feeType === 'add_on') return fee.description;
  const filters =
    fee.filterDisplayName ??
    Object.values(fee.filters ?? {})
      .flat()
      .join(', ');
  const groups = Object.values(fee.groupedBy).filter((value) => value !== null);
  const parts = [filters, ...groups].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(' · ');
}

export function serializePreviewedNote({ note, days }: Note): PreviewedNote {
  const { creditNote } = note;
  return {
    key: creditNote.id,
    invoice_number: note.invoiceNumber,
    currency: creditNote.currency,
    total_amount_cents: centsToWire(creditNote.totalAmountCents),
    credit_amount_cents: centsToWire(creditNote.creditAmountCents),
    refund_amount_cents: centsToWire(creditNote.refundAmountCents),
    offset_amount_cents: centsToWire(creditNote.offsetAmountCents),
    balance_amount_cents: centsToWire(creditNote.balanceAmountCents),
    days,
  };
}
