import type { Clock } from '../ports/clock.ts';
import type { CallingKey } from '../request-log/index.ts';
import { FAILED_KEYS_SPAN_MS, MAX_FAILED_KEYS_PER_MINUTE } from './limits.ts';

/** Who calls, as far as the host that received the request could tell. */
export interface Caller {
  /** A browser with a valid session, whose request also proves that a page of ours sent it. */
  readonly isSignedIn: boolean;
}

export const UNKNOWN_CALLER: Caller = { isSignedIn: false };

export type FindKey = (key: string) => CallingKey | null;

export type Admission =
  | { readonly kind: 'admitted'; readonly key: CallingKey | null }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'too_many'; readonly waitSeconds: number };

const ADMITTED_WINDOW: Admission = { kind: 'admitted', key: null };
const UNAUTHORIZED: Admission = { kind: 'unauthorized' };
const BEARER = /^bearer +(\S+) *$/i;

/**
 * Decides who may call the API. Guessing is slowed down: wrong keys beyond 20 a minute are told to wait, while a right key always
 * passes. A call without any key is no guess and is not counted.
 */
export class Authentication {
  readonly #findKey: FindKey;
  readonly #clock: Clock;
  #failedAtMs: readonly number[] = [];

  constructor(findKey: FindKey, clock: Clock) {
    this.#findKey = findKey;
    this.#clock = clock;
  }

  admit(authorization: string | null, caller: Caller): Admission {
    if (caller.isSignedIn) return ADMITTED_WINDOW;
    if (authorization === null) return UNAUTHORIZED;
    const key = BEARER.exec(authorization)?.[1];
    if (key === undefined) return UNAUTHORIZED;
    const known = this.#findKey(key);
    return known === null ? this.#countFailure() : { kind: 'admitted', key: known };
  }

  #countFailure(): Admission {
    const nowMs = this.#clock.now().epochMilliseconds;
    const recent = this.#failedAtMs.filter((atMs) => atMs > nowMs - FAILED_KEYS_SPAN_MS && atMs <= nowMs);
    const oldestMs = recent[0];
    if (oldestMs !== undefined && recent.length >= MAX_FAILED_KEYS_PER_MINUTE) {
      this.#failedAtMs = recent;
      return { kind: 'too_many', waitSeconds: Math.ceil((oldestMs + FAILED_KEYS_SPAN_MS - nowMs) / 1000) };
    }
    this.#failedAtMs = [...recent, nowMs];
    return UNAUTHORIZED;
  }
}
