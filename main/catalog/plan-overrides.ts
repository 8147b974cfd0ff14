import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import { plans, planTaxes, type Plan } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { draftCharges } from './charge-drafts.ts';
import type { ChargeInput } from './charge-input.ts';
import { writeCharges } from './charges.ts';
import { commitmentErrors, writeCommitment, type CommitmentInput } from './minimum-commitments.ts';
import { findTaxesByCodes, writeOwnedTaxes } from './owned-taxes.ts';
import { chargeCopy } from './plan-cascade.ts';
import { readPlanDetails, type ChargeDetails, type PlanDetails } from './plan-details.ts';
import { mergeThresholds, thresholdErrors, type UsageThresholdInput } from './usage-thresholds.ts';

/** What one subscription has otherwise than its plan. Interval and payment mode cannot be overridden. */
export interface PlanOverrides {
  readonly amountCents?: Cents | null;
  readonly amountCurrency?: CurrencyCode | null;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly invoiceDisplayName?: string | null;
  readonly trialPeriod?: Decimal | null;
  readonly taxCodes?: readonly string[] | null;
  readonly minimumCommitment?: CommitmentInput | null;
  readonly usageThresholds?: readonly UsageThresholdInput[] | null;
  readonly charges?: readonly ChargeOverride[] | null;
}

/** Names a charge by its id (of the plan or of the copy), else by its metric. */
export type ChargeOverride = Pick<
  ChargeInput,
  'id' | 'billableMetricId' | 'billableMetricCode' | 'properties' | 'filters' | 'minAmountCents' | 'invoiceDisplayName' | 'taxCodes'
>;

/**
 * Makes the private copy of a plan that a subscription with overrides is on: same code, `parentId` set, never listed. The caller
 * answers a refusal with its own, so that the copy is undone. Rule: subscriptions.md § 7 "Overrides".
 */
export async function createPlanOverride(
  context: ServiceContext,
  tx: Transaction,
  request: { readonly parentPlanId: string; readonly overrides: PlanOverrides },
): Promise<Result<Plan>> {
  const parent = await readPlanDetails(tx, request.parentPlanId);
  const copyId = await copyPlan(context, tx, parent);
  return applyOverrides(context, tx, { planId: copyId, overrides: request.overrides });
}

/** Changes the overrides of a plan that is a private copy already. */
export async function updatePlanOverride(
  context: ServiceContext,
  tx: Transaction,
  request: { readonly planId: string; readonly overrides: PlanOverrides },
): Promise<Result<Plan>> {
  const changed = await applyOverrides(context, tx, request);
  if (changed.ok) await context.listeners?.planChanged?.(tx, request.planId);
  return changed;
}

async function copyPlan(context: ServiceContext, tx: Transaction, parent: PlanDetails): Promise<string> {
  const { sequence: _, ...columns } = parent.plan;
  const now = context.clock.now();
  const id = context.random.uuid();
  await insertRow(tx, plans, { ...columns, id, parentId: columns.parentId ?? columns.id, createdAt: now, updatedAt: now });
  await writeOwnedTaxes(tx, planTaxes, { ownerId: id, taxes: parent.taxes });
  await writeCharges(context, tx, { planId: id, drafts: parent.charges.map(chargeCopy) });
  if (parent.minimumCommitment !== null) {
    const { commitment, taxes } = parent.minimumCommitment;
    const input = { amountCents: commitment.amountCents, invoiceDisplayName: commitment.invoiceDisplayName };
    await writeCommitment(context, tx, { planId: id, input, existing: null, taxes });
  }
  return id;
}

