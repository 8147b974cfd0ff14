import type { AddOnAnswer } from '../wire/add-on.ts';

/** Sort keys of `GET /api/internal/lists/add_ons`; its filters are `search` and `currency`. */
export const ADD_ON_SORTS = ['created_at', 'name', 'code', 'amount', 'applied'] as const;

/** A row of that list. */
export interface AddOnRow {
  readonly lago_id: string;
  readonly name: string;
  readonly code: string;
  readonly description: string | null;
  readonly amount_cents: number;
  readonly amount_currency: string;
  /** How many fees of invoices that stand were made with it. */
  readonly applied_count: number;
  readonly created_at: string;
}

/** `GET /api/internal/add_ons/:id`. */
export interface AddOnPageAnswer {
  readonly add_on: AddOnAnswer;
  readonly applied_count: number;
}

/** Sort keys of `GET /api/internal/lists/add_on_fees?add_on=ID`. */
export const ADD_ON_FEE_SORTS = ['created_at', 'amount', 'customer'] as const;

/** A line of an invoice that was made with an add-on. */
export interface AddOnFeeRow {
  readonly lago_id: string;
  readonly invoice: { readonly lago_id: string; readonly number: string; readonly status: string; readonly issuing_date: string };
  readonly customer: { readonly lago_id: string; readonly name: string; readonly external_id: string };
  readonly units: string;
  readonly amount_cents: number;
  readonly amount_currency: string;
  readonly created_at: string;
}
