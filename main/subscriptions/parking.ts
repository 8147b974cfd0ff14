import { DatabaseUnavailable, isUniqueViolation, nameDatabaseError } from '../database/errors.ts';
import { updateRows } from '../database/rows.ts';
import { subscriptions } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** Stops billing a row by itself until a person looks. Rule: subscriptions.md § 11. */
export async function parkRow(
  context: ServiceContext,
  tx: Transaction,
  park: { readonly id: string; readonly error: unknown },
): Promise<void> {
  const parkedReason = isUniqueViolation(park.error) ? 'billed_already' : 'generation_failed';
  await updateRows(tx, subscriptions, { where: { id: park.id }, set: { parkedAt: context.clock.now(), parkedReason } });
}

/** Throws where the machine failed, not the row: then nothing is parked, and the whole run waits. */
export function rethrowMachineFailure(error: unknown): void {
  const named = nameDatabaseError(error);
  if (named instanceof DatabaseUnavailable) throw named;
}
