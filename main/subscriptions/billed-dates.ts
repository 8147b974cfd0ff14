import { dateIn, laterDate, Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import type { BillingItem } from '../billing/billing-item.ts';
import { feeGrid, isBoundary } from '../billing/periods/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { billingClaims } from '../database/tables/invoices.ts';
import { termsOf, type Line } from './subscription-row.ts';

// After a move to the west, hours of a day that was billed come again: what was claimed tells how far the calendar has been billed.

/** The latest billing date of a row that was claimed; null before its first one. */
export async function lastBillingDate(db: ReadDatabase, subscriptionId: string): Promise<PlainDate | null> {
  const [last] = await db.manager.find(billingClaims, {
    where: { subscriptionId, occasion: 'periodic' },
    order: { billingDate: 'DESC' },
    take: 1,
  });
  return last?.billingDate ?? null;
}

/** Today, or a later day that begins a period which was billed already. Rule: subscriptions.md § 10. */
export async function latestKnownDate(db: ReadDatabase, line: Line, now: Instant): Promise<PlainDate> {
  const today = dateIn(now, line.timeZone);
  const billed = await lastBillingDate(db, line.row.id);
  return billed === null ? today : laterDate(today, billed);
}

/** The same item without a fee, where the fee period of its last day was billed already. Rule: subscriptions.md § 10. */
export async function withoutBilledFee(db: ReadDatabase, line: Line, item: BillingItem): Promise<BillingItem> {
  if (item.subscriptionFee === null) return item;
  const billed = await lastBillingDate(db, line.row.id);
  const isBilled =
    billed !== null &&
    Temporal.PlainDate.compare(billed, item.subscriptionFee.lastDay) > 0 &&
    isBoundary(feeGrid(termsOf(line), line.plan), billed);
  return isBilled ? { ...item, subscriptionFee: null, commitment: null } : item;
}
