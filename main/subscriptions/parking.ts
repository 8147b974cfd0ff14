import { DatabaseUnavailable, isUniqueViolation, nameDatabaseError } from '../database/errors.ts';
import { updateRows } from '../database/rows.ts';
import { subscriptions } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { recordFailedGeneration, type UnbilledRow } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';

/**
 * Stops billing a row by itself until a person looks, and leaves a failed invoice in place of the one that could not be made: its retry
 * un-parks the row. Rule: subscriptions.md § 11, reliability-and-security.md § 2 "Parked".
 */
export async function parkRow(
  context: ServiceContext,
  tx: Transaction,
  park: { readonly id: string; readonly error: unknown },
): Promise<void> {
  const { id, error } = park;
  const code = isUniqueViolation(error) ? 'billed_already' : 'generation_failed';
  await updateRows(tx, subscriptions, { where: { id }, set: { parkedAt: context.clock.now(), parkedReason: code } });
  const row = unbilledRow(tx, id, context.clock.now().epochMilliseconds);
  if (row !== null) await recordFailedGeneration(context, tx, { row, code, error });
}

interface DueColumns extends Omit<UnbilledRow, 'invoicingReason'> {
  readonly status: string;
  readonly previousId: string | null;
  readonly nextBillingAt: number | null;
  readonly endingAt: number | null;
  readonly trialEndsAt: number | null;
  readonly trialEndedAt: number | null;
}

/**
 * What of a row was to be billed now, read as it lies in its columns: the row itself may be what cannot be read. Null when nothing was, as of a
 * change of plan, which is billed with the row that it replaces.
 */
function unbilledRow(tx: Transaction, id: string, nowMs: number): UnbilledRow | null {
  const row = tx
    .select<DueColumns>(
      `SELECT "id", "customer_id" AS "customerId", "plan_id" AS "planId", "external_id" AS "externalId", "status", "previous_id" AS "previousId",
         "next_billing_at" AS "nextBillingAt", "ending_at" AS "endingAt", "trial_ends_at" AS "trialEndsAt", "trial_ended_at" AS "trialEndedAt",
         COALESCE("charges_billed_until", "started_at") AS "unbilledSinceMs" FROM "subscriptions" WHERE "id" = ?`,
    )
    .get(id);
  if (row === undefined) return null;
  const { status, previousId, nextBillingAt, endingAt, trialEndsAt, trialEndedAt, ...unbilled } = row;
  const isDue = (at: number | null): boolean => at !== null && at <= nowMs;
  if (status === 'pending') return previousId === null ? { ...unbilled, invoicingReason: 'subscription_starting' } : null;
  if (isDue(endingAt)) return { ...unbilled, invoicingReason: 'subscription_terminating' };
  if (isDue(nextBillingAt)) return { ...unbilled, invoicingReason: 'subscription_periodic' };
  return trialEndedAt === null && isDue(trialEndsAt) ? { ...unbilled, invoicingReason: 'subscription_starting' } : null;
}

/** Throws where the machine failed, not the row: then nothing is parked, and the whole run waits. */
export function rethrowMachineFailure(error: unknown): void {
  const named = nameDatabaseError(error);
  if (named instanceof DatabaseUnavailable) throw named;
}
