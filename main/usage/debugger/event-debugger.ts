import type { Clock } from '../../ports/clock.ts';
import type { Timer } from '../../ports/timer.ts';
import type { ServiceContext } from '../../service-context.ts';
import { findDebuggedEvent, type DebuggedDetails } from './event-details.ts';
import { EventFeed, type FreshEvents, type RefusedEvent } from './event-feed.ts';
import { newestArrival, type EventSearch } from './event-rows.ts';
import { judgeEvent } from './event-verdict.ts';
import { describeProblems, type ProblemReport } from './describe-problems.ts';
import { Listening, type ListenerGap } from './listening.ts';
import { listDebuggedEvents, type DebuggedPage, type DebuggedRow, type EventsWish } from './list-debugged.ts';
import { ProblemWatch } from './problem-watch.ts';
import { VerdictBooks } from './verdict-books.ts';

/** How the events stand, in a few numbers. */
export interface EventStatus {
  /** Events per second, lately. */
  readonly rate: number;
  /** Warnings of the last 24 hours. */
  readonly problems: number;
  readonly newest: number;
}

/** What open windows are told. */
export interface EventNews extends EventStatus, Omit<FreshEvents, 'events'> {
  /** The newest ones, oldest first. */
  readonly rows: readonly DebuggedRow[];
}

/** While events come, or have just ceased to, the numbers are told again. */
const NEWS_AGAIN_MS = 1_000;

/** Everything the live event debugger shows. One per engine. Rule: ui.md § 4.8. */
export class EventDebugger {
  readonly feed: EventFeed;
  readonly listening: Listening;
  readonly #context: ServiceContext;
  readonly #timer: Timer;
  readonly #nudge: () => void;
  readonly #watch: ProblemWatch;
  #toldRate = 0;
  #cancelNews: (() => void) | null = null;

  constructor(of: {
    readonly context: ServiceContext;
    readonly systemClock: Clock;
    readonly timer: Timer;
    /** Whether any window is open, and how it is told that there is news. */
    readonly audience: { readonly hasReaders: boolean; nudge(): void };
  }) {
    const { context, systemClock, timer, audience } = of;
    this.#context = context;
    this.#timer = timer;
    this.#nudge = () => audience.nudge();
    this.feed = new EventFeed({
      systemClock,
      clock: context.clock,
      isHeard: () => audience.hasReaders,
      nudge: this.#nudge,
      newestArrival: () => newestArrival(context.database.read),
    });
    this.listening = new Listening({ context, systemClock, timer });
    this.#watch = new ProblemWatch(context);
  }

  list(wish: EventsWish): DebuggedPage {
    return listDebuggedEvents(this.#context, wish);
  }

  find(sequence: number): Promise<DebuggedDetails | null> {
    return findDebuggedEvent(this.#context, sequence);
  }

  problems(search: EventSearch): Promise<ProblemReport> {
    return describeProblems(this.#context, search);
  }

  refusals(): readonly RefusedEvent[] {
    return this.feed.refusals();
  }

  gaps(sinceMs: number): readonly ListenerGap[] {
    return this.listening.gaps(sinceMs);
  }

  status(): EventStatus {
    return { rate: this.feed.rate(), problems: this.#watch.count(), newest: newestArrival(this.#context.database.read) };
  }

  /** Whether no event has ever come. */
  get isEmpty(): boolean {
    return newestArrival(this.#context.database.read) === 0;
  }

  /** What has happened since the last call; null when nothing has. */
  news(): EventNews | null {
    const fresh = this.feed.take();
    const rate = this.feed.rate();
    const isBehind = this.#watch.isBehind;
    if (rate > 0 || isBehind) this.#tellAgain();
    if (fresh.count === 0 && fresh.refused.length === 0 && rate === this.#toldRate && !isBehind) return null;
    this.#toldRate = rate;
    const { database, organizationId, clock } = this.#context;
    const books = new VerdictBooks(database.read, organizationId);
    const nowMs = clock.now().epochMilliseconds;
    const { events, ...counts } = fresh;
    return {
      ...counts,
      rows: events.map((event) => ({ event, verdict: judgeEvent(books, event, nowMs) })),
      rate,
      problems: this.#watch.count(),
      newest: newestArrival(database.read),
    };
  }

  stop(): Promise<void> {
    this.#cancelNews?.();
    return this.listening.stop();
  }

  #tellAgain(): void {
    this.#cancelNews ??= this.#timer.after(NEWS_AGAIN_MS, () => {
      this.#cancelNews = null;
      this.#nudge();
    });
  }
}
