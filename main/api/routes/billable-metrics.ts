import { z } from 'zod';
import { decimal } from '../../../shared/decimal.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import {
  billableMetricAnswer,
  billableMetricInput,
  expressionTrialAnswer,
  expressionTrialInput,
} from '../../../shared/wire/billable-metric.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import {
  createBillableMetric,
  deleteBillableMetric,
  findBillableMetric,
  listBillableMetrics,
  tryExpression,
  updateBillableMetric,
  type BillableMetric,
} from '../../catalog/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { readBillableMetricInput, serializeBillableMetric } from '../wire/billable-metric.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Billable metrics';
const answer = z.object({ billable_metric: billableMetricAnswer });
const body = checkedBody(billableMetricInput);

/** Rule: api.md § 3. */
export const billableMetricRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/billable_metrics',
    summary: 'Create a billable metric',
    tag,
    wrapper: 'billable_metric',
    body,
    answer,
    respond: async ({ context, body }) =>
      metricResult(await createBillableMetric(context, readBillableMetricInput(body.values), body.refused)),
  }),
  route({
    method: 'post',
    path: '/billable_metrics/evaluate_expression',
    summary: 'Compute an expression for a sample event; nothing is stored',
    tag,
    body: expressionTrialInput,
    answer: expressionTrialAnswer,
    respond: ({ context, body }) => {
      const { code, timestamp, properties } = body.event ?? {};
      const now = decimal(context.clock.now().epochMilliseconds).div(1000).floor();
      const value = tryExpression(body.expression, { code: code ?? '', timestamp: timestamp ?? now, properties: properties ?? {} });
      return wrapResult('expression_result', value, (text) => ({ value: text }));
    },
  }),
  route({
    method: 'get',
    path: '/billable_metrics',
    summary: 'List billable metrics, newest first',
    tag,
    answer: z.object({ billable_metrics: z.array(billableMetricAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const page = query.page();
      const listed = await listBillableMetrics(context.database.read, context.organizationId, page);
      return ok(wrapPage('billable_metrics', listed, { page, serialize: serializeBillableMetric }));
    },
  }),
  route({
    method: 'get',
    path: '/billable_metrics/:code*',
    summary: 'Read a billable metric',
    tag,
    answer,
    respond: async ({ context, pathValues }) => {
      const metric = await findBillableMetric(context.database.read, context.organizationId, pathValues['code'] ?? '');
      return metricResult(metric === null ? notFound('billable_metric') : ok(metric));
    },
  }),
  route({
    method: 'put',
    path: '/billable_metrics/:code*',
    summary: 'Change a billable metric; once a plan uses it, only its name, description and filters',
    tag,
    wrapper: 'billable_metric',
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      metricResult(
        await updateBillableMetric(context, pathValues['code'] ?? '', {
          input: readBillableMetricInput(body.values),
          refused: body.refused,
        }),
      ),
  }),
  route({
    method: 'delete',
    path: '/billable_metrics/:code*',
    summary: 'Delete a billable metric and its charges on plans',
    tag,
    answer,
    respond: async ({ context, pathValues }) => metricResult(await deleteBillableMetric(context, pathValues['code'] ?? '')),
  }),
];

function metricResult(result: Result<BillableMetric>): Result<unknown> {
  return wrapResult('billable_metric', result, serializeBillableMetric);
}
