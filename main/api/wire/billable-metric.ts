import { formatInstant } from '../../../shared/dates.ts';
import type { z } from 'zod';
import type { BillableMetricAnswer, billableMetricInput } from '../../../shared/wire/billable-metric.ts';
import type { BillableMetric, BillableMetricInput } from '../../catalog/index.ts';
import { camelKeys } from './camel-case.ts';

export function serializeBillableMetric(metric: BillableMetric): BillableMetricAnswer {
  return {
    lago_id: metric.id,
    name: metric.name,
    code: metric.code,
    description: metric.description,
    aggregation_type: metric.aggregationType,
    field_name: metric.fieldName,
    recurring: metric.recurring,
    rounding_function: metric.roundingFunction,
    rounding_precision: metric.roundingPrecision,
    weighted_interval: metric.weightedInterval,
    expression: metric.expression,
    filters: metric.filters.map(({ key, values }) => ({ key, values: [...values] })),
    created_at: formatInstant(metric.createdAt),
  };
}

/** `recurring_count_agg` is the 2022 name of a recurring unique count. */
export function readBillableMetricInput(values: Partial<z.output<typeof billableMetricInput>>): BillableMetricInput {
  const { aggregation_type: aggregationType, ...rest } = values;
  if (aggregationType !== 'recurring_count_agg') return { ...camelKeys(rest), aggregationType };
  return { ...camelKeys(rest), aggregationType: 'unique_count_agg', recurring: true };
}
