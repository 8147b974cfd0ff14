import type { BillingInterval } from '../billing-interval.ts';
import type { SubscriptionAnswer, SubscriptionWithPlanAnswer } from '../wire/subscription.ts';

// What the subscriptions' screens ask of `/api/internal`, and what they are answered.

/** What the list may be sorted by. */
export const SUBSCRIPTION_SORTS = ['started', 'customer', 'plan', 'status', 'external_id', 'next_invoice', 'ending'] as const;
export type SubscriptionSort = (typeof SUBSCRIPTION_SORTS)[number];

/** The list's filter "ending soon" looks so many days ahead. */
export const ENDING_SOON_DAYS = 30;

/** `GET /lists/subscriptions`: filters `search`, `status` (comma-separated), `plan_id`, `customer_id`, `ending_soon`, `parked`. */
export interface SubscriptionRow {
  readonly lago_id: string;
  readonly subscription: SubscriptionAnswer;
  readonly customer_name: string;
  readonly plan_name: string;
  readonly plan_interval: BillingInterval;
  /** The plan is a copy with prices of its own. */
  readonly is_overridden: boolean;
  /** `YYYY-MM-DD` in the customer's zone: when it started, or will take over; null for one that was canceled. */
  readonly starts_on: string | null;
  /** Null when nothing will be billed by itself. */
  readonly next_invoice_on: string | null;
  /** The running charge period, both days included. */
  readonly current_period: DaySpan | null;
  readonly is_ending_soon: boolean;
  readonly is_parked: boolean;
}

/** Days of the customer's zone, both included. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** `GET /subscriptions/running_amounts?ids=…`: usage of the running period that is not billed yet, before taxes; of active ones only. */
export interface RunningAmountsAnswer {
  readonly amounts: readonly { readonly lago_id: string; readonly currency: string; readonly amount_cents: number }[];
}

/** So many subscriptions are asked about in one call: the rows that a screen shows. */
export const MAX_RUNNING_AMOUNTS = 100;

/** One period of the fee grid, as far as the subscription was there. */
export interface PeriodAnswer extends DaySpan {
  readonly state: 'past' | 'current' | 'next';
  /** Days of it that the subscription has, and days of the whole period. */
  readonly days: number;
  readonly period_days: number;
}

/** One plan of a line: a plan change ends one row and starts another. */
export interface LineRowAnswer {
  readonly lago_id: string;
  readonly plan_id: string;
  readonly plan_code: string;
  readonly plan_name: string;
  readonly plan_amount_cents: number;
  readonly plan_amount_currency: string;
  readonly plan_interval: BillingInterval;
  readonly status: SubscriptionAnswer['status'];
  /** Days of the customer's zone. A row that waits: when it begins. */
  readonly starts_on: string | null;
  readonly ends_on: string | null;
}

/** What a subscription has otherwise than its plan. */
export interface OverrideAnswer {
  readonly kind: 'amount' | 'trial' | 'name' | 'display_name' | 'minimum_commitment' | 'charge';
  /** Of a charge: the metric it prices. */
  readonly name: string | null;
  readonly own: OverrideValue;
  readonly parent: OverrideValue;
}

/** Cents, text, or the properties of a charge. */
export type OverrideValue = number | string | Readonly<Record<string, unknown>> | null;

/** `GET /subscriptions/:id`. */
export interface SubscriptionFactsAnswer {
  readonly subscription: SubscriptionWithPlanAnswer;
  readonly customer: {
    readonly lago_id: string;
    readonly external_id: string;
    readonly name: string;
    readonly currency: string | null;
    readonly timezone: string;
  };
  /** Id of the plan as it is listed: of a copy, the plan that was copied. */
  readonly listed_plan_id: string;
  readonly next_invoice_on: string | null;
  readonly trial_ends_on: string | null;
  readonly current_period: DaySpan | null;
  readonly periods: readonly PeriodAnswer[];
  /** Usage is billed each month inside a longer period. */
  readonly has_monthly_charges: boolean;
  readonly line: readonly LineRowAnswer[];
  readonly overrides: readonly OverrideAnswer[];
  /** Billing has stopped until a person looks. `invoice_id`: the failed invoice whose retry lets it go on. */
  readonly parked: {
    readonly at: string;
    readonly reason: string;
    readonly invoice_id: string | null;
    readonly message: string | null;
  } | null;
  readonly today: string;
}
