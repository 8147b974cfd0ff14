import type { Instant, PlainDate } from '../../shared/dates.ts';
import type { DatePeriod, UsageWindow } from './facts.ts';

export type BillingReason =
  'subscription_starting' | 'subscription_periodic' | 'subscription_terminating' | 'in_advance_charge' | 'in_advance_charge_periodic';

/** The days of a subscription fee. No fee when `lastDay` is before `firstDay`. Rule: subscriptions.md § 3. */
export interface FeeSpan {
  /** First and last billed day, both included. */
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  /** The whole period of the fee grid that holds the billed days: its length divides. */
  readonly period: DatePeriod;
  /** The dates of the fee as shown, both included; a trial does not move them. */
  readonly fromAt: Instant;
  readonly toAt: Instant;
}

/** The usage of one charge period. */
export interface UsageSpan {
  readonly window: UsageWindow;
  readonly fromAt: Instant;
  readonly toAt: Instant;
  /** Recurring metrics that the row that follows will bill. Rule: subscriptions.md § 4, plan change. */
  readonly excludedMetricIds: readonly string[];
}

/** What one occasion bills for one subscription row: enough to compute its fees again while the invoice is a draft. */
export interface BillingItem {
  readonly reason: BillingReason;
  readonly subscriptionFee: FeeSpan | null;
  /** Usage in arrears of the elapsed charge period. */
  readonly usage: UsageSpan | null;
  /** Recurring charges paid in advance, for the charge period that begins. */
  readonly advanceUsage: UsageSpan | null;
  /** The fee period whose minimum commitment is settled. */
  readonly commitment: FeeSpan | null;
  /** The two pairs of dates of `billing_periods`. */
  readonly shown: {
    readonly subscriptionFrom: Instant;
    readonly subscriptionTo: Instant;
    readonly chargesFrom: Instant;
    readonly chargesTo: Instant;
  };
}