async function applyOverrides(
  context: ServiceContext,
  tx: Transaction,
  request: { readonly planId: string; readonly overrides: PlanOverrides },
): Promise<Result<Plan>> {
  const { planId, overrides } = request;
  const copy = await readPlanDetails(tx, planId);
  const inputs = chargeInputs(overrides.charges ?? [], copy.charges);
  if (inputs === null) return notFound('charge');
  const drafted = await draftCharges(tx, context.organizationId, { inputs, existing: copy.charges, isInUse: true, keepsOthers: true });
  if (!drafted.ok) return drafted;
  const errors = mergeFieldErrors(overrideErrors(overrides, copy), drafted.value.errors);
  if (hasErrors(errors)) return invalid(errors);
  const taxes = await findTaxesByCodes(tx, context.organizationId, overrides.taxCodes ?? []);
  if (!taxes.ok) return taxes;
  const commitmentTaxes = await findTaxesByCodes(tx, context.organizationId, overrides.minimumCommitment?.taxCodes ?? []);
  if (!commitmentTaxes.ok) return commitmentTaxes;

  await updateRows(tx, plans, { where: { id: planId }, set: overriddenColumns(context, copy.plan, overrides) });
  await writeCharges(context, tx, { planId, drafts: drafted.value.drafts });
  if (overrides.taxCodes !== undefined) await writeOwnedTaxes(tx, planTaxes, { ownerId: planId, taxes: taxes.value });
  if (overrides.minimumCommitment !== undefined) {
    const existing = copy.minimumCommitment?.commitment ?? null;
    const ownTaxes = overrides.minimumCommitment?.taxCodes === undefined ? undefined : commitmentTaxes.value;
    await writeCommitment(context, tx, { planId, input: overrides.minimumCommitment, existing, taxes: ownTaxes });
  }
  return ok(present(await tx.manager.findOneBy(plans, { id: planId }), 'a plan copy just written is there'));
}

function overriddenColumns(context: ServiceContext, plan: Plan, overrides: PlanOverrides): Partial<Plan> {
  const { usageThresholds } = overrides;
  return {
    amountCents: overrides.amountCents ?? plan.amountCents,
    amountCurrency: overrides.amountCurrency ?? plan.amountCurrency,
    name: overrides.name ?? plan.name,
    description: overrides.description === undefined ? plan.description : overrides.description,
    invoiceDisplayName: overrides.invoiceDisplayName === undefined ? plan.invoiceDisplayName : overrides.invoiceDisplayName,
    trialPeriod: overrides.trialPeriod === undefined ? plan.trialPeriod : overrides.trialPeriod,
    usageThresholds:
      usageThresholds === undefined ? plan.usageThresholds : mergeThresholds(context, usageThresholds ?? [], plan.usageThresholds),
    updatedAt: context.clock.now(),
  };
}

function overrideErrors(overrides: PlanOverrides, copy: PlanDetails): FieldErrors {
  const { amountCents, trialPeriod } = overrides;
  return mergeFieldErrors(
    typeof amountCents === 'bigint' && amountCents < 0n ? { amount_cents: ['value_is_out_of_range'] } : {},
    trialPeriod?.lt(0) === true ? { trial_period: ['value_is_out_of_range'] } : {},
    commitmentErrors(overrides.minimumCommitment, copy.minimumCommitment?.commitment ?? null),
    thresholdErrors(overrides.usageThresholds),
  );
}

/** The overrides as changes of the copy's own charges; null when one names a charge that the plan does not have. */
function chargeInputs(overrides: readonly ChargeOverride[], charges: readonly ChargeDetails[]): readonly ChargeInput[] | null {
  const left = [...charges];
  const inputs: ChargeInput[] = [];
  for (const override of overrides) {
    const index = indexOfCharge(left, override);
    const [details] = index === -1 ? [] : left.splice(index, 1);
    if (details === undefined) return null;
    const { properties, filters, minAmountCents, invoiceDisplayName, taxCodes } = override;
    inputs.push({ id: details.charge.id, properties, filters, minAmountCents, invoiceDisplayName, taxCodes });
  }
  return inputs;
}

function indexOfCharge(charges: readonly ChargeDetails[], override: ChargeOverride): number {
  const { id, billableMetricId, billableMetricCode } = override;
  const byId = charges.findIndex(({ charge }) => id !== undefined && id !== null && (charge.id === id || charge.parentId === id));
  return byId === -1 ? charges.findIndex(({ metric }) => metric.id === billableMetricId || metric.code === billableMetricCode) : byId;
}
