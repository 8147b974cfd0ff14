import { refused } from './answers.ts';

/** An answer as it goes out, and is given again byte by byte. */
export interface WrittenAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Kept {
  readonly fingerprint: string;
  readonly keptAt: number;
  answer: WrittenAnswer | null;
}

const DAY_SECONDS = 86_400;
/** Answers that say nothing about the work itself are not kept. */
const NOT_KEPT = new Set([401, 409, 429]);

/** What was answered to which idempotency key; forgotten after a day. */
export class IdempotencyKeys {
  readonly #kept = new Map<string, Kept>();
  readonly #nowSeconds: () => number;

  constructor(nowSeconds: () => number) {
    this.#nowSeconds = nowSeconds;
  }

  /** What a call with a key is answered without being made; null when it is to be made. */
  open(key: string, fingerprint: string): WrittenAnswer | null {
    const kept = this.#kept.get(key);
    if (kept === undefined || this.#nowSeconds() - kept.keptAt >= DAY_SECONDS) {
      this.#kept.set(key, { fingerprint, keptAt: this.#nowSeconds(), answer: null });
      return null;
    }
    if (kept.fingerprint !== fingerprint) {
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with.`;
      return written(refused(400, { type: 'idempotency_error', message }));
    }
    if (kept.answer === null) {
      return written(
        refused(409, { type: 'idempotency_error', message: 'There is currently another in-progress request using this key.' }),
      );
    }
    return { ...kept.answer, headers: { ...kept.answer.headers, 'idempotent-replayed': 'true' } };
  }

  close(key: string, answer: WrittenAnswer): void {
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    if (answer.status >= 500 || NOT_KEPT.has(answer.status)) this.#kept.delete(key);
    else kept.answer = answer;
  }
}

export function written(answer: {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}): WrittenAnswer {
  return { status: answer.status, text: JSON.stringify(answer.body), headers: answer.headers ?? {} };
}
