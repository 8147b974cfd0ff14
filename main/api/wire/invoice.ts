import { formatInstant, type Instant } from '../../../shared/dates.ts';
import { addCents, centsToWire, subtractCents, ZERO_CENTS, type Cents } from '../../../shared/money.ts';
import type { NestedCustomerAnswer } from '../../../shared/wire/customer.ts';
import type { InvoiceAnswer, ListedInvoiceAnswer } from '../../../shared/wire/invoice.ts';
import type { SubscriptionAnswer } from '../../../shared/wire/subscription.ts';
import type { InvoiceDetail, ListedInvoice } from '../../invoicing/index.ts';
import { documentUrl } from './document-url.ts';
import { serializeFee } from './fee.ts';

type Invoice = ListedInvoice['invoice'];

/** What an invoice shows beside its own columns: its customer, and where this server is reached. */
export interface InvoiceSurroundings {
  readonly customer: NestedCustomerAnswer;
  readonly baseUrl: string;
}

/** An invoice as a list shows it. Rule: api.md § 10. */
export function serializeListedInvoice(listed: ListedInvoice, around: InvoiceSurroundings): ListedInvoiceAnswer {
  const { invoice } = listed;
  return {
    lago_id: invoice.id,
    billing_entity_code: 'default',
    sequential_id: invoice.sequentialId,
    number: invoice.number,
    purchase_order_number: invoice.purchaseOrderNumber,
    issuing_date: invoice.issuingDate.toString(),
    payment_due_date: invoice.paymentDueDate.toString(),
    net_payment_term: invoice.netPaymentTerm,
    invoice_type: invoice.invoiceType,
    status: shownStatus(invoice),
    payment_status: invoice.paymentStatus,
    payment_dispute_lost_at: timeOrNull(invoice.paymentDisputeLostAt),
    payment_overdue: invoice.paymentOverdue,
    currency: invoice.currency,
    ...serializeAmounts(invoice),
    file_url: documentUrl(around.baseUrl, 'invoices', invoice),
    xml_url: null,
    web_url: null,
    version_number: 4,
    self_billed: false,
    created_at: formatInstant(invoice.createdAt),
    updated_at: formatInstant(invoice.updatedAt),
    voided_at: timeOrNull(invoice.voidedAt),
    customer: around.customer,
    metadata: listed.metadata.map(({ id, key, value, createdAt }) => ({ lago_id: id, key, value, created_at: formatInstant(createdAt) })),
    applied_taxes: serializeTaxes(listed),
  };
}

/** An invoice as a single answer shows it: with its lines. */
export function serializeInvoice(
  detail: InvoiceDetail,
  around: InvoiceSurroundings & { readonly subscriptions: readonly SubscriptionAnswer[] },
): InvoiceAnswer {
  return {
    ...serializeListedInvoice(detail, around),
    fees: detail.fees.map(serializeFee),
    subscriptions: [...around.subscriptions],
    billing_periods: serializePeriods(detail),
    credits: serializeCredits(detail),
    error_details: detail.errors.map(({ id, code, message }) => ({ lago_id: id, error_code: code, details: { message } })),
    applied_invoice_custom_sections: serializeSections(detail),
  };
}

function serializeSections({ invoice, customSections }: InvoiceDetail): InvoiceAnswer['applied_invoice_custom_sections'] {
  return customSections.map((section) => ({
    lago_id: section.id,
    lago_invoice_id: invoice.id,
    code: section.code,
    details: section.details,
    display_name: section.displayName,
    created_at: formatInstant(section.createdAt),
  }));
}

function shownStatus({ status }: Invoice): ListedInvoiceAnswer['status'] {
  if (status === 'generating' || status === 'closed') throw new Error(`broken belief: a ${status} invoice is not shown`);
  return status;
}

