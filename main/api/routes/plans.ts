import { z } from 'zod';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { planAnswer, planInput } from '../../../shared/wire/plan.ts';
import {
  createPlan,
  deletePlan,
  findPlan,
  listPlans,
  readPlanDetails,
  readPlansDetails,
  updatePlan,
  type PlanDetails,
} from '../../catalog/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { readPlanInput, serializePlan } from '../wire/plan.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Plans';
const answer = z.object({ plan: planAnswer });
const body = checkedBody(planInput);

/** Rule: api.md § 4. */
export const planRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/plans',
    summary: 'Create a plan with its charges',
    tag,
    wrapper: 'plan',
    body,
    answer,
    respond: async ({ context, body }) => planResult(await createPlan(context, readPlanInput(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/plans',
    summary: 'List plans, newest first; private copies are left out',
    tag,
    answer: z.object({ plans: z.array(planAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const page = query.page();
      const { read } = context.database;
      const { rows, totalCount } = await listPlans(read, context.organizationId, page);
      const listed = { rows: await readPlansDetails(read, rows), totalCount };
      return ok(wrapPage('plans', listed, { page, serialize: (details) => serializePlan(details) }));
    },
  }),
  route({
    method: 'get',
    path: '/plans/:code',
    summary: 'Read a plan',
    tag,
    answer,
    respond: async ({ context, pathValues }) => {
      const { read } = context.database;
      const plan = await findPlan(read, context.organizationId, pathValues['code'] ?? '');
      return planResult(plan === null ? notFound('plan') : ok(await readPlanDetails(read, plan.id)));
    },
  }),
  route({
    method: 'put',
    path: '/plans/:code',
    summary: 'Change a plan; `charges` is the full new list',
    tag,
    wrapper: 'plan',
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      planResult(await updatePlan(context, pathValues['code'] ?? '', { input: readPlanInput(body.values), refused: body.refused })),
  }),
  route({
    method: 'delete',
    path: '/plans/:code',
    summary: 'Delete a plan: its subscriptions end, its drafts are finalized',
    tag,
    answer,
    respond: async ({ context, pathValues }) =>
      wrapResult('plan', await deletePlan(context, pathValues['code'] ?? ''), (details) =>
        serializePlan(details, { isPendingDeletion: true }),
      ),
  }),
];

function planResult(result: Result<PlanDetails>): Result<unknown> {
  return wrapResult('plan', result, (details) => serializePlan(details));
}
