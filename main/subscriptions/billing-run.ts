import { assertNever } from '../../shared/assert.ts';
import type { Instant } from '../../shared/dates.ts';
import { feeGrid, isBoundary, trialEndDate } from '../billing/periods/index.ts';
import { expireCoupon } from '../catalog/index.ts';
import { rememberWithin } from '../database/remembered.ts';
import { updateRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import { billingClaims } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { atInstant, failInvoice, finalizeDraft, markOverdue, writeInvoiceError } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import {
  expireWallet,
  leaveWalletAsItIs,
  noteWalletsWithNewUsage,
  runIntervalRule,
  skipIntervalRule,
  syncWallet,
} from '../wallets/index.ts';
import { announceRow } from './announce-row.ts';
import { billStart, billTrialEnd, isBilledAtStart } from './bill-occasion.ts';
import { billPeriod } from './bill-period.ts';
import { switchPlan } from './change-plan.ts';
import { nextDueWork, type DueWork } from './due-work.ts';
import { parkRow, rethrowMachineFailure } from './parking.ts';
import { readLine, readSubscription, startRow, termsOf } from './subscription-row.ts';
import { terminateRow } from './terminate.ts';
import { sendTerminationAlert } from './termination-alerts.ts';

/** Several invoices share a commit, but no transaction holds the door for longer than this. */
const WRITE_BUDGET_MS = 40;

/**
 * Does everything that fell due up to `until`, oldest first, each at the instant at which it was due: after a closed laptop every missed invoice
 * appears once, with its own dates. Running again changes nothing, so a run that is stopped early goes on
 * at the next one. A failure parks its row and the run goes on. Rule: subscriptions.md § 11.
 */
export async function runDueWork(context: ServiceContext, until: Instant, isStopped: () => boolean = () => false): Promise<void> {
  await noteWalletsWithNewUsage(context);
  while (!isStopped() && nextDueWork(context.database.read, context.organizationId, until) !== null) {
    await context.database.unitOfWork.write('billing run', (tx) => runSteps(context, tx, until));
  }
}

async function runSteps(context: ServiceContext, tx: Transaction, until: Instant): Promise<void> {
  // A step bills by plans and the organization; none changes them.
  rememberWithin(tx);
  const started = performance.now();
  while (performance.now() - started < WRITE_BUDGET_MS) {
    const work = nextDueWork(tx, context.organizationId, until);
    if (work === null) return;
    await runStep(atInstant(context, work.at), tx, work);
  }
}

/** One step, undone by itself when it fails: what failed is parked so that the rest goes on. */
async function runStep(context: ServiceContext, tx: Transaction, work: DueWork): Promise<void> {
  try {
    await tx.savepoint(() => runWork(context, tx, work));
  } catch (error) {
    context.logger.error(
      { kind: work.kind, id: work.id, error: error instanceof Error ? error.message : String(error) },
      'billing step failed',
    );
    // Nothing but the machine keeps a date from being written down, and the run would only meet the coupon or wallet again.
    if (work.kind === 'coupon_expiry' || work.kind === 'wallet_expiry') throw error;
    rethrowMachineFailure(error);
    await parkWork(context, tx, { work, error });
  }
}

/** Does one step at the context's "now"; throws when it cannot be done. */
export async function runWork(context: ServiceContext, tx: Transaction, work: DueWork): Promise<void> {
  switch (work.kind) {
    case 'coupon_expiry':
      return expireCoupon(context, tx, work.id);
    case 'wallet_expiry':
      return expireWallet(context, tx, work.id);
    case 'ending':
      await terminateRow(context, tx, { row: await readSubscription(tx, work.id), at: work.at });
      return;
    case 'switch':
      return switchPlan(context, tx, await readSubscription(tx, work.id));
    case 'periodic':
      return billPeriod(context, tx, await readSubscription(tx, work.id));
    case 'start':
      return startWaiting(context, tx, await readSubscription(tx, work.id));
    case 'trial':
      return endTrial(context, tx, await readSubscription(tx, work.id));
    case 'alert':
      return sendTerminationAlert(context, tx, await readLine(tx, await readSubscription(tx, work.id)));
    case 'grace':
      await finalizeDraft(context, tx, work.id);
      return;
    case 'overdue':
      return markOverdue(context, tx, work.id);
    case 'wallet_top_up':
      return runIntervalRule(context, tx, work.id);
    case 'wallet_sync':
      return syncWallet(context, tx, work.id);
    default:
      return assertNever(work.kind, 'kind of due work');
  }
}

async function parkWork(
  context: ServiceContext,
  tx: Transaction,
  park: { readonly work: DueWork; readonly error: unknown },
): Promise<void> {
  const { work, error } = park;
  if (work.kind === 'grace' || work.kind === 'overdue') {
    await failInvoice(context, tx, work.id);
    if (work.kind === 'grace') await writeInvoiceError(context, tx, { invoiceId: work.id, code: 'generation_failed', error, facts: {} });
    return;
  }
  if (work.kind === 'wallet_top_up') return skipIntervalRule(context, tx, work.id);
  if (work.kind === 'wallet_sync') return leaveWalletAsItIs(tx, work.id);
  await parkRow(context, tx, { id: work.id, error });
  if (work.kind !== 'switch') return;
  // The row that was to be replaced waits with its change: billed for another period, it could no longer switch at this boundary.
  const replaced = tx.select<{ id: string }>(`SELECT "previous_id" AS "id" FROM "subscriptions" WHERE "id" = ?`).get(work.id);
  if (replaced !== undefined) await parkRow(context, tx, { id: replaced.id, error });
}

/** A row that waited for its day starts at the first instant of it. */
async function startWaiting(context: ServiceContext, tx: Transaction, row: Subscription): Promise<void> {
  const startedAt = context.clock.now();
  const line = await startRow(context, tx, { line: await readLine(tx, row), startedAt });
  await announceRow(context, tx, { id: row.id, news: 'started' });
  if (isBilledAtStart(line, startedAt)) await billStart(context, tx, line);
}

/** Marks a trial as over; in advance its remaining days are billed, unless that day's billing date did so already. Rule: subscriptions.md § 9. */
async function endTrial(context: ServiceContext, tx: Transaction, row: Subscription): Promise<void> {
  await updateRows(tx, subscriptions, { where: { id: row.id }, set: { trialEndedAt: context.clock.now() } });
  await announceRow(context, tx, { id: row.id, news: 'trial_ended' });
  const line = await readLine(tx, await readSubscription(tx, row.id));
  if (!line.plan.payInAdvance) return;
  const subscription = termsOf(line);
  const billingDate = trialEndDate(subscription);
  const isBilled =
    billingDate !== null &&
    isBoundary(feeGrid(subscription, line.plan), billingDate) &&
    (await tx.manager.existsBy(billingClaims, { subscriptionId: row.id, occasion: 'periodic', billingDate }));
  if (!isBilled) await billTrialEnd(context, tx, line);
}
