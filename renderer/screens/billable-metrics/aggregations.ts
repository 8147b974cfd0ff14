import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';

export type Aggregation = BillableMetricAnswer['aggregation_type'];

interface AggregationWords {
  readonly label: MessageDescriptor;
  readonly example: MessageDescriptor;
}

/** What the ways of counting are called, and what each comes to, in the order in which they are offered. */
export const AGGREGATIONS: Readonly<Record<Aggregation, AggregationWords>> = {
  count_agg: { label: msg`Count`, example: msg`Each event is one. Three exports come to 3.` },
  sum_agg: { label: msg`Sum`, example: msg`A property is added up. Requests of 12 and 30 come to 42.` },
  max_agg: { label: msg`Maximum`, example: msg`The largest value counts. Peaks of 4, 9 and 6 GB come to 9.` },
  unique_count_agg: { label: msg`Unique count`, example: msg`Different values are counted. Ava, Leo and Ava again come to 2.` },
  latest_agg: { label: msg`Latest`, example: msg`The last value counts. Stocks of 70, then 40, come to 40.` },
  weighted_sum_agg: { label: msg`Weighted sum`, example: msg`A level is weighed by time. 10 GB for half a month come to 5.` },
};

export const AGGREGATION_TYPES = Object.keys(AGGREGATIONS) as readonly Aggregation[];

/** Levels can be kept over the end of a period; peaks and counts begin anew. */
export function canRecur(aggregation: Aggregation): boolean {
  return aggregation === 'sum_agg' || aggregation === 'unique_count_agg' || aggregation === 'weighted_sum_agg';
}
