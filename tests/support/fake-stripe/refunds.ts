import { found, missing, refused, type Answer } from './answers.ts';
import { listAnswer, type FakeBooks, type Refund } from './books.ts';
import { pairsAt, textAt, type Form } from './form.ts';

/** How the next refunds end: at once, later (`resolveRefund`), or not at all. */
export type RefundMode = 'succeeded' | 'pending' | 'not_refundable';

export function createRefund(books: FakeBooks, form: Form, mode: RefundMode): Answer {
  const intent = books.intents.get(textAt(form, 'payment_intent') ?? '');
  if (intent === undefined) return missing('payment_intent', textAt(form, 'payment_intent') ?? '');
  if (mode === 'not_refundable' || intent.status !== 'succeeded') {
    return refused(400, { code: 'charge_not_refundable', message: 'This charge cannot be refunded.' });
  }
  const given = [...books.refunds.values()].filter((one) => one.payment_intent === intent.id && one.status !== 'failed');
  const amount = Number(textAt(form, 'amount') ?? intent.amount_received);
  if (given.reduce((sum, one) => sum + one.amount, amount) > intent.amount_received) {
    return refused(400, { code: 'charge_already_refunded', message: 'Refund amount is greater than unrefunded amount on charge.' });
  }
  const refund: Refund = {
    id: books.nextId('re'),
    object: 'refund',
    created: books.now(),
    livemode: false,
    amount,
    currency: intent.currency,
    payment_intent: intent.id,
    charge: intent.latest_charge,
    reason: textAt(form, 'reason'),
    metadata: pairsAt(form, 'metadata'),
    status: mode,
  };
  books.refunds.set(refund.id, refund);
  books.emit('refund.created', refund);
  return found(refund);
}

/** What becomes of a refund that was pending. */
export function resolveRefund(books: FakeBooks, id: string, status: 'succeeded' | 'failed'): void {
  const refund = books.refunds.get(id);
  if (refund === undefined) throw new Error(`there is no refund ${id}`);
  refund.status = status;
  if (status === 'failed') refund.failure_reason = 'expired_or_canceled_card';
  books.emit('charge.refund.updated', refund);
}

export function retrieveRefund(books: FakeBooks, id: string): Answer {
  const refund = books.refunds.get(id);
  return refund === undefined ? missing('refund', id) : found(refund);
}

export function listRefunds(books: FakeBooks, query: Form): Answer {
  const intent = textAt(query, 'payment_intent');
  const rows = [...books.refunds.values()].filter((refund) => intent === null || refund.payment_intent === intent);
  return listAnswer(rows, query, '/v1/refunds');
}
