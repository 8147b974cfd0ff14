import { propertyText } from '../billing/aggregation/property-text.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { eventWarnings } from './event-warnings.ts';
import { storedEventOf, type EventRow, type StoredEvent } from './stored-event.ts';

/** Transaction ids of events that may price nothing, by why. Rule: payments-and-webhooks.md § 10 `events.errors`. */
export interface EventErrorIds {
  readonly invalidCode: readonly string[];
  /** The value that the metric counts is missing, or is no number. */
  readonly missingAggregationProperty: readonly string[];
  /** A property that the metric filters by has a value that no filter knows. */
  readonly invalidFilterValues: readonly string[];
  /** Arrival of the last event that was looked at; null when there was none. */
  readonly lastSequence: number | null;
}

/** Events in the order of their arrival: those after one up to another, at most so many. */
export interface ArrivalSpan {
  readonly organizationId: string;
  readonly after: number;
  readonly until: number;
  readonly limit: number;
}

const ARRIVED = `SELECT "sequence", "id", "transaction_id", "external_subscription_id", "code", "timestamp", "properties", "precise_total_amount_cents",
    "created_at" FROM "events" WHERE "sequence" > ? AND "sequence" <= ? AND "organization_id" = ? ORDER BY "sequence" LIMIT ?`;
const FILTERS = `SELECT "filters" FROM "billable_metrics" WHERE "organization_id" = ? AND "code" = ? AND "deleted_at" IS NULL`;

/** Looks through events as metrics are now. */
export function findEventErrors(db: ReadDatabase, span: ArrivalSpan): EventErrorIds {
  const { organizationId, after, until, limit } = span;
  const events = db.select<EventRow>(ARRIVED).all(after, until, organizationId, limit).map(storedEventOf);
  const warned = events.map((event) => ({ event, warnings: eventWarnings(db, { ...event, organizationId }) }));
  const idsOf = (found: readonly { readonly event: StoredEvent }[]): readonly string[] => found.map(({ event }) => event.transactionId);
  return {
    invalidCode: idsOf(warned.filter(({ warnings }) => warnings.includes('unknown_code'))),
    missingAggregationProperty: idsOf(warned.filter(({ warnings }) => warnings.some((warning) => warning !== 'unknown_code'))),
    invalidFilterValues: idsOf(warned.filter(({ event }) => hasUnknownFilterValue(db, organizationId, event))),
    lastSequence: events.at(-1)?.sequence ?? null,
  };
}

interface MetricFilter {
  readonly key: string;
  readonly values: readonly string[];
}

function hasUnknownFilterValue(db: ReadDatabase, organizationId: string, event: StoredEvent): boolean {
  const metric = db.select<{ readonly filters: string }>(FILTERS).get(organizationId, event.code);
  if (metric === undefined || metric.filters === '[]') return false;
  return (JSON.parse(metric.filters) as readonly MetricFilter[]).some(({ key, values }) => {
    const value = Object.hasOwn(event.properties, key) ? propertyText(event.properties[key]) : null;
    return value !== null && !values.includes(value);
  });
}
