import { Temporal, type Instant } from '../../shared/dates.ts';
import type { Subscription } from '../database/tables/customers.ts';
import type { DueKind, DueWork } from './due-work.ts';

/** The kinds that bill, in the order in which they are taken at the same instant: that of subscriptions.md § 11. */
const ORDER: readonly DueKind[] = ['wallet_expiry', 'ending', 'switch', 'periodic', 'start', 'trial', 'grace'];

/** What will fall due of one row, in no order. */
export function workOfRow(row: Subscription): readonly DueWork[] {
  const work = (kind: DueKind, at: Instant | null): readonly DueWork[] => (at === null ? [] : [{ kind, at, id: row.id }]);
  if (row.status === 'pending') return work(row.previousId === null ? 'start' : 'switch', row.nextBillingAt);
  if (row.status !== 'active') return [];
  const trial = row.trialEndedAt === null ? work('trial', row.trialEndsAt) : [];
  return [...work('ending', row.endingAt), ...work('periodic', row.nextBillingAt), ...trial];
}

/** The work that comes first. */
export function soonest(works: readonly DueWork[]): DueWork | null {
  return works.reduce<DueWork | null>((first, work) => (first === null || isSooner(work, first) ? work : first), null);
}

function isSooner(work: DueWork, than: DueWork): boolean {
  const order = Temporal.Instant.compare(work.at, than.at);
  return order < 0 || (order === 0 && ORDER.indexOf(work.kind) < ORDER.indexOf(than.kind));
}
