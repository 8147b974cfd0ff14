import { Temporal, isBefore, type Instant } from '../../shared/dates.ts';
import { invalid, ok, type Result } from '../../shared/result.ts';
import { VALUE_IS_OUT_OF_RANGE } from '../../shared/wire/error-codes.ts';
import type { Database } from '../database/connections.ts';
import { customers } from '../database/tables/customers.ts';
import type { Clock } from '../ports/clock.ts';
import { readSetting, writeSetting } from './workspace-settings.ts';

/** Does everything that falls due up to an instant. */
export type RunDue = (until: Instant) => Promise<void>;

/**
 * The clock of a sandbox. It follows the system's until it is first set, and from then on stands still between moves; a restart
 * finds it where it stood. Rule: overview.md "The clock".
 */
export class TestClock implements Clock {
  readonly #database: Database;
  readonly #systemClock: Clock;
  #setTo: Instant | null;
  #runDue: RunDue | null = null;
  #moves: Promise<unknown> = Promise.resolve();

  private constructor(database: Database, systemClock: Clock, setTo: Instant | null) {
    this.#database = database;
    this.#systemClock = systemClock;
    this.#setTo = setTo;
  }

  static async open(database: Database, systemClock: Clock): Promise<TestClock> {
    const stored = await readSetting(database.read, 'test_clock_ms');
    return new TestClock(database, systemClock, stored === null ? null : Temporal.Instant.fromEpochMilliseconds(Number(stored)));
  }

  /** Connects the clock with what must happen when it is moved, which itself needs a clock to be made. */
  onMove(runDue: RunDue): void {
    this.#runDue = runDue;
  }

  now(): Instant {
    return this.#setTo ?? this.#systemClock.now();
  }

  isSet(): boolean {
    return this.#setTo !== null;
  }

  /** Moves take turns. The new time is stored first: a move that is cut off is completed by the next start. */
  moveTo(instant: Instant): Promise<Result<null>> {
    const turn = this.#moves.then(() => this.#moveNow(Temporal.Instant.fromEpochMilliseconds(instant.epochMilliseconds)));
    this.#moves = turn.catch(() => undefined);
    return turn;
  }

  async #moveNow(instant: Instant): Promise<Result<null>> {
    const stored = await this.#database.unitOfWork.write('move the test clock', async (tx): Promise<Result<null>> => {
      const isBackwards = isBefore(instant, this.now());
      if (isBackwards && (await tx.manager.existsBy(customers, {}))) return invalid({ now: [VALUE_IS_OUT_OF_RANGE] });
      await writeSetting(tx, 'test_clock_ms', String(instant.epochMilliseconds));
      return ok(null);
    });
    if (!stored.ok) return stored;
    this.#setTo = instant;
    await this.#runDue?.(instant);
    return ok(null);
  }
}
