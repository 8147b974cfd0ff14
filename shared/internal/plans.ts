import type { BillingInterval } from '../billing-interval.ts';
import type { BillableMetricAnswer } from '../wire/billable-metric.ts';
import type { PlanAnswer } from '../wire/plan.ts';

export const PLAN_SORTS = ['created_at', 'name', 'code', 'interval', 'amount_cents', 'subscriptions'] as const;

/** A row of `GET /api/internal/lists/plans`. */
export interface PlanRow {
  readonly lago_id: string;
  readonly name: string;
  readonly code: string;
  readonly interval: BillingInterval;
  readonly amount_cents: number;
  readonly amount_currency: string;
  readonly pay_in_advance: boolean;
  /** Of its charges, in their order. */
  readonly charge_models: readonly string[];
  /** Private copies of the plan included. */
  readonly active_subscriptions_count: number;
  readonly created_at: string;
}

/** `GET /api/internal/plans/filter_values`. */
export interface PlanFilterValuesAnswer {
  readonly currencies: readonly string[];
}

/** `GET /api/internal/plans/:id`. */
export interface PlanPageAnswer {
  readonly plan: PlanAnswer;
  readonly billable_metrics: readonly BillableMetricAnswer[];
  readonly use: PlanUseAnswer;
}

/** Who is on the plan, and what a change of it would touch. */
export interface PlanUseAnswer {
  /** It has or had a subscription: code, interval, currency, payment time and trial can no longer change. */
  readonly is_in_use: boolean;
  readonly active_subscriptions_count: number;
  readonly pending_subscriptions_count: number;
  readonly ended_subscriptions_count: number;
  readonly customers_count: number;
  /** Active subscriptions with prices of their own, which follow only when asked to. */
  readonly overridden_subscriptions_count: number;
  /** Drafts that would be computed again. */
  readonly draft_invoices_count: number;
  /** When the first of them is billed with what the plan says then. */
  readonly next_billing_at: string | null;
}
