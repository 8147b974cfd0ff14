import { IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { formatDecimal } from '../../shared/decimal.ts';
import type { Page } from '../../shared/page.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { evaluateExpression, parseExpression, type ExpressionEvent } from '../billing/expressions/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import { billableMetrics, charges, type BillableMetric } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { mergeMetric, metricErrors, type BillableMetricInput, type MetricAttributes } from './billable-metric-input.ts';
import type { Change } from './change.ts';
import { isBlank } from './field-checks.ts';
import type { Listed } from './listed.ts';
import { pruneChargeFilters } from './metric-filter-changes.ts';

export async function findBillableMetric(db: ReadDatabase, organizationId: string, code: string): Promise<BillableMetric | null> {
  return db.manager.findOneBy(billableMetrics, { organizationId, code, deletedAt: IsNull() });
}

/** Newest first. */
export async function listBillableMetrics(db: ReadDatabase, organizationId: string, page: Page): Promise<Listed<BillableMetric>> {
  const [rows, totalCount] = await db.manager.findAndCount(billableMetrics, {
    where: { organizationId, deletedAt: IsNull() },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows, totalCount };
}

/** Creates a metric; events of its code that were sent before count too. `refused` is what the door found. */
export function createBillableMetric(
  context: ServiceContext,
  input: BillableMetricInput,
  refused: FieldErrors = {},
): Promise<Result<BillableMetric>> {
  return context.database.unitOfWork.write('create billable metric', (tx) => insertBillableMetric(context, tx, { input, refused }));
}

/** The same inside a transaction that makes more than the metric. */
export async function insertBillableMetric(
  context: ServiceContext,
  tx: Transaction,
  request: Change<BillableMetricInput>,
): Promise<Result<BillableMetric>> {
  const { input, refused = {} } = request;
  const attributes = mergeMetric(input, null, false);
  const errors = { ...(await changeErrors(context, tx, { input, attributes, existing: null, isInUse: false })), ...refused };
  if (hasErrors(errors)) return invalid(errors);
  const id = context.random.uuid();
  const now = context.clock.now();
  const { organizationId } = context;
  await insertRow(tx, billableMetrics, {
    ...(attributes as MetricAttributes),
    id,
    organizationId,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  });
  await context.listeners?.metricChanged?.(tx, id);
  await context.announce?.(tx, { type: 'billable_metric.created', objectType: 'billable_metric', objectId: id });
  return ok(await readBillableMetric(tx, id));
}

/** Changes a metric; once a plan uses it only name, description and filters, the rest is ignored. Rule: api.md § 3. */
export function updateBillableMetric(
  context: ServiceContext,
  code: string,
  change: Change<BillableMetricInput>,
): Promise<Result<BillableMetric>> {
  const { input, refused = {} } = change;
  return context.database.unitOfWork.write('update billable metric', async (tx) => {
    const existing = await findBillableMetric(tx, context.organizationId, code);
    if (existing === null) return notFound('billable_metric');
    const isInUse = await isMetricInUse(tx, existing.id);
    const attributes = mergeMetric(input, existing, isInUse);
    const errors = { ...(await changeErrors(context, tx, { input, attributes, existing, isInUse })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const told = { type: 'billable_metric.updated', objectType: 'billable_metric', objectId: existing.id };
    const before = await context.viewAnnounced?.(tx, told);
    const { sequence: _, ...set } = { ...existing, ...attributes, updatedAt: context.clock.now() };
    await updateRows(tx, billableMetrics, { where: { id: existing.id }, set });
    const after = await readBillableMetric(tx, existing.id);
    await pruneChargeFilters(context, tx, { before: existing, after });
    await context.listeners?.metricChanged?.(tx, existing.id);
    await context.announce?.(tx, { ...told, before });
    return ok(after);
  });
}

/** Deletes a metric and takes its charges off the plans; its code is free again. */
export function deleteBillableMetric(context: ServiceContext, code: string): Promise<Result<BillableMetric>> {
  return context.database.unitOfWork.write('delete billable metric', async (tx) => {
    const metric = await findBillableMetric(tx, context.organizationId, code);
    if (metric === null) return notFound('billable_metric');
    const deletedAt = context.clock.now();
    const removed = await tx.manager.find(charges, { where: { billableMetricId: metric.id, deletedAt: IsNull() } });
    await updateRows(tx, charges, { where: { billableMetricId: metric.id, deletedAt: IsNull() }, set: { deletedAt } });
    await updateRows(tx, billableMetrics, { where: { id: metric.id }, set: { deletedAt } });
    for (const planId of new Set(removed.map((charge) => charge.planId))) await context.listeners?.planChanged?.(tx, planId);
    await context.listeners?.metricChanged?.(tx, metric.id);
    await context.announce?.(tx, { type: 'billable_metric.deleted', objectType: 'billable_metric', objectId: metric.id });
    return ok(metric);
  });
}

/** The value of an expression for a sample event: numbers as decimal text. */
export function tryExpression(expression: string | null | undefined, event: ExpressionEvent): Result<string> {
  if (expression === null || expression === undefined || isBlank(expression)) return invalid({ expression: ['value_is_mandatory'] });
  const parsed = parseExpression(expression);
  const value = parsed === null ? null : evaluateExpression(parsed, event);
  if (value === null) return invalid({ expression: ['invalid_expression'] });
  return ok(typeof value === 'string' ? value : formatDecimal(value));
}

async function isMetricInUse(db: ReadDatabase, metricId: string): Promise<boolean> {
  return db.manager.existsBy(charges, { billableMetricId: metricId, deletedAt: IsNull() });
}

/** The metric with our own id, deleted or not. */
export async function readBillableMetric(db: ReadDatabase, id: string): Promise<BillableMetric> {
  return present(await db.manager.findOneBy(billableMetrics, { id }), 'a metric that is referred to exists');
}

async function changeErrors(
  context: ServiceContext,
  tx: Transaction,
  change: {
    readonly input: BillableMetricInput;
    readonly attributes: Partial<MetricAttributes>;
    readonly existing: BillableMetric | null;
    readonly isInUse: boolean;
  },
): Promise<FieldErrors> {
  const { input, attributes, existing, isInUse } = change;
  const errors = metricErrors(input, attributes, { isCreation: existing === null, isInUse });
  const { code } = attributes;
  const changesCode = code !== undefined && code !== existing?.code && errors['code'] === undefined;
  const isTaken = changesCode && (await findBillableMetric(tx, context.organizationId, code)) !== null;
  return mergeFieldErrors(errors, isTaken ? { code: ['value_already_exist'] } : {});
}
