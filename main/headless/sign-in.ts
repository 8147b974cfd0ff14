import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

const TOKEN_BYTES = 16;
const SESSION_BYTES = 32;
const LINK_LIFE_MS = 10 * 60_000;
const SESSION_LIFE_MS = 12 * 3_600_000;

interface OpenLink {
  readonly token: string;
  readonly untilMs: number;
}

/** Signs a browser in by a link that works once, for ten minutes. Nothing of it is stored: sessions end with the process. */
export class SignIn {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #cookieName: string;
  readonly #sessions = new Map<string, number>();
  #link: OpenLink | null = null;

  /** Cookies do not know ports, so the name does: two hosts on one machine keep their own. */
  constructor(ports: { readonly clock: Clock; readonly random: Random }, port: number) {
    this.#clock = ports.clock;
    this.#random = ports.random;
    this.#cookieName = `meterbook_session_${String(port)}`;
  }

  /** The path of a new link; the one before it stops working. */
  createLink(): string {
    const token = this.#newSecret(TOKEN_BYTES);
    this.#link = { token, untilMs: this.#nowMs() + LINK_LIFE_MS };
    return `/sign-in/${token}`;
  }

  /** The session cookie for a good link, which is used up by this; null for any other. */
  redeem(token: string): string | null {
    const link = this.#link;
    if (link === null || !isSame(token, link.token) || this.#nowMs() >= link.untilMs) return null;
    this.#link = null;
    const session = this.#newSecret(SESSION_BYTES);
    this.#sessions.set(session, this.#nowMs() + SESSION_LIFE_MS);
    return `${this.#cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${String(SESSION_LIFE_MS / 1000)}`;
  }

  /** Whether a `Cookie` header carries a session that is still open. */
  isSignedIn(cookies: string | null): boolean {
    if (cookies === null) return false;
    const prefix = `${this.#cookieName}=`;
    const session = cookies.split(/; */).find((cookie) => cookie.startsWith(prefix));
    const untilMs = session === undefined ? undefined : this.#sessions.get(session.slice(prefix.length));
    return untilMs !== undefined && this.#nowMs() < untilMs;
  }

  #newSecret(bytes: number): string {
    return Buffer.from(this.#random.bytes(bytes)).toString('base64url');
  }

  #nowMs(): number {
    return this.#clock.now().epochMilliseconds;
  }
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
