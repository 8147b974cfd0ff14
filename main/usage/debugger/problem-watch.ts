import type { ServiceContext } from '../../service-context.ts';
import { firstArrivalSince, newestArrival, readNewestEvents } from './event-rows.ts';
import { judgeEvent } from './event-verdict.ts';
import { VerdictBooks } from './verdict-books.ts';

const HOUR_MS = 3_600_000;
const WATCHED_HOURS = 24;
/** Of the latest events, after something has changed that verdicts hang on. */
const MAX_RECOUNTED = 20_000;
/** Judged by one look; what is left waits for the next. */
const LOOK_EVENTS = 1_000;
/** A change of one of these may take a warning away, or bring one. */
const JUDGING_ENTITIES = new Set(['billable_metric']);

/**
 * How many events of the last 24 hours carry a warning: the dot in the navigation. Counted on as events come; a change of a metric begins the
 * count afresh. Each look judges a bounded number of events, so that it may lag behind for a moment, and never holds anybody up.
 */
export class ProblemWatch {
  readonly #context: ServiceContext;
  readonly #perHour = new Map<number, number>();
  #judgedTo: number | null = null;

  constructor(context: ServiceContext) {
    this.#context = context;
    context.database.changes.subscribe((changes) => {
      if (changes.some(({ entity }) => JUDGING_ENTITIES.has(entity))) this.#judgedTo = null;
    });
  }

  /** Looks at what has come since the last look. */
  count(): number {
    const { database, clock, organizationId } = this.#context;
    const nowMs = clock.now().epochMilliseconds;
    const newest = newestArrival(database.read);
    if (this.#judgedTo === null) {
      this.#perHour.clear();
      this.#judgedTo = Math.max(newest - MAX_RECOUNTED, firstArrivalSince(database.read, nowMs - WATCHED_HOURS * HOUR_MS) - 1);
    }
    const below = Math.min(newest, this.#judgedTo + LOOK_EVENTS) + 1;
    const of = { organizationId, search: {}, range: { below, above: this.#judgedTo }, limit: LOOK_EVENTS };
    const books = new VerdictBooks(database.read, organizationId);
    for (const event of readNewestEvents(database.read, of).events) {
      if (judgeEvent(books, event, nowMs).kind === 'warning') this.#add(Math.floor(event.createdAtMs / HOUR_MS));
    }
    this.#judgedTo = below - 1;
    return this.#sum(Math.floor(nowMs / HOUR_MS));
  }

  /** Whether events are left that no look has judged. */
  get isBehind(): boolean {
    return (this.#judgedTo ?? 0) < newestArrival(this.#context.database.read);
  }

  #add(hour: number): void {
    this.#perHour.set(hour, (this.#perHour.get(hour) ?? 0) + 1);
  }

  #sum(nowHour: number): number {
    let sum = 0;
    for (const [hour, count] of this.#perHour) {
      if (hour <= nowHour - WATCHED_HOURS) this.#perHour.delete(hour);
      else sum += count;
    }
    return sum;
  }
}
