import { IsNull, Not } from 'typeorm';
import { dateIn, startOfDay, Temporal, type Instant } from '../../shared/dates.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type Result } from '../../shared/result.ts';
import { createPlanOverride, updatePlanOverride, type PlanOverrides } from '../catalog/index.ts';
import { updateRows } from '../database/rows.ts';
import { plans } from '../database/tables/catalog.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { announceRow, viewRow } from './announce-row.ts';
import { reviewPendingChanges } from './change-plan.ts';
import { startIfDue } from './start.ts';
import { dateErrors, nameOf } from './subscription-input.ts';
import { findActive, readLine, readSubscription, type Line } from './subscription-row.ts';
import { applyTerminationOptions, terminationErrors, type TerminationOptions } from './terminate.ts';
import { nextAlertAt } from './termination-alerts.ts';

/** What may change on a subscription; absent means unchanged. */
export interface SubscriptionChange extends TerminationOptions {
  readonly name?: string | null;
  readonly endingAt?: Instant | null | 'invalid';
  /** Only before the start. */
  readonly subscriptionAt?: Instant | 'invalid';
  readonly planOverrides?: PlanOverrides | null;
}

/**
 * Changes name, end, start (before it), price overrides or termination options of the active row, or of the one that waits. A start moved to
 * today or the past starts it at once. Errors: 404 `subscription_not_found`, 422 `invalid_date`, `invalid_value`. Rule: subscriptions.md §§ 6, 12.
 */
export function updateSubscription(
  context: ServiceContext,
  externalId: string,
  change: SubscriptionChange & { readonly status?: 'active' | 'pending' | null },
): Promise<Result<Subscription>> {
  return context.database.unitOfWork.write('update subscription', async (tx) => {
    const row = await rowToUpdate(context, tx, { externalId, status: change.status ?? null });
    if (row === null) return notFound('subscription');
    const line = await readLine(tx, row);
    const errors = mergeFieldErrors(terminationErrors(change), datesRefused(context, line, change));
    if (hasErrors(errors)) return invalid(errors);

    const before = await viewRow(context, tx, row.id);
    if (change.planOverrides != null) {
      const copy = await overridePlan(context, tx, { line, overrides: change.planOverrides });
      if (!copy.ok) return copy;
    }
    await applyTerminationOptions(context, tx, { row, options: change });
    await applyChange(context, tx, { line, change });
    await announceRow(context, tx, { id: row.id, news: 'updated', before });
    if (row.status === 'pending' && row.previousId === null && change.subscriptionAt !== undefined) {
      await startIfDue(context, tx, await readSubscription(tx, row.id));
    }
    return ok(await readSubscription(tx, row.id));
  });
}

async function rowToUpdate(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly externalId: string; readonly status: 'active' | 'pending' | null },
): Promise<Subscription | null> {
  const waiting = (): Promise<Subscription | null> =>
    tx.manager.findOneBy(subscriptions, { organizationId: context.organizationId, externalId: of.externalId, status: 'pending' });
  if (of.status === 'pending') return waiting();
  return (await findActive(tx, context.organizationId, of.externalId)) ?? (of.status === 'active' ? null : waiting());
}

function datesRefused(context: ServiceContext, line: Line, change: SubscriptionChange): ReturnType<typeof dateErrors> {
  return dateErrors({
    subscriptionAt: line.row.status === 'pending' || change.subscriptionAt === 'invalid' ? change.subscriptionAt : undefined,
    endingAt: change.endingAt,
    anchor: line.row.subscriptionAt,
    today: dateIn(context.clock.now(), line.timeZone),
    timeZone: line.timeZone,
  });
}

async function overridePlan(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly line: Line; readonly overrides: PlanOverrides },
): Promise<Result<null>> {
  const { planId } = of.line.row;
  const { overrides } = of;
  if (await tx.manager.existsBy(plans, { id: planId, parentId: Not(IsNull()) })) {
    const changed = await updatePlanOverride(context, tx, { planId, overrides });
    return changed.ok ? ok(null) : changed;
  }
  const copy = await createPlanOverride(context, tx, { parentPlanId: planId, overrides });
  if (!copy.ok) return copy;
  await updateRows(tx, subscriptions, { where: { id: of.line.row.id }, set: { planId: copy.value.id } });
  // The price of a copy that was there is reviewed when the catalog tells of its change.
  await reviewPendingChanges(context, tx, copy.value.id);
  return ok(null);
}

async function applyChange(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly line: Line; readonly change: SubscriptionChange },
): Promise<void> {
  const { line, change } = of;
  const isWaitingStart = line.row.status === 'pending' && line.row.previousId === null;
  const subscriptionAt = isWaitingStart && change.subscriptionAt instanceof Temporal.Instant ? change.subscriptionAt : null;
  const now = context.clock.now();
  await updateRows(tx, subscriptions, {
    where: { id: line.row.id },
    set: {
      updatedAt: now,
      ...(change.name === undefined ? {} : { name: nameOf(change.name) }),
      ...endColumns(line, change, now),
      ...(subscriptionAt === null
        ? {}
        : { subscriptionAt, nextBillingAt: startOfDay(dateIn(subscriptionAt, line.timeZone), line.timeZone) }),
    },
  });
}

/** The planned end, and when an active row warns of it; the same end again changes nothing. */
function endColumns(line: Line, { endingAt }: SubscriptionChange, now: Instant): Partial<Pick<Subscription, 'endingAt' | 'nextAlertAt'>> {
  const { row } = line;
  if (endingAt === undefined || endingAt === 'invalid' || endingAt?.epochMilliseconds === row.endingAt?.epochMilliseconds) return {};
  return { endingAt, ...(row.status === 'active' ? { nextAlertAt: nextAlertAt(endingAt, line.timeZone, now) } : {}) };
}
