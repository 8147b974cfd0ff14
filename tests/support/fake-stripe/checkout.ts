import { found, missing, refused, type Answer } from './answers.ts';
import type { FakeBooks, Session } from './books.ts';
import { attachMethod } from './customers.ts';
import { pairsAt, textAt, textsAt, type Form } from './form.ts';
import { createIntent } from './payment-intents.ts';

const DAY_SECONDS = 86_400;

export function createSession(books: FakeBooks, form: Form): Answer {
  const mode = textAt(form, 'mode');
  const customer = textAt(form, 'customer') ?? '';
  if (mode !== 'setup' && mode !== 'payment') return refused(400, { message: 'Invalid mode', param: 'mode' });
  if (books.customers.get(customer)?.deleted !== undefined || !books.customers.has(customer)) return missing('customer', customer);
  if (textAt(form, 'success_url') === null)
    return refused(400, { code: 'parameter_missing', message: 'Missing required param: success_url' });
  const id = books.nextId('cs');
  const session: Session = {
    id,
    object: 'checkout.session',
    created: books.now(),
    livemode: false,
    mode,
    status: 'open',
    customer,
    url: `https://checkout.stripe.com/c/pay/${id}`,
    expires_at: Number(textAt(form, 'expires_at') ?? books.now() + DAY_SECONDS),
    payment_intent: null,
    setup_intent: null,
  };
  books.sessions.set(id, session);
  books.sessionForms.set(id, form);
  return found(session);
}

export function retrieveSession(books: FakeBooks, id: string): Answer {
  const session = books.sessions.get(id);
  return session === undefined ? missing('checkout.session', id) : found(session);
}

export function expireSession(books: FakeBooks, id: string): Answer {
  const session = books.sessions.get(id);
  if (session === undefined) return missing('checkout.session', id);
  if (session.status !== 'open') return refused(400, { message: `Only Checkout Sessions with a status in ["open"] can be expired.` });
  session.status = 'expired';
  books.emit('checkout.session.expired', session);
  return found(session);
}

/** What the customer does on the page: a method is entered, and paid with when the page asks for money. */
export function completeSession(books: FakeBooks, id: string, methodId: string): void {
  const session = books.sessions.get(id);
  const form = books.sessionForms.get(id);
  if (session?.status !== 'open' || form === undefined) throw new Error(`session ${id} is not open`);
  attachMethod(books, session.customer, methodId);
  if (session.mode === 'setup') completeSetup(books, session, methodId);
  else if (!completePayment(books, session, { form, methodId })) return;
  session.status = 'complete';
  books.emit('checkout.session.completed', session);
}

function completeSetup(books: FakeBooks, session: Session, methodId: string): void {
  const setup = {
    id: books.nextId('seti'),
    object: 'setup_intent',
    created: books.now(),
    livemode: false,
    status: 'succeeded',
    customer: session.customer,
    payment_method: methodId,
    metadata: {},
  };
  session.setup_intent = setup.id;
  books.emit('setup_intent.succeeded', setup);
}

/** Whether it was paid; a declined customer may try once more on the same page. */
function completePayment(books: FakeBooks, session: Session, paid: { readonly form: Form; readonly methodId: string }): boolean {
  const { form, methodId } = paid;
  const prices = pairsAt(form, 'line_items', '0', 'price_data');
  const metadata = Object.fromEntries(
    Object.entries(pairsAt(form, 'payment_intent_data', 'metadata')).map(([name, value]) => [name, value]),
  );
  const types = Object.fromEntries(textsAt(form, 'payment_method_types').map((type, index) => [String(index), type]));
  const answer = createIntent(books, {
    amount: prices['unit_amount'] ?? '0',
    currency: prices['currency'] ?? '',
    customer: session.customer,
    payment_method: methodId,
    payment_method_types: types,
    confirm: 'true',
    metadata,
    description: textAt(form, 'payment_intent_data', 'description') ?? '',
  });
  if (answer.status !== 200) return false;
  session.payment_intent = String(answer.body['id']);
  return true;
}
