import type { DebuggedEvent, DebuggedEventsAnswer, EventsMessage } from '../../../shared/internal/events.ts';
import { EVENT_PAGE_ROWS } from '../../../shared/internal/events.ts';
import { queryOf, read } from '../../api-client.ts';
import type { EventFilters } from './event-search.ts';

/** Rows that a running tail keeps; what is older is read again when one scrolls there. */
export const MAX_TAIL_ROWS = 1_000;
/** Rows that were scrolled to, before the farthest are let go. */
const MAX_KEPT_ROWS = 20_000;
const MAX_RELOADED_ROWS = 500;
/** Reads in a row that found nothing, before one is asked whether to look further. */
const MAX_FRUITLESS_READS = 10;
/** Filters that only the server can decide are asked again at most so often. */
const HEAD_READ_PAUSE_MS = 500;

export interface TailState {
  /** Newest arrival first. */
  readonly rows: readonly DebuggedEvent[];
  /** How many have come that are not shown yet. */
  readonly heldCount: number;
  readonly isFirstLoad: boolean;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly next: string | null;
  /** Where a search stopped looking; null when it found a page or looked at everything. */
  readonly lookedBackTo: string | null;
  readonly lookedThrough: number;
  /** So many reads in a row found nothing that the next one waits for its user. */
  readonly isResting: boolean;
  readonly total: number | null;
  /** No event has ever come. */
  readonly isEmpty: boolean;
}

const EMPTY: TailState = {
  rows: [],
  heldCount: 0,
  isFirstLoad: true,
  isLoading: true,
  error: null,
  next: null,
  lookedBackTo: null,
  lookedThrough: 0,
  isResting: false,
  total: null,
  isEmpty: false,
};

/** Order of arrival, refused events right after the one that they came behind. */
function placeOf(row: DebuggedEvent): number {
  return row.sequence ?? (row.after_sequence ?? 0) + 0.5;
}

function inOrder(rows: readonly DebuggedEvent[]): readonly DebuggedEvent[] {
  const seen = new Set<string>();
  return rows
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .sort((one, other) => placeOf(other) - placeOf(one) || other.received_at.localeCompare(one.received_at));
}

/**
 * The rows of the live tail: what the stream tells, in front of what was read. While it is held, new rows wait. React reads it as an
 * external store. Rule: ui.md § 4.8.
 */
export class LiveTail {
  readonly #filters: EventFilters;
  readonly #listeners = new Set<() => void>();
  #state: TailState = EMPTY;
  /** Newest first, at most `MAX_TAIL_ROWS`. */
  #waiting: readonly DebuggedEvent[] = [];
  #isHeld = false;
  #abort = new AbortController();
  #headTimer: ReturnType<typeof setTimeout> | null = null;
  #hasToReadHead = false;
  #fruitlessReads = 0;