/** Sums of invoicing.md § 3, today's names and those of 2022. */
function serializeAmounts(invoice: Invoice) {
  const subTotalExcludingTaxes = subtractCents(invoice.feesAmountCents, invoice.couponsAmountCents);
  const subTotalIncludingTaxes = addCents(subTotalExcludingTaxes, invoice.taxesAmountCents);
  const fees = centsToWire(invoice.feesAmountCents);
  const taxes = centsToWire(invoice.taxesAmountCents);
  return {
    fees_amount_cents: fees,
    coupons_amount_cents: centsToWire(invoice.couponsAmountCents),
    progressive_billing_credit_amount_cents: 0,
    sub_total_excluding_taxes_amount_cents: centsToWire(subTotalExcludingTaxes),
    taxes_amount_cents: taxes,
    taxes_rate: invoice.taxesRate.toNumber(),
    sub_total_including_taxes_amount_cents: centsToWire(subTotalIncludingTaxes),
    credit_notes_amount_cents: centsToWire(invoice.creditNotesAmountCents),
    prepaid_credit_amount_cents: centsToWire(invoice.prepaidCreditAmountCents),
    prepaid_granted_credit_amount_cents: centsToWire(invoice.prepaidGrantedCreditAmountCents),
    prepaid_purchased_credit_amount_cents: centsToWire(invoice.prepaidPurchasedCreditAmountCents),
    total_amount_cents: centsToWire(invoice.totalAmountCents),
    total_paid_amount_cents: centsToWire(invoice.totalPaidAmountCents),
    total_due_amount_cents: centsToWire(dueAmount(invoice)),
    total_offsetted_credit_note_amount_cents: centsToWire(invoice.totalOffsettedCreditNoteAmountCents),
    amount_cents: fees,
    amount_currency: invoice.currency,
    vat_amount_cents: taxes,
    vat_amount_currency: invoice.currency,
    credit_amount_cents: centsToWire(addCents(invoice.couponsAmountCents, invoice.creditNotesAmountCents)),
    credit_amount_currency: invoice.currency,
    total_amount_currency: invoice.currency,
  } as const;
}

/** What is not paid yet; nothing of a voided invoice. Rule: invoicing.md § 3. */
export function dueAmount(
  invoice: Pick<Invoice, 'status' | 'totalAmountCents' | 'totalPaidAmountCents' | 'totalOffsettedCreditNoteAmountCents'>,
): Cents {
  if (invoice.status === 'voided') return ZERO_CENTS;
  return subtractCents(invoice.totalAmountCents, invoice.totalPaidAmountCents, invoice.totalOffsettedCreditNoteAmountCents);
}

function serializeTaxes({ invoice, taxes }: ListedInvoice): ListedInvoiceAnswer['applied_taxes'] {
  return taxes.map((tax) => ({
    lago_id: tax.id,
    lago_invoice_id: invoice.id,
    lago_tax_id: tax.taxId,
    tax_name: tax.name,
    tax_code: tax.code,
    tax_rate: tax.rate.toNumber(),
    tax_description: tax.description,
    amount_cents: centsToWire(tax.amountCents),
    amount_currency: invoice.currency,
    fees_amount_cents: centsToWire(tax.feesAmountCents),
    created_at: formatInstant(tax.createdAt),
  }));
}

function serializePeriods({ periods }: InvoiceDetail): InvoiceAnswer['billing_periods'] {
  return periods.map(({ period, externalSubscriptionId }) => ({
    lago_subscription_id: period.subscriptionId,
    external_subscription_id: externalSubscriptionId,
    lago_plan_id: period.planId,
    subscription_from_datetime: formatInstant(period.subscriptionFrom),
    subscription_to_datetime: formatInstant(period.subscriptionTo),
    charges_from_datetime: formatInstant(period.chargesFrom),
    charges_to_datetime: formatInstant(period.chargesTo),
    fixed_charges_from_datetime: null,
    fixed_charges_to_datetime: null,
    invoicing_reason: period.invoicingReason,
  }));
}

function serializeCredits({ invoice, credits }: InvoiceDetail): InvoiceAnswer['credits'] {
  return credits.map(({ credit, item }) => ({
    lago_id: credit.id,
    amount_cents: centsToWire(credit.amountCents),
    amount_currency: invoice.currency,
    before_taxes: item.type === 'coupon',
    item: { lago_item_id: item.id, type: item.type, code: item.code, name: item.name, description: item.description },
    invoice: { lago_id: invoice.id, payment_status: invoice.paymentStatus },
  }));
}

function timeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
