import { dateIn, daysBetween, laterDate, Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import { feeGrid, lengthInDays, periodContaining } from '../billing/periods/index.ts';
import type { DatePeriod } from '../billing/facts.ts';
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
  return rulePeriods(line, context.clock.now(), wish);
}

function rulePeriods(line: Line, now: Instant, wish: RulerWish): readonly RuledPeriod[] {
  const startedAt = line.row.startedAt ?? line.row.nextBillingAt ?? line.row.subscriptionAt;
  const grid = feeGrid(termsOf({ ...line, row: { ...line.row, startedAt } }), line.plan);
  const firstDay = dateIn(startedAt, line.timeZone);
  const lastDay = lastDayOf(line);
  const today = laterDate(dateIn(now, line.timeZone), firstDay);
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
  return spans.map((span) => {
    const first = laterDate(span.start, firstDay);
    const end = span.next.subtract({ days: 1 });
    const last = lastDay !== null && Temporal.PlainDate.compare(lastDay, end) < 0 ? lastDay : end;
    return { first, last, state: stateOf(span, today, isOver), days: daysBetween(first, last) + 1, periodDays: lengthInDays(span) };
  });
}

function stateOf(span: DatePeriod, today: PlainDate, isOver: boolean): RuledPeriod['state'] {
  if (isOver || Temporal.PlainDate.compare(span.next, today) <= 0) return 'past';
  return Temporal.PlainDate.compare(span.start, today) <= 0 ? 'current' : 'next';
}

/** The day on which the row ended, or is planned to end; an end at the first instant of a day adds no day when it is planned. */
function lastDayOf(line: Line): PlainDate | null {
  const { terminatedAt, endingAt } = line.row;
  if (terminatedAt !== null) return dateIn(terminatedAt, line.timeZone);
  return endingAt === null ? null : dateIn(endingAt.subtract({ milliseconds: 1 }), line.timeZone);
}
