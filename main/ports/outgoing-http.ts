/** A message to somebody else's server. */
export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Gives the request up. */
  readonly signal: AbortSignal;
}

/** Why there is no answer; for `refused_address` and `invalid_url` nothing was sent. */
export type OutgoingFailure = 'timeout' | 'unreachable' | 'refused_address' | 'invalid_url' | 'given_up';

export type OutgoingOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'failed'; readonly failure: OutgoingFailure; readonly detail: string };

/** The way out to servers that users name. Rule: reliability-and-security.md § 4 "Webhooks out", "Outgoing addresses". */
export interface OutgoingHttp {
  /**
   * Sends one POST and reads the beginning of the answer: no redirect is followed, and time and length are limited. Never rejects.
   */
  post(request: OutgoingPost): Promise<OutgoingOutcome>;
}
