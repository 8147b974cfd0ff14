import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { found, refused, type Answer } from './fake-stripe/answers.ts';
import { FakeBooks, listAnswer, type Intent, type Refund, type StripeEvent } from './fake-stripe/books.ts';
import * as checkout from './fake-stripe/checkout.ts';
import * as customers from './fake-stripe/customers.ts';
import { parseForm, textAt, textsAt, type Form } from './fake-stripe/form.ts';
import { IdempotencyKeys, written, type WrittenAnswer } from './fake-stripe/idempotency.ts';
import * as intents from './fake-stripe/payment-intents.ts';
import * as refunds from './fake-stripe/refunds.ts';

/** One call as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly form: Form;
}

export interface FakeStripeOptions {
  /** The only key that is let in. */
  readonly secretKey?: string;
  /** Its clock, in Unix seconds. */
  readonly nowSeconds?: () => number;
  /** How a connection is dropped: `cut` in the middle of the answer, or `reset` before it, which the client's own library repeats. */
  readonly drops?: 'cut' | 'reset';
}

/** How calls fail that are told to. */
export interface FailureOptions {
  readonly times?: number;
  readonly type?: string;
  readonly code?: string;
  readonly message?: string;
  readonly retryAfter?: number;
}

/** A held answer: the work is done, and nobody is told until it is let go. */
export interface HeldAnswer {
  /** Resolves when the call has arrived and its work is done. */
  readonly arrived: Promise<void>;
  release(): void;
}

interface Hold {
  readonly path: string;
  readonly arrive: () => void;
  readonly released: Promise<void>;
}

/** A local server that answers as Stripe does, in memory. Rule: payments-and-webhooks.md § 9. */
export class FakeStripe {
  readonly books: FakeBooks;
  readonly requests: ReceivedRequest[] = [];
  readonly secretKey: string;
  /** How the next refunds end. */
  refundMode: refunds.RefundMode = 'succeeded';
  readonly #keys: IdempotencyKeys;
  readonly #server: Server;
  readonly #drops: 'cut' | 'reset';
  readonly #failures: { readonly path: string; readonly answer: Answer; left: number }[] = [];
  readonly #holds: Hold[] = [];
  /** Payment methods that fail before anything is made: how many more calls they spoil. */
  readonly #stumbles = { pm_rate_limit: 1, pm_500: Number.POSITIVE_INFINITY };
  #droppedRequests = 0;
  #lostAnswers = 0;
  #requestIds = 0;

