import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { updateRows } from '../database/rows.ts';
import { plans } from '../database/tables/catalog.ts';
import type { ServiceContext } from '../service-context.ts';
import { findPlan } from './find-plan.ts';

/** Free pairs that a caller keeps with a plan. */
export type MetadataInput = Readonly<Record<string, string | null>>;
type Metadata = MetadataInput | null;

const MAX_KEYS = 50;
const MAX_KEY_LENGTH = 40;

/** Judges the pairs as they would stand after the change. */
export function planMetadataErrors(metadata: Metadata): FieldErrors {
  const keys = Object.keys(metadata ?? {});
  if (keys.length > MAX_KEYS) return { metadata: ['invalid_count'] };
  if (keys.some((key) => key.trim() === '')) return { metadata: ['value_is_mandatory'] };
  return keys.some((key) => [...key].length > MAX_KEY_LENGTH) ? { metadata: ['value_is_too_long'] } : {};
}

/** Pairs without any are none at all. */
export function metadataOrNull(metadata: Metadata): Metadata {
  return metadata === null || Object.keys(metadata).length === 0 ? null : metadata;
}

export function replacePlanMetadata(context: ServiceContext, planCode: string, metadata: Metadata): Promise<Result<Metadata>> {
  return changeMetadata(context, planCode, () => metadata);
}

export function mergePlanMetadata(context: ServiceContext, planCode: string, metadata: Metadata): Promise<Result<Metadata>> {
  return changeMetadata(context, planCode, (existing) => ({ ...existing, ...metadata }));
}

/** Removes one key; one that is not there is removed already. */
export function removePlanMetadataKey(context: ServiceContext, planCode: string, key: string): Promise<Result<Metadata>> {
  return changeMetadata(context, planCode, (existing) =>
    Object.fromEntries(Object.entries(existing ?? {}).filter(([name]) => name !== key)),
  );
}

function changeMetadata(context: ServiceContext, planCode: string, change: (existing: Metadata) => Metadata): Promise<Result<Metadata>> {
  return context.database.unitOfWork.write('change plan metadata', async (tx) => {
    const plan = await findPlan(tx, context.organizationId, planCode);
    if (plan === null) return notFound('plan');
    const metadata = metadataOrNull(change(plan.metadata));
    const errors = planMetadataErrors(metadata);
    if (hasErrors(errors)) return invalid(errors);
    const told = { type: 'plan.updated', objectType: 'plan', objectId: plan.id };
    const before = await context.viewAnnounced?.(tx, told);
    await updateRows(tx, plans, { where: { id: plan.id }, set: { metadata, updatedAt: context.clock.now() } });
    await context.announce?.(tx, { ...told, before });
    return ok(metadata);
  });
}
