import { DatabaseUnavailable } from '../../database/errors.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import type { Transaction } from '../../database/unit-of-work.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Timer } from '../../ports/timer.ts';
import type { ServiceContext } from '../../service-context.ts';
import { newestArrival } from './event-rows.ts';

/** A time in which nobody took events. */
export interface ListenerGap {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Closed by its user, ended without a word (the gap may have begun up to a minute later), or the computer slept. */
  readonly reason: 'closed' | 'crashed' | 'asleep';
  /** Arrival of the last event before it. */
  readonly afterSequence: number;
}

/** How often it is stored that somebody listens: one small write a minute. */
export const BEAT_MS = 60_000;
/** A beat that comes later than this means that the computer slept. */
const LATE_BEAT_MS = 2 * BEAT_MS;
/** A restart that no sender notices is no gap. */
const SHORTEST_GAP_MS = 2_000;
const LISTED_GAPS = 200;

const BEAT = `INSERT INTO "listener_beats" ("id", "listened_until", "is_closed") VALUES (1, ?, ?)
  ON CONFLICT ("id") DO UPDATE SET "listened_until" = excluded."listened_until", "is_closed" = excluded."is_closed"`;
const LAST_BEAT = `SELECT "listened_until" AS "untilMs", "is_closed" AS "isClosed" FROM "listener_beats" WHERE "id" = 1`;
const INSERT_GAP = `INSERT INTO "listener_gaps" ("id", "from_at", "to_at", "reason", "after_sequence") VALUES (?, ?, ?, ?, ?)`;
const GAPS = `SELECT "id", "from_at" AS "fromMs", "to_at" AS "toMs", "reason", "after_sequence" AS "afterSequence" FROM "listener_gaps"
  WHERE "to_at" >= ? ORDER BY "sequence" DESC LIMIT ${String(LISTED_GAPS)}`;

/**
 * Notes while the program takes events, so that the next start knows since when it did not: senders were refused then, and what they did not
 * send again is missing. By the computer's clock, also in a sandbox. Rule: ui.md §§ 4.8, 5 "Sleep / wake".
 */
export class Listening {
  readonly #context: ServiceContext;
  readonly #systemClock: Clock;
  readonly #timer: Timer;
  #cancelBeat: (() => void) | null = null;
  #lastMs = 0;
  #work: Promise<void> = Promise.resolve();
  #isListening = false;

  constructor(of: { readonly context: ServiceContext; readonly systemClock: Clock; readonly timer: Timer }) {
    this.#context = of.context;
    this.#systemClock = of.systemClock;
    this.#timer = of.timer;
  }

  /** From now on events are taken. */
  start(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#lastMs = this.#nowMs();
    this.#write((tx) => {
      const last = tx.select<{ readonly untilMs: number; readonly isClosed: number }>(LAST_BEAT).get();
      if (last !== undefined) this.#noteGap(tx, { fromMs: last.untilMs, reason: last.isClosed === 1 ? 'closed' : 'crashed' });
      tx.statement(BEAT).run(this.#lastMs, 0);
    });
    this.#waitForBeat();
  }

  /** The program ends: nobody listens from now on. Resolves when that is stored. */
  async stop(): Promise<void> {
    this.#cancelBeat?.();
    if (this.#isListening) {
      this.#isListening = false;
      const nowMs = this.#nowMs();
      this.#write((tx) => void tx.statement(BEAT).run(nowMs, 1));
    }
    await this.#work;
  }

  /** Gaps that reach into the time since an instant, newest first. */
  gaps(sinceMs: number): readonly ListenerGap[] {
    return readGaps(this.#context.database.read, sinceMs);
  }

  #waitForBeat(): void {
    this.#cancelBeat = this.#timer.after(BEAT_MS, () => {
      const sinceMs = this.#lastMs;
      this.#lastMs = this.#nowMs();
      const hasSlept = this.#lastMs - sinceMs >= LATE_BEAT_MS;
      this.#write((tx) => {
        if (hasSlept) this.#noteGap(tx, { fromMs: sinceMs, reason: 'asleep' });
        tx.statement(BEAT).run(this.#lastMs, 0);
      });
      this.#waitForBeat();
    });
  }

  #noteGap(tx: Transaction, gap: Pick<ListenerGap, 'fromMs' | 'reason'>): void {
    if (this.#lastMs - gap.fromMs < SHORTEST_GAP_MS) return;
    tx.statement(INSERT_GAP).run(this.#context.random.uuid(), gap.fromMs, this.#lastMs, gap.reason, newestArrival(tx));
  }

  /** A full disk stops nobody from listening; the gap is then a little wrong. */
  #write(work: (tx: Transaction) => void): void {
    const { database, logger } = this.#context;
    this.#work = database.unitOfWork.write('note that events are taken', work).catch((error: unknown) => {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      logger.warn({ error }, 'that events are taken could not be noted');
    });
  }

  #nowMs(): number {
    return this.#systemClock.now().epochMilliseconds;
  }
}

function readGaps(db: ReadDatabase, sinceMs: number): readonly ListenerGap[] {
  return db.select<ListenerGap>(GAPS).all(sinceMs);
}