  private constructor(options: FakeStripeOptions) {
    const nowSeconds = options.nowSeconds ?? ((): number => Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000));
    this.books = new FakeBooks(nowSeconds);
    this.secretKey = options.secretKey ?? 'sk_test_fake51Canary';
    this.#drops = options.drops ?? 'cut';
    this.#keys = new IdempotencyKeys(nowSeconds);
    this.#server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
  }

  static async start(options: FakeStripeOptions = {}): Promise<FakeStripe> {
    const fake = new FakeStripe(options);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What a host is told, so that it calls this server. */
  get environment(): Readonly<Record<string, string>> {
    return { STRIPE_API_HOST: '127.0.0.1', STRIPE_API_PORT: String(this.port), STRIPE_API_PROTOCOL: 'http' };
  }

  async stop(): Promise<void> {
    for (const hold of this.#holds.splice(0)) hold.arrive();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** A customer, with the payment methods it has; the first is its default unless told otherwise. */
  addCustomer(id: string, methods: readonly string[] = [], options: { readonly isDefault?: boolean } = {}): void {
    const customer = customers.createCustomer(this.books, {}, id);
    for (const method of methods) customers.attachMethod(this.books, id, method);
    if (options.isDefault !== false) customer.invoice_settings = { default_payment_method: methods[0] ?? null };
  }

  /** Gives a customer another card and makes it the default, as its owner does at Stripe. */
  changeCard(customerId: string, method: string): void {
    customers.attachMethod(this.books, customerId, method);
    customers.updateCustomer(this.books, customerId, { invoice_settings: { default_payment_method: method } });
  }

  detachMethod(id: string): void {
    customers.detachMethod(this.books, id);
  }

  deleteCustomer(id: string): void {
    const customer = this.books.customers.get(id);
    if (customer !== undefined) customer.deleted = true;
  }

  /** The intents made for an invoice, oldest first. */
  intentsOf(invoiceId: string): readonly Intent[] {
    return [...this.books.intents.values()].filter((intent) => intent.metadata['lago_invoice_id'] === invoiceId);
  }

  /** What was taken from anybody for an invoice: the number that must be one. */
  chargesOf(invoiceId: string): number {
    return this.intentsOf(invoiceId).filter((intent) => intent.status === 'succeeded').length;
  }

  get refunds(): readonly Refund[] {
    return [...this.books.refunds.values()];
  }

  /** Ends an intent that is processing or waits for its customer. `received` is less than asked for when only a part came. */
  resolveIntent(id: string, outcome: 'succeeded' | 'failed' | 'canceled', received?: number): void {
    const intent = this.books.intents.get(id);
    if (intent === undefined) throw new Error(`there is no intent ${id}`);
    if (outcome === 'succeeded') intents.succeed(this.books, intent, received);
    else if (outcome === 'failed') intents.fail(this.books, intent);
    else intents.cancelIntent(this.books, id, {});
  }

  resolveRefund(id: string, status: 'succeeded' | 'failed'): void {
    refunds.resolveRefund(this.books, id, status);
  }

  completeSession(id: string, method: string): void {
    checkout.completeSession(this.books, id, method);
  }

  /** A dispute of an intent's charge ends. */
  closeDispute(intentId: string, status: 'lost' | 'won'): StripeEvent {
    const intent = this.books.intents.get(intentId);
    const dispute = {
      id: this.books.nextId('dp'),
      object: 'dispute',
      charge: intent?.latest_charge,
      payment_intent: intentId,
      status,
      amount: intent?.amount,
    };
    return this.books.emit('charge.dispute.closed', dispute);
  }

  /** The next calls get no answer and have no effect. */
  goOffline(requests: number): void {
    this.#droppedRequests = requests;
  }

  /** The next POSTs are done, but their answers get lost. */
  loseAnswers(answers: number): void {
    this.#lostAnswers = answers;
  }

  /** The next calls of a path fail with a status and have no effect. */
  failNext(path: string, status: number, options: FailureOptions = {}): void {
    const headers: Record<string, string> = options.retryAfter === undefined ? {} : { 'retry-after': String(options.retryAfter) };
    const type = options.type ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
    this.#failures.push({
      path,
      left: options.times ?? 1,
      answer: { ...refused(status, { type, code: options.code, message: options.message ?? 'refused for the test' }), headers },
    });
  }

  /** Calls that were told to fail and were not made yet succeed after all. */
  forgiveFailures(): void {
    this.#failures.length = 0;
  }

  /** `pm_500` fails until it is healed. */
  heal(): void {
    this.#stumbles.pm_500 = 0;
  }

  /** Holds back the answer to the next call of a path. */
  holdNext(path: string): HeldAnswer {
    const arrival = Promise.withResolvers<undefined>();
    const release = Promise.withResolvers<undefined>();
    this.#holds.push({ path, arrive: () => arrival.resolve(undefined), released: release.promise });
    return { arrived: arrival.promise, release: () => release.resolve(undefined) };
  }

  /** The calls of a method and path, as patterns: `POST /v1/payment_intents`. */
  calls(call: string): readonly ReceivedRequest[] {
    return this.requests.filter((request) => `${request.method} ${request.path}` === call);
  }

  /** Events of a type, oldest first. */
  eventsOf(type: string): readonly StripeEvent[] {
    return this.books.events.filter((event) => event.type === type);
  }

  /** An event as a webhook sends it: the exact body and the header that signs it. */
  signed(
    event: StripeEvent,
    options: { readonly secret: string; readonly ageSeconds?: number },
  ): { readonly body: string; readonly signature: string } {
    const body = JSON.stringify(event, null, 2);
    const at = this.books.now() - (options.ageSeconds ?? 0);
    const digest = createHmac('sha256', options.secret)
      .update(`${String(at)}.${body}`)
      .digest('hex');
    return { body, signature: `t=${String(at)},v1=${digest}` };
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const body = await readBody(incoming);
    const method = incoming.method ?? 'GET';
    const key = headerText(incoming, 'idempotency-key');
    const form = parseForm(method === 'POST' ? body : url.search);
    const request: ReceivedRequest = { method, path: decodeURIComponent(url.pathname), key, form };
    this.requests.push(request);
    if (this.#droppedRequests > 0) {
      this.#droppedRequests -= 1;
      this.#drop(outgoing);
      return;
    }
    if (headerText(incoming, 'authorization') !== `Bearer ${this.secretKey}`) {
      send(outgoing, written(refused(401, { message: 'Invalid API Key provided: sk_test_****' })), this.#nextRequestId());
      return;
    }
    const failure = this.#nextFailure(request.path);
    if (failure !== null) {
      send(outgoing, written(failure), this.#nextRequestId());
      return;
    }
    const kept = method === 'POST' && key !== null ? this.#keys.open(key, `${method} ${url.pathname} ${body}`) : null;
    if (kept !== null) {
      send(outgoing, kept, this.#nextRequestId());
      return;
    }
    await this.#answer(request, outgoing);
  }

  async #answer(request: ReceivedRequest, outgoing: ServerResponse): Promise<void> {
    const answer = this.#work(request);
    const isLost = answer.isLost === true || (request.method === 'POST' && this.#loses());
    const hold = this.#holds.findIndex((one) => one.path === request.path);
    const [held] = hold === -1 ? [] : this.#holds.splice(hold, 1);
    held?.arrive();
    await held?.released;
    const text = written(answer);
    if (request.key !== null) this.#keys.close(request.key, text);
    if (isLost) this.#drop(outgoing);
    else send(outgoing, text, this.#nextRequestId());
  }

  #nextFailure(path: string): Answer | null {
    const failure = this.#failures.find((one) => one.left > 0 && one.path === path);
    if (failure === undefined) return null;
    failure.left -= 1;
    return failure.answer;
  }

  #loses(): boolean {
    if (this.#lostAnswers === 0) return false;
    this.#lostAnswers -= 1;
    return true;
  }

  #work(request: ReceivedRequest): Answer {
    const segments = request.path.split('/').slice(2);
    const answer = request.method === 'POST' ? this.#change(segments, request.form) : this.#read(segments, request.form);
    return answer ?? refused(404, { message: `Unrecognized request URL (${request.method}: ${request.path})` });
  }

  #read([kind, id, part, partId]: readonly string[], query: Form): Answer | null {
    const { books } = this;
    switch (kind) {
      case 'account':
        return found({ id: 'acct_fake', object: 'account', charges_enabled: true });
      case 'customers':
        if (id === undefined) return customers.listCustomers(books, query);
        if (part === undefined) return customers.retrieveCustomer(books, id);
        return partId === undefined ? customers.listMethods(books, id, query) : customers.retrieveMethod(books, partId, id);
      case 'payment_methods':
        return customers.retrieveMethod(books, id ?? '');
      case 'payment_intents':
        return id === undefined ? intents.listIntents(books, query) : intents.retrieveIntent(books, id);
      case 'refunds':
        return id === undefined ? refunds.listRefunds(books, query) : refunds.retrieveRefund(books, id);
      case 'checkout':
        return checkout.retrieveSession(books, part ?? '');
      case 'events':
        return this.#listEvents(query);
      default:
        return null;
    }
  }

  #change([kind, id, part, partId]: readonly string[], form: Form): Answer | null {
    const { books } = this;
    switch (kind) {
      case 'customers':
        return id === undefined ? found(customers.createCustomer(books, form)) : customers.updateCustomer(books, id, form);
      case 'payment_intents':
        if (id === undefined)
          return intents.stumble(form, { stumbles: (name) => this.#stumblesOver(name) }) ?? intents.createIntent(books, form);
        return part === 'cancel' ? intents.cancelIntent(books, id, form) : null;
      case 'checkout':
        return partId === 'expire' ? checkout.expireSession(books, part ?? '') : checkout.createSession(books, form);
      case 'refunds':
        return refunds.createRefund(books, form, this.refundMode);
      case 'webhook_endpoints':
        return id === undefined ? this.#createEndpoint(form) : null;
      default:
        return null;
    }
  }

  #createEndpoint(form: Form): Answer {
    const id = this.books.nextId('we');
    const endpoint = {
      id,
      object: 'webhook_endpoint' as const,
      url: textAt(form, 'url') ?? '',
      enabled_events: textsAt(form, 'enabled_events'),
      secret: `whsec_${id}`,
    };
    this.books.endpoints.set(id, endpoint);
    return found(endpoint);
  }

  #listEvents(query: Form): Answer {
    const types = textsAt(query, 'types');
    const rows = this.books.events.filter((event) => types.length === 0 || types.includes(event.type));
    return listAnswer(rows, query, '/v1/events');
  }

  #stumblesOver(name: 'pm_rate_limit' | 'pm_500'): boolean {
    if (this.#stumbles[name] <= 0) return false;
    this.#stumbles[name] -= 1;
    return true;
  }

  #drop(outgoing: ServerResponse): void {
    if (this.#drops === 'reset') {
      outgoing.socket?.destroy();
      return;
    }
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    outgoing.write('{', () => outgoing.socket?.destroy());
  }

  #nextRequestId(): string {
    this.#requestIds += 1;
    return `req_fake${String(this.#requestIds)}`;
  }
}

function headerText(incoming: IncomingMessage, name: string): string | null {
  const value = incoming.headers[name];
  return typeof value === 'string' ? value : null;
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let body = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) body += String(chunk);
  return body;
}

function send(outgoing: ServerResponse, answer: WrittenAnswer, requestId: string): void {
  outgoing.writeHead(answer.status, { 'content-type': 'application/json', 'request-id': requestId, ...answer.headers });
  outgoing.end(answer.text);
}
