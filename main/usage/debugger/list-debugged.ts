import type { EventVerdictFilter } from '../../../shared/internal/events.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { StoredEvent } from '../stored-event.ts';
import {
  firstArrivalSince,
  knownTotal,
  newestArrival,
  readIndexedEvents,
  readNewestEvents,
  type ArrivalRange,
  type EventSearch,
} from './event-rows.ts';
import { judgeEvent, type EventVerdict } from './event-verdict.ts';
import { VerdictBooks } from './verdict-books.ts';

/** An event with what became of it. */
export interface DebuggedRow {
  readonly event: StoredEvent;
  readonly verdict: EventVerdict;
}

export interface EventsWish {
  readonly search: EventSearch;
  readonly verdict: EventVerdictFilter;
  /** Only arrivals before this one. */
  readonly after: number | null;
  readonly limit: number;
}

export interface DebuggedPage {
  readonly rows: readonly DebuggedRow[];
  /** Arrival to go on before; null when everything was looked at. */
  readonly next: number | null;
  readonly lookedThrough: number;
  /** When the last event that was looked at came; null when everything was. */
  readonly lookedBackToMs: number | null;
  readonly total: number | null;
}

/** Rows that one call walks by arrival before it tries an index, and in all. A call stays below a tenth of a second. */
const WALKED_FIRST = 5_000;
const WALKED_IN_ALL = 200_000;
/** Events that one call judges; a verdict takes far longer than a comparison. */
const JUDGED_IN_ALL = 8_000;
const CHUNK_ROWS = 500;
/** A step through an index sorts what it finds, which takes as long as walking so many rows. */
const INDEX_STEP_ROWS = 60_000;
const INDEX_CHUNK_ROWS = 2_000;

/** A page of events, newest arrival first. What no index answers is looked for among a bounded number of events per call. */
export function listDebuggedEvents(context: ServiceContext, wish: EventsWish): DebuggedPage {
  const { search } = wish;
  if (search.subscriptions?.length === 0) return { rows: [], next: null, lookedThrough: 0, lookedBackToMs: null, total: 0 };
  const walk = new EventWalk(context, wish);
  while (walk.canGoOn) walk.step();
  const total = wish.verdict === 'all' ? knownTotal(context.database.read, context.organizationId, search) : null;
  return { ...walk.outcome(), total };
}

/** The walk from the newest event down, in steps. */
class EventWalk {
  readonly #context: ServiceContext;
  readonly #wish: EventsWish;
  readonly #books: VerdictBooks;
  readonly #nowMs: number;
  readonly #above: number;
  readonly #rows: DebuggedRow[] = [];
  readonly #start: number;
  #below: number;
  #judged = 0;
  #walked = 0;

  constructor(context: ServiceContext, wish: EventsWish) {
    const db = context.database.read;
    const { fromMs, toMs } = wish.search;
    this.#context = context;
    this.#wish = wish;
    this.#books = new VerdictBooks(db, context.organizationId);
    this.#nowMs = context.clock.now().epochMilliseconds;
    const newest = newestArrival(db) + 1;
    const below = toMs === undefined ? newest : Math.min(newest, firstArrivalSince(db, toMs + 1));
    this.#below = wish.after === null ? below : Math.min(below, wish.after);
    this.#above = fromMs === undefined ? 0 : firstArrivalSince(db, fromMs) - 1;
    this.#start = this.#below;
  }

  get canGoOn(): boolean {
    const isFull = this.#rows.length >= this.#wish.limit;
    return !isFull && this.#below > this.#above + 1 && this.#walked < WALKED_IN_ALL && this.#judged < JUDGED_IN_ALL;
  }

  step(): void {
    const { search, limit } = this.#wish;
    const isIndexed = search.transactionId !== undefined || (search.subscriptions !== undefined && this.#walked >= WALKED_FIRST);
    const above = isIndexed ? this.#above : Math.max(this.#above, this.#below - 1 - WALKED_FIRST);
    const of = {
      organizationId: this.#context.organizationId,
      search,
      range: { below: this.#below, above },
      limit: isIndexed ? INDEX_CHUNK_ROWS : this.#chunkRows(limit),
    };
    const chunk = (isIndexed ? readIndexedEvents : readNewestEvents)(this.#context.database.read, of);
    this.#walked += isIndexed ? INDEX_STEP_ROWS : this.#below - chunk.lookedDownTo;
    this.#take(chunk.events, chunk.lookedDownTo, of.range);
  }

  /** A page without a verdict to look for takes what it finds: it reads no more than it shows. */
  #chunkRows(limit: number): number {
    return this.#wish.verdict === 'all' ? limit - this.#rows.length : CHUNK_ROWS;
  }

  #take(events: readonly StoredEvent[], lookedDownTo: number, range: ArrivalRange): void {
    for (const event of events) {
      if (this.#rows.length >= this.#wish.limit || this.#judged >= JUDGED_IN_ALL) return;
      const verdict = judgeEvent(this.#books, event, this.#nowMs);
      this.#judged += 1;
      this.#below = event.sequence;
      if (isWanted(verdict, this.#wish.verdict)) this.#rows.push({ event, verdict });
    }
    // The range was looked through: the next one begins below it.
    this.#below = lookedDownTo === range.above ? range.above + 1 : lookedDownTo;
  }

  outcome(): Omit<DebuggedPage, 'total'> {
    const isAtEnd = this.#below <= this.#above + 1;
    const isFull = this.#rows.length >= this.#wish.limit;
    return {
      rows: this.#rows,
      next: isAtEnd ? null : this.#below,
      lookedThrough: this.#start - this.#below,
      lookedBackToMs: isAtEnd || isFull ? null : this.#receivedMsAt(this.#below),
    };
  }

  #receivedMsAt(sequence: number): number | null {
    const row = this.#context.database.read
      .select<{ createdMs: number }>(`SELECT "created_at" AS "createdMs" FROM "events" WHERE "sequence" >= ? ORDER BY "sequence" LIMIT 1`)
      .get(sequence);
    return row?.createdMs ?? null;
  }
}

export function isWanted({ kind }: EventVerdict, filter: EventVerdictFilter): boolean {
  return filter === 'all' || (filter === 'counted') === (kind === 'counted');
}
