import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Scheduler } from '../../main/jobs/index.ts';
import type { Instant } from '../../shared/dates.ts';
import { Temporal } from '../../shared/dates.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { silentLogger } from '../support/silent-logger.ts';

const at = (text: string): Instant => Temporal.Instant.from(text);

/** Due work that ends when the test says so. */
class Runs {
  readonly started: string[] = [];
  readonly #ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  readonly run = (until: Instant): Promise<void> => {
    this.started.push(until.toString());
    return new Promise((resolve, reject) => {
      this.#ends.push({ resolve, reject });
    });
  };

  end(index: number): void {
    this.#ends[index]?.resolve();
  }

  fail(index: number): void {
    this.#ends[index]?.reject(new Error('disk full'));
  }
}

describe('the scheduler', () => {
  let clock: FakeClock;
  let runs: Runs;
  let scheduler: Scheduler;
  beforeEach(() => {
    vi.useFakeTimers();
    clock = new FakeClock('2023-01-01T00:00:00Z');
    runs = new Runs();
    scheduler = new Scheduler({ clock, logger: silentLogger, runDueWork: runs.run });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  it('catches up at the start, then looks every minute', async () => {
    scheduler.start();
    await settle();
    expect(runs.started).toEqual(['2023-01-01T00:00:00Z']);
    runs.end(0);
    clock.set('2023-01-01T00:01:00Z');
    await vi.advanceTimersByTimeAsync(59_999);
    expect(runs.started).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(runs.started).toEqual(['2023-01-01T00:00:00Z', '2023-01-01T00:01:00Z']);
  });

  it('waits with what is due while other work has the books', async () => {
    let release = (): void => undefined;
    const held = scheduler.hold(
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    scheduler.start();
    const run = scheduler.runNow();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(runs.started).toEqual([]);
    release();
    await held;
    await settle();
    expect(runs.started).toEqual(['2023-01-01T00:00:00Z']);
    runs.end(0);
    await run;
  });

  it('does not pile up runs behind a long one', async () => {
    scheduler.start();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(runs.started).toHaveLength(1);
    runs.end(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs.started).toHaveLength(2);
  });

  it('runs one after another, never two at a time', async () => {
    const first = scheduler.runUntil(at('2023-02-01T00:00:00Z'));
    const second = scheduler.runUntil(at('2023-03-01T00:00:00Z'));
    await settle();
    expect(runs.started).toEqual(['2023-02-01T00:00:00Z']);
    runs.end(0);
    await first;
    await settle();
    expect(runs.started).toEqual(['2023-02-01T00:00:00Z', '2023-03-01T00:00:00Z']);
    runs.end(1);
    await second;
  });

  it('tells who asked that a run failed, and goes on with the next', async () => {
    const first = scheduler.runUntil(at('2023-02-01T00:00:00Z'));
    const second = scheduler.runUntil(at('2023-03-01T00:00:00Z'));
    const outcome = expect(first).rejects.toThrow('disk full');
    await settle();
    runs.fail(0);
    await outcome;
    await settle();
    runs.end(1);
    await second;
  });

  it('tries again after a minute what failed by itself', async () => {
    scheduler.start();
    await settle();
    runs.fail(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs.started).toHaveLength(2);
  });

  it('stops when the run under way has ended, and starts no other', async () => {
    scheduler.start();
    await settle();
    let isStopped = false;
    const stopped = scheduler.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(120_000);
    expect([isStopped, runs.started.length]).toEqual([false, 1]);
    runs.end(0);
    await stopped;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(runs.started).toHaveLength(1);
  });
});
