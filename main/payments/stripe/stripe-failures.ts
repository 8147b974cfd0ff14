import type Stripe from 'stripe';

/** Why Stripe did not do what it was asked. Rule: payments-and-webhooks.md § 4 "Answers to step 6". */
export type StripeFailure =
  /** The card was refused, or wants its owner to be there. */
  | { readonly kind: 'declined'; readonly code: string; readonly message: string; readonly intent: Stripe.PaymentIntent | null }
  /** The call was understood and refused; it had no effect. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      readonly status: number;
      readonly intent: Stripe.PaymentIntent | null;
    }
  /** Another call used the same key, or still does: what became of it is to be looked up. */
  | { readonly kind: 'conflict'; readonly message: string; readonly isInProgress: boolean }
  /** No answer, or one that says nothing: the work may have been done all the same. */
  | { readonly kind: 'unreachable'; readonly message: string; readonly retryAfterMs: number | null };

export const PROVIDER_UNREACHABLE = 'provider_unreachable';

const KEY_LIKE = /\b(sk|rk|pk|whsec)_[A-Za-z0-9_*]+/g;
const LONGEST_RETRY_AFTER_SECONDS = 60;

/** What an error of the library says. Anything that is not Stripe's is thrown on: it is a bug. */
export function failureOf(error: unknown): StripeFailure {
  if (!isStripeError(error)) throw error;
  const { statusCode: status } = error;
  const message = withoutKeys(error.message);
  const code = error.code ?? error.rawType ?? 'unknown_error';
  const intent = error.payment_intent ?? null;
  if (status === 409 || error.rawType === 'idempotency_error') return { kind: 'conflict', message, isInProgress: status === 409 };
  if (status === undefined || status >= 500 || status === 429) return { kind: 'unreachable', message, retryAfterMs: retryAfterOf(error) };
  if (status === 402) return { kind: 'declined', code, message, intent };
  return { kind: 'refused', code, message, status, intent };
}

/** Whether the account itself was turned away, whatever was asked. */
export function isAccessRefused(failure: StripeFailure): boolean {
  return failure.kind === 'refused' && (failure.status === 401 || failure.status === 403);
}

/** The code and the words that webhooks and the payment's row carry. */
export function wordsOf(failure: StripeFailure): { readonly code: string; readonly message: string } {
  if (failure.kind === 'declined' || failure.kind === 'refused') return { code: failure.code, message: failure.message };
  return { code: PROVIDER_UNREACHABLE, message: failure.message };
}

/** Stripe masks keys in its own sentences; whatever it forgets is masked here. */
export function withoutKeys(text: string): string {
  return text.replace(KEY_LIKE, '[secret]');
}

/** By its shape: the library is not loaded only to compare classes. */
function isStripeError(error: unknown): error is Stripe.errors.StripeError {
  return error instanceof Error && 'type' in error && typeof error.type === 'string' && error.type.startsWith('Stripe');
}

function retryAfterOf(error: Stripe.errors.StripeError): number | null {
  const headers = error.headers;
  const seconds = Number(headers?.['retry-after'] ?? Number.NaN);
  if (!Number.isFinite(seconds) || seconds < 0) return null;
  return Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS) * 1000;
}
