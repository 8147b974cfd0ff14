import { z } from 'zod';
import type { InvoiceAnswer } from '../wire/invoice.ts';
import type { PaymentAnswer } from '../wire/payment.ts';

export const INVOICE_TABS = ['all', 'draft', 'outstanding', 'paid', 'failed', 'voided'] as const;
/** `failed`: invoices that could not be made, and those whose payment failed. */
export type InvoiceTab = (typeof INVOICE_TABS)[number];

export const INVOICE_SORTS = [
  'issuing_date',
  'number',
  'customer',
  'invoice_type',
  'total_amount_cents',
  'status',
  'payment_status',
  'payment_due_date',
] as const;

/** Whose something is, with the name that a screen shows. */
export interface CustomerWords {
  readonly lago_id: string;
  readonly external_id: string;
  readonly name: string;
}

/** One row of `GET /api/internal/lists/invoices`. */
export interface InvoiceRow {
  readonly lago_id: string;
  readonly number: string;
  readonly status: 'draft' | 'finalized' | 'voided' | 'failed';
  readonly payment_status: 'pending' | 'succeeded' | 'failed';
  readonly payment_overdue: boolean;
  readonly payment_dispute_lost: boolean;
  readonly invoice_type: InvoiceAnswer['invoice_type'];
  readonly issuing_date: string;
  readonly payment_due_date: string;
  readonly currency: string;
  readonly total_amount_cents: number;
  readonly total_due_amount_cents: number;
  /** Whether its PDF is there. */
  readonly has_document: boolean;
  readonly customer: CustomerWords;
}

/** One row of `GET /api/internal/lists/upcoming_invoices`: what an open period comes to so far. Never stored. */
export interface UpcomingInvoiceRow {
  /** Our id of the first subscription on it: opens the preview. */
  readonly lago_subscription_id: string;
  readonly billing_at: string;
  /** The same as a day of the customer's zone. */
  readonly billing_on: string;
  readonly customer: CustomerWords;
  readonly subscriptions: readonly { readonly lago_id: string; readonly external_id: string; readonly name: string }[];
  /** Null: nothing would be invoiced. */
  readonly invoice: Pick<
    InvoiceAnswer,
    'issuing_date' | 'payment_due_date' | 'currency' | 'fees_amount_cents' | 'taxes_amount_cents' | 'total_amount_cents'
  > | null;
}

/** What a person can do with an invoice. */
export const INVOICE_ACTIONS = [
  'download',
  'record_payment',
  'retry_payment',
  'payment_link',
  'refresh',
  'finalize',
  'credit_note',
  'void',
  'lose_dispute',
  'retry',
  'delete',
] as const;
export type InvoiceAction = (typeof INVOICE_ACTIONS)[number];

/** Why something is not possible. */
export type InvoiceRefusal =
  | 'invoice_is_draft'
  | 'invoice_is_not_a_draft'
  | 'invoice_is_not_final'
  | 'invoice_is_not_failed'
  | 'invoice_is_paid'
  | 'invoice_is_voided'
  | 'invoice_has_payment'
  | 'invoice_has_credit_note'
  | 'invoice_type_is_not_refreshed'
  | 'dispute_was_lost'
  | 'nothing_due'
  | 'nothing_left_to_credit'
  | 'amount_not_supported'
  | 'payment_processor_is_currently_handling_payment'
  | 'customer_must_have_payment_provider'
  | 'missing_payment_provider_customer';

/** The PDF of an invoice or a credit note. */
export interface DocumentFacts {
  /** `none`: only what is final has one. */
  readonly state: 'none' | 'being_written' | 'ready';
  /** Of our own server, for signed-in windows. */
  readonly url: string | null;
  /** The name that a save dialog proposes: `INV-0042 Hooli 2026-01.pdf`. */
  readonly file_name: string;
}

export type InvoiceMomentKind =
  | 'created'
  | 'finalized'
  | 'finalizes'
  | 'payment_succeeded'
  | 'payment_processing'
  | 'payment_failed'
  | 'credit_note'
  | 'overdue'
  | 'falls_overdue'
  | 'dispute_lost'
  | 'voided';

