export const MAX_RESTARTS = 5;
export const RESTART_SPAN_MS = 10 * 60_000;
const FIRST_DELAY_MS = 500;

/**
 * How long to wait before the engine is started again after it died; null when it died too often: then somebody has to look.
 * `diedAtMs` are its deaths so far, this one included. Rule: reliability-and-security.md § 6 "Engine death".
 */
export function restartDelayMs(diedAtMs: readonly number[], nowMs: number): number | null {
  const recent = diedAtMs.filter((atMs) => nowMs - atMs < RESTART_SPAN_MS).length;
  return recent > MAX_RESTARTS ? null : FIRST_DELAY_MS * 2 ** Math.max(0, recent - 1);
}
