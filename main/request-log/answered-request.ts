import type { Instant } from '../../shared/dates.ts';

/** Who called the public API with a key; the id is null for a key that lives only as long as one run. */
export interface CallingKey {
  readonly id: string | null;
  readonly name: string | null;
}

/** A call of the public API, and what became of it. */
export interface AnsweredRequest {
  readonly id: string;
  readonly beganAt: Instant;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Null for a stranger. */
  readonly key: CallingKey | null;
  /** A post of usage events: when it succeeds, it is counted only. */
  readonly isEventPost: boolean;
  readonly status: number;
  readonly durationMs: number;
  /** The refusal as it was sent; null after a success. */
  readonly refusal: Readonly<Record<string, unknown>> | null;
  /** Both undefined unless bodies are kept. */
  readonly sent: unknown;
  readonly answered: unknown;
}
