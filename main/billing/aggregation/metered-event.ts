import { assertNever, present } from '../../../shared/assert.ts';
import type { Instant } from '../../../shared/dates.ts';
import { Decimal, isDecimalText } from '../../../shared/decimal.ts';
import { evaluateExpression, parseExpression, type Expression } from '../expressions/index.ts';
import type { MeteredEvent, MetricTerms } from '../facts.ts';
import { numericText } from './numeric-property.ts';
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
  const value = countedValue(metric, event);
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

function countedValue(metric: MetricTerms, event: UsageEvent): string | null {
  switch (metric.aggregationType) {
    case 'count_agg':
      return null;
    case 'unique_count_agg': {
      const text = propertyText(aggregatedProperty(metric, event));
      return text === null || text.trim() === '' ? null : text;
    }
    case 'sum_agg':
    case 'max_agg':
    case 'latest_agg':
    case 'weighted_sum_agg':
      return numericText(aggregatedProperty(metric, event));
    default:
      return assertNever(metric.aggregationType, 'aggregation type');
  }
}

/** What decides which value of an event is aggregated. */
export type AggregatedField = Pick<MetricTerms, 'code' | 'fieldName' | 'expression'>;

/** Sums of values with no more decimals are exact in any order; more serve nobody. */
const EXPRESSION_DECIMALS = 30;

/**
 * The value that a metric of values aggregates: the event's property as it was sent, or what the metric's expression makes of the event, a
 * text rounded half away from zero to 30 decimals; null when there is none. Rule: api.md § 3, `expression`.
 */
export function aggregatedProperty(metric: AggregatedField, event: Pick<UsageEvent, 'at' | 'properties'>): unknown {
  const { properties } = event;
  if (metric.expression === null) {
    const fieldName = present(metric.fieldName, 'a metric of values names its field');
    return Object.hasOwn(properties, fieldName) ? properties[fieldName] : null;
  }
  const timestamp = new Decimal(event.at.epochMilliseconds).div(1000);
  const value = evaluateExpression(parsedExpression(metric, metric.expression), { code: metric.code, timestamp, properties });
  return value instanceof Decimal ? value.toDecimalPlaces(EXPRESSION_DECIMALS).toFixed() : value;
}

/** One reading of a metric's events parses its expression once. */
const PARSED = new WeakMap<AggregatedField, Expression>();

function parsedExpression(metric: AggregatedField, text: string): Expression {
  const known = PARSED.get(metric);
  if (known !== undefined) return known;
  const parsed = present(parseExpression(text), 'an expression was checked when its metric was saved');
  PARSED.set(metric, parsed);
  return parsed;
}
