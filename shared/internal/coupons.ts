import type { CouponAnswer } from '../wire/coupon.ts';

/** Sort keys of `GET /api/internal/lists/coupons`; its filters are `search`, `type`, `frequency` and `status`. */
export const COUPON_SORTS = ['created_at', 'name', 'code', 'customers', 'expiration'] as const;

export type CouponStatus = 'active' | 'terminated';

/** A row of that list. */
export interface CouponRow {
  readonly lago_id: string;
  readonly name: string;
  readonly code: string;
  readonly coupon_type: CouponAnswer['coupon_type'];
  readonly amount_cents: number | null;
  readonly amount_currency: string | null;
  readonly percentage_rate: string | null;
  readonly frequency: CouponAnswer['frequency'];
  readonly frequency_duration: number | null;
  readonly reusable: boolean;
  readonly expiration_at: string | null;
  readonly terminated_at: string | null;
  /** How many customers have it now, and how often it was ever given. */
  readonly active_count: number;
  readonly given_count: number;
  readonly created_at: string;
}

/** `GET /api/internal/coupons/:id`. */
export interface CouponPageAnswer {
  readonly coupon: CouponAnswer;
  readonly active_count: number;
  readonly given_count: number;
  /** What it took off invoices that stand, by currency. */
  readonly used: readonly { readonly amount_cents: number; readonly currency: string }[];
  readonly plans: readonly { readonly lago_id: string; readonly name: string; readonly code: string }[];
  readonly billable_metrics: readonly { readonly lago_id: string; readonly name: string; readonly code: string }[];
}

/** Sort keys of `GET /api/internal/lists/coupon_holders?coupon=ID`; its filter is `status`. */
export const COUPON_HOLDER_SORTS = ['created_at', 'customer'] as const;

/** A customer who was given a coupon, and what became of it. */
export interface CouponHolderRow {
  readonly lago_id: string;
  readonly customer: { readonly lago_id: string; readonly name: string; readonly external_id: string };
  readonly status: CouponStatus;
  readonly amount_cents: number | null;
  readonly amount_currency: string | null;
  readonly percentage_rate: string | null;
  readonly frequency: CouponAnswer['frequency'];
  readonly frequency_duration: number | null;
  readonly frequency_duration_remaining: number | null;
  /** What is left of a fixed amount for one use; null for others. */
  readonly amount_cents_remaining: number | null;
  /** What it took off invoices that stand, in the customer's currency. */
  readonly used_cents: number;
  readonly used_currency: string | null;
  readonly invoices_count: number;
  readonly created_at: string;
  readonly terminated_at: string | null;
}

/** `POST /api/internal/coupons/example`: what a coupon would do to three invoices, one after the other. Nothing is stored. */
export interface CouponExampleAnswer {
  readonly currency: string;
  readonly invoices: readonly CouponExampleInvoice[];
}

export interface CouponExampleInvoice {
  /** Fees that it may lower, and fees that it may not, as where it is limited to plans or metrics. */
  readonly eligible_cents: number;
  readonly other_cents: number;
  readonly coupon_cents: number;
  readonly total_cents: number;
  /** Of a fixed amount for one use: what is left for the next invoice. */
  readonly remaining_cents: number | null;
  /** Of a recurring coupon: the invoices that it still lasts for. */
  readonly remaining_invoices: number | null;
  /** It lowers no later invoice. */
  readonly is_used_up: boolean;
}
