import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../database/connections.ts';
import { arrivalsByHour, countOfHour, newestEvent } from '../database/home-queries.ts';
import type { ServiceContext } from '../service-context.ts';

const HOUR_MS = 3_600_000;
/** Seven days, the running hour included. */
const HOURS = 168;
const BUDGET_MS = 100;
/** After more new events than these everything is counted again, hour by hour. */
const MAX_NEW_EVENTS = 200_000;

export interface EventHours {
  /** Oldest first, the running one last. */
  readonly hours: readonly { readonly fromMs: number; readonly count: number }[];
  /** False while older hours are still to be counted. */
  readonly isComplete: boolean;
}

/** How many events happened in each hour of the last week. Each hour is counted once; from then on what arrives is added to it. */
export class EventHourCounts {
  static readonly #all = new WeakMap<Database, EventHourCounts>();

  readonly #context: ServiceContext;
  #counts = new Map<number, number>();
  #lastEvent: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(context: ServiceContext) {
    this.#context = context;
    this.#lastEvent = newestEvent(context.database.read);
  }

  /** The one of these books. */
  static of(context: ServiceContext): EventHourCounts {
    const known = EventHourCounts.#all.get(context.database);
    if (known !== undefined) return known;
    const counts = new EventHourCounts(context);
    EventHourCounts.#all.set(context.database, counts);
    return counts;
  }

  read(budgetMs = BUDGET_MS): Promise<EventHours> {
    const turn = this.#turn.then(() => this.#read(budgetMs));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #read(budgetMs: number): Promise<EventHours> {
    this.#addArrivals();
    const last = Math.floor(this.#context.clock.now().epochMilliseconds / HOUR_MS);
    const first = last - HOURS + 1;
    for (const hour of this.#counts.keys()) if (hour < first || hour > last) this.#counts.delete(hour);
    await this.#countMissing({ first, last }, budgetMs);
    const hours = Array.from({ length: HOURS }, (_, index) => first + index);
    return {
      hours: hours.map((hour) => ({ fromMs: hour * HOUR_MS, count: this.#counts.get(hour) ?? 0 })),
      isComplete: hours.every((hour) => this.#counts.has(hour)),
    };
  }

  /** The latest hours first, until the budget is used up; at least one. */
  async #countMissing({ first, last }: { readonly first: number; readonly last: number }, budgetMs: number): Promise<void> {
    const { database, organizationId } = this.#context;
    const started = performance.now();
    for (let hour = last; hour >= first; hour -= 1) {
      if (this.#counts.has(hour)) continue;
      this.#counts.set(hour, countOfHour(database.read, { organizationId, hour, until: this.#lastEvent }));
      if (performance.now() - started >= budgetMs) return;
      if (hour % 8 === 0) await nextTurn();
    }
  }

  #addArrivals(): void {
    const { read } = this.#context.database;
    const span = { after: this.#lastEvent, until: newestEvent(read) };
    this.#lastEvent = span.until;
    // Fewer than before: the books were emptied.
    if (span.until < span.after || span.until - span.after > MAX_NEW_EVENTS) this.#counts = new Map();
    if (span.until <= span.after) return;
    for (const { hour, count } of this.#counts.size === 0 ? [] : arrivalsByHour(read, span)) {
      const known = this.#counts.get(hour);
      if (known !== undefined) this.#counts.set(hour, known + count);
    }
  }
}
