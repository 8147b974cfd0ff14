import { MAX_TOLD_EVENTS, MAX_TOLD_SUBSCRIPTIONS } from '../../../shared/internal/events.ts';
import type { FieldErrors } from '../../../shared/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RawEvent } from '../event-input.ts';
import type { StoredEvent } from '../stored-event.ts';

/** Refused events are kept in memory only, and not more than these. */
export const MAX_REFUSALS = 200;
/** The rate is taken over so many seconds. */
const RATE_SECONDS = 3;

/** An event that was not stored, as far as it could be read. */
export interface RefusedEvent {
  /** Counts up for as long as the program runs. */
  readonly number: number;
  readonly raw: RawEvent;
  readonly errors: FieldErrors;
  readonly receivedMs: number;
  readonly afterSequence: number;
}

/** What has come since it was last asked for. */
export interface FreshEvents {
  readonly count: number;
  /** The newest ones, oldest first. */
  readonly events: readonly StoredEvent[];
  readonly refused: readonly RefusedEvent[];
  readonly subscriptions: readonly string[];
  readonly hasMoreSubscriptions: boolean;
}

/** Told of every event that came, after its commit. It must be quick: senders wait behind it. */
export interface EventWatcher {
  stored(events: readonly StoredEvent[]): void;
  refused(raw: RawEvent, errors: FieldErrors): void;
}

/** Keeps what open windows are told next, and how many events come. While nobody listens it only counts. */
export class EventFeed implements EventWatcher {
  readonly #clock: Clock;
  readonly #bookClock: Clock;
  readonly #isHeard: () => boolean;
  readonly #nudge: () => void;
  readonly #newestArrival: () => number;
  readonly #refusals: RefusedEvent[] = [];
  readonly #perSecond = new Map<number, number>();
  #refusedCount = 0;
  #count = 0;
  #events: StoredEvent[] = [];
  #freshRefusals: RefusedEvent[] = [];
  #subscriptions = new Set<string>();
  #hasMoreSubscriptions = false;

  constructor(of: {
    /** The computer's clock: a rate is about real seconds. */
    readonly systemClock: Clock;
    readonly clock: Clock;
    readonly isHeard: () => boolean;
    readonly nudge: () => void;
    /** Arrival of the newest event that is stored. */
    readonly newestArrival: () => number;
  }) {
    this.#clock = of.systemClock;
    this.#bookClock = of.clock;
    this.#isHeard = of.isHeard;
    this.#nudge = of.nudge;
    this.#newestArrival = of.newestArrival;
  }

  stored(events: readonly StoredEvent[]): void {
    const second = this.#second();
    this.#perSecond.set(second, (this.#perSecond.get(second) ?? 0) + events.length);
    if (this.#perSecond.size > RATE_SECONDS * 2) this.#forgetSeconds(second);
    if (!this.#isHeard()) return;
    this.#count += events.length;
    this.#events.push(...events);
    if (this.#events.length > MAX_TOLD_EVENTS * 2) this.#events = this.#events.slice(-MAX_TOLD_EVENTS);
    for (const { externalSubscriptionId } of events) this.#noteSubscription(externalSubscriptionId);
    this.#nudge();
  }

  refused(raw: RawEvent, errors: FieldErrors): void {
    this.#refusedCount += 1;
    const receivedMs = this.#bookClock.now().epochMilliseconds;
    const refusal = { number: this.#refusedCount, raw, errors, receivedMs, afterSequence: this.#newestArrival() };
    this.#refusals.push(refusal);
    if (this.#refusals.length > MAX_REFUSALS) this.#refusals.shift();
    if (!this.#isHeard()) return;
    this.#freshRefusals = [...this.#freshRefusals, refusal].slice(-MAX_REFUSALS);
    this.#nudge();
  }

  /** The refused events that are remembered, newest first. */
  refusals(): readonly RefusedEvent[] {
    return this.#refusals.toReversed();
  }

  /** Events per second, lately; 0 once nothing has come for some seconds. */
  rate(): number {
    const now = this.#second();
    let count = 0;
    for (const [second, each] of this.#perSecond) if (second > now - RATE_SECONDS && second <= now) count += each;
    return Math.round(count / RATE_SECONDS);
  }

  /** What has come since the last call. */
  take(): FreshEvents {
    const fresh = {
      count: this.#count,
      events: this.#events.slice(-MAX_TOLD_EVENTS),
      refused: this.#freshRefusals,
      subscriptions: [...this.#subscriptions],
      hasMoreSubscriptions: this.#hasMoreSubscriptions,
    };
    this.#count = 0;
    this.#events = [];
    this.#freshRefusals = [];
    this.#subscriptions = new Set();
    this.#hasMoreSubscriptions = false;
    return fresh;
  }

  #noteSubscription(externalId: string): void {
    if (this.#subscriptions.size < MAX_TOLD_SUBSCRIPTIONS) this.#subscriptions.add(externalId);
    else if (!this.#subscriptions.has(externalId)) this.#hasMoreSubscriptions = true;
  }

  #forgetSeconds(now: number): void {
    for (const second of this.#perSecond.keys()) if (second <= now - RATE_SECONDS || second > now) this.#perSecond.delete(second);
  }

  #second(): number {
    return Math.floor(this.#clock.now().epochMilliseconds / 1000);
  }
}
