import { In } from 'typeorm';
import { insertRow, updateRows } from '../database/rows.ts';
import { charges, chargeTaxes } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { ChargeDraft } from './charge-drafts.ts';
import { writeChargeFilters } from './charge-filters.ts';
import { checkedAttributes } from './charge-input.ts';
import { writeOwnedTaxes } from './owned-taxes.ts';

/** Writes the drafts in their order and answers the charges' ids. Charges to remove must be gone before: codes are unique. */
export async function writeCharges(
  context: ServiceContext,
  tx: Transaction,
  plan: { readonly planId: string; readonly drafts: readonly ChargeDraft[] },
): Promise<readonly string[]> {
  // Two charges may exchange their codes, which the unique index must not see half-way.
  const renamed = plan.drafts.flatMap(({ existing, code }) => (existing !== null && existing.code !== code ? [existing.id] : []));
  for (const id of renamed) await updateRows(tx, charges, { where: { id }, set: { code: `renaming ${id}` } });
  const ids: string[] = [];
  for (const draft of plan.drafts) ids.push(await writeCharge(context, tx, { planId: plan.planId, draft }));
  return ids;
}

async function writeCharge(
  context: ServiceContext,
  tx: Transaction,
  target: { readonly planId: string; readonly draft: ChargeDraft },
): Promise<string> {
  const { planId, draft } = target;
  const now = context.clock.now();
  const id = draft.existing?.id ?? context.random.uuid();
  const attributes = checkedAttributes(draft.attributes);
  const set = { ...attributes, code: draft.code, updatedAt: now };
  if (draft.existing !== null) await updateRows(tx, charges, { where: { id }, set });
  else {
    const { parentId } = draft;
    await insertRow(tx, charges, { ...set, id, planId, parentId, billableMetricId: draft.metric.id, createdAt: now, deletedAt: null });
  }
  const { filters, taxes } = draft;
  if (filters !== undefined) await writeChargeFilters(context, tx, { chargeId: id, chargeModel: attributes.chargeModel, filters });
  if (taxes !== undefined) await writeOwnedTaxes(tx, chargeTaxes, { ownerId: id, taxes });
  return id;
}

export async function removeCharges(context: ServiceContext, tx: Transaction, chargeIds: readonly string[]): Promise<void> {
  if (chargeIds.length === 0) return;
  await updateRows(tx, charges, { where: { id: In([...chargeIds]) }, set: { deletedAt: context.clock.now() } });
}
