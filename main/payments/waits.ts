import { Temporal, isBefore, type Instant } from '../../shared/dates.ts';
import type { Random } from '../ports/random.ts';

/** Calls with one key before a person hears of it; the library's own repetitions are not counted. */
export const MAX_TRIES = 5;
const FIRST_WAIT_MS = 1_000;
const WAIT_FACTOR = 3;
const JITTER_PERCENT = 20;
const BYTE_VALUES = 256;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const CHECK_AFTER_MS: readonly number[] = [1, 5, 15, 60].map((minutes) => minutes * MINUTE_MS);
const LAST_CHECK_DAY = 30;

/** Stripe forgets idempotency keys after 24 hours: from here on an unknown outcome is looked up, never just asked for again. */
export const KEY_LIFE_MS = 23 * 60 * MINUTE_MS;

/** The wait after a number of tries: about 1, 3, 9, 27 s, a fifth more or less; what the provider asks for wins. Rule: payments-and-webhooks.md § 4. */
export function retryWaitMs(random: Random, tries: number, retryAfterMs: number | null): number {
  if (retryAfterMs !== null) return retryAfterMs;
  const waitMs = FIRST_WAIT_MS * WAIT_FACTOR ** (tries - 1);
  const [byte = 0] = random.bytes(1);
  const spreadPercent = Math.round((byte / (BYTE_VALUES - 1)) * 2 * JITTER_PERCENT) - JITTER_PERCENT;
  return Math.round((waitMs * (100 + spreadPercent)) / 100);
}

/** When something open is looked at next: 1, 5, 15 and 60 minutes after it began, then daily for 30 days; then never. Rule: § 6. */
export function nextCheckAt(beganAt: Instant, now: Instant): Instant | null {
  const daily = Array.from({ length: LAST_CHECK_DAY }, (_, day) => (day + 1) * DAY_MS);
  const checks = [...CHECK_AFTER_MS, ...daily].map((milliseconds) => beganAt.add({ milliseconds }));
  return checks.find((at) => isBefore(now, at)) ?? null;
}

export function isOlderThan(instant: Instant, ageMs: number, now: Instant): boolean {
  return Temporal.Instant.compare(instant.add({ milliseconds: ageMs }), now) <= 0;
}
