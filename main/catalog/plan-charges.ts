import { present } from '../../shared/assert.ts';
import type { Page } from '../../shared/page.ts';
import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Change } from './change.ts';
import { draftCharges } from './charge-drafts.ts';
import type { ChargeInput } from './charge-input.ts';
import { removeCharges, writeCharges } from './charges.ts';
import { findPlan, isPlanInUse } from './find-plan.ts';
import type { Listed } from './listed.ts';
import { cascadeToCopies } from './plan-cascade.ts';
import { readPlanDetails, type ChargeDetails, type PlanDetails } from './plan-details.ts';

/** One charge of a plan, and whether private copies of the plan follow. */
export interface PlanChargeInput extends ChargeInput {
  readonly cascadeUpdates?: boolean | null;
}

interface ChargeName {
  readonly planCode: string;
  readonly chargeCode: string;
}

/** Charges of a plan, newest first like every list. */
export async function listPlanCharges(
  db: ReadDatabase,
  organizationId: string,
  asked: { readonly planCode: string; readonly page: Page },
): Promise<Result<Listed<ChargeDetails>>> {
  const plan = await findPlan(db, organizationId, asked.planCode);
  if (plan === null) return notFound('plan');
  const { charges } = await readPlanDetails(db, plan.id);
  const { offset, limit } = asked.page;
  return ok({ rows: charges.toReversed().slice(offset, offset + limit), totalCount: charges.length });
}

export async function findPlanCharge(db: ReadDatabase, organizationId: string, name: ChargeName): Promise<Result<ChargeDetails>> {
  const plan = await findPlan(db, organizationId, name.planCode);
  if (plan === null) return notFound('plan');
  return chargeOf(await readPlanDetails(db, plan.id), name.chargeCode);
}

export function createPlanCharge(
  context: ServiceContext,
  planCode: string,
  change: Change<PlanChargeInput>,
): Promise<Result<ChargeDetails>> {
  const { input, refused = {} } = change;
  return changePlan(context, { planCode, cascades: input.cascadeUpdates === true }, async (tx, plan) => {
    const { id: _, ...fresh } = input;
    return writeOne(context, tx, { plan, input: fresh, isInUse: false, refused });
  });
}

/** Changes one charge; in a plan with subscriptions only what api.md § 4 names. */
export function updatePlanCharge(
  context: ServiceContext,
  name: ChargeName,
  change: Change<PlanChargeInput>,
): Promise<Result<ChargeDetails>> {
  const { input, refused = {} } = change;
  return changePlan(context, { planCode: name.planCode, cascades: input.cascadeUpdates === true }, async (tx, plan) => {
    const existing = chargeOf(plan, name.chargeCode);
    if (!existing.ok) return existing;
    const isInUse = await isPlanInUse(tx, plan.plan.id);
    return writeOne(context, tx, { plan, input: { ...input, id: existing.value.charge.id }, isInUse, refused });
  });
}

export function deletePlanCharge(
  context: ServiceContext,
  name: ChargeName,
  options: { readonly cascades: boolean },
): Promise<Result<ChargeDetails>> {
  return changePlan(context, { planCode: name.planCode, cascades: options.cascades }, async (tx, plan) => {
    const existing = chargeOf(plan, name.chargeCode);
    if (existing.ok) await removeCharges(context, tx, [existing.value.charge.id]);
    return existing;
  });
}

/** One change of a plan's charges, its consequences included. */
function changePlan<T>(
  context: ServiceContext,
  target: { readonly planCode: string; readonly cascades: boolean },
  change: (tx: Transaction, plan: PlanDetails) => Promise<Result<T>>,
): Promise<Result<T>> {
  return context.database.unitOfWork.write('change a charge of a plan', async (tx) => {
    const plan = await findPlan(tx, context.organizationId, target.planCode);
    if (plan === null) return notFound('plan');
    const told = { type: 'plan.updated', objectType: 'plan', objectId: plan.id };
    const viewBefore = await context.viewAnnounced?.(tx, told);
    const before = await readPlanDetails(tx, plan.id);
    const outcome = await change(tx, before);
    if (!outcome.ok) return outcome;
    await context.announce?.(tx, { ...told, before: viewBefore });
    if (target.cascades) await cascadeToCopies(context, tx, { before, after: await readPlanDetails(tx, plan.id) });
    await context.listeners?.planChanged?.(tx, plan.id);
    return outcome;
  });
}

async function writeOne(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly plan: PlanDetails; readonly input: ChargeInput; readonly isInUse: boolean; readonly refused: FieldErrors },
): Promise<Result<ChargeDetails>> {
  const { plan, input, isInUse, refused } = change;
  const request = { inputs: [input], existing: plan.charges, isInUse, keepsOthers: true };
  const drafted = await draftCharges(tx, context.organizationId, request);
  if (!drafted.ok) return drafted;
  const errors = { ...drafted.value.errors, ...refused };
  if (hasErrors(errors)) return invalid(errors);
  const [chargeId] = await writeCharges(context, tx, { planId: plan.plan.id, drafts: drafted.value.drafts });
  const after = await readPlanDetails(tx, plan.plan.id);
  const written = after.charges.find((details) => details.charge.id === chargeId);
  return ok(present(written, 'a charge just written is there'));
}

function chargeOf(plan: PlanDetails, chargeCode: string): Result<ChargeDetails> {
  const found = plan.charges.find((details) => details.charge.code === chargeCode);
  return found === undefined ? notFound('charge') : ok(found);
}
