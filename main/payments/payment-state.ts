import type { PayablePaymentStatus } from '../database/tables/payments.ts';

/**
 * What can happen to a payment. `too_small`: the provider does not take so little, which is nobody's failure. `abandoned`: it was never
 * made, or is known not to have taken anything, and another takes its place.
 */
export type PaymentEvent = 'succeeded' | 'in_progress' | 'failed' | 'too_small' | 'abandoned';

interface Transition {
  readonly from: PayablePaymentStatus;
  readonly event: PaymentEvent;
  readonly to: PayablePaymentStatus;
}

/** Every way a payment can go; whatever else is heard of it comes too late and changes nothing. Rule: payments-and-webhooks.md §§ 4, 5. */
const TRANSITIONS: readonly Transition[] = [
  { from: 'pending', event: 'in_progress', to: 'processing' },
  { from: 'pending', event: 'succeeded', to: 'succeeded' },
  { from: 'pending', event: 'failed', to: 'failed' },
  { from: 'pending', event: 'too_small', to: 'pending' },
  { from: 'pending', event: 'abandoned', to: 'failed' },
  // What its owner must do may change while it is under way.
  { from: 'processing', event: 'in_progress', to: 'processing' },
  { from: 'processing', event: 'succeeded', to: 'succeeded' },
  { from: 'processing', event: 'failed', to: 'failed' },
  // A payment that was declined may still be paid on the provider's own page.
  { from: 'failed', event: 'succeeded', to: 'succeeded' },
];

/** The state that an event leads to; null when a payment in that state is beyond it. */
export function nextPaymentStatus(from: PayablePaymentStatus, event: PaymentEvent): PayablePaymentStatus | null {
  return TRANSITIONS.find((transition) => transition.from === from && transition.event === event)?.to ?? null;
}
