import { NodeOutgoingHttp } from '../../main/headless/node-outgoing-http.ts';
import { FileSecrets } from '../../main/headless/file-secrets.ts';
import { insertRow } from '../../main/database/rows.ts';
import { webhookEndpoints, type WebhookEndpoint } from '../../main/database/tables/organizations.ts';
import { webhookDeliveries, type WebhookDelivery } from '../../main/database/tables/webhooks.ts';
import type { OutgoingHttp } from '../../main/ports/outgoing-http.ts';
import type { Secrets } from '../../main/ports/secrets.ts';
import type { Announcement, ServiceContext } from '../../main/service-context.ts';
import { Webhooks, type PayloadBuilders } from '../../main/webhooks/index.ts';
import { join } from 'node:path';
import { Books } from '../support/books.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeTimer } from '../support/fake-timer.ts';
import { seededRandom } from '../support/seeded-random.ts';

export const BASE_URL = 'http://127.0.0.1:3000';

export interface BenchOptions {
  readonly payloads?: PayloadBuilders;
  readonly secrets?: Secrets;
  readonly logger?: ServiceContext['logger'];
}

/** Webhooks on real books, with time in the test's hand and a real way out. */
export class WebhookBench {
  readonly books: Books;
  readonly clock = new FakeClock('2023-05-01T08:00:00Z');
  readonly timer = new FakeTimer(this.clock);
  readonly http: OutgoingHttp;
  readonly context: ServiceContext;
  readonly webhooks: Webhooks;
  #endpoints = 0;

  private constructor(books: Books, options: BenchOptions) {
    this.books = books;
    const random = seededRandom('webhooks');
    this.http = new NodeOutgoingHttp({ timer: this.timer, ownPort: () => 3000 });
    const secrets = options.secrets ?? new FileSecrets({ chosenKey: undefined, file: join(books.folder, 'secret.key'), random });
    this.context = { ...books.context, random, secrets, logger: options.logger ?? books.context.logger };
    this.webhooks = new Webhooks({
      context: () => this.context,
      systemClock: this.clock,
      timer: this.timer,
      http: this.http,
      payloads: options.payloads ?? {},
      baseUrl: () => BASE_URL,
      checkEvents: () => ({
        errors: { invalid_code: [], missing_aggregation_property: [], missing_group_key: [], invalid_filter_values: [] },
        lastSequence: null,
      }),
    });
  }

  static async open(options: BenchOptions = {}): Promise<WebhookBench> {
    return new WebhookBench(await Books.open(), options);
  }

  /** The same books as at a next start, with other ports. */
  static over(bench: WebhookBench, options: BenchOptions): WebhookBench {
    return new WebhookBench(bench.books, options);
  }

  async endpoint(webhookUrl: string, changes: Partial<WebhookEndpoint> = {}): Promise<string> {
    this.#endpoints += 1;
    const id = changes.id ?? `0198a000-0000-7000-8000-00000000000${String(this.#endpoints)}`;
    await this.books.insert(webhookEndpoints, {
      id,
      organizationId: this.context.organizationId,
      webhookUrl,
      signatureAlgo: 'hmac',
      name: null,
      eventTypes: null,
      isMuted: false,
      createdAt: this.clock.now(),
      ...changes,
    });
    return id;
  }

  /** Announces each in a transaction of its own. */
  async announce(...announcements: readonly Announcement[]): Promise<void> {
    for (const announcement of announcements) {
      await this.context.database.unitOfWork.write('announce', (tx) => this.webhooks.announce(tx, announcement));
    }
  }

  /** Every message, in the order written. */
  deliveries(): Promise<readonly WebhookDelivery[]> {
    return this.context.database.read.manager.find(webhookDeliveries, { order: { sequence: 'ASC' } });
  }

  async insertDelivery(changes: Pick<WebhookDelivery, 'id' | 'endpointId'> & Partial<WebhookDelivery>): Promise<void> {
    await this.context.database.unitOfWork.write('insert delivery', (tx) =>
      insertRow(tx, webhookDeliveries, {
        webhookType: 'thing.changed',
        objectType: 'thing',
        objectId: 'thing',
        payload: '{}',
        status: 'pending',
        attempts: 0,
        httpStatus: null,
        response: null,
        nextTryAt: null,
        lastTriedAt: null,
        durationMs: null,
        createdAt: this.clock.now(),
        ...changes,
      }),
    );
  }

  async close(): Promise<void> {
    await this.webhooks.stop();
    await this.books.close();
  }
}

/** Something that happened to an object; `n` tells the announcements apart. */
export function happened(objectId: string, n = 1, type = 'thing.changed'): Announcement {
  return { type, objectType: 'thing', objectId, object: { id: objectId, n } };
}
