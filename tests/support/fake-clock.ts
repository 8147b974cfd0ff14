import { Temporal, type Instant } from '../../shared/dates.ts';
import type { Clock } from '../../main/ports/clock.ts';

/** A computer's clock that stands still until a test sets it. */
export class FakeClock implements Clock {
  #now: Instant;

  constructor(now: string) {
    this.#now = Temporal.Instant.from(now);
  }

  now(): Instant {
    return this.#now;
  }

  set(now: string): void {
    this.#now = Temporal.Instant.from(now);
  }

  advance(span: { readonly milliseconds?: number; readonly seconds?: number; readonly minutes?: number; readonly hours?: number }): void {
    this.#now = this.#now.add(span);
  }
}
