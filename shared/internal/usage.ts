import type { UsageAnswer } from '../wire/usage.ts';

// What the usage screens ask of `/api/internal`, and what they are answered.

/** One step of the arithmetic, as the engine emits it. */
export interface UsageStepAnswer {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
  readonly result: string;
}

/** What one bucket of a charge comes to: a filter, a group, or the charge as a whole. */
export interface UsageFeeAnswer {
  /** Null for the events that match no filter, and for charges without filters. */
  readonly filter: {
    readonly invoice_display_name: string | null;
    readonly values: Readonly<Record<string, readonly string[]>> | null;
  } | null;
  readonly grouped_by: Readonly<Record<string, string | null>>;
  readonly units: string;
  readonly events_count: number;
  readonly amount_cents: number;
  /** Price of one unit on the average, in currency units. */
  readonly unit_amount: string | null;
  readonly steps: readonly UsageStepAnswer[];
}

export interface UsageChargeAnswer {
  readonly lago_charge_id: string;
  /** Per cent of the total with one decimal; null where nothing has an amount yet. */
  readonly share: string | null;
  readonly pay_in_advance: boolean;
  readonly fees: readonly UsageFeeAnswer[];
}

export interface UsagePeriodAnswer {
  /** Days of the customer's zone, both included. */
  readonly from_date: string;
  readonly to_date: string;
  /** The whole period of the grid that holds it, both included: a subscription that starts later covers a part. */
  readonly grid_from_date: string;
  readonly grid_to_date: string;
  readonly interval: string;
  readonly billing_time: string;
  readonly timezone: string;
  /** Today counts. */
  readonly days_left: number;
}

/** `GET /usage?subscription_id=`. */
export interface SubscriptionUsageAnswer {
  readonly subscription: {
    readonly lago_id: string;
    readonly external_id: string;
    readonly name: string | null;
    readonly status: string;
    readonly plan_name: string;
    readonly lago_customer_id: string;
    readonly external_customer_id: string;
    /** The customer's zone, whose days these are. */
    readonly timezone: string;
  };
  /** Null unless the subscription is active. */
  readonly current: {
    readonly period: UsagePeriodAnswer;
    readonly usage: UsageAnswer;
    readonly charges: readonly UsageChargeAnswer[];
    /** Linear: the amount so far by the time gone; null while too little of the period has gone. */
    readonly projected_amount_cents: number | null;
  } | null;
}

/** No more points than this in a sparkline. */
export const MAX_SERIES_POINTS = 60;

export interface SeriesPointAnswer {
  /** Start of its span. */
  readonly at: string;
  readonly units: string;
  /** Per cent of the highest point, 0 to 100. */
  readonly height: number;
}

/** `GET /usage_series?subscription_id=`, with `from` and `to` for another span of time than the running period. */
export interface UsageSeriesAnswer {
  readonly from_datetime: string;
  readonly to_datetime: string;
  /** How many points the whole span has; those that lie ahead are not listed. */
  readonly points_count: number;
  /** `15m`, `1h`, `2h`, `4h`, `6h`, `1d` and longer. */
  readonly step: string;
  readonly series: readonly UsageSeriesOfChargeAnswer[];
}

export interface UsageSeriesOfChargeAnswer {
  readonly lago_charge_id: string;
  /** `per_step`: units that came in each span. `level`: units as they stood at its end. */
  readonly kind: 'per_step' | 'level';
  readonly points: readonly SeriesPointAnswer[];
}
