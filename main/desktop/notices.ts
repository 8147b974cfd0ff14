import type { NoticeCommand, NoticeKind } from '../../shared/desktop-bridge.ts';
import type { Clock } from '../ports/clock.ts';

const HOUR_MS = 3_600_000;
/** Older ones are forgotten: an hour later they may be shown again anyway. */
const MAX_REMEMBERED = 500;

/** Decides which notices reach the desktop: one an hour for each thing that they are about. Rule: ui.md § 5 "Notifications". */
export class NoticeGate {
  readonly #clock: Clock;
  readonly #shownAtMs = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this one is shown; then it counts as shown. */
  admit({ kind, about }: Pick<NoticeCommand, 'kind' | 'about'>, isOff: (kind: NoticeKind) => boolean): boolean {
    if (isOff(kind)) return false;
    const key = `${kind} ${about}`;
    const nowMs = this.#clock.now().epochMilliseconds;
    const lastMs = this.#shownAtMs.get(key);
    if (lastMs !== undefined && nowMs - lastMs < HOUR_MS) return false;
    this.#shownAtMs.delete(key);
    this.#shownAtMs.set(key, nowMs);
    const oldest = this.#shownAtMs.keys().next().value;
    if (this.#shownAtMs.size > MAX_REMEMBERED && oldest !== undefined) this.#shownAtMs.delete(oldest);
    return true;
  }
}
