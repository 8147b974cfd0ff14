import type { CustomerAnswer } from '../wire/customer.ts';

// What the customers' screens ask of `/api/internal`, and what they are answered.

/** What a list of customers may be sorted by. */
export const CUSTOMER_SORTS = ['created_at', 'name', 'external_id', 'email', 'currency', 'active_subscriptions'] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];

/** An amount in one currency; amounts of several currencies are never added. */
export interface AmountAnswer {
  readonly currency: string;
  readonly amount_cents: number;
}

/** What a customer owes in one currency: finalized invoices that are not paid. */
export interface UnpaidAnswer extends AmountAnswer {
  readonly overdue_amount_cents: number;
  readonly invoices_count: number;
}

/** `GET /lists/customers`: filters `search`, `has_active_plan`, `currency`, `country`, `unpaid`. */
export interface CustomerRow {
  readonly lago_id: string;
  readonly external_id: string;
  /** Name, else first and last name, else legal name; null without any. */
  readonly name: string | null;
  readonly email: string | null;
  readonly currency: string | null;
  readonly country: string | null;
  readonly active_subscriptions: number;
  readonly unpaid: readonly UnpaidAnswer[];
  /** With `?with=running_usage` only, as an export asks: it takes longer than the list. */
  readonly running_usage?: readonly AmountAnswer[];
  readonly created_at: string;
}

/** `GET /customers/running_usage?ids=…`: usage that is not billed yet, before taxes; customers without active subscription are left out. */
export interface RunningUsageAnswer {
  readonly usages: readonly { readonly lago_customer_id: string; readonly amounts: readonly AmountAnswer[] }[];
}

/** So many customers are asked about in one call: the rows that a screen shows. */
export const MAX_RUNNING_USAGE_CUSTOMERS = 100;

/** `GET /customers/filter_values`: what there is to filter by. */
export interface CustomerFilterValuesAnswer {
  readonly currencies: readonly string[];
  readonly countries: readonly string[];
}

/** Why an attribute of a customer stays as it is; null while it may change. */
export interface CustomerLocksAnswer {
  readonly external_id: 'has_invoices' | 'has_subscriptions' | null;
  readonly currency: 'has_subscriptions' | null;
}

/** `GET /customers/:id`, `POST /customers` (which never changes one that exists) and `PUT /customers/:id`. */
export interface CustomerWithLocksAnswer {
  readonly customer: CustomerAnswer;
  readonly locks: CustomerLocksAnswer;
  /** Sections that its documents carry instead of the organization's; empty where it has no choice of its own. */
  readonly own_custom_section_codes: readonly string[];
}

/** `POST /customers/:id/deletion_preview`: what would happen now, tried out and undone. */
export interface CustomerDeletionAnswer {
  readonly ended_subscriptions: readonly { readonly external_id: string; readonly name: string | null; readonly plan_name: string }[];
  readonly canceled_subscriptions: readonly { readonly external_id: string; readonly name: string | null; readonly plan_name: string }[];
  readonly invoices: readonly { readonly currency: string; readonly total_amount_cents: number; readonly fees_amount_cents: number }[];
  readonly credit_notes: readonly { readonly currency: string; readonly total_amount_cents: number }[];
  readonly ended_coupons: number;
  readonly ended_wallets: readonly { readonly name: string | null; readonly currency: string; readonly balance_cents: number }[];
}

/** `GET /customers/:id/overview`. */
export interface CustomerOverviewAnswer {
  readonly unpaid: readonly UnpaidAnswer[];
  /** Active, then pending ones, oldest first. */
  readonly subscriptions: readonly CustomerSubscriptionAnswer[];
}

export interface CustomerSubscriptionAnswer {
  readonly lago_id: string;
  readonly external_id: string;
  readonly name: string | null;
  readonly status: 'active' | 'pending';
  readonly plan: { readonly lago_id: string; readonly code: string; readonly name: string };
  /** When it started, or when one that waits will. */
  readonly started_at: string | null;
  readonly starts_at: string | null;
  readonly is_parked: boolean;
}

/** `GET /customers/:id/next_invoices`: what the billing run would make, for each subscription by itself. */
export interface NextInvoicesAnswer {
  readonly next_invoices: readonly NextInvoiceAnswer[];
}

export interface NextInvoiceAnswer {
  readonly lago_subscription_id: string;
  /** Null where no invoice is to come, as after a planned end that bills nothing. */
  readonly invoice: { readonly issuing_date: string; readonly currency: string; readonly total_amount_cents: number } | null;
}

export const TIMELINE_KINDS = [
  'customer_created',
  'subscription_created',
  'subscription_started',
  'plan_change_planned',
  'plan_upgraded',
  'plan_downgraded',
  'subscription_terminated',
  'subscription_canceled',
  'coupon_applied',
  'coupon_ended',
  'invoice_drafted',
  'invoice_finalized',
  'invoice_voided',
  'payment',
  'credit_note_created',
  'wallet_created',
  'wallet_terminated',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** A row of `GET /customers/:id/timeline`, newest first. */
export interface TimelineRow {
  readonly kind: TimelineKind;
  readonly at: string;
  /** Our id of what it happened to. */
  readonly object_id: string;
  /** Number of an invoice or credit note, name of a plan, coupon or wallet. */
  readonly title: string | null;
  /** External id of a subscription, or the plan before a change. */
  readonly detail: string | null;
  readonly amount_cents: number | null;
  readonly currency: string | null;
  /** Payment: whether it came to its end. */
  readonly status: string | null;
}

/** A row of `GET /lists/applied_add_ons?customer_id=…`, newest first. */
export interface AppliedAddOnRow {
  readonly lago_fee_id: string;
  readonly name: string;
  readonly code: string;
  readonly units: string;
  readonly amount_cents: number;
  readonly currency: string;
  readonly invoice: { readonly lago_id: string; readonly number: string; readonly status: string; readonly issuing_date: string };
  readonly created_at: string;
}
