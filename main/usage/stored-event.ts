import { Temporal } from '../../shared/dates.ts';
import type { UsageEvent } from '../database/tables/events.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { NewEvent } from './event-input.ts';

/** An event as it lies on disk. Numbers, not `Temporal`: the hot path makes thousands every second. */
export interface StoredEvent extends NewEvent {
  readonly id: string;
  /** Order of arrival. */
  readonly sequence: number;
  readonly createdAtMs: number;
}

/** A row of the events table as prepared statements answer it. */
export interface EventRow {
  readonly sequence: number;
  readonly id: string;
  readonly transaction_id: string;
  readonly external_subscription_id: string;
  readonly code: string;
  readonly timestamp: number;
  readonly properties: string;
  readonly precise_total_amount_cents: string | null;
  readonly created_at: number;
}

const INSERT = `INSERT INTO "events" ("id", "organization_id", "transaction_id", "external_subscription_id", "code", "timestamp", "properties",
    "precise_total_amount_cents", "created_at") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT ("organization_id", "external_subscription_id", "transaction_id") DO NOTHING`;

/** Who receives an event, and when. */
export interface Reception {
  readonly organizationId: string;
  readonly receivedAtMs: number;
  readonly newId: () => string;
}

/** Stores one event; null when its transaction id was used before for that subscription. The first one stays untouched. */
export function insertEvent(tx: Transaction, reception: Reception, event: NewEvent): StoredEvent | null {
  const id = reception.newId();
  const { changes, lastInsertRowid } = tx
    .statement(INSERT)
    .run(
      id,
      reception.organizationId,
      event.transactionId,
      event.externalSubscriptionId,
      event.code,
      event.timestampMs,
      JSON.stringify(event.properties),
      event.preciseTotalAmountCents,
      reception.receivedAtMs,
    );
  if (changes === 0) return null;
  return { ...event, id, sequence: Number(lastInsertRowid), createdAtMs: reception.receivedAtMs };
}

export function storedEventOf(row: EventRow): StoredEvent {
  return {
    id: row.id,
    sequence: row.sequence,
    transactionId: row.transaction_id,
    externalSubscriptionId: row.external_subscription_id,
    code: row.code,
    timestampMs: row.timestamp,
    properties: JSON.parse(row.properties) as Readonly<Record<string, unknown>>,
    preciseTotalAmountCents: row.precise_total_amount_cents,
    createdAtMs: row.created_at,
  };
}

/** The event as the rest of the engine reads it. */
export function usageEventOf(event: StoredEvent, organizationId: string): UsageEvent {
  return {
    id: event.id,
    sequence: event.sequence,
    organizationId,
    transactionId: event.transactionId,
    externalSubscriptionId: event.externalSubscriptionId,
    code: event.code,
    timestamp: Temporal.Instant.fromEpochMilliseconds(event.timestampMs),
    properties: event.properties,
    preciseTotalAmountCents: event.preciseTotalAmountCents,
    createdAt: Temporal.Instant.fromEpochMilliseconds(event.createdAtMs),
  };
}