/** Something that happened to an invoice, or will happen by itself. */
export interface InvoiceMoment {
  readonly kind: InvoiceMomentKind;
  readonly at: string;
  readonly is_upcoming: boolean;
  /** The payment or credit note. */
  readonly lago_id: string | null;
  readonly amount_cents: number | null;
  /** Number of the credit note, or the code of a failure. */
  readonly code: string | null;
}

/** A payment with what a person needs when it failed. */
export interface PaymentAttempt extends PaymentAnswer {
  /** The provider's or our own code of why it failed. */
  readonly error_code: string | null;
  readonly tries: number;
  /** When it is looked at again. */
  readonly next_try_at: string | null;
  readonly updated_at: string;
}

/** A message about an object that was sent, or waits to be. */
export interface ObjectDelivery {
  readonly lago_id: string;
  readonly lago_webhook_endpoint_id: string;
  readonly webhook_type: string;
  readonly status: 'pending' | 'retrying' | 'succeeded' | 'failed';
  readonly attempts: number;
  readonly http_status: number | null;
  readonly created_at: string;
  readonly last_tried_at: string | null;
}

/** Days, both included: `YYYY-MM-DD`. */
export interface FeeSpan {
  readonly from: string;
  readonly to: string;
}

/** Lines that stand together: those of one subscription, or those of none. */
export interface FeeGroup {
  readonly lago_subscription_id: string | null;
  readonly external_subscription_id: string | null;
  readonly name: string | null;
  /** Days of the customer's zone, both included; null for what is no subscription's. */
  readonly subscription_span: FeeSpan | null;
  readonly charges_span: FeeSpan | null;
  readonly amount_cents: number;
  readonly fees: readonly { readonly lago_id: string; readonly span: FeeSpan | null }[];
}

/** Answer of `GET /api/internal/invoices/:id`. */
export interface InvoiceFacts {
  readonly invoice: InvoiceAnswer;
  readonly customer: CustomerWords;
  /** Zone of the customer when the invoice was made. */
  readonly timezone: string;
  /** Null: it is possible. */
  readonly actions: Readonly<Record<InvoiceAction, InvoiceRefusal | null>>;
  readonly document: DocumentFacts;
  readonly groups: readonly FeeGroup[];
  readonly time_line: readonly InvoiceMoment[];
  readonly payments: readonly PaymentAttempt[];
  /** More came in than was due: a payment link and an automatic payment both went through. */
  readonly is_overpaid: boolean;
  readonly webhook_deliveries: readonly ObjectDelivery[];
  readonly credit_notes: readonly {
    readonly lago_id: string;
    readonly number: string;
    readonly total_amount_cents: number;
    readonly issuing_date: string;
  }[];
  /** Until when a draft is open. */
  readonly finalize_at: string | null;
}

/** Answer of `GET /api/internal/upcoming_invoices/:subscription_id`: an invoice that does not exist, without number and ids. */
export interface UpcomingInvoice {
  readonly billing_at: string;
  readonly billing_on: string;
  readonly customer: CustomerWords;
  readonly timezone: string;
  readonly subscriptions: UpcomingInvoiceRow['subscriptions'];
  /** Null: nothing would be invoiced. */
  readonly invoice: InvoiceAnswer | null;
  readonly groups: readonly FeeGroup[];
}

/** Answer of `POST /api/internal/preview/finalize_invoices`. */
export interface PreviewedFinalizations {
  readonly invoices: readonly {
    readonly lago_id: string;
    readonly customer: CustomerWords;
    readonly currency: string;
    readonly total_amount_cents: number;
    /** It is closed instead: it has no amount, and its customer wants no such invoices. */
    readonly is_closed: boolean;
  }[];
  readonly totals: readonly { readonly currency: string; readonly total_amount_cents: number; readonly invoices_count: number }[];
}

export const invoiceIdsBody = z.object({ lago_ids: z.array(z.string()).min(1).max(100) });
