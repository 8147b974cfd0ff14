import { In } from 'typeorm';
import { dateIn, laterDate, startOfDay, type PlainDate } from '../../shared/dates.ts';
import { chargeGrid, nextBoundary } from '../billing/periods/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { lastBillingDate } from './billed-dates.ts';
import { switchDate } from './change-plan.ts';
import { readLine, readSubscription, termsOf, type Line } from './subscription-row.ts';

/**
 * Sets the next billing date of a customer's rows anew after a change of time zone: only later boundaries move, a date that was billed is not
 * billed again. Rule: subscriptions.md § 10.
 */
export async function rescheduleCustomer(context: ServiceContext, tx: Transaction, customerId: string): Promise<void> {
  const rows = await tx.manager.find(subscriptions, {
    where: { customerId, status: In(['active', 'pending']) },
    order: { sequence: 'ASC' },
  });
  for (const row of rows) {
    const line = await readLine(tx, row);
    const date = row.status === 'active' ? await nextBillingDate(tx, line) : await waitingDate(context, tx, line);
    await updateRows(tx, subscriptions, { where: { id: row.id }, set: { nextBillingAt: startOfDay(date, line.timeZone) } });
  }
}

/** The billing date that was due next, by the new zone's calendar; never one that was billed, nor one before the row began. */
async function nextBillingDate(db: ReadDatabase, line: Line): Promise<PlainDate> {
  const terms = termsOf(line);
  const begun = laterDate(dateIn(terms.startedAt, line.timeZone), dateIn(terms.createdAt, line.timeZone));
  const billed = (await lastBillingDate(db, line.row.id)) ?? begun;
  const due = line.row.nextBillingAt === null ? begun : dateIn(line.row.nextBillingAt, line.timeZone);
  // A zone shifts a boundary by a day at most, and no period is shorter than a week.
  const passed = [begun, billed, due.subtract({ days: 2 })].reduce(laterDate);
  return nextBoundary(chargeGrid(terms, line.plan), passed);
}

async function waitingDate(context: ServiceContext, db: ReadDatabase, line: Line): Promise<PlainDate> {
  const { row } = line;
  if (row.previousId === null) return dateIn(row.subscriptionAt, line.timeZone);
  const current: Subscription = await readSubscription(db, row.previousId);
  return switchDate(db, await readLine(db, current), context.clock.now());
}
