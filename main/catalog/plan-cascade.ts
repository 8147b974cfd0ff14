import { updateRows } from '../database/rows.ts';
import { plans, type Charge, type Plan } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { assignChargeCodes } from './charge-codes.ts';
import type { ChargeDraft } from './charge-drafts.ts';
import { isSameFilter, type ChargeFilterInput } from './charge-filters.ts';
import { removeCharges, writeCharges } from './charges.ts';
import { findPlanCopies } from './find-plan.ts';
import { readPlansDetails, type ChargeDetails, type PlanDetails } from './plan-details.ts';

/** A plan before and after its change. */
export interface PlanEdit {
  readonly before: PlanDetails;
  readonly after: PlanDetails;
}

/** Lets private copies follow a change of their parent: what a copy has overridden stays. Rule: api.md § 4, `cascade_updates`. */
export async function cascadeToCopies(context: ServiceContext, tx: Transaction, edit: PlanEdit): Promise<void> {
  const copies = await readPlansDetails(tx, await findPlanCopies(tx, edit.after.plan.id));
  for (const copy of copies) {
    const followed = followedAttributes(copy.plan, edit);
    await updateRows(tx, plans, { where: { id: copy.plan.id }, set: { ...followed, updatedAt: context.clock.now() } });
    await cascadeCharges(context, tx, { copy, edit });
    await context.listeners?.planChanged?.(tx, copy.plan.id);
  }
}

function followedAttributes(copy: Plan, edit: PlanEdit): Pick<Plan, 'name' | 'invoiceDisplayName' | 'description' | 'amountCents'> {
  const { before, after } = { before: edit.before.plan, after: edit.after.plan };
  return {
    name: copy.name === before.name ? after.name : copy.name,
    invoiceDisplayName: copy.invoiceDisplayName === before.invoiceDisplayName ? after.invoiceDisplayName : copy.invoiceDisplayName,
    description: copy.description === before.description ? after.description : copy.description,
    amountCents: copy.amountCents === before.amountCents ? after.amountCents : copy.amountCents,
  };
}

async function cascadeCharges(
  context: ServiceContext,
  tx: Transaction,
  pair: { readonly copy: PlanDetails; readonly edit: PlanEdit },
): Promise<void> {
  const { copy, edit } = pair;
  const before = chargesById(edit.before);
  const after = chargesById(edit.after);
  const removed = copy.charges.filter(
    ({ charge }) => charge.parentId !== null && before.has(charge.parentId) && !after.has(charge.parentId),
  );
  await removeCharges(
    context,
    tx,
    removed.map((details) => details.charge.id),
  );
  const followed = copy.charges.flatMap((details) => {
    const parentId = details.charge.parentId ?? '';
    const [was, is] = [before.get(parentId), after.get(parentId)];
    return was === undefined || is === undefined ? [] : [followedCharge(details, was, is)];
  });
  const taken = copy.charges.filter((details) => !removed.includes(details)).map((details) => details.charge.code);
  const added = addedCharges(
    [...after.values()].filter(({ charge }) => !before.has(charge.id)),
    taken,
  );
  await writeCharges(context, tx, { planId: copy.plan.id, drafts: [...followed, ...added] });
}

function chargesById(details: PlanDetails): ReadonlyMap<string, ChargeDetails> {
  return new Map(details.charges.map((each) => [each.charge.id, each]));
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function followedCharge(copy: ChargeDetails, was: ChargeDetails, is: ChargeDetails): ChargeDraft {
  const own = copy.charge;
  const [before, after] = [was.charge, is.charge];
  const attributes = {
    ...attributesOf(own),
    properties: isSame(own.properties, before.properties) ? after.properties : own.properties,
    minAmountCents: own.minAmountCents === before.minAmountCents ? after.minAmountCents : own.minAmountCents,
    invoiceDisplayName: own.invoiceDisplayName === before.invoiceDisplayName ? after.invoiceDisplayName : own.invoiceDisplayName,
  };
  const hasOwnTaxes = !isSame(taxIds(copy), taxIds(was));
  return {
    existing: own,
    parentId: own.parentId,
    metric: copy.metric,
    code: own.code,
    attributes,
    filters: followedFilters(copy, was, is),
    taxes: hasOwnTaxes ? undefined : is.taxes,
  };
}

const taxIds = (details: ChargeDetails): readonly string[] => details.taxes.map((tax) => tax.id);

/** The parent's filters, each with the copy's own price where it has overridden it, then filters that only the copy has. */
function followedFilters(copy: ChargeDetails, was: ChargeDetails, is: ChargeDetails): readonly ChargeFilterInput[] {
  const find = (details: ChargeDetails, values: ChargeFilterInput['values']): ChargeFilterInput | undefined =>
    filtersOf(details).find((filter) => isSameFilter(filter.values, values));
  const followed = filtersOf(is).map((filter) => {
    const own = find(copy, filter.values);
    return own !== undefined && !isSame(priceOf(own), priceOf(find(was, filter.values))) ? own : filter;
  });
  const others = filtersOf(copy).filter((filter) => find(was, filter.values) === undefined && find(is, filter.values) === undefined);
  return [...followed, ...others];
}

const priceOf = (filter: ChargeFilterInput | undefined): unknown => [filter?.properties, filter?.invoiceDisplayName];

/** Charges that the parent has gained, as new ones of the copy. */
function addedCharges(added: readonly ChargeDetails[], taken: readonly string[]): readonly ChargeDraft[] {
  const { assigned } = assignChargeCodes(
    added.map((details) => ({ asked: taken.includes(details.charge.code) ? null : details.charge.code, metricCode: details.metric.code })),
    taken,
  );
  return added.map((details, index) => ({ ...chargeCopy(details), code: assigned[index] ?? details.charge.code }));
}

/** The charge as a new one of a private copy of its plan. */
export function chargeCopy(details: ChargeDetails): ChargeDraft {
  const { charge, metric, taxes } = details;
  const parentId = charge.parentId ?? charge.id;
  return { existing: null, parentId, metric, code: charge.code, attributes: attributesOf(charge), filters: filtersOf(details), taxes };
}

function filtersOf(details: ChargeDetails): readonly ChargeFilterInput[] {
  return details.filters.map(({ filterValues, properties, invoiceDisplayName }) => ({
    values: filterValues,
    properties,
    invoiceDisplayName,
  }));
}

function attributesOf(charge: Charge): ChargeDraft['attributes'] {
  const { chargeModel, payInAdvance, invoiceable, prorated, minAmountCents, invoiceDisplayName, regroupPaidFees, properties } = charge;
  return { chargeModel, payInAdvance, invoiceable, prorated, minAmountCents, invoiceDisplayName, regroupPaidFees, properties };
}
