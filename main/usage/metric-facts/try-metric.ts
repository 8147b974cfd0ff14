import { dateIn, formatInstantMs, startOfDay, Temporal, type Instant } from '../../../shared/dates.ts';
import { formatDecimal, ZERO, type Decimal } from '../../../shared/decimal.ts';
import type { MetricTrialAnswer, TriedEvent, TrialReason } from '../../../shared/internal/metrics.ts';
import { aggregateEvents, inTimeOrder, type AggregationTerms } from '../../billing/aggregation/aggregate.ts';
import { meteredEvent } from '../../billing/aggregation/metered-event.ts';
import type { MeteredEvent, MetricTerms, UsageWindow } from '../../billing/facts.ts';
import { roundUnits } from '../../billing/pricing/unit-rounding.ts';
import type { ServiceContext } from '../../service-context.ts';
import { warningsUnder } from '../event-warnings.ts';
import { readLatestEvents } from './code-events.ts';

/** How many of a code's latest events a metric is tried on. */
const LATEST = 20;
const UTC = 'UTC';

/** An event that somebody pasted. */
export interface PastedEvent {
  readonly transactionId: string | null;
  readonly externalSubscriptionId: string | null;
  /** The present unless told. */
  readonly timestampMs: number | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface TrialEvent {
  readonly transactionId: string;
  readonly externalSubscriptionId: string | null;
  readonly atMs: number;
  readonly sequence: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * What events come to under a metric that may not exist yet: those that were pasted, else the latest of its code, whoever sent them, as if
 * they were one subscription's. A level that is held over time is weighed over the days that they lie in.
 */
export function tryMetric(context: ServiceContext, metric: MetricTerms, pasted: readonly PastedEvent[] | null): MetricTrialAnswer {
  const events = inOrder(pasted === null ? latestEvents(context, metric.code) : pastedEvents(context, pasted));
  const window = windowOf(events);
  if (window === null) return { ...NOTHING, events: [] };
  const terms: AggregationTerms = { metric, prorated: false, needs: 'totals', window };
  const counted = events.map((event) => meteredOf(metric, event));
  const units = unitsOf(terms, counted);
  return {
    units: formatDecimal(roundUnits(units, metric)),
    units_before_rounding: formatDecimal(units),
    counted_events: counted.filter((event) => event !== null).length,
    from_date: window.firstDay.toString(),
    to_date: window.lastDay.toString(),
    events: writeEvents(terms, events, counted),
  };
}

const NOTHING = { units: '0.0', units_before_rounding: '0.0', counted_events: 0, from_date: null, to_date: null } as const;

function latestEvents(context: ServiceContext, code: string): readonly TrialEvent[] {
  const stored = readLatestEvents(context.database.read, { organizationId: context.organizationId, code, limit: LATEST });
  return stored.map((event) => ({ ...event, atMs: event.timestampMs }));
}

function pastedEvents(context: ServiceContext, pasted: readonly PastedEvent[]): readonly TrialEvent[] {
  const nowMs = context.clock.now().epochMilliseconds;
  return pasted.map((event, index) => ({
    ...event,
    transactionId: event.transactionId ?? `event ${String(index + 1)}`,
    atMs: event.timestampMs ?? nowMs,
    sequence: index,
  }));
}

function inOrder(events: readonly TrialEvent[]): readonly TrialEvent[] {
  return [...events].sort((one, other) => one.atMs - other.atMs || one.sequence - other.sequence);
}

function windowOf(events: readonly TrialEvent[]): UsageWindow | null {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return null;
  const firstDay = dateIn(instantOf(first), UTC);
  const lastDay = dateIn(instantOf(last), UTC);
  const fullPeriodDays = firstDay.until(lastDay).days + 1;
  const end = startOfDay(lastDay.add({ days: 1 }), UTC);
  return { from: startOfDay(firstDay, UTC), end, timeZone: UTC, fullPeriodDays, firstDay, lastDay };
}

const instantOf = ({ atMs }: TrialEvent): Instant => Temporal.Instant.fromEpochMilliseconds(atMs);

function meteredOf(metric: MetricTerms, event: TrialEvent): MeteredEvent | null {
  const { sequence, transactionId, properties } = event;
  return meteredEvent(metric, { at: instantOf(event), sequence, transactionId, properties, preciseTotalAmountCents: null });
}

function unitsOf(terms: AggregationTerms, counted: readonly (MeteredEvent | null)[]): Decimal {
  const events = counted.filter((event) => event !== null);
  return events.length === 0 ? ZERO : aggregateEvents(terms, inTimeOrder(events)).units;
}

/** What an event adds is what the engine answers with it, less what it answers without it and those after it. */
function writeEvents(
  terms: AggregationTerms,
  events: readonly TrialEvent[],
  counted: readonly (MeteredEvent | null)[],
): readonly TriedEvent[] {
  let before = ZERO;
  return events.map((event, index) => {
    const own = counted[index] ?? null;
    const after = own === null ? before : unitsOf(terms, counted.slice(0, index + 1));
    const contribution = own === null ? null : formatDecimal(after.minus(before));
    before = after;
    return {
      transaction_id: event.transactionId,
      external_subscription_id: event.externalSubscriptionId,
      timestamp: formatInstantMs(instantOf(event)),
      properties: event.properties,
      value: own?.value ?? null,
      contribution,
      reason: own === null ? reasonOf(terms.metric, event) : null,
    };
  });
}

function reasonOf(metric: MetricTerms, event: TrialEvent): TrialReason {
  const [warning] = warningsUnder(metric, { code: metric.code, timestampMs: event.atMs, properties: event.properties });
  return warning === 'property_not_numeric' ? 'property_not_numeric' : 'missing_property';
}
