import { mergeFieldErrors, type FieldErrors } from '../../shared/result.ts';
import type { AggregationType, RoundingFunction } from '../billing/facts.ts';
import { parseExpression } from '../billing/expressions/index.ts';
import type { BillableMetric, MetricFilter } from '../database/tables/catalog.ts';
import { isBlank, mandatoryErrors } from './field-checks.ts';

/** What a caller says about a metric: an absent key leaves the attribute as it is, null clears it. */
export interface BillableMetricInput {
  readonly name?: string | null;
  readonly code?: string | null;
  readonly description?: string | null;
  readonly aggregationType?: AggregationType | null;
  readonly fieldName?: string | null;
  readonly recurring?: boolean | null;
  readonly roundingFunction?: RoundingFunction | null;
  readonly roundingPrecision?: number | null;
  readonly weightedInterval?: 'seconds' | null;
  readonly expression?: string | null;
  /** Replaced as a whole. */
  readonly filters?: readonly MetricFilter[] | null;
}

/** The attributes that a caller decides. */
export type MetricAttributes = Pick<
  BillableMetric,
  | 'name'
  | 'code'
  | 'description'
  | 'aggregationType'
  | 'fieldName'
  | 'recurring'
  | 'roundingFunction'
  | 'roundingPrecision'
  | 'weightedInterval'
  | 'expression'
  | 'filters'
>;

const NOT_RECURRING: readonly AggregationType[] = ['count_agg', 'max_agg', 'latest_agg'];

/** Attributes after the change. While a plan uses the metric only name, description and filters do. Rule: api.md § 3. */
export function mergeMetric(input: BillableMetricInput, existing: BillableMetric | null, isInUse: boolean): Partial<MetricAttributes> {
  const kept = <Name extends keyof MetricAttributes>(name: Name): MetricAttributes[Name] | undefined => existing?.[name];
  const text = (value: string | null | undefined): string | undefined => value ?? undefined;
  const filters = input.filters === undefined ? (kept('filters') ?? []) : sortedFilters(input.filters ?? []);
  const description = input.description === undefined ? (kept('description') ?? null) : input.description;
  const name = text(input.name) ?? kept('name');
  if (isInUse && existing !== null) return { ...existing, name: name ?? existing.name, description, filters };
  const aggregationType = input.aggregationType ?? kept('aggregationType');
  const fieldName = input.fieldName === undefined ? (kept('fieldName') ?? null) : input.fieldName;
  const nullable = <Name extends 'roundingFunction' | 'roundingPrecision' | 'expression'>(key: Name): MetricAttributes[Name] =>
    (input[key] === undefined ? (kept(key) ?? null) : input[key]) as MetricAttributes[Name];
  return {
    name,
    code: text(input.code) ?? kept('code'),
    description,
    aggregationType,
    fieldName: aggregationType === 'count_agg' ? null : fieldName,
    recurring: input.recurring ?? kept('recurring') ?? false,
    roundingFunction: nullable('roundingFunction'),
    roundingPrecision: nullable('roundingPrecision'),
    weightedInterval: aggregationType === 'weighted_sum_agg' ? 'seconds' : null,
    expression: isBlank(nullable('expression')) ? null : nullable('expression'),
    filters,
  };
}

/** When a request is judged: on creation, and while a plan uses the metric, when keys that change nothing cannot be wrong. */
export interface MetricOccasion {
  readonly isCreation: boolean;
  readonly isInUse: boolean;
}

/** What is wrong with the request, apart from a code that is taken. Rule: pricing.md § 10. */
export function metricErrors(input: BillableMetricInput, merged: Partial<MetricAttributes>, occasion: MetricOccasion): FieldErrors {
  const { name, code, aggregationType: aggregation_type } = occasion.isInUse ? ({ name: input.name } as BillableMetricInput) : input;
  const { aggregationType, fieldName, recurring, expression } = merged;
  const needsField = aggregationType !== undefined && aggregationType !== 'count_agg' && isBlank(fieldName);
  const cannotRecur = recurring === true && aggregationType !== undefined && NOT_RECURRING.includes(aggregationType);
  const isUnreadable = expression !== null && expression !== undefined && parseExpression(expression) === null;
  return mergeFieldErrors(
    mandatoryErrors({ name, code, aggregation_type }, occasion),
    needsField ? { field_name: ['value_is_mandatory'] } : {},
    cannotRecur ? { recurring: ['not_compatible_with_aggregation_type'] } : {},
    isUnreadable ? { expression: ['invalid_expression'] } : {},
    filterErrors(input.filters ?? []),
  );
}

function filterErrors(filters: readonly MetricFilter[]): FieldErrors {
  return {
    ...(filters.some((filter) => isBlank(filter.key)) ? { key: ['value_is_mandatory'] } : {}),
    ...(filters.some((filter) => filter.values.length === 0 || filter.values.some(isBlank)) ? { values: ['value_is_mandatory'] } : {}),
  };
}

/** Each key once, with its distinct values in order. */
function sortedFilters(filters: readonly MetricFilter[]): readonly MetricFilter[] {
  const byKey = new Map<string, Set<string>>();
  for (const { key, values } of filters) byKey.set(key, new Set([...(byKey.get(key) ?? []), ...values]));
  return [...byKey].map(([key, values]) => ({ key, values: [...values].sort() }));
}
