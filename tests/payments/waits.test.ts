import { describe, expect, it } from 'vitest';
import { nextCheckAt, retryWaitMs } from '../../main/payments/waits.ts';
import type { Random } from '../../main/ports/random.ts';
import { Temporal } from '../../shared/dates.ts';

const drawing = (byte: number): Random => ({ uuid: () => '', bytes: (length) => new Uint8Array(length).fill(byte) });

describe('the wait before a call is made again', () => {
  it.each([
    { tries: 1, least: 800, most: 1200 },
    { tries: 2, least: 2400, most: 3600 },
    { tries: 3, least: 7200, most: 10_800 },
    { tries: 4, least: 21_600, most: 32_400 },
  ])('after try $tries is from $least to $most ms', ({ tries, least, most }) => {
    expect([retryWaitMs(drawing(0), tries, null), retryWaitMs(drawing(255), tries, null)]).toEqual([least, most]);
  });

  it('is what the provider asks for, where it asks', () => {
    expect(retryWaitMs(drawing(9), 1, 42_000)).toBe(42_000);
  });
});

describe('something open', () => {
  const began = Temporal.Instant.from('2023-03-01T12:00:00Z');
  it.each([
    { now: '2023-03-01T12:00:00Z', next: '2023-03-01T12:01:00Z' },
    { now: '2023-03-01T12:01:00Z', next: '2023-03-01T12:05:00Z' },
    { now: '2023-03-01T12:05:00Z', next: '2023-03-01T12:15:00Z' },
    { now: '2023-03-01T12:59:59Z', next: '2023-03-01T13:00:00Z' },
    { now: '2023-03-01T13:00:00Z', next: '2023-03-02T12:00:00Z' },
    { now: '2023-03-30T13:00:00Z', next: '2023-03-31T12:00:00Z' },
    { now: '2023-03-31T12:00:00Z', next: null },
  ])('is looked at after $now at $next', ({ now, next }) => {
    expect(nextCheckAt(began, Temporal.Instant.from(now))?.toString() ?? null).toBe(next);
  });
});
