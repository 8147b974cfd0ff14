import { z } from 'zod';

// What the event debugger is told: `GET /api/internal/events…`, `GET /api/internal/gaps` and the `events` messages of the stream.

/**
 * Why an event counts for nothing, or why one should look at it; each with what it makes of the event. The first three are the warnings of
 * the public API (pricing.md § 2), with the same meaning. Rule: ui.md § 4.8.
 */
export const EVENT_REASONS = {
  /** The code equals no billable metric. */
  unknown_code: 'warning',
  /** The metric aggregates a property that the event does not have. */
  missing_property: 'warning',
  /** The metric needs a number, and the property is none. */
  property_not_numeric: 'warning',
  /** No subscription has this external id. */
  unknown_subscription: 'note',
  /** The subscription's plan has no charge on the metric. */
  not_charged: 'note',
  before_start: 'note',
  after_end: 'note',
  /** It came when the invoice of its period was final. */
  period_invoiced: 'note',
  /** A charge paid in advance bills events when they come: this one came before there was such a charge. */
  before_charge: 'note',
  /** Refused: the transaction id was used before for that subscription. */
  duplicate_transaction_id: 'rejected',
  /** Refused: a field is missing or malformed. */
  invalid_event: 'rejected',
  /** It counts, for a time that has not come yet. */
  in_future: 'counted',
} as const satisfies Readonly<Record<string, EventVerdictKind>>;

export type EventReason = keyof typeof EVENT_REASONS;
export type EventVerdictKind = 'counted' | 'warning' | 'note' | 'rejected';

/** One event as the tail shows it. */
export interface DebuggedEvent {
  /** Order of arrival; the id of `GET /api/internal/events/:id`. Refused events have none. */
  readonly sequence: number | null;
  /** Unique among the rows of a screen. */
  readonly key: string;
  readonly transaction_id: string;
  readonly external_subscription_id: string;
  readonly code: string;
  /** When it happened. */
  readonly timestamp: string;
  readonly received_at: string;
  /** A few properties, long values cut. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly has_more_properties: boolean;
  readonly verdict: EventVerdictKind;
  /** What weighs most first. */
  readonly reasons: readonly EventReason[];
  /** The charges that it went into, as they are called on invoices. */
  readonly counted_as: readonly string[];
  /** Refused events: the codes of the answer, by field. */
  readonly errors: Readonly<Record<string, readonly string[]>> | null;
  /** Refused events: after the arrival of which event. */
  readonly after_sequence: number | null;
}

/** A page of events, the newest arrival first. */
export interface DebuggedEventsAnswer {
  readonly rows: readonly DebuggedEvent[];
  /** Refused ones of this page's time, which are kept in memory only. */
  readonly refused: readonly DebuggedEvent[];
  /** Sent as `after`, gives the following page; null behind the last row. */
  readonly next: string | null;
  /** A filter that no index answers looks through a bounded number of events per call: how many, and back to when. */
  readonly looked_through: number;
  readonly looked_back_to: string | null;
  /** How many events match, where that is known without counting. */
  readonly total: number | null;
  /** Whether no event has ever come. */
  readonly is_empty: boolean;
}

/** Where an event went, or would go once the metric is right. */
export interface EventCharge {
  readonly charge_id: string;
  readonly name: string;
  readonly charge_model: string;
  readonly pay_in_advance: boolean;
  /** Both days included. */
  readonly period_from: string;
  readonly period_to: string;
  readonly is_period_open: boolean;
  readonly invoice: { readonly lago_id: string; readonly number: string; readonly status: string } | null;
  /** Units of the period by the end of the event's second, and of the whole period; null where they are not a running total. */
  readonly units_until: string | null;
  readonly units_of_period: string | null;
}

export interface EventDetails {
  readonly event: DebuggedEvent;
  readonly lago_id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly precise_total_amount_cents: string | null;
  /** Time of reception minus time of the event; negative when it is dated ahead. */
  readonly skew_ms: number;
  readonly customer: { readonly lago_id: string; readonly name: string | null; readonly external_id: string } | null;
  readonly subscription: { readonly lago_id: string; readonly name: string | null; readonly plan_name: string } | null;
  readonly metric: DebuggedMetric | null;
  readonly charges: readonly EventCharge[];
}

export interface DebuggedMetric {
  readonly lago_id: string;
  readonly code: string;
  readonly name: string;
  readonly aggregation_type: string;
  readonly field_name: string | null;
  /** A plan has a charge on it: what it counts can no longer be changed. */
  readonly is_in_use: boolean;
}

/** A property key that events carried, and what stood there. */
export interface SentKey {
  readonly key: string;
  readonly type: 'number' | 'text' | 'boolean' | 'other';
  readonly count: number;
}

/** Events with the same problem. */
export interface ProblemGroup {
  readonly key: string;
  readonly reason: EventReason;
  readonly code: string;
  /** Problems of a subscription; null for those of a metric. */
  readonly external_subscription_id: string | null;
  readonly metric: DebuggedMetric | null;
  readonly count: number;
  readonly first_received_at: string;
  readonly last_received_at: string;
  readonly sample: DebuggedEvent;
  /** Existing codes, or sent keys, that are spelled nearly the same. */
  readonly did_you_mean: readonly string[];
  readonly sent_keys: readonly SentKey[];
  /** What a metric of this code would most likely count. */
  readonly suggested_metric: { readonly aggregation_type: 'count_agg' | 'sum_agg'; readonly field_name: string | null } | null;
  /** Warnings: how many of them a fix would still count, and the open period of the latest of those. */
  readonly would_count: number;
  readonly open_period: { readonly from: string; readonly to: string } | null;
}

export interface ProblemsAnswer {
  readonly groups: readonly ProblemGroup[];
  /** Events with a problem, also of groups that are not listed. */
  readonly count: number;
  /** How many of the latest events were looked at, and back to when; null when all of the asked time were. */
  readonly looked_through: number;
  readonly looked_back_to: string | null;
}

export interface EventStatusAnswer {
  /** Events per second, lately. */
  readonly rate: number;
  /** Warnings of the last 24 hours: what the dot in the navigation stands for. */
  readonly problems: number;
  /** Arrival of the newest event; 0 before the first. */
  readonly newest: number;
}

/** A time in which nothing listened, so that senders were refused. */
export interface ListenerGapAnswer {
  readonly lago_id: string;
  readonly from: string;
  readonly to: string;
  readonly reason: 'closed' | 'crashed' | 'asleep';
  /** The events up to this arrival came before. */
  readonly after_sequence: number;
}

export interface ListenerGapsAnswer {
  readonly gaps: readonly ListenerGapAnswer[];
}

/** What has been committed since the last message. */
export interface EventsMessage {
  readonly type: 'events';
  /** All of them; `rows` holds the newest, at most `MAX_TOLD_EVENTS`. */
  readonly count: number;
  readonly rate: number;
  readonly rows: readonly DebuggedEvent[];
  readonly refused: readonly DebuggedEvent[];
  /** External ids of the subscriptions whose usage may have changed. */
  readonly subscriptions: readonly string[];
  /** More subscriptions than are named. */
  readonly has_more_subscriptions: boolean;
  readonly problems: number;
  readonly newest: number;
}

export const MAX_TOLD_EVENTS = 200;
export const MAX_TOLD_SUBSCRIPTIONS = 500;
/** Rows of one page of the debugger. */
export const EVENT_PAGE_ROWS = 100;

export const eventVerdictFilter = z.enum(['all', 'counted', 'problems']);
export type EventVerdictFilter = z.output<typeof eventVerdictFilter>;
