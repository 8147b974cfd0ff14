import type { CreditNoteAnswer, CreditNoteEstimateAnswer } from '../wire/credit-note.ts';
import type { CustomerWords, DocumentFacts } from './invoices.ts';

export const CREDIT_NOTE_SORTS = [
  'issuing_date',
  'number',
  'customer',
  'reason',
  'total_amount_cents',
  'balance_amount_cents',
  'credit_status',
  'refund_status',
] as const;

/** One row of `GET /api/internal/lists/credit_notes`. */
export interface CreditNoteRow {
  readonly lago_id: string;
  readonly number: string;
  readonly issuing_date: string;
  readonly reason: string;
  readonly credit_status: 'available' | 'consumed' | 'voided' | null;
  readonly refund_status: 'pending' | 'succeeded' | 'failed' | null;
  readonly currency: string;
  readonly total_amount_cents: number;
  readonly credit_amount_cents: number;
  readonly refund_amount_cents: number;
  readonly offset_amount_cents: number;
  readonly balance_amount_cents: number;
  readonly invoice: { readonly lago_id: string; readonly number: string };
  readonly customer: CustomerWords;
}

/** Answer of `GET /api/internal/invoices/:id/creditable`: what can still be given back. */
export interface CreditableInvoice {
  readonly currency: string;
  readonly fees: readonly {
    readonly lago_id: string;
    readonly name: string;
    readonly subscription_name: string | null;
    readonly amount_cents: number;
    /** Before tax and before coupons. */
    readonly creditable_amount_cents: number;
  }[];
  readonly max_creditable_amount_cents: number;
  readonly max_refundable_amount_cents: number;
  readonly max_offsettable_amount_cents: number;
  /** An invoice of wallet credits is refunded only. */
  readonly is_refunded_only: boolean;
  /** Whether a refund goes out through the provider by itself. */
  readonly is_refunded_by_provider: boolean;
}

/** Answer of `POST /api/internal/preview/credit_note`: the public estimate, and the parts that it is split into. */
export interface PreviewedCreditNote {
  readonly estimate: CreditNoteEstimateAnswer;
  readonly total_amount_cents: number;
  /** What is left when refund and offset are taken off the total. */
  readonly credit_amount_cents: number;
  readonly refund_amount_cents: number;
  readonly offset_amount_cents: number;
  /** What is due of the invoice before and after. */
  readonly due_before_cents: number;
  readonly due_after_cents: number;
  /** What stands against the parts, by field. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
}

/** Answer of `GET /api/internal/credit_notes/:id`. */
export interface CreditNoteFacts {
  readonly credit_note: CreditNoteAnswer;
  readonly customer: CustomerWords;
  readonly document: DocumentFacts;
  /** Why it cannot be voided; null: it can. */
  readonly void_refusal: 'no_voidable_amount' | null;
  /** Invoices that used its credit. */
  readonly uses: readonly {
    readonly lago_invoice_id: string;
    readonly number: string;
    readonly amount_cents: number;
    readonly at: string;
  }[];
  /** Money on its way back. */
  readonly refunds: readonly {
    readonly lago_id: string;
    readonly lago_payment_id: string;
    readonly amount_cents: number;
    readonly status: 'pending' | 'succeeded' | 'failed';
    readonly provider_refund_id: string | null;
    readonly error_code: string | null;
    readonly created_at: string;
  }[];
}
