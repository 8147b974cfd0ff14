import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import { canRecur, type Aggregation } from './aggregations.ts';

export interface FilterValues {
  readonly key: string;
  readonly values: string[];
}

/** A metric as it is edited. */
export interface MetricValues extends Record<string, unknown> {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly aggregation_type: Aggregation;
  readonly field_name: string;
  readonly expression: string;
  readonly recurring: boolean;
  readonly rounding_function: string;
  readonly rounding_precision: string;
  readonly filters: FilterValues[];
}

export function newMetricValues(code: string): MetricValues {
  return {
    name: nameFromCode(code),
    code,
    description: '',
    aggregation_type: 'sum_agg',
    field_name: '',
    expression: '',
    recurring: false,
    rounding_function: '',
    rounding_precision: '',
    filters: [],
  };
}

/** `search_requests` → `Search requests`. */
function nameFromCode(code: string): string {
  const words = code.replaceAll(/[_\-.]+/g, ' ').trim();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

export function valuesOfMetric(metric: BillableMetricAnswer): MetricValues {
  return {
    name: metric.name,
    code: metric.code,
    description: metric.description ?? '',
    aggregation_type: metric.aggregation_type,
    field_name: metric.field_name ?? '',
    expression: metric.expression ?? '',
    recurring: metric.recurring,
    rounding_function: metric.rounding_function ?? '',
    rounding_precision: metric.rounding_precision === null ? '' : String(metric.rounding_precision),
    filters: metric.filters.map(({ key, values }) => ({ key, values: [...values] })),
  };
}

/** What is sent: keys that the aggregation does not have are left empty. */
export function bodyOfMetric(values: MetricValues): Readonly<Record<string, unknown>> {
  const { aggregation_type: aggregation, rounding_function: rounding, rounding_precision: precision } = values;
  const isCount = aggregation === 'count_agg';
  return {
    name: values.name,
    code: values.code.trim(),
    description: values.description === '' ? null : values.description,
    aggregation_type: aggregation,
    field_name: isCount ? null : values.field_name.trim(),
    expression: isCount || values.expression.trim() === '' ? null : values.expression.trim(),
    recurring: canRecur(aggregation) && values.recurring,
    rounding_function: rounding === '' ? null : rounding,
    rounding_precision: rounding === '' || precision.trim() === '' ? null : integerOf(precision),
    ...(aggregation === 'weighted_sum_agg' ? { weighted_interval: 'seconds' } : {}),
    filters: values.filters.map(({ key, values: accepted }) => ({ key: key.trim(), values: accepted })),
  };
}

/** A whole number, or the text as it is, so that the server says what is wrong with it. */
function integerOf(text: string): number | string {
  return /^-?\d{1,6}$/.test(text.trim()) ? Number(text) : text;
}

/** Filters are named by the server as one: the first that is wrong is meant. */
export function pathOfMetricField(wirePath: string): string | null {
  if (wirePath === 'key' || wirePath === 'values' || wirePath.startsWith('filters')) return 'filters';
  return wirePath;
}
