import type { Instant } from '../../shared/dates.ts';
import type { Result } from '../../shared/result.ts';
import type { WebhookDelivery } from '../database/tables/webhooks.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutgoingHttp } from '../ports/outgoing-http.ts';
import type { Timer } from '../ports/timer.ts';
import type { Announcement, ObjectToView, ObjectView, ServiceContext } from '../service-context.ts';
import { Deliverer } from './deliverer.ts';
import { EventChecks, type EventCheckParts } from './event-checks.ts';
import type { PayloadBuilders } from './messages.ts';
import { hasListener, Outbox } from './outbox.ts';
import { resendDelivery } from './resend.ts';
import { sendTest } from './send-test.ts';
import type { SigningKeys } from './signature.ts';
import { openSigningKeys, renewKeys } from './signing-keys.ts';

export interface WebhooksParts {
  /** Asked for late: the context itself announces through this. */
  readonly context: () => ServiceContext;
  /** The computer's own clock, also in a sandbox. */
  readonly systemClock: Clock;
  readonly timer: Timer;
  readonly http: OutgoingHttp;
  readonly payloads: PayloadBuilders;
  /** The program's own address, without `/api/v1`. */
  readonly baseUrl: () => string;
  readonly checkEvents: EventCheckParts['checkEvents'];
}

/** Outgoing webhooks of one workspace: what is announced, sent, and looked for every hour. */
export class Webhooks {
  readonly #parts: WebhooksParts;
  readonly #outbox: Outbox;
  #running: { readonly deliverer: Deliverer; readonly eventChecks: EventChecks } | null = null;
  #keys: Promise<SigningKeys> | null = null;
  #starting: Promise<void> = Promise.resolve();

  constructor(parts: WebhooksParts) {
    this.#parts = parts;
    this.#outbox = new Outbox({ ...parts, wake: () => this.#running?.deliverer.wake() });
  }

  announce(tx: Transaction, announcement: Announcement): Promise<void> {
    return this.#outbox.announce(tx, announcement);
  }

  view(tx: Transaction, of: ObjectToView): Promise<ObjectView | null> {
    return this.#outbox.view(tx, of);
  }

  /** Begins to send, with what an earlier run left. Makes the signing keys at the first start. */
  start(): void {
    const { systemClock, timer, http, baseUrl, checkEvents } = this.#parts;
    const context = this.#parts.context();
    const { database, random, logger, organizationId } = context;
    const keys = (): Promise<SigningKeys> => this.#openKeys();
    const deliverer = new Deliverer({ database, systemClock, timer, random, logger, http, keys, issuer: baseUrl, organizationId });
    const isWanted = (): boolean => hasListener(database.read, organizationId, 'events.errors');
    const eventChecks = new EventChecks({ context, checkEvents, isWanted });
    this.#running = { deliverer, eventChecks };
    deliverer.start();
    this.#starting = this.#prepare(eventChecks);
  }

  /** Says what time it is by the books, after what fell due by then was done. */
  booksReached(now: Instant): void {
    this.#running?.eventChecks.wake(now);
  }

  /** Sends a message again, under the same unique key. */
  resend(id: string): Promise<Result<WebhookDelivery>> {
    return resendDelivery(this.#parts.context(), id, () => this.#running?.deliverer.wake());
  }

  /** Sends one endpoint a message that says nothing but that messages arrive; answers the delivery's id. */
  sendTest(endpointId: string, object: ObjectView): Promise<Result<string>> {
    const wake = (): void => this.#running?.deliverer.wake();
    return sendTest(this.#parts.context(), { endpointId, object, systemClock: this.#parts.systemClock, wake });
  }

  /** For a workspace whose secret key is lost: signs with new keys from now on. */
  async renewKeys(): Promise<void> {
    await renewKeys(this.#parts.context());
    this.#keys = null;
  }

  /** Resolves when what can be looked for and sent now was. */
  async idle(): Promise<void> {
    await this.#starting;
    await this.#running?.eventChecks.idle();
    await this.#running?.deliverer.idle();
  }

  async stop(): Promise<void> {
    await this.#starting;
    await this.#running?.eventChecks.stop();
    await this.#running?.deliverer.stop();
  }

  /** A missing key is said at the start, not only when the first message waits for it. */
  async #prepare(eventChecks: EventChecks): Promise<void> {
    const { logger } = this.#parts.context();
    try {
      await eventChecks.start();
      await this.#openKeys();
    } catch (error) {
      logger.warn({ error }, 'webhooks are kept but not sent');
    }
  }

  #openKeys(): Promise<SigningKeys> {
    const keys = (this.#keys ??= openSigningKeys(this.#parts.context()));
    keys.catch(() => {
      if (this.#keys === keys) this.#keys = null;
    });
    return keys;
  }
}
