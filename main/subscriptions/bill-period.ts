import { startOfDay, type Instant, type PlainDate } from '../../shared/dates.ts';
import { badRequest, type Failure } from '../../shared/result.ts';
import { periodicItem } from '../billing/occasions.ts';
import { boundaryAt, chargeGrid, nextBoundary } from '../billing/periods/index.ts';
import { findRow, updateRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import { billingClaims } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { generateInvoice, periodicClaim, regroupPaidFees, type ItemToBill } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { parkRow, rethrowMachineFailure } from './parking.ts';
import { readLine, readSubscription, termsOf, type Line } from './subscription-row.ts';

/**
 * One billing date of a customer: all its rows due now go on one invoice, whatever their plans. A row that cannot be billed is parked and
 * the others are billed without it. Rule: subscriptions.md §§ 5 "Grouping", 11.
 */
export async function billPeriod(context: ServiceContext, tx: Transaction, first: Subscription): Promise<void> {
  const due = rowsDueWith(tx, first, context.clock.now());
  if (due.length === 1) return billRows(context, tx, due);
  try {
    await tx.savepoint(() => billRows(context, tx, due));
  } catch (error) {
    const sound = await parkUnsound(context, tx, due);
    if (sound.length === due.length) throw error;
    await billRows(context, tx, sound);
  }
}

/** Ids of the customer's rows due now, in the order in which they were made. The rows are read one by one: one may be unreadable. */
function rowsDueWith(tx: Transaction, first: Subscription, now: Instant): readonly string[] {
  return tx
    .select<{ id: string }>(
      `SELECT "id" FROM "subscriptions" WHERE "customer_id" = ? AND "status" = 'active' AND "next_billing_at" = ? AND "parked_at" IS NULL
       ORDER BY "sequence"`,
    )
    .all(first.customerId, now.epochMilliseconds)
    .map((row) => row.id);
}

/** Tries each row by itself, undoes the trial, and parks those that fail. Answers the others. */
async function parkUnsound(context: ServiceContext, tx: Transaction, due: readonly string[]): Promise<readonly string[]> {
  const sound: string[] = [];
  for (const id of due) {
    try {
      await tx.savepoint(async (): Promise<Failure> => {
        await billRows(context, tx, [id]);
        return badRequest('only tried'); // a failed result undoes it
      });
      sound.push(id);
    } catch (error) {
      rethrowMachineFailure(error);
      context.logger.error({ id, error: error instanceof Error ? error.message : String(error) }, 'a row due with others failed');
      await parkRow(context, tx, { id, error });
    }
  }
  return sound;
}

async function billRows(context: ServiceContext, tx: Transaction, ids: readonly string[]): Promise<void> {
  const lines: Line[] = [];
  for (const id of ids) lines.push(await readLine(tx, await readSubscription(tx, id)));
  for (const group of byCurrency(lines)) await billGroup(context, tx, group);
}

/** All subscriptions of a customer use one currency; a workspace that was imported otherwise still gets one invoice for each. */
function byCurrency(lines: readonly Line[]): readonly (readonly Line[])[] {
  return [...Map.groupBy(lines, (line) => line.plan.currency).values()];
}

async function billGroup(context: ServiceContext, tx: Transaction, lines: readonly Line[]): Promise<void> {
  const now = context.clock.now();
  const due = lines.map((line) => {
    const subscription = termsOf(line);
    const grid = chargeGrid(subscription, line.plan);
    const billingDate = boundaryAt(grid, now, line.timeZone);
    const toBill: ItemToBill = { subscription, plan: line.plan, item: periodicItem(subscription, line.plan, billingDate) };
    return { line, grid, billingDate, toBill };
  });
  // A date that was claimed is settled: its row only goes on to the next one.
  const open = due.filter(({ line, billingDate }) => !isClaimed(tx, line, billingDate));
  const [first] = open;
  if (first !== undefined) {
    const { customer } = first.line;
    const items = open.map(({ toBill }) => toBill);
    const claims = open.map(({ line, billingDate }) => periodicClaim(line.row.id, billingDate));
    await generateInvoice(context, tx, { customer, items, claims, isPeriodic: true });
    await regroupPaidFees(context, tx, { customer, items });
  }
  for (const { line, grid, billingDate } of due) {
    const nextBillingAt = startOfDay(nextBoundary(grid, billingDate), line.timeZone);
    await updateRows(tx, subscriptions, { where: { id: line.row.id }, set: { chargesBilledUntil: now, nextBillingAt } });
  }
}

function isClaimed(tx: Transaction, line: Line, billingDate: PlainDate): boolean {
  return findRow(tx, billingClaims, { subscriptionId: line.row.id, occasion: 'periodic', billingDate }) !== null;
}
