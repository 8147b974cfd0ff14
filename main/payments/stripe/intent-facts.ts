import type Stripe from 'stripe';
import type { PaymentEvent } from '../payment-state.ts';

/** What a PaymentIntent says of a payment, whether it came as an answer, in an event or from a list. */
export interface IntentFacts {
  readonly id: string;
  /** Stripe's own word. */
  readonly status: string;
  readonly event: PaymentEvent;
  /** In Stripe's smallest unit. */
  readonly amount: number;
  readonly amountReceived: number;
  readonly customerId: string | null;
  readonly methodId: string | null;
  readonly nextAction: unknown;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly metadata: Readonly<Record<string, string>>;
}

const EVENTS: Readonly<Record<string, PaymentEvent>> = {
  succeeded: 'succeeded',
  processing: 'in_progress',
  requires_action: 'in_progress',
  requires_capture: 'in_progress',
  requires_confirmation: 'in_progress',
  requires_payment_method: 'failed',
  canceled: 'failed',
};

/** Null for a state that says nothing about money yet, which no state of today does. */
export function intentFacts(intent: Stripe.PaymentIntent): IntentFacts | null {
  const event = EVENTS[intent.status];
  if (event === undefined) return null;
  const error = intent.last_payment_error ?? null;
  return {
    id: intent.id,
    status: intent.status,
    event,
    amount: intent.amount,
    amountReceived: intent.amount_received,
    customerId: idOf(intent.customer),
    methodId: idOf(intent.payment_method),
    nextAction: intent.next_action ?? null,
    error: error === null ? null : { code: error.code ?? error.type, message: error.message ?? '' },
    metadata: intent.metadata,
  };
}

/** Stripe gives an id, or the whole object where it was asked to. */
export function idOf(value: string | { readonly id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : value.id;
}
