import { z } from 'zod';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { METRIC_SORTS, type MetricPageAnswer, type MetricPlan, type MetricRow } from '../../../shared/internal/metrics.ts';
import { ok } from '../../../shared/result.ts';
import { billableMetricInput } from '../../../shared/wire/billable-metric.ts';
import {
  draftMetricTerms,
  listMetricPage,
  metricTerms,
  readMetricPage,
  type ListedMetric,
  type MetricPage,
  type PlanOfMetric,
} from '../../catalog/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { readCodeTotals, readEventSample, readMetricDays, readPastedEvents, readSeenProperties, tryMetric } from '../../usage/index.ts';
import { route, type Route } from '../route.ts';
import { readBillableMetricInput, serializeBillableMetric } from '../wire/billable-metric.ts';
import { timeOf, timeOrNull } from './epoch-times.ts';
import { draftOf } from './draft-of.ts';
import { askedPage } from './list-wish.ts';

const ours = { access: 'session', tag: 'internal', answer: z.unknown() } as const;
const trialBody = z.object({ billable_metric: draftOf(billableMetricInput), events: z.unknown().optional() });

/** Rule: ui.md § 4.4. */
export const internalMetricRoutes: readonly Route[] = [
  route({
    ...ours,
    method: 'get',
    path: '/lists/billable_metrics',
    summary: 'Billable metrics, sorted and filtered, page after page',
    respond: ({ context, query }) => {
      const used = query.text('used');
      const page = listMetricPage(context, {
        ...askedPage(query, METRIC_SORTS),
        search: query.text('search') ?? null,
        aggregationTypes: query.text('aggregation')?.split(',') ?? null,
        isUsed: used === 'yes' ? true : used === 'no' ? false : null,
      });
      return ok({ ...page, rows: page.rows.map(writeRow) } satisfies ListAnswer<MetricRow>);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/billable_metrics/:id',
    summary: 'A billable metric with the plans that use it and what was received for it',
    respond: ({ context, pathValues }) => {
      const page = readMetricPage(context, pathValues['id'] ?? '');
      return page.ok ? ok(writePage(context, page.value)) : page;
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/event_properties',
    summary: 'The property keys that the latest events of a code carry',
    respond: ({ context, query }) => ok(readSeenProperties(context, query.text('code') ?? '')),
  }),
  route({
    ...ours,
    method: 'post',
    path: '/billable_metrics/try',
    summary: 'What events come to under a metric that is being written; nothing is stored',
    changesNothing: true,
    body: trialBody,
    respond: ({ context, body }) => {
      const { values, refused } = body.billable_metric;
      const terms = draftMetricTerms(readBillableMetricInput(values), refused);
      if (!terms.ok) return terms;
      const pasted = body.events === undefined ? null : readPastedEvents(body.events);
      if (pasted !== null && !pasted.ok) return pasted;
      return ok(tryMetric(context, terms.value, pasted?.value ?? null));
    },
  }),
];

function writeRow(row: ListedMetric): MetricRow {
  const { id, recurring, ...rest } = row;
  return {
    ...rest,
    lago_id: id,
    aggregation_type: row.aggregation_type as MetricRow['aggregation_type'],
    recurring: recurring === 1,
    last_event_at: timeOrNull(row.last_event_at),
    created_at: timeOf(row.created_at),
  };
}

function writePage(context: ServiceContext, { metric, plans }: MetricPage): MetricPageAnswer {
  const terms = metricTerms(metric);
  const totals = readCodeTotals(context.database.read, context.organizationId, metric.code);
  return {
    billable_metric: serializeBillableMetric(metric),
    plans: plans.map(writePlan),
    events_count: totals.eventsCount,
    last_event_at: timeOrNull(totals.lastEventAtMs),
    days: readMetricDays(context, terms),
    sample: readEventSample(context, terms),
  };
}

function writePlan({ id, name, code, charge_models: models, subscriptions_count: subscriptions }: PlanOfMetric): MetricPlan {
  return { lago_id: id, name, code, charge_models: JSON.parse(models) as readonly string[], subscriptions_count: subscriptions };
}
