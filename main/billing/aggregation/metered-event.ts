import { assertNever, present } from '../../../shared/assert.ts';
import type { Instant } from '../../../shared/dates.ts';
import { Decimal, isDecimalText } from '../../../shared/decimal.ts';
import type { MeteredEvent, MetricTerms } from '../facts.ts';
import { numericProperty } from './numeric-property.ts';
import { propertyText, type EventProperties } from './property-text.ts';

/** An event as it was stored. */
export interface UsageEvent {
  readonly at: Instant;
  /** Arrival order. */
  readonly sequence: number;
  readonly transactionId: string;
  readonly properties: EventProperties;
  /** Decimal text in cents, or null. */
  readonly preciseTotalAmountCents: string | null;
}

/**
 * An event as its metric counts it; null when it counts for nothing: no numeric field where one is needed, no value (or a
 * blank one) for a unique count. Rule: pricing.md §§ 2, 3.
 */
export function meteredEvent(metric: MetricTerms, event: UsageEvent): MeteredEvent | null {
  const value = aggregatedValue(metric, event.properties);
  if (value === null && metric.aggregationType !== 'count_agg') return null;
  return {
    at: event.at,
    sequence: event.sequence,
    transactionId: event.transactionId,
    value,
    operation: metric.aggregationType === 'unique_count_agg' && event.properties['operation_type'] === 'remove' ? 'remove' : 'add',
    preciseAmountCents: isDecimalText(event.preciseTotalAmountCents) ? new Decimal(event.preciseTotalAmountCents) : null,
  };
}

function aggregatedValue(metric: MetricTerms, properties: EventProperties): string | null {
  switch (metric.aggregationType) {
    case 'count_agg':
      return null;
    case 'unique_count_agg': {
      const fieldName = present(metric.fieldName, 'a metric of values names its field');
      const text = propertyText(Object.hasOwn(properties, fieldName) ? properties[fieldName] : null);
      return text === null || text.trim() === '' ? null : text;
    }
    case 'sum_agg':
    case 'max_agg':
    case 'latest_agg':
    case 'weighted_sum_agg':
      return numericProperty(properties, present(metric.fieldName, 'a metric of values names its field'));
    default:
      return assertNever(metric.aggregationType, 'aggregation type');
  }
}
