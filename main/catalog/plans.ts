import { In } from 'typeorm';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import { charges, plans, planTaxes, type Plan, type Tax } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Change } from './change.ts';
import { draftCharges, type ChargeDraft } from './charge-drafts.ts';
import { removeCharges, writeCharges } from './charges.ts';
import { findPlan, findPlanCopies, isPlanInUse } from './find-plan.ts';
import { commitmentErrors, writeCommitment } from './minimum-commitments.ts';
import { findTaxesByCodes, writeOwnedTaxes } from './owned-taxes.ts';
import { cascadeToCopies } from './plan-cascade.ts';
import { readPlanDetails, type PlanDetails } from './plan-details.ts';
import { mergePlan, planFieldErrors, type PlanAttributes, type PlanInput } from './plan-input.ts';
import { metadataOrNull, planMetadataErrors } from './plan-metadata.ts';
import { mergeThresholds, thresholdErrors } from './usage-thresholds.ts';

/** Creates a plan with its charges, or nothing at all. `refused` is what the door found. */
export function createPlan(context: ServiceContext, input: PlanInput, refused: FieldErrors = {}): Promise<Result<PlanDetails>> {
  return context.database.unitOfWork.write('create plan', (tx) => insertPlan(context, tx, { input, refused }));
}

/** The same inside a transaction that makes more than the plan; the caller answers a refusal with its own, so that all is undone. */
export async function insertPlan(context: ServiceContext, tx: Transaction, request: Change<PlanInput>): Promise<Result<PlanDetails>> {
  const { input, refused = {} } = request;
  const change = await draftPlanChange(context, tx, { input, before: null, isInUse: false, refused });
  if (!change.ok) return change;
  const id = context.random.uuid();
  const now = context.clock.now();
  await insertRow(tx, plans, {
    ...change.value.attributes,
    id,
    organizationId: context.organizationId,
    parentId: null,
    usageThresholds: mergeThresholds(context, input.usageThresholds ?? [], []),
    metadata: metadataOrNull(input.metadata ?? null),
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  });
  await writePlanParts(context, tx, { planId: id, input, change: change.value });
  await context.announce?.(tx, { type: 'plan.created', objectType: 'plan', objectId: id });
  return ok(await readPlanDetails(tx, id));
}

/** Changes a plan; once it has subscriptions only what api.md § 4 names, the other keys are ignored. */
export function updatePlan(context: ServiceContext, code: string, change: Change<PlanInput>): Promise<Result<PlanDetails>> {
  const { input, refused = {} } = change;
  return context.database.unitOfWork.write('update plan', async (tx) => {
    const existing = await findPlan(tx, context.organizationId, code);
    if (existing === null) return notFound('plan');
    const before = await readPlanDetails(tx, existing.id);
    const isInUse = await isPlanInUse(tx, existing.id);
    const drafted = await draftPlanChange(context, tx, { input, before, isInUse, refused });
    if (!drafted.ok) return drafted;
    const { usageThresholds, metadata } = existing;
    const set = {
      ...drafted.value.attributes,
      usageThresholds:
        input.usageThresholds === undefined || isInUse
          ? usageThresholds
          : mergeThresholds(context, input.usageThresholds ?? [], usageThresholds),
      metadata: input.metadata === undefined ? metadata : metadataAfter(input, existing),
      updatedAt: context.clock.now(),
    };
    const told = { type: 'plan.updated', objectType: 'plan', objectId: existing.id };
    const viewBefore = await context.viewAnnounced?.(tx, told);
    await updateRows(tx, plans, { where: { id: existing.id }, set });
    await writePlanParts(context, tx, { planId: existing.id, input, change: drafted.value, before });
    await context.announce?.(tx, { ...told, before: viewBefore });
    const after = await readPlanDetails(tx, existing.id);
    if (input.cascadeUpdates === true) await cascadeToCopies(context, tx, { before, after });
    await context.listeners?.planChanged?.(tx, existing.id);
    return ok(after);
  });
}

