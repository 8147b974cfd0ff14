import { dateIn, daysBetween, laterDate, startOfDay, Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import { boundaryAt, chargeGrid, feeGrid, isBoundary, lengthInDays, periodContaining } from '../billing/periods/index.ts';
import type { DatePeriod } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows } from '../database/rows.ts';
import { subscriptions } from '../database/tables/customers.ts';
import type { ServiceContext } from '../service-context.ts';
import { readLine, readSubscription, termsOf, type Line } from './subscription-row.ts';

/** A period of the fee grid as far as the row was, or will be, there; days of the customer's zone, both included. */
export interface RuledPeriod {
  readonly first: PlainDate;
  readonly last: PlainDate;
  readonly state: 'past' | 'current' | 'next';
  /** Days of it that the row has. */
  readonly days: number;
  /** Days of the whole period. */
  readonly periodDays: number;
}

export interface RulerWish {
  readonly id: string;
  readonly past: number;
  /** The running period counts as one of them. */
  readonly ahead: number;
}

/** The periods of a row around today: some that are over, the running one, and some that come. Rule: subscriptions.md § 2. */
export async function readPeriodRuler(context: ServiceContext, wish: RulerWish): Promise<readonly RuledPeriod[]> {
  const line = await readLine(context.database.read, await readSubscription(context.database.read, wish.id));
  if (line.row.status === 'canceled') return [];
  return rulePeriods(context, line, wish);
}

function rulePeriods(context: ServiceContext, line: Line, wish: RulerWish): readonly RuledPeriod[] {
  const startedAt = line.row.startedAt ?? line.row.nextBillingAt ?? line.row.subscriptionAt;
  const grid = feeGrid(termsOf({ ...line, row: { ...line.row, startedAt } }), line.plan);
  const firstDay = dateIn(startedAt, line.timeZone);
  const lastDay = lastDayOf(context.database.read, line, startedAt);
  const today = laterDate(dateIn(context.clock.now(), line.timeZone), firstDay);
  const middle = periodContaining(grid, lastDay === null || Temporal.PlainDate.compare(today, lastDay) <= 0 ? today : lastDay);
  const spans: DatePeriod[] = [middle];
  for (let span = middle; spans.length <= wish.past && Temporal.PlainDate.compare(span.start, firstDay) > 0;) {
    span = periodContaining(grid, span.start.subtract({ days: 1 }));
    spans.unshift(span);
  }
  for (let count = 1, span = middle; count < wish.ahead; count += 1) {
    span = periodContaining(grid, span.next);
    if (lastDay !== null && Temporal.PlainDate.compare(span.start, lastDay) > 0) break;
    spans.push(span);
  }
  const isOver = line.row.status === 'terminated';
  const periods = spans.map((span) => {
    const first = laterDate(span.start, firstDay);
    const end = span.next.subtract({ days: 1 });
    const last = lastDay !== null && Temporal.PlainDate.compare(lastDay, end) < 0 ? lastDay : end;
    return { first, last, state: stateOf(span, today, isOver), days: daysBetween(first, last) + 1, periodDays: lengthInDays(span) };
  });
  // A row that was replaced on its first day has none.
  return periods.filter(({ days }) => days > 0);
}

function stateOf(span: DatePeriod, today: PlainDate, isOver: boolean): RuledPeriod['state'] {
  if (isOver || Temporal.PlainDate.compare(span.next, today) <= 0) return 'past';
  return Temporal.PlainDate.compare(span.start, today) <= 0 ? 'current' : 'next';
}

/**
 * The last day that the row has: that of its end, but for an end on a billing date, which closes the period before, and for the day of a plan
 * change, which belongs to the row that follows. Rule: subscriptions.md §§ 3, 6 "End date".
 */
function lastDayOf(db: ReadDatabase, line: Line, startedAt: Instant): PlainDate | null {
  const { id, terminatedAt, endingAt } = line.row;
  const end = terminatedAt ?? endingAt;
  if (end === null) return null;
  const day = dateIn(end, line.timeZone);
  const isReplaced = terminatedAt !== null && findRows(db, subscriptions, { previousId: id }).some((next) => next.startedAt !== null);
  const grid = chargeGrid(termsOf({ ...line, row: { ...line.row, startedAt } }), line.plan);
  const boundary = boundaryAt(grid, end, line.timeZone);
  const closesPeriod = endingAt?.equals(end) === true && isBoundary(grid, boundary) && startOfDay(boundary, line.timeZone).equals(end);
  return isReplaced || closesPeriod ? day.subtract({ days: 1 }) : day;
}
