import { Temporal, type Instant } from '../../shared/dates.ts';
import type { UsageEvent } from '../billing/aggregation/metered-event.ts';
import type { MetricTerms } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { TimeRange } from './rollups/slots.ts';

/** Whose events of which metric. */
export interface EventSource {
  readonly organizationId: string;
  readonly externalSubscriptionId: string;
  readonly metric: MetricTerms;
}

interface UsageEventRow {
  readonly sequence: number;
  readonly transaction_id: string;
  readonly timestamp: number;
  readonly properties: string;
  readonly precise_total_amount_cents: string | null;
}

const EVENTS = `SELECT "sequence", "transaction_id", "timestamp", "properties", "precise_total_amount_cents" FROM "events"
  WHERE "organization_id" = ? AND "external_subscription_id" = ? AND "code" = ? AND "timestamp" >= ? AND "timestamp" < ?
  ORDER BY "timestamp", "sequence"`;

/** The events of one subscription line and metric code in a span of time: by timestamp, then by arrival. */
export function* readEventsOfCode(db: ReadDatabase, source: EventSource, range: TimeRange): Generator<UsageEvent> {
  const rows = db
    .select<UsageEventRow>(EVENTS)
    .iterate(source.organizationId, source.externalSubscriptionId, source.metric.code, range.fromMs, range.untilMs);
  for (const row of rows) {
    yield {
      at: Temporal.Instant.fromEpochMilliseconds(row.timestamp),
      sequence: row.sequence,
      transactionId: row.transaction_id,
      properties: JSON.parse(row.properties) as Readonly<Record<string, unknown>>,
      preciseTotalAmountCents: row.precise_total_amount_cents,
    };
  }
}

/** Where an event stands in time order. */
export interface PlacedInTime {
  readonly at: Instant;
  readonly sequence: number;
}

const LAST_EVENT = `SELECT "timestamp", "sequence" FROM "events"
  WHERE "organization_id" = ? AND "external_subscription_id" = ? AND "code" = ? AND "timestamp" >= ? AND "timestamp" < ?
  ORDER BY "timestamp" DESC, "sequence" DESC LIMIT 1`;

/** The last event of one subscription line and metric code in a span of time; null without any. */
export function readLastEvent(db: ReadDatabase, source: EventSource, range: TimeRange): PlacedInTime | null {
  const row = db
    .select<{ timestamp: number; sequence: number }>(LAST_EVENT)
    .get(source.organizationId, source.externalSubscriptionId, source.metric.code, range.fromMs, range.untilMs);
  return row === undefined ? null : { at: Temporal.Instant.fromEpochMilliseconds(row.timestamp), sequence: row.sequence };
}
