import { centsToWire, type Cents } from '../../shared/money.ts';
import type { FieldErrors } from '../../shared/result.ts';
import type { UsageThreshold } from '../database/tables/catalog.ts';
import type { ServiceContext } from '../service-context.ts';

export interface UsageThresholdInput {
  readonly id?: string | null;
  readonly amountCents?: Cents | null;
  readonly thresholdDisplayName?: string | null;
  readonly recurring?: boolean | null;
}

export function thresholdErrors(inputs: readonly UsageThresholdInput[] | null | undefined): FieldErrors {
  const amounts = (inputs ?? []).map((input) => input.amountCents ?? null);
  if (amounts.includes(null)) return { amount_cents: ['value_is_mandatory'] };
  return amounts.some((amount) => amount !== null && amount <= 0n) ? { amount_cents: ['value_is_out_of_range'] } : {};
}

/** The full new list; a threshold named by its id, or with the same amount and kind, stays the same one. */
export function mergeThresholds(
  context: ServiceContext,
  inputs: readonly UsageThresholdInput[],
  existing: readonly UsageThreshold[],
): readonly UsageThreshold[] {
  const nowMs = context.clock.now().epochMilliseconds;
  return inputs.map((input) => {
    const amountCents = input.amountCents === undefined || input.amountCents === null ? 0 : centsToWire(input.amountCents);
    const recurring = input.recurring ?? false;
    const same =
      existing.find((row) => row.id === input.id) ?? existing.find((row) => row.amountCents === amountCents && row.recurring === recurring);
    return {
      id: same?.id ?? context.random.uuid(),
      amountCents,
      thresholdDisplayName: input.thresholdDisplayName ?? null,
      recurring,
      createdAtMs: same?.createdAtMs ?? nowMs,
      updatedAtMs: nowMs,
    };
  });
}
