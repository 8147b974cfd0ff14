import { dateIn, isBefore, laterOf, startOfDay, type Instant } from '../../shared/dates.ts';
import { updateRows } from '../database/rows.ts';
import { subscriptions } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { announceRow } from './announce-row.ts';
import type { Line } from './subscription-row.ts';

/** So many days before its planned end a subscription is announced to end. Rule: payments-and-webhooks.md § 10 `subscription.termination_alert`. */
const ALERT_DAYS = [45, 15];

/**
 * When the next warning of a planned end is due: at the first instant of the day in the customer's zone, at once on that day itself. Null when
 * no end is planned, or it is too near.
 */
export function nextAlertAt(endingAt: Instant | null, timeZone: string, now: Instant): Instant | null {
  if (endingAt === null) return null;
  const today = startOfDay(dateIn(now, timeZone), timeZone);
  const alerts = ALERT_DAYS.map((days) => startOfDay(dateIn(endingAt, timeZone).subtract({ days }), timeZone));
  const next = alerts.find((alert) => !isBefore(alert, today));
  return next === undefined ? null : laterOf(next, now);
}

/** Tells that a subscription ends soon, and sets when that is told again. */
export async function sendTerminationAlert(context: ServiceContext, tx: Transaction, line: Line): Promise<void> {
  const now = context.clock.now();
  const tomorrow = startOfDay(dateIn(now, line.timeZone).add({ days: 1 }), line.timeZone);
  const next = nextAlertAt(line.row.endingAt, line.timeZone, tomorrow);
  await updateRows(tx, subscriptions, { where: { id: line.row.id }, set: { nextAlertAt: next } });
  await announceRow(context, tx, { id: line.row.id, news: 'termination_alert' });
}