/** Deletes a plan and its private copies after their subscriptions have ended; its code is free again. Answers it as it was. */
export function deletePlan(context: ServiceContext, code: string): Promise<Result<PlanDetails>> {
  return context.database.unitOfWork.write('delete plan', async (tx) => {
    const plan = await findPlan(tx, context.organizationId, code);
    if (plan === null) return notFound('plan');
    const before = await readPlanDetails(tx, plan.id);
    // Told as it was, as the answer shows it: its charges go with it.
    await context.announce?.(tx, { type: 'plan.deleted', objectType: 'plan', objectId: plan.id });
    const planIds = [plan.id, ...(await findPlanCopies(tx, plan.id)).map((copy) => copy.id)];
    for (const planId of planIds) await context.listeners?.planDeleted?.(tx, planId);
    const deletedAt = context.clock.now();
    const living = await tx.manager.find(charges, { where: { planId: In(planIds) } });
    await removeCharges(
      context,
      tx,
      living.filter((charge) => charge.deletedAt === null).map((charge) => charge.id),
    );
    await updateRows(tx, plans, { where: { id: In(planIds) }, set: { deletedAt } });
    return ok(before);
  });
}

/** A change of a plan that was found to be right. Undefined parts stay as they are. */
interface PlanChange {
  readonly attributes: PlanAttributes;
  readonly charges: readonly ChargeDraft[] | undefined;
  readonly taxes: readonly Tax[] | undefined;
  readonly commitmentTaxes: readonly Tax[] | undefined;
}

interface PlanChangeRequest {
  readonly input: PlanInput;
  readonly before: PlanDetails | null;
  readonly isInUse: boolean;
  readonly refused: FieldErrors;
}

/** Everything that is wrong is reported at once; a metric or a tax that does not exist is 404. */
async function draftPlanChange(context: ServiceContext, tx: Transaction, request: PlanChangeRequest): Promise<Result<PlanChange>> {
  const { input, before, isInUse, refused } = request;
  const { organizationId } = context;
  const existing = before?.plan ?? null;
  const attributes = mergePlan(input, existing, isInUse);
  const drafted = await draftCharges(tx, organizationId, {
    inputs: input.charges ?? [],
    existing: before?.charges ?? [],
    isInUse,
    keepsOthers: false,
  });
  if (!drafted.ok) return drafted;
  const isTaken =
    attributes.code !== undefined && attributes.code !== existing?.code && (await findPlan(tx, organizationId, attributes.code)) !== null;
  const errors = mergeFieldErrors(
    planFieldErrors(input, { isCreation: existing === null, isInUse }),
    isTaken ? { code: ['value_already_exist'] } : {},
    commitmentErrors(input.minimumCommitment, before?.minimumCommitment?.commitment ?? null),
    isInUse ? {} : thresholdErrors(input.usageThresholds),
    planMetadataErrors(metadataAfter(input, existing)),
    drafted.value.errors,
  );
  const all = { ...errors, ...refused };
  if (hasErrors(all)) return invalid(all);
  const taxes = await findTaxesByCodes(tx, organizationId, input.taxCodes ?? []);
  if (!taxes.ok) return taxes;
  const commitmentTaxes = await findTaxesByCodes(tx, organizationId, input.minimumCommitment?.taxCodes ?? []);
  if (!commitmentTaxes.ok) return commitmentTaxes;
  return ok({
    attributes: attributes as PlanAttributes,
    charges: input.charges === undefined ? undefined : drafted.value.drafts,
    taxes: input.taxCodes === undefined ? undefined : taxes.value,
    commitmentTaxes: input.minimumCommitment?.taxCodes === undefined ? undefined : commitmentTaxes.value,
  });
}

/** Pairs that are sent join those that are there; null clears them all. */
function metadataAfter(input: PlanInput, existing: Plan | null): Plan['metadata'] {
  if (input.metadata === null) return null;
  return metadataOrNull({ ...existing?.metadata, ...input.metadata });
}

async function writePlanParts(
  context: ServiceContext,
  tx: Transaction,
  parts: { readonly planId: string; readonly input: PlanInput; readonly change: PlanChange; readonly before?: PlanDetails },
): Promise<void> {
  const { planId, input, change, before } = parts;
  if (change.taxes !== undefined) await writeOwnedTaxes(tx, planTaxes, { ownerId: planId, taxes: change.taxes });
  if (input.minimumCommitment !== undefined) {
    const existing = before?.minimumCommitment?.commitment ?? null;
    await writeCommitment(context, tx, { planId, input: input.minimumCommitment, existing, taxes: change.commitmentTaxes });
  }
  if (change.charges === undefined) return;
  const kept = new Set(change.charges.map((draft) => draft.existing?.id));
  const removed = (before?.charges ?? []).map((details) => details.charge.id).filter((id) => !kept.has(id));
  await removeCharges(context, tx, removed);
  await writeCharges(context, tx, { planId, drafts: change.charges });
}
