import type { BillableMetricAnswer } from '../wire/billable-metric.ts';

/** Sort keys of `GET /api/internal/lists/billable_metrics`; its filters are `search`, `aggregation` and `used` (yes, no). */
export const METRIC_SORTS = ['name', 'code', 'plans', 'events', 'last_event', 'created_at'] as const;

/** A row of that list. */
export interface MetricRow {
  readonly lago_id: string;
  readonly name: string;
  readonly code: string;
  readonly aggregation_type: BillableMetricAnswer['aggregation_type'];
  readonly field_name: string | null;
  readonly recurring: boolean;
  /** Plans with a charge on it; private copies are not counted. */
  readonly plans_count: number;
  /** Every event of its code that was ever received. */
  readonly events_count: number;
  /** When the event that came last happened. */
  readonly last_event_at: string | null;
  readonly created_at: string;
}

/** A plan with charges on a metric. */
export interface MetricPlan {
  readonly lago_id: string;
  readonly name: string;
  readonly code: string;
  readonly charge_models: readonly string[];
  /** Active subscriptions, on private copies too. */
  readonly subscriptions_count: number;
}

/** Events of one day, in UTC. */
export interface MetricDay {
  readonly date: string;
  readonly events_count: number;
}

/** `GET /api/internal/billable_metrics/:id`. */
export interface MetricPageAnswer {
  readonly billable_metric: BillableMetricAnswer;
  readonly plans: readonly MetricPlan[];
  readonly events_count: number;
  readonly last_event_at: string | null;
  /** Counted events of the last thirty days, today's last; null while they are being added up. */
  readonly days: readonly MetricDay[] | null;
  readonly sample: EventSample;
}

/** What was seen in the events of a code that came last. */
export interface EventSample {
  /** How many were looked at. */
  readonly looked_at: number;
  /** How many of them have no value that can be counted. */
  readonly without_value: number;
  /** Per cent with one decimal; null without events. */
  readonly without_value_rate: string | null;
}

export type PropertyKind = 'number' | 'number_as_text' | 'text' | 'boolean' | 'other';

/** A property key that events of a code carry. */
export interface SeenProperty {
  readonly key: string;
  /** What most of its values are. */
  readonly kind: PropertyKind;
  /** Of the events looked at, per cent with one decimal. */
  readonly rate: string;
  readonly example: string;
}

/** `GET /api/internal/event_properties?code=`. */
export interface SeenPropertiesAnswer {
  readonly looked_at: number;
  /** Most frequent first. */
  readonly properties: readonly SeenProperty[];
}

/** Why an event adds nothing. */
export type TrialReason = 'missing_property' | 'property_not_numeric';

/** One event under a metric that is being tried. */
export interface TriedEvent {
  readonly transaction_id: string;
  readonly external_subscription_id: string | null;
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What the metric reads of it; null where it reads nothing. */
  readonly value: string | null;
  /** How it changes the result, events taken in order of time; null where it counts for nothing. */
  readonly contribution: string | null;
  readonly reason: TrialReason | null;
}

/** `POST /api/internal/billable_metrics/try`: what some events come to under a metric. Nothing is stored. */
export interface MetricTrialAnswer {
  /** After the metric's rounding. */
  readonly units: string;
  readonly units_before_rounding: string;
  readonly counted_events: number;
  /** Whole days in UTC that the events lie in, both included; levels held over time are weighed over them. Null without events. */
  readonly from_date: string | null;
  readonly to_date: string | null;
  /** In order of time. */
  readonly events: readonly TriedEvent[];
}

export const MAX_TRIED_EVENTS = 100;
