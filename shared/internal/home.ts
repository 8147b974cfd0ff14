import { z } from 'zod';
import type { PreviewedInvoice } from './effects.ts';

// What Home asks: `GET /api/internal/home/…`. Amounts are cents, as everywhere on the wire.

/** Something that waits for a person. */
export type AttentionKind =
  | 'parked_subscriptions'
  | 'failed_payments'
  | 'uncertain_payments'
  | 'unmatched_events'
  | 'draft_invoices'
  | 'unused_metrics'
  | 'failed_webhooks'
  | 'listener_gaps';

export interface AttentionExample {
  /** Our id where the example has a page of its own. */
  readonly id: string | null;
  /** A name, number or code, as it is in the books; of listener gaps `from/to`, two date-times. */
  readonly label: string;
  /** How often, where that can be counted. */
  readonly count: number | null;
}

export interface AttentionItem {
  readonly kind: AttentionKind;
  readonly count: number;
  /** The first few, the newest or most frequent first. */
  readonly examples: readonly AttentionExample[];
}

/** `GET /home/attention`: only what there is. */
export interface AttentionAnswer {
  readonly items: readonly AttentionItem[];
}

/** What was invoiced in two calendar months of the organization's zone, in one currency. */
export interface InvoicedMonths {
  readonly currency: string;
  /** `2026-02`. */
  readonly month: string;
  readonly amount_cents: number;
  readonly invoices_count: number;
  readonly previous_month: string;
  readonly previous_amount_cents: number;
}

/** `GET /home/invoiced`: the organization's own currency first. */
export interface InvoicedAnswer {
  readonly currencies: readonly InvoicedMonths[];
}

export interface TopCustomer {
  readonly lago_id: string;
  readonly name: string;
  readonly amount_cents: number;
  /** Of the first one's amount, in percent: the length of its bar. */
  readonly share: string;
}

export interface RunningCurrency {
  readonly currency: string;
  /** Usage of open periods that no invoice has billed, before taxes. */
  readonly amount_cents: number;
  readonly subscriptions_count: number;
  readonly top_customers: readonly TopCustomer[];
}

/** What will be invoiced on one day, in one currency. */
export interface UpcomingDate {
  /** A day of the customers' own zones. */
  readonly date: string;
  readonly currency: string;
  readonly customers_count: number;
  readonly subscriptions_count: number;
  /** Fees as far as they are known now: before coupons, taxes and credits. */
  readonly amount_cents: number;
}

/** `GET /home/running`. */
export interface RunningAnswer {
  readonly currencies: readonly RunningCurrency[];
  readonly upcoming: readonly UpcomingDate[];
  /** Whether there are more dates behind the last one. */
  readonly has_more_upcoming: boolean;
  /** Active subscriptions, and those of them whose amounts are of a while ago or not there yet: another call brings more. */
  readonly subscriptions_count: number;
  readonly outdated_count: number;
  readonly is_complete: boolean;
  /** Customers whose usage comes to more than an invoice can carry: not in the sums. */
  readonly left_out_customers: readonly { readonly lago_id: string; readonly name: string }[];
}

export interface UpcomingCustomer {
  readonly lago_id: string;
  readonly external_id: string;
  readonly name: string;
  /** What goes on the invoice: `POST /api/v1/invoices/preview` takes them. */
  readonly external_subscription_ids: readonly string[];
  readonly amount_cents: number;
}

/** `GET /home/upcoming?date=&currency=`: the highest amount first. */
export interface UpcomingCustomersAnswer {
  readonly customers: readonly UpcomingCustomer[];
  readonly total: number;
}

/** `POST /home/upcoming_preview`: the next invoice of these subscriptions of a customer, as it would be now. */
export const upcomingPreviewBody = z.object({ customer_id: z.string(), external_subscription_ids: z.array(z.string()).min(1).max(1000) });
export type UpcomingPreviewBody = z.infer<typeof upcomingPreviewBody>;

export interface UpcomingPreviewAnswer {
  /** Null: nothing would be invoiced. */
  readonly invoice: PreviewedInvoice | null;
}

export const MAX_UPCOMING_CUSTOMERS = 100;

/** `GET /home/event_hours`: hours of UTC, oldest first, the running one last. */
export interface EventHoursAnswer {
  readonly hours: readonly { readonly from: string; readonly events_count: number }[];
  readonly total: number;
  /** False while older hours are still being counted: another call brings more. */
  readonly is_complete: boolean;
}

/** `GET /home/setup`: how far the workspace has come. */
export interface SetupAnswer {
  readonly has_metric: boolean;
  readonly has_plan: boolean;
  readonly has_customer: boolean;
  readonly has_subscription: boolean;
  readonly has_event: boolean;
  readonly has_preview: boolean;
  /** An empty workspace that nobody has been welcomed to. */
  readonly is_welcome_due: boolean;
  readonly is_checklist_dismissed: boolean;
}

/** `POST /home/setup`: what a person has seen or put away; none of it comes back. */
export const setupBody = z.object({
  is_welcomed: z.literal(true).optional(),
  is_checklist_dismissed: z.literal(true).optional(),
  is_preview_seen: z.literal(true).optional(),
});
export type SetupBody = z.infer<typeof setupBody>;
