import type { Timer } from '../../main/ports/timer.ts';
import type { FakeClock } from './fake-clock.ts';

interface Wait {
  readonly atMs: number;
  readonly delayMs: number;
  readonly work: () => void;
}

/** A timer whose time passes when a test says so, together with the clock's. */
export class FakeTimer implements Timer {
  readonly #clock: FakeClock;
  readonly #waits = new Set<Wait>();
  readonly #watches: { readonly leastMs: number; readonly mostMs: number; readonly resolve: () => void }[] = [];

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  after(delayMs: number, work: () => void): () => void {
    const wait = { atMs: this.#nowMs() + delayMs, delayMs, work };
    this.#waits.add(wait);
    for (const watch of this.#watches) if (delayMs >= watch.leastMs && delayMs <= watch.mostMs) watch.resolve();
    return () => {
      this.#waits.delete(wait);
    };
  }

  /** The delays that are waited for, shortest first. */
  get delaysMs(): readonly number[] {
    return [...this.#waits].map(({ delayMs }) => delayMs).sort((one, other) => one - other);
  }

  /** Resolves when something waits for a time between the two, both included. */
  async armed(leastMs: number, mostMs: number): Promise<void> {
    if (this.delaysMs.some((delayMs) => delayMs >= leastMs && delayMs <= mostMs)) return;
    await new Promise<void>((resolve) => this.#watches.push({ leastMs, mostMs, resolve }));
  }

  /** Lets time pass; what becomes due on the way is done in its order. */
  advance(ms: number): void {
    const untilMs = this.#nowMs() + ms;
    for (;;) {
      const [next] = [...this.#waits].filter(({ atMs }) => atMs <= untilMs).sort((one, other) => one.atMs - other.atMs);
      if (next === undefined) break;
      this.#waits.delete(next);
      this.#moveTo(next.atMs);
      next.work();
    }
    this.#moveTo(untilMs);
  }

  #nowMs(): number {
    return this.#clock.now().epochMilliseconds;
  }

  #moveTo(atMs: number): void {
    this.#clock.advance({ milliseconds: atMs - this.#nowMs() });
  }
}
