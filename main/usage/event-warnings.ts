import { Temporal } from '../../shared/dates.ts';
import { aggregatedProperty } from '../billing/aggregation/metered-event.ts';
import { numericText } from '../billing/aggregation/numeric-property.ts';
import { propertyText } from '../billing/aggregation/property-text.ts';
import type { AggregationType } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { StoredEvent } from './stored-event.ts';

/** Why an event that was accepted may price nothing. Rule: pricing.md § 2. */
export type EventWarning = 'unknown_code' | 'missing_property' | 'property_not_numeric';

/** What a metric reads of an event. */
export interface WarnedMetric {
  readonly aggregationType: AggregationType;
  readonly fieldName: string | null;
  readonly expression: string | null;
}

const METRIC = `SELECT "aggregation_type" AS "aggregationType", "field_name" AS "fieldName", "expression" FROM "billable_metrics" WHERE "organization_id" = ? AND "code" = ? AND "deleted_at" IS NULL`;

/**
 * The warnings of an event as things are now. They are derived, not stored: a metric made after its events takes their warnings away, which a
 * stored copy would have to follow, and one search by an index is all that it costs.
 */
export function eventWarnings(
  db: ReadDatabase,
  event: Pick<StoredEvent, 'code' | 'timestampMs' | 'properties'> & { readonly organizationId: string },
): readonly EventWarning[] {
  return warningsUnder(db.select<WarnedMetric>(METRIC).get(event.organizationId, event.code), event);
}

/** The warnings of an event whose metric is known, or known to be missing. */
export function warningsUnder(
  metric: WarnedMetric | undefined,
  event: Pick<StoredEvent, 'code' | 'timestampMs' | 'properties'>,
): readonly EventWarning[] {
  if (metric === undefined) return ['unknown_code'];
  if (metric.aggregationType === 'count_agg') return [];
  const at = Temporal.Instant.fromEpochMilliseconds(event.timestampMs);
  const value = aggregatedProperty({ ...metric, code: event.code }, { at, properties: event.properties });
  if (value === null || value === undefined || value === '') return ['missing_property'];
  if (metric.aggregationType === 'unique_count_agg') return (propertyText(value)?.trim() ?? '') === '' ? ['missing_property'] : [];
  return numericText(value) === null ? ['property_not_numeric'] : [];
}
