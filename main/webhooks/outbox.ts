import type { Instant } from '../../shared/dates.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { insertRows, type NewRow } from '../database/rows.ts';
import { webhookDeliveries, type WebhookDelivery } from '../database/tables/webhooks.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { Clock } from '../ports/clock.ts';
import type { Announcement, ObjectToView, ObjectView, ServiceContext } from '../service-context.ts';
import { isWanted, messageBody, type AnnouncedObject, type PayloadBuilders } from './messages.ts';

export interface OutboxParts {
  readonly context: () => ServiceContext;
  /** The computer's own clock, also in a sandbox: deliveries are tried, shown and thrown away by it. */
  readonly systemClock: Clock;
  readonly payloads: PayloadBuilders;
  readonly baseUrl: () => string;
  /** Called after the commit of a transaction that left messages. */
  readonly wake: () => void;
}

interface Listener {
  readonly id: string;
  readonly isMuted: boolean;
}

const ENDPOINTS = `SELECT "id", "event_types" AS "eventTypes", "is_muted" AS "isMuted" FROM "webhook_endpoints" WHERE "organization_id" = ? ORDER BY "sequence"`;

/** Writes messages in the transactions that cause them. Rule: payments-and-webhooks.md § 10 "Delivery". */
export class Outbox {
  readonly #parts: OutboxParts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /**
   * Leaves one message for each endpoint that wants it, with the object as it is now. Without such an endpoint nothing is done, and nothing
   * either when the object still looks as it did in `before`.
   */
  async announce(tx: Transaction, announcement: Announcement): Promise<void> {
    const { organizationId, logger } = this.#parts.context();
    const { type, objectId } = announcement;
    const listeners = listenersOf(tx, organizationId, type);
    if (listeners.length === 0) return;
    const object = await this.#objectOf(tx, announcement);
    if (object === null) {
      // A bug, but no reason to undo what the message is about.
      logger.error({ kind: type, objectId }, 'an announced object is not there');
      return;
    }
    if (announcement.before != null && looksTheSame(announcement.before, object)) return;
    await this.#insert(tx, { announcement, object, listeners });
    tx.afterCommit(this.#parts.wake);
  }

  /** How an object looks now, for `before`; null when nobody would be told of its change. */
  async view(tx: Transaction, of: ObjectToView): Promise<ObjectView | null> {
    const listeners = listenersOf(tx, this.#parts.context().organizationId, of.type);
    return listeners.length === 0 ? null : this.#objectOf(tx, of);
  }

  #objectOf(tx: Transaction, announced: ObjectToView & Pick<Announcement, 'object'>): Promise<ObjectView | null> {
    const build = this.#parts.payloads[announced.objectType];
    if (build === undefined) return Promise.resolve(announced.object ?? null);
    const about: AnnouncedObject = { ...announced, baseUrl: this.#parts.baseUrl() };
    return build(readingThrough(this.#parts.context(), tx, announced.at), about);
  }

  async #insert(
    tx: Transaction,
    messages: { readonly announcement: Announcement; readonly object: ObjectView; readonly listeners: readonly Listener[] },
  ): Promise<void> {
    const { announcement, object, listeners } = messages;
    const { organizationId, random } = this.#parts.context();
    const { type: webhookType, objectType, objectId } = announcement;
    const payload = messageBody({ webhookType, objectType, organizationId, object });
    const createdAt = this.#parts.systemClock.now();
    const rows = listeners.map((listener): NewRow<WebhookDelivery> => ({
      id: random.uuid(),
      endpointId: listener.id,
      webhookType,
      objectType,
      objectId,
      payload,
      // What a copy of live books has to say stays in its own list.
      status: listener.isMuted ? 'succeeded' : 'pending',
      attempts: 0,
      httpStatus: null,
      response: null,
      nextTryAt: null,
      lastTriedAt: null,
      durationMs: null,
      createdAt,
    }));
    await insertRows(tx, webhookDeliveries, rows);
  }
}

/** Whether any endpoint wants messages of this name. */
export function hasListener(db: ReadDatabase, organizationId: string, type: string): boolean {
  return listenersOf(db, organizationId, type).length > 0;
}

/** Asked at every announcement, in billing runs too: one prepared statement over at most ten rows. */
function listenersOf(db: ReadDatabase, organizationId: string, type: string): readonly Listener[] {
  const rows = db
    .select<{ readonly id: string; readonly eventTypes: string | null; readonly isMuted: number }>(ENDPOINTS)
    .all(organizationId);
  return rows
    .filter((row) => isWanted(row.eventTypes === null ? null : (JSON.parse(row.eventTypes) as readonly string[]), type))
    .map((row) => ({ id: row.id, isMuted: row.isMuted === 1 }));
}

/** A context that sees what the open transaction has written so far, at a moment. */
function readingThrough(context: ServiceContext, tx: Transaction, at: Instant | undefined): ServiceContext {
  const clock = at === undefined ? context.clock : { now: () => at };
  return { ...context, clock, database: { ...context.database, read: tx } };
}

/** Whether a caller of the API could tell the two apart; that something was saved again is no difference. */
function looksTheSame(before: ObjectView, after: ObjectView): boolean {
  return comparable(before) === comparable(after);
}

function comparable(object: ObjectView): string {
  return JSON.stringify(object, (name: string, value: unknown) => (name === 'updated_at' ? undefined : value));
}
