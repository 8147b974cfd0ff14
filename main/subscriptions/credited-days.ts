import { dateIn } from '../../shared/dates.ts';
import { unusedDays } from '../billing/plan-change.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { subscriptions } from '../database/tables/customers.ts';
import type { ListedCreditNote } from '../invoicing/index.ts';
import { readLine, readSubscription, termsOf } from './subscription-row.ts';

/** How many days a note for unused days gives back; null for any other note. Rule: subscriptions.md § 8. */
export async function creditedDays(db: ReadDatabase, { creditNote, items }: ListedCreditNote): Promise<number | null> {
  const fee = items[0]?.fee.fee;
  if (creditNote.reason !== 'order_cancellation' || fee?.feeType !== 'subscription' || fee.subscriptionId === null) return null;
  const line = await readLine(db, await readSubscription(db, fee.subscriptionId));
  const { id, terminatedAt } = line.row;
  if (terminatedAt === null) return null;
  // The day of a plan change belongs to the new row.
  const isReplaced = await db.manager.existsBy(subscriptions, { previousId: id, status: 'active' });
  const endDate = dateIn(terminatedAt, line.timeZone);
  return unusedDays({ subscription: termsOf(line, isReplaced), plan: line.plan, endDate, isEndDateUsed: !isReplaced }).days;
}
