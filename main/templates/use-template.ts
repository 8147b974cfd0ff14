import { present } from '../../shared/assert.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import {
  findAddOn,
  findBillableMetric,
  freePlanCode,
  insertAddOn,
  insertBillableMetric,
  insertPlan,
  plannedMetric,
  type BillableMetric,
} from '../catalog/index.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Template } from './template.ts';
import { TEMPLATES } from './templates.ts';

/** What became of one object of a template. */
export interface MadeObject {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** `reused`: a metric that was there already is the same. `renamed`: its code was taken by something else. */
  readonly outcome: 'created' | 'reused' | 'renamed';
}

export interface UsedTemplate {
  readonly metrics: readonly MadeObject[];
  readonly plan: MadeObject | null;
  readonly addOn: MadeObject | null;
}

/** Makes a template's metrics and plan (or its add-on) in one transaction, or nothing at all. Codes that are taken get a number. */
export function useTemplate(context: ServiceContext, slug: string): Promise<Result<UsedTemplate>> {
  const template = TEMPLATES.find((each) => each.slug === slug);
  if (template === undefined) return Promise.resolve(notFound('template'));
  return context.database.unitOfWork.write('use template', async (tx) => {
    const metrics: MadeObject[] = [];
    for (const metric of template.metrics) {
      const made = await makeMetric(context, tx, metric);
      if (!made.ok) return made;
      metrics.push(made.value);
    }
    const plan = await makePlan(context, tx, { template, metrics });
    if (!plan.ok) return plan;
    const addOn = await makeAddOn(context, tx, template);
    return addOn.ok ? ok({ metrics, plan: plan.value, addOn: addOn.value }) : addOn;
  });
}

async function makeMetric(context: ServiceContext, tx: Transaction, wanted: Template['metrics'][number]): Promise<Result<MadeObject>> {
  const { organizationId } = context;
  let code = wanted.code;
  for (let suffix = 2; ; suffix++) {
    const existing = await findBillableMetric(tx, organizationId, code);
    if (existing === null) break;
    if (countsTheSame(existing, wanted)) return ok({ id: existing.id, code, name: existing.name, outcome: 'reused' });
    code = `${wanted.code}_${String(suffix)}`;
  }
  const made = await insertBillableMetric(context, tx, { input: { ...wanted, code } });
  if (!made.ok) return made;
  return ok({ id: made.value.id, code, name: made.value.name, outcome: code === wanted.code ? 'created' : 'renamed' });
}

/** Whether a metric would give the template's charges the same units. */
function countsTheSame(existing: BillableMetric, wanted: Template['metrics'][number]): boolean {
  const planned = plannedMetric(wanted);
  const keys = ['aggregationType', 'fieldName', 'recurring', 'roundingFunction', 'roundingPrecision', 'expression'] as const;
  return keys.every((key) => existing[key] === planned[key]);
}

async function makePlan(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly template: Template; readonly metrics: readonly MadeObject[] },
): Promise<Result<MadeObject | null>> {
  const { plan, metrics } = of.template;
  if (plan === null) return ok(null);
  const made = new Map(metrics.map((metric, index) => [metric.code, present(of.metrics[index], 'every metric was made')]));
  const charges = (plan.charges ?? []).map(({ billableMetricCode, ...charge }) => ({
    ...charge,
    billableMetricId: present(made.get(billableMetricCode ?? ''), 'a charge of a template names one of its metrics').id,
  }));
  const code = await freePlanCode(tx, context.organizationId, plan.code);
  const inserted = await insertPlan(context, tx, { input: { ...plan, code, charges } });
  if (!inserted.ok) return inserted;
  const { id, name } = inserted.value.plan;
  return ok({ id, code, name, outcome: code === plan.code ? 'created' : 'renamed' });
}

async function makeAddOn(context: ServiceContext, tx: Transaction, template: Template): Promise<Result<MadeObject | null>> {
  const { addOn } = template;
  if (addOn === null) return ok(null);
  let code = addOn.code;
  for (let suffix = 2; (await findAddOn(tx, context.organizationId, code)) !== null; suffix++) code = `${addOn.code}_${String(suffix)}`;
  const made = await insertAddOn(context, tx, { input: { ...addOn, code } });
  if (!made.ok) return made;
  const { id, name } = made.value.addOn;
  return ok({ id, code, name, outcome: code === addOn.code ? 'created' : 'renamed' });
}
