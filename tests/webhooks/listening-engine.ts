import { createTestEngine, type TestEngine, type TestEngineOptions } from '../support/test-engine.ts';
import { WebhookReceiver, type ReceivedWebhook } from '../support/webhook-receiver.ts';

type Wire = Readonly<Record<string, unknown>>;

/** An engine with an endpoint whose server is there. */
export class ListeningEngine {
  readonly app: TestEngine;
  readonly receiver: WebhookReceiver;

  private constructor(app: TestEngine, receiver: WebhookReceiver) {
    this.app = app;
    this.receiver = receiver;
  }

  /** The endpoint hears everything but documents, whose time nobody knows. */
  static async open(options: TestEngineOptions & { readonly types?: readonly string[] } = {}): Promise<ListeningEngine> {
    const [app, receiver] = await Promise.all([createTestEngine(options), WebhookReceiver.open()]);
    const endpoint = { webhook_url: receiver.url, signature_algo: 'hmac', event_types: options.types ?? ALL_BUT_DOCUMENTS };
    const made = await app.api.post('/webhook_endpoints', { webhook_endpoint: endpoint });
    if (made.status !== 200) throw new Error(JSON.stringify(made.body));
    app.engine.start();
    return new ListeningEngine(app, receiver);
  }

  /** The object of an answer of the API that must be 200. */
  async call(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: unknown): Promise<Wire> {
    const answer = await this.app.api[method]<Readonly<Record<string, Wire>>>(path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return Object.values(answer.body)[0] ?? {};
  }

  /** The next messages that nobody asked for yet; more than those must not have come. */
  async next(count: number): Promise<readonly ReceivedWebhook[]> {
    const received = await this.receiver.hasReceived(count);
    const taken = received.slice(0, count);
    this.receiver.forget(count);
    return taken;
  }

  async nextTypes(count: number): Promise<readonly string[]> {
    return (await this.next(count)).map(({ message }) => message.webhook_type);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.receiver.close();
  }
}

/** The object that a message carries. */
export function objectOf({ message }: ReceivedWebhook): Wire {
  return message[message.object_type] as Wire;
}

const ALL_BUT_DOCUMENTS = [
  ...['created', 'updated', 'deleted'].flatMap((news) => [`billable_metric.${news}`, `plan.${news}`]),
  ...['created', 'updated'].map((news) => `customer.${news}`),
  ...['started', 'updated', 'terminated', 'canceled', 'trial_ended', 'termination_alert'].map((news) => `subscription.${news}`),
  ...['drafted', 'ready_to_finalize', 'created', 'payment_status_updated', 'payment_overdue', 'voided'].map((news) => `invoice.${news}`),
  'credit_note.created',
  'invoice.payment_dispute_lost',
  'invoice.payment_failure',
  'payment.succeeded',
  ...['wallet', 'wallet_transaction'].flatMap((object) => [`${object}.created`, `${object}.updated`]),
  'fee.created',
  'event.error',
  'events.errors',
];
