import { describe, expect, it } from 'vitest';
import { nextPaymentStatus, type PaymentEvent } from '../../main/payments/payment-state.ts';
import type { PayablePaymentStatus } from '../../main/database/tables/payments.ts';

const STATES: readonly PayablePaymentStatus[] = ['pending', 'processing', 'succeeded', 'failed'];
const EVENTS: readonly PaymentEvent[] = ['in_progress', 'succeeded', 'failed', 'too_small', 'abandoned'];

/** One row per state, one column per event, in the order above; null is too late. */
const EXPECTED: Readonly<Record<PayablePaymentStatus, readonly (PayablePaymentStatus | null)[]>> = {
  pending: ['processing', 'succeeded', 'failed', 'pending', 'failed'],
  processing: ['processing', 'succeeded', 'failed', null, null],
  succeeded: [null, null, null, null, null],
  failed: [null, 'succeeded', null, null, null],
};

describe('a payment', () => {
  it.each(STATES)('that is %s goes where the table says, and nowhere else', (state) => {
    expect(EVENTS.map((event) => nextPaymentStatus(state, event))).toEqual(EXPECTED[state]);
  });
});
