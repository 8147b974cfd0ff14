import type { Clock } from '../ports/clock.ts';

/** Short naps are not worth a word. */
const LEAST_TOLD_MS = 60_000;

/** How long the computer slept, told once when it wakes. */
export class SleepWatch {
  readonly #clock: Clock;
  #sleptAtMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  fallsAsleep(): void {
    this.#sleptAtMs = this.#clock.now().epochMilliseconds;
  }

  /** Milliseconds of a sleep worth telling; null for none. */
  wakesUp(): number | null {
    const sleptAtMs = this.#sleptAtMs;
    this.#sleptAtMs = null;
    if (sleptAtMs === null) return null;
    const sleptMs = this.#clock.now().epochMilliseconds - sleptAtMs;
    return sleptMs >= LEAST_TOLD_MS ? sleptMs : null;
  }
}
