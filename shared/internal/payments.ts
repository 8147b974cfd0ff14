import type { CustomerWords, InvoiceRefusal, PaymentAttempt } from './invoices.ts';

export const PAYMENT_SORTS = ['created_at', 'customer', 'amount_cents', 'payment_status', 'type'] as const;

/** One row of `GET /api/internal/lists/payments`. */
export interface PaymentRow {
  readonly lago_id: string;
  readonly type: 'manual' | 'provider';
  readonly amount_cents: number;
  readonly currency: string;
  /** The provider's own word. */
  readonly status: string;
  readonly payment_status: 'pending' | 'processing' | 'succeeded' | 'failed';
  readonly reference: string | null;
  readonly payment_provider_code: string | null;
  readonly provider_payment_id: string | null;
  readonly error_code: string | null;
  readonly created_at: string;
  readonly invoice: { readonly lago_id: string; readonly number: string };
  readonly customer: CustomerWords;
}

/** Answer of `GET /api/internal/payments/:id`. */
export interface PaymentFacts {
  readonly payment: PaymentAttempt;
  readonly customer: CustomerWords;
  readonly invoice: {
    readonly lago_id: string;
    readonly number: string;
    readonly currency: string;
    readonly payment_status: 'pending' | 'succeeded' | 'failed';
    readonly total_due_amount_cents: number;
  };
  /** Why its invoice cannot be collected once more; null: it can. */
  readonly retry_refusal: InvoiceRefusal | null;
  readonly refunds: readonly {
    readonly lago_id: string;
    readonly lago_credit_note_id: string;
    readonly amount_cents: number;
    readonly status: 'pending' | 'succeeded' | 'failed';
    readonly error_code: string | null;
    readonly created_at: string;
  }[];
}
