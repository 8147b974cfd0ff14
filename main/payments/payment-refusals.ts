import type { InvoiceRefusal } from '../../shared/internal/invoices.ts';
import type { Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import { dueOn } from './payment-rows.ts';
import { isBeingCollected } from './settle-invoice.ts';
import { toStripeAmount } from './stripe/stripe-amounts.ts';

// Why a command of payments refuses an invoice: the commands ask these, and so do screens that show what is possible.

const BEING_COLLECTED = 'payment_processor_is_currently_handling_payment';

/** What a person may do about the money of an invoice. */
export interface PaymentRefusals {
  readonly record_payment: InvoiceRefusal | null;
  readonly retry_payment: InvoiceRefusal | null;
  readonly payment_link: InvoiceRefusal | null;
}

/** Only a final invoice that no provider is collecting right now. Rule: invoicing.md § 9 `POST /payments`. */
export function manualPaymentRefusal(db: ReadDatabase, invoice: Invoice): InvoiceRefusal | null {
  if (invoice.status !== 'finalized') return stateRefusal(invoice);
  return isBeingCollected(db, invoice.id) ? BEING_COLLECTED : null;
}

/** Rule: invoicing.md § 9 `retry_payment`. */
export function retryPaymentRefusal(db: ReadDatabase, invoice: Invoice): InvoiceRefusal | null {
  if (invoice.status !== 'finalized') return stateRefusal(invoice);
  if (invoice.paymentStatus === 'succeeded') return 'invoice_is_paid';
  return !invoice.readyForPaymentProcessing || isBeingCollected(db, invoice.id) ? BEING_COLLECTED : null;
}

/** What stands against a hosted page, apart from what only the provider knows. Rule: payments-and-webhooks.md § 7. */
export function paymentLinkRefusal(db: ReadDatabase, invoice: Invoice, customer: Customer): InvoiceRefusal | null {
  if (customer.paymentProviderCode === null) return 'customer_must_have_payment_provider';
  if (invoice.status !== 'finalized') return stateRefusal(invoice);
  if (invoice.paymentStatus === 'succeeded') return 'invoice_is_paid';
  if (dueOn(invoice) === 0n) return 'nothing_due';
  if (customer.providerCustomerId === null) return 'missing_payment_provider_customer';
  if (isBeingCollected(db, invoice.id)) return BEING_COLLECTED;
  return toStripeAmount(dueOn(invoice), invoice.currency) === null ? 'amount_not_supported' : null;
}

/** What a screen offers: also what the API accepts without any effect is refused here. */
export function paymentRefusals(db: ReadDatabase, invoice: Invoice, customer: Customer): PaymentRefusals {
  const nothingDue = invoice.status === 'finalized' && dueOn(invoice) === 0n ? 'nothing_due' : null;
  const noProvider = customer.paymentProvider === null ? 'customer_must_have_payment_provider' : null;
  return {
    record_payment: manualPaymentRefusal(db, invoice) ?? nothingDue,
    retry_payment: retryPaymentRefusal(db, invoice) ?? nothingDue ?? noProvider,
    payment_link: paymentLinkRefusal(db, invoice, customer),
  };
}

function stateRefusal({ status }: Pick<Invoice, 'status'>): InvoiceRefusal {
  if (status === 'draft') return 'invoice_is_draft';
  return status === 'voided' ? 'invoice_is_voided' : 'invoice_is_not_final';
}
