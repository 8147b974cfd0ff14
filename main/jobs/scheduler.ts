import type { Instant } from '../../shared/dates.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';

const TICK_MS = 60_000;

/** What the scheduler is made of. */
export interface SchedulerParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Does everything that falls due up to an instant, oldest first. Repeating it does nothing twice; when stopped it ends early. */
  readonly runDueWork: (until: Instant, isStopped: () => boolean) => Promise<void>;
}

/** Runs what is due: at the start, every minute, and when the sandbox's clock is moved. One run at a time. */
export class Scheduler {
  readonly #parts: SchedulerParts;
  #runs: Promise<unknown> = Promise.resolve();
  #runsUnderWay = 0;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;
  #isPaused = false;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  /** Catches up with what fell due while nothing ran, then looks again every minute. */
  start(): void {
    this.#timer = setInterval(() => {
      this.#tick();
    }, TICK_MS);
    this.#timer.unref();
    this.#tick();
  }

  /** Runs what is due up to `until`, after the run under way. Rejects when the run fails. */
  runUntil(until: Instant): Promise<void> {
    return this.hold(async (isStopped) => {
      if (!isStopped()) await this.#parts.runDueWork(until, isStopped);
    });
  }

  /** Does other work in a run's place, after the run under way: nothing that is due is done meanwhile. */
  hold<T>(work: (isStopped: () => boolean) => Promise<T>): Promise<T> {
    this.#runsUnderWay += 1;
    const turn = this.#runs.then(() => work(() => this.#isStopped));
    const ended = turn.finally(() => {
      this.#runsUnderWay -= 1;
    });
    this.#runs = ended.catch(() => undefined);
    return ended;
  }

  /** Runs what is due by now. A failure is logged and tried again in a minute: whoever asked goes on. */
  async runNow(): Promise<void> {
    if (this.#isPaused) return;
    try {
      await this.runUntil(this.#parts.clock.now());
    } catch (error) {
      this.#parts.logger.error({ error }, 'the run of due work failed; it is tried again in a minute');
    }
  }

  /** Nothing that falls due is done by itself until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Does what fell due meanwhile, and goes on. */
  resume(): void {
    this.#isPaused = false;
    this.#tick();
  }

  /** No new run starts; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#runs;
  }

  #tick(): void {
    if (this.#runsUnderWay > 0 || this.#isStopped || this.#isPaused) return;
    void this.runNow();
  }
}
