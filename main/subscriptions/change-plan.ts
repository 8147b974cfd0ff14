import { startOfDay, type Instant, type PlainDate } from '../../shared/dates.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { PlanTerms } from '../billing/facts.ts';
import { metricsBilledByNextPlan } from '../billing/occasions.ts';
import { feeGrid, nextBoundary } from '../billing/periods/index.ts';
import { isUpgrade } from '../billing/plan-change.ts';
import { readPlanTerms } from '../catalog/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { announceRow } from './announce-row.ts';
import { billEnd } from './bill-occasion.ts';
import { latestKnownDate } from './billed-dates.ts';
import type { AskedFor } from './start.ts';
import { nameOf } from './subscription-input.ts';
import { cancelRow, endRow, terminateRow } from './terminate.ts';
import { findPendingChange, insertPending, readLine, readSubscription, startRow, termsOf, type Line } from './subscription-row.ts';

export interface ChangeAsked extends AskedFor {
  readonly current: Subscription;
}

/**
 * Changes the plan of an active row: dearer or equal by the year now, cheaper when its fee period ends. At most one change waits.
 * Answers the new row of an upgrade, the current one of a downgrade. Rule: subscriptions.md § 7.
 */
export async function changePlan(context: ServiceContext, tx: Transaction, asked: ChangeAsked): Promise<Result<Subscription>> {
  const line = await readLine(tx, asked.current);
  const next = await readPlanTerms(tx, asked.plan.id);
  const waiting = await findPendingChange(tx, asked.current.id);
  const endingAt = asked.input.endingAt === undefined || asked.input.endingAt === 'invalid' ? asked.current.endingAt : asked.input.endingAt;
  if (isUpgrade(line.plan, next)) {
    return ok(await upgrade(context, tx, { line, planId: next.id, name: nameOf(asked.input.name), endingAt }));
  }
  if (waiting !== null) {
    if (waiting.planId === next.id) return ok(asked.current);
    await cancelRow(context, tx, waiting);
  }
  const { row } = line;
  const pending = await insertPending(context, tx, {
    customerId: row.customerId,
    planId: next.id,
    externalId: row.externalId,
    name: nameOf(asked.input.name),
    billingTime: row.billingTime,
    subscriptionAt: row.subscriptionAt,
    endingAt: null,
    previousId: row.id,
    nextBillingAt: startOfDay(await switchDate(tx, line, context.clock.now()), line.timeZone),
  });
  await announceRow(context, tx, { id: row.id, news: 'updated' });
  return readSubscription(tx, pending.previousId ?? row.id).then(ok);
}

/** The day on which a waiting downgrade takes over: the first day of the next fee period. */
export async function switchDate(db: ReadDatabase, line: Line, now: Instant): Promise<PlainDate> {
  return nextBoundary(feeGrid(termsOf(line), line.plan), await latestKnownDate(db, line, now));
}

export interface Upgrade {
  readonly line: Line;
  readonly planId: string;
  readonly name: string | null;
  readonly endingAt: Instant | null;
}

/** Ends the row now and starts the dearer one in the same instant, with one invoice for both. Rule: subscriptions.md § 7 "Upgrade". */
export async function upgrade(context: ServiceContext, tx: Transaction, change: Upgrade): Promise<Subscription> {
  const { line } = change;
  const waiting = await findPendingChange(tx, line.row.id);
  if (waiting !== null) await cancelRow(context, tx, waiting);
  const at = laterThanStart(line, context.clock.now());
  const ended = await endRow(context, tx, { line, at });
  const fresh = await insertPending(context, tx, {
    customerId: line.row.customerId,
    planId: change.planId,
    externalId: line.row.externalId,
    name: change.name,
    billingTime: line.row.billingTime,
    subscriptionAt: line.row.subscriptionAt,
    endingAt: change.endingAt,
    previousId: line.row.id,
  });
  const next = await startRow(context, tx, { line: await readLine(tx, fresh), startedAt: at });
  await announceReplacement(context, tx, { ended, next });
  await billEnd(context, tx, {
    line: ended,
    ending: { kind: 'upgrade', at, excludedMetricIds: metricsBilledByNextPlan(next.plan) },
    next: { line: next, at },
    noteMode: 'credit',
    makesInvoice: true,
  });
  return readSubscription(tx, fresh.id);
}

/** Lets a waiting downgrade take over at the fee boundary at which it falls due, with one invoice for both rows. */
export async function switchPlan(context: ServiceContext, tx: Transaction, pending: Subscription): Promise<void> {
  const at = context.clock.now();
  const line = await readLine(tx, await readSubscription(tx, pending.previousId ?? pending.id));
  const ended = await endRow(context, tx, { line, at });
  await updateRows(tx, subscriptions, { where: { id: pending.id }, set: { endingAt: line.row.endingAt } });
  const next = await startRow(context, tx, { line: await readLine(tx, await readSubscription(tx, pending.id)), startedAt: at });
  await announceReplacement(context, tx, { ended, next });
  await billEnd(context, tx, {
    line: ended,
    ending: { kind: 'boundary', at, excludedMetricIds: metricsBilledByNextPlan(next.plan) },
    next: { line: next, at },
    noteMode: 'skip',
    makesInvoice: true,
  });
}

/** Told when both rows are as they will be: each names the plan of the other. */
async function announceReplacement(
  context: ServiceContext,
  tx: Transaction,
  rows: { readonly ended: Line; readonly next: Line },
): Promise<void> {
  await announceRow(context, tx, { id: rows.ended.row.id, news: 'terminated' });
  await announceRow(context, tx, { id: rows.next.row.id, news: 'started' });
}

/**
 * What an edited price does to changes that wait: one that has become as dear as the current plan happens at once; one whose current plan has
 * become cheaper or equal is canceled. Rows in the order of their creation. Rule: subscriptions.md § 7 "Editing a plan in use".
 */
export async function reviewPendingChanges(context: ServiceContext, tx: Transaction, planId: string): Promise<void> {
  const waiting = await tx.manager.find(subscriptions, { where: { status: 'pending' }, order: { sequence: 'ASC' } });
  for (const pending of waiting.filter((row) => row.previousId !== null)) {
    const line = await readLine(tx, await readSubscription(tx, pending.previousId ?? ''));
    if (pending.planId !== planId && line.row.planId !== planId) continue;
    const next: PlanTerms = await readPlanTerms(tx, pending.planId);
    if (!isUpgrade(line.plan, next)) continue;
    if (pending.planId === planId) {
      await upgrade(context, tx, { line, planId, name: pending.name, endingAt: line.row.endingAt });
    } else {
      await cancelRow(context, tx, pending);
    }
  }
}

/** A plan that goes ends its active rows now, with their last invoices, and cancels those that wait. Rule: subscriptions.md § 7. */
export async function endRowsOfPlan(context: ServiceContext, tx: Transaction, planId: string): Promise<void> {
  const waiting = await tx.manager.find(subscriptions, { where: { planId, status: 'pending' }, order: { sequence: 'ASC' } });
  for (const row of waiting) await cancelRow(context, tx, row);
  const active = await tx.manager.find(subscriptions, { where: { planId, status: 'active' }, order: { sequence: 'ASC' } });
  for (const row of active) await terminateRow(context, tx, { row, at: context.clock.now() });
}

function laterThanStart(line: Line, now: Instant): Instant {
  const startedAt = line.row.startedAt ?? now;
  return startedAt.epochMilliseconds > now.epochMilliseconds ? startedAt : now;
}
