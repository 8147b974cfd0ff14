import { IsNull } from 'typeorm';
import { notFound, ok, type Result } from '../../shared/result.ts';
import type { ListPage } from '../database/list-query.ts';
import { listPlanRows, planCurrencies, readPlanUse, type ListedPlan, type PlanListWish, type PlanUse } from '../database/lists/plans.ts';
import { plans, type BillableMetric } from '../database/tables/catalog.ts';
import type { ServiceContext } from '../service-context.ts';
import { isPlanInUse } from './find-plan.ts';
import { readPlanDetails, type PlanDetails } from './plan-details.ts';

export type { ListedPlan, PlanListWish, PlanUse } from '../database/lists/plans.ts';

/** Living plans as their list shows them. */
export function listPlanPage(context: ServiceContext, wish: PlanListWish): ListPage<ListedPlan> {
  return listPlanRows(context.database.read, context.organizationId, wish);
}

export function listPlanCurrencies(context: ServiceContext): readonly string[] {
  return planCurrencies(context.database.read, context.organizationId);
}

/** A plan with who is on it. */
export interface PlanPage {
  readonly details: PlanDetails;
  /** Metrics of its charges, each once. */
  readonly metrics: readonly BillableMetric[];
  readonly use: PlanUse;
  /** Whether it has or had a subscription: then parts of it can no longer change. Rule: subscriptions.md § 7. */
  readonly isInUse: boolean;
}

/** The living plan with our own id; a private copy of one is found too, since subscriptions point to it. */
export async function readPlanPage(context: ServiceContext, id: string): Promise<Result<PlanPage>> {
  const { read } = context.database;
  const plan = await read.manager.findOneBy(plans, { id, organizationId: context.organizationId, deletedAt: IsNull() });
  if (plan === null) return notFound('plan');
  const details = await readPlanDetails(read, plan.id);
  const metrics = [...new Map(details.charges.map(({ metric }) => [metric.id, metric])).values()];
  return ok({ details, metrics, use: readPlanUse(read, plan.id), isInUse: await isPlanInUse(read, plan.id) });
}
