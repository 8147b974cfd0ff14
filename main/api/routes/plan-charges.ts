import { z } from 'zod';
import { type Result, ok } from '../../../shared/result.ts';
import { chargeAnswer, chargeRemovalInput, planChargeInput } from '../../../shared/wire/charge.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import {
  createPlanCharge,
  deletePlanCharge,
  findPlanCharge,
  listPlanCharges,
  updatePlanCharge,
  type ChargeDetails,
  type PlanChargeInput,
} from '../../catalog/index.ts';
import { checkedBody, type CheckedBody } from '../checked-body.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { readChargeInput, serializeCharge } from '../wire/plan.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Charges of plans';
const answer = z.object({ charge: chargeAnswer });
const body = checkedBody(planChargeInput);

/** Rule: api.md § 4. */
export const planChargeRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/plans/:code/charges',
    summary: 'Add a charge to a plan',
    tag,
    wrapper: 'charge',
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      chargeResult(
        await createPlanCharge(context, pathValues['code'] ?? '', { input: readPlanChargeInput(body.values), refused: body.refused }),
      ),
  }),
  route({
    method: 'get',
    path: '/plans/:code/charges',
    summary: "List a plan's charges, newest first",
    tag,
    answer: z.object({ charges: z.array(chargeAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, pathValues, query }) => {
      const page = query.page();
      const listed = await listPlanCharges(context.database.read, context.organizationId, { planCode: pathValues['code'] ?? '', page });
      return listed.ok ? ok(wrapPage('charges', listed.value, { page, serialize: serializeCharge })) : listed;
    },
  }),
  route({
    method: 'get',
    path: '/plans/:code/charges/:charge_code',
    summary: 'Read a charge of a plan',
    tag,
    answer,
    respond: async ({ context, pathValues }) =>
      chargeResult(await findPlanCharge(context.database.read, context.organizationId, chargeName(pathValues))),
  }),
  route({
    method: 'put',
    path: '/plans/:code/charges/:charge_code',
    summary: 'Change a charge of a plan',
    tag,
    wrapper: 'charge',
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      chargeResult(
        await updatePlanCharge(context, chargeName(pathValues), { input: readPlanChargeInput(body.values), refused: body.refused }),
      ),
  }),
  route({
    method: 'delete',
    path: '/plans/:code/charges/:charge_code',
    summary: 'Take a charge off a plan',
    tag,
    wrapper: 'charge',
    body: chargeRemovalInput,
    optionalBody: true,
    answer,
    respond: async ({ context, pathValues, body }) =>
      chargeResult(await deletePlanCharge(context, chargeName(pathValues), { cascades: body.cascade_updates === true })),
  }),
];

function chargeName(pathValues: RouteRequest<unknown>['pathValues']): { readonly planCode: string; readonly chargeCode: string } {
  return { planCode: pathValues['code'] ?? '', chargeCode: pathValues['charge_code'] ?? '' };
}

function readPlanChargeInput(values: CheckedBody<z.output<typeof planChargeInput>>['values']): PlanChargeInput {
  const { cascade_updates: cascadeUpdates, ...charge } = values;
  return { ...readChargeInput(charge), cascadeUpdates };
}

function chargeResult(result: Result<ChargeDetails>): Result<unknown> {
  return wrapResult('charge', result, serializeCharge);
}
