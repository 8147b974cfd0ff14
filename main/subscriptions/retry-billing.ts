import { In } from 'typeorm';
import { Temporal, type Instant } from '../../shared/dates.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { atInstant } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { runWork } from './billing-run.ts';
import type { DueWork } from './due-work.ts';
import { soonest, workOfRow } from './row-work.ts';

/**
 * Un-parks rows and does what fell due of them meanwhile, oldest first, each at its own instant. A row and the plan that waits to replace it
 * were parked together. Throws when a row still cannot be billed. Rule: reliability-and-security.md § 2 "Parked".
 */
export async function retryBilling(context: ServiceContext, tx: Transaction, subscriptionIds: readonly string[]): Promise<void> {
  const ids = (await withChanges(tx, subscriptionIds)).map((row) => row.id);
  await updateRows(tx, subscriptions, { where: { id: In(ids) }, set: { parkedAt: null, parkedReason: null } });
  for (let work = await nextOf(tx, ids, context.clock.now()); work !== null; work = await nextOf(tx, ids, context.clock.now())) {
    await runWork(atInstant(context, work.at), tx, work);
  }
}

async function withChanges(db: ReadDatabase, ids: readonly string[]): Promise<readonly Subscription[]> {
  const named = await db.manager.findBy(subscriptions, { id: In([...ids]) });
  const previousIds = named.flatMap((row) => (row.previousId !== null && row.status === 'pending' ? [row.previousId] : []));
  const replaced = await db.manager.findBy(subscriptions, { id: In(previousIds) });
  const waiting = await db.manager.findBy(subscriptions, { previousId: In([...ids, ...previousIds]), status: 'pending' });
  return [...named, ...replaced, ...waiting];
}

/** What comes next of these rows and is due; each step moves its row on, so that this ends. */
async function nextOf(db: ReadDatabase, ids: readonly string[], now: Instant): Promise<DueWork | null> {
  const rows = await db.manager.findBy(subscriptions, { id: In([...ids]) });
  const next = soonest(rows.filter((row) => row.parkedAt === null).flatMap(workOfRow));
  return next === null || Temporal.Instant.compare(next.at, now) > 0 ? null : next;
}
