import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { MetricTerms } from '../billing/facts.ts';
import type { ListPage } from '../database/list-query.ts';
import {
  readMetricRows,
  readPlansOfMetric,
  type ListedMetric,
  type MetricListWish,
  type PlanOfMetric,
} from '../database/lists/billable-metrics.ts';
import { findRow } from '../database/rows.ts';
import { billableMetrics, type BillableMetric } from '../database/tables/catalog.ts';
import type { ServiceContext } from '../service-context.ts';
import { mergeMetric, metricErrors, type BillableMetricInput, type MetricAttributes } from './billable-metric-input.ts';
import { metricTerms } from './plan-terms.ts';

// What the screens show of billable metrics.

export type { ListedMetric, MetricListWish, PlanOfMetric } from '../database/lists/billable-metrics.ts';

/** Metrics as their list shows them. */
export function listMetricPage(context: ServiceContext, wish: MetricListWish): ListPage<ListedMetric> {
  return readMetricRows(context.database.read, context.organizationId, wish);
}

export interface MetricPage {
  readonly metric: BillableMetric;
  readonly plans: readonly PlanOfMetric[];
}

/** The living metric with our own id, and the plans that charge for it. Errors: 404 `billable_metric_not_found`. */
export function readMetricPage(context: ServiceContext, id: string): Result<MetricPage> {
  const { read } = context.database;
  const metric = findRow(read, billableMetrics, { id, organizationId: context.organizationId, deletedAt: null });
  return metric === null ? notFound('billable_metric') : ok({ metric, plans: readPlansOfMetric(read, id) });
}

/** How a metric that is still being written would count; its name may be missing. `refused` is what the door found. Errors: those of creating it, by field. */
export function draftMetricTerms(input: BillableMetricInput, refused: FieldErrors): Result<MetricTerms> {
  const named = { ...input, name: 'draft', code: input.code ?? 'draft' };
  const merged = mergeMetric(named, null, false);
  const { name: _name, code: _code, ...unreadable } = refused;
  const errors = { ...metricErrors(named, merged, { isCreation: true, isInUse: false }), ...unreadable };
  return hasErrors(errors) ? invalid(errors) : ok(metricTerms({ ...(merged as MetricAttributes), id: 'draft' }));
}
