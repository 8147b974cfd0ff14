import { cardError, found, missing, refused, type Answer } from './answers.ts';
import { listAnswer, type FakeBooks, type Intent } from './books.ts';
import { pairsAt, textAt, textsAt, type Form } from './form.ts';

/** Where 50 of the smallest unit is the least that can be charged. */
const TWO_DECIMALS = new Set(['usd', 'eur', 'gbp', 'chf', 'inr', 'isk', 'ugx']);
const LEAST = 50;

/** Creates an intent and, when asked to, confirms it with its payment method, whose id says what happens. */
export function createIntent(books: FakeBooks, form: Form): Answer {
  const amount = Number(textAt(form, 'amount'));
  const currency = textAt(form, 'currency') ?? '';
  if (!Number.isInteger(amount) || amount <= 0) return refused(400, { code: 'parameter_invalid_integer', message: 'Invalid amount' });
  if (TWO_DECIMALS.has(currency) && amount < LEAST) {
    return refused(400, { code: 'amount_too_small', message: 'Amount must be at least 50 cents', param: 'amount' });
  }
  const methodId = textAt(form, 'payment_method');
  const customer = textAt(form, 'customer');
  if (methodId !== null && books.methods.get(methodId)?.customer !== customer) {
    return refused(400, { code: 'resource_missing', message: `No such PaymentMethod: '${methodId}'` });
  }
  const intent: Intent = {
    id: books.nextId('pi'),
    object: 'payment_intent',
    created: books.now(),
    livemode: false,
    amount,
    amount_received: 0,
    currency,
    customer,
    payment_method: methodId,
    payment_method_types: textsAt(form, 'payment_method_types'),
    status: methodId === null ? 'requires_payment_method' : 'requires_confirmation',
    next_action: null,
    last_payment_error: null,
    cancellation_reason: null,
    latest_charge: null,
    description: textAt(form, 'description'),
    metadata: pairsAt(form, 'metadata'),
  };
  if (textAt(form, 'confirm') !== 'true') {
    books.intents.set(intent.id, intent);
    return found(intent);
  }
  return confirmIntent(books, intent, form);
}

/** Behaviours that end before there is an intent, by the beginning of the payment method's id. */
export interface Stumbles {
  /** Whether the method of this id still answers with its failure; asked once for each call. */
  readonly stumbles: (kind: 'pm_rate_limit' | 'pm_500') => boolean;
}

/** Whether a create call with this method fails before anything is made. */
export function stumble(form: Form, { stumbles }: Stumbles): Answer | null {
  const method = textAt(form, 'payment_method') ?? '';
  if (method.startsWith('pm_rate_limit') && stumbles('pm_rate_limit'))
    return refused(429, { type: 'rate_limit_error', code: 'rate_limit', message: 'Too many requests' });
  if (method.startsWith('pm_500') && stumbles('pm_500')) return refused(500, { type: 'api_error', message: 'An unexpected error' });
  return null;
}

function confirmIntent(books: FakeBooks, intent: Intent, form: Form): Answer {
  const method = intent.payment_method ?? '';
  books.intents.set(intent.id, intent);
  if (method.startsWith('pm_decline'))
    return decline(books, intent, { code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' });
  if (method.startsWith('pm_insufficient')) {
    return decline(books, intent, {
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    });
  }
  if (method.startsWith('pm_3ds')) return authenticate(books, intent, form);
  if (method.startsWith('pm_processing')) {
    intent.status = 'processing';
    books.emit('payment_intent.processing', intent);
    return found(intent);
  }
  succeed(books, intent);
  return { ...found(intent), isLost: method.startsWith('pm_timeout') };
}

function authenticate(books: FakeBooks, intent: Intent, form: Form): Answer {
  const mustNotAsk = textAt(form, 'off_session') === 'true' && textAt(form, 'error_on_requires_action') === 'true';
  if (mustNotAsk)
    return decline(books, intent, {
      code: 'authentication_required',
      decline_code: 'authentication_required',
      message: 'Your card was declined. This transaction requires authentication.',
    });
  intent.status = 'requires_action';
  intent.next_action = {
    type: 'redirect_to_url',
    redirect_to_url: { url: `https://hooks.stripe.com/3d_secure/${intent.id}`, return_url: textAt(form, 'return_url') },
  };
  books.emit('payment_intent.requires_action', intent);
  return found(intent);
}

function decline(books: FakeBooks, intent: Intent, error: Readonly<Record<string, string>>): Answer {
  fail(books, intent, error);
  return cardError({ ...error, payment_intent: structuredClone(intent) });
}

export function succeed(books: FakeBooks, intent: Intent, receivedAmount = intent.amount): void {
  intent.status = 'succeeded';
  intent.amount_received = receivedAmount;
  intent.next_action = null;
  intent.latest_charge = books.nextId('ch');
  books.emit('payment_intent.succeeded', intent);
}

export function fail(
  books: FakeBooks,
  intent: Intent,
  error: Readonly<Record<string, string>> = { code: 'card_declined', message: 'Your card was declined.' },
): void {
  intent.status = 'requires_payment_method';
  intent.next_action = null;
  intent.last_payment_error = { type: 'card_error', ...error };
  books.emit('payment_intent.payment_failed', intent);
}

export function cancelIntent(books: FakeBooks, id: string, form: Form): Answer {
  const intent = books.intents.get(id);
  if (intent === undefined) return missing('payment_intent', id);
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    return refused(400, {
      code: 'payment_intent_unexpected_state',
      message: `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      payment_intent: structuredClone(intent),
    });
  }
  intent.status = 'canceled';
  intent.cancellation_reason = textAt(form, 'cancellation_reason');
  books.emit('payment_intent.canceled', intent);
  return found(intent);
}

export function retrieveIntent(books: FakeBooks, id: string): Answer {
  const intent = books.intents.get(id);
  return intent === undefined ? missing('payment_intent', id) : found(intent);
}

export function listIntents(books: FakeBooks, query: Form): Answer {
  const customer = textAt(query, 'customer');
  const rows = [...books.intents.values()].filter((intent) => customer === null || intent.customer === customer);
  return listAnswer(rows, query, '/v1/payment_intents');
}