  constructor(filters: EventFilters) {
    this.#filters = filters;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): TailState => this.#state;

  /** Reads the newest page, in place of everything. */
  async load(): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#waiting = [];
    this.#become({ isLoading: true, heldCount: 0, error: null });
    await this.#reading(async (signal) => {
      const answer = await this.#read({ limit: EVENT_PAGE_ROWS }, signal);
      this.#become({
        ...EMPTY,
        ...pageState(answer),
        rows: inOrder([...answer.rows, ...answer.refused]),
        isFirstLoad: false,
        isLoading: false,
      });
    });
  }

  /** Looks further than it does by itself. */
  lookFurther(): Promise<void> {
    this.#fruitlessReads = 0;
    this.#become({ isResting: false });
    return this.loadMore();
  }

  /** Reads on behind the last row. */
  async loadMore(): Promise<void> {
    const { isLoading, next, rows, isResting } = this.#state;
    if (isResting) return;
    if (isLoading || next === null || rows.length >= MAX_KEPT_ROWS) return;
    this.#become({ isLoading: true });
    await this.#reading(async (signal) => {
      const answer = await this.#read({ limit: EVENT_PAGE_ROWS, after: next }, signal);
      const { total } = this.#state;
      this.#fruitlessReads = answer.rows.length > 0 ? 0 : this.#fruitlessReads + 1;
      const isResting = this.#fruitlessReads >= MAX_FRUITLESS_READS && answer.next !== null;
      this.#become({ ...pageState(answer), total, isResting, rows: inOrder([...this.#state.rows, ...answer.rows]), isLoading: false });
    });
  }

  /** Verdicts may have changed: the shown rows are read again where they are. */
  async judgeAgain(): Promise<void> {
    const { rows } = this.#state;
    const top = rows.find(({ sequence }) => sequence !== null)?.sequence;
    if (top === undefined || top === null) return this.load();
    await this.#reading(async (signal) => {
      const limit = Math.min(MAX_RELOADED_ROWS, Math.max(EVENT_PAGE_ROWS, rows.length));
      const answer = await this.#read({ limit, after: String(top + 1) }, signal);
      const refused = this.#state.rows.filter(({ sequence }) => sequence === null);
      const newer = this.#state.rows.filter(({ sequence }) => sequence !== null && sequence > top);
      this.#become({ ...pageState(answer), total: this.#state.total, rows: inOrder([...newer, ...answer.rows, ...refused]) });
    });
  }

  /** What the stream told. */
  take(message: EventsMessage): void {
    if (this.#state.isFirstLoad || this.#filters.to !== undefined) return;
    if (message.count === 0 && message.refused.length === 0) return;
    const isNarrowed = this.#isNarrowed();
    if (this.#needsServer() || (isNarrowed && message.count > message.rows.length)) {
      this.#readHeadSoon();
      return;
    }
    const fresh = [...message.rows, ...message.refused].filter((row) => this.#matches(row));
    const untold = isNarrowed ? 0 : message.count - message.rows.length;
    this.#add(fresh, fresh.length + untold);
  }

  /** Held: new rows wait, and what is shown stays. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld) this.release();
  }

  /** Shows what has waited. */
  release(): void {
    if (this.#waiting.length === 0) return;
    const fresh = this.#waiting;
    this.#waiting = [];
    this.#become({ heldCount: 0 });
    this.#show(fresh);
  }

  close(): void {
    this.#abort.abort();
    if (this.#headTimer !== null) clearTimeout(this.#headTimer);
  }

  #add(fresh: readonly DebuggedEvent[], count: number): void {
    if (count === 0) return;
    if (this.#isHeld) {
      this.#waiting = inOrder([...fresh, ...this.#waiting]).slice(0, MAX_TAIL_ROWS);
      this.#become({ heldCount: this.#state.heldCount + count });
    } else {
      this.#show(fresh);
    }
  }

  #show(fresh: readonly DebuggedEvent[]): void {
    const rows = inOrder([...fresh, ...this.#state.rows]);
    if (rows.length <= MAX_TAIL_ROWS) {
      this.#become({ rows });
      return;
    }
    const kept = rows.slice(0, MAX_TAIL_ROWS);
    const oldest = kept.findLast(({ sequence }) => sequence !== null)?.sequence ?? null;
    this.#become({ rows: kept, next: oldest === null ? this.#state.next : String(oldest), lookedBackTo: null });
  }

  #matches(row: DebuggedEvent): boolean {
    const { code, sub, tx, verdict } = this.#filters;
    return (
      (code === undefined || row.code === code) &&
      (sub === undefined || row.external_subscription_id === sub) &&
      (tx === undefined || row.transaction_id === tx) &&
      (verdict === undefined || (verdict === 'counted') === (row.verdict === 'counted'))
    );
  }

  #isNarrowed(): boolean {
    const { code, sub, tx, verdict } = this.#filters;
    return [code, sub, tx, verdict].some((filter) => filter !== undefined);
  }

  #needsServer(): boolean {
    const { customer, property, text } = this.#filters;
    return [customer, property, text].some((filter) => filter !== undefined);
  }

  #readHeadSoon(): void {
    if (this.#headTimer !== null) {
      this.#hasToReadHead = true;
      return;
    }
    this.#headTimer = setTimeout(() => {
      this.#headTimer = null;
      if (!this.#hasToReadHead) return;
      this.#hasToReadHead = false;
      this.#readHeadSoon();
    }, HEAD_READ_PAUSE_MS);
    void this.#readHead();
  }

  async #readHead(): Promise<void> {
    await this.#reading(async (signal) => {
      const answer = await this.#read({ limit: EVENT_PAGE_ROWS }, signal);
      const known = new Set([...this.#waiting, ...this.#state.rows].map(({ key }) => key));
      const fresh = [...answer.rows, ...answer.refused].filter(({ key }) => !known.has(key));
      this.#add(fresh, fresh.length);
    });
  }

  #read(page: { readonly limit: number; readonly after?: string }, signal: AbortSignal): Promise<DebuggedEventsAnswer> {
    return read<DebuggedEventsAnswer>(`/api/internal/events${queryOf({ ...this.#filters, ...page })}`, { signal });
  }

  async #reading(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#abort;
    try {
      await work(signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof Error)) return;
      this.#become({ error, isLoading: false, isFirstLoad: false });
    }
  }

  #become(change: Partial<TailState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function pageState(
  answer: DebuggedEventsAnswer,
): Pick<TailState, 'next' | 'lookedBackTo' | 'lookedThrough' | 'total' | 'error' | 'isEmpty'> {
  return {
    next: answer.next,
    lookedBackTo: answer.looked_back_to,
    lookedThrough: answer.looked_through,
    total: answer.total,
    isEmpty: answer.is_empty,
    error: null,
  };
}
