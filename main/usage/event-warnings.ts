import { present } from '../../shared/assert.ts';
import { propertyText } from '../billing/aggregation/property-text.ts';
import { numericProperty } from '../billing/aggregation/numeric-property.ts';
import type { AggregationType } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { StoredEvent } from './stored-event.ts';

/** Why an event that was accepted may price nothing. Rule: pricing.md § 2. */
export type EventWarning = 'unknown_code' | 'missing_property' | 'property_not_numeric';

const METRIC = `SELECT "aggregation_type", "field_name" FROM "billable_metrics" WHERE "organization_id" = ? AND "code" = ? AND "deleted_at" IS NULL`;

/**
 * The warnings of an event as things are now. They are derived, not stored: a metric made after its events takes their warnings away, which a
 * stored copy would have to follow, and one search by an index is all that it costs.
 */
export function eventWarnings(
  db: ReadDatabase,
  event: Pick<StoredEvent, 'code' | 'properties'> & { readonly organizationId: string },
): readonly EventWarning[] {
  const metric = db
    .select<{ aggregation_type: AggregationType; field_name: string | null }>(METRIC)
    .get(event.organizationId, event.code);
  if (metric === undefined) return ['unknown_code'];
  if (metric.aggregation_type === 'count_agg') return [];
  const fieldName = present(metric.field_name, 'a metric of values names its field');
  const value = Object.hasOwn(event.properties, fieldName) ? event.properties[fieldName] : null;
  if (value === null || value === undefined || value === '') return ['missing_property'];
  if (metric.aggregation_type === 'unique_count_agg') return (propertyText(value)?.trim() ?? '') === '' ? ['missing_property'] : [];
  return numericProperty(event.properties, fieldName) === null ? ['property_not_numeric'] : [];
}
