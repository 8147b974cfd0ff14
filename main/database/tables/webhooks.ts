import type { Instant } from '../../../shared/dates.ts';
import {
  defineTable,
  idColumn,
  instantColumn,
  integer,
  nullableInstant,
  nullableInteger,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

/** One message to one endpoint, written in the transaction that caused it; its id is the unique key that every try carries. */
export interface WebhookDelivery {
  readonly id: string;
  readonly sequence: number;
  readonly endpointId: string;
  readonly webhookType: string;
  readonly objectType: string;
  readonly objectId: string;
  /** The body exactly as it is signed and sent. */
  readonly payload: string;
  readonly status: 'pending' | 'retrying' | 'succeeded' | 'failed';
  readonly attempts: number;
  readonly httpStatus: number | null;
  /** First 64 KB of the answer. */
  readonly response: string | null;
  readonly nextTryAt: Instant | null;
  readonly lastTriedAt: Instant | null;
  /** How long the last try took. */
  readonly durationMs: number | null;
  readonly createdAt: Instant;
}

export const webhookDeliveries = defineTable<WebhookDelivery>('webhook_deliveries', {
  id: idColumn,
  sequence: sequenceColumn,
  endpointId: text,
  webhookType: text,
  objectType: text,
  objectId: text,
  payload: text,
  status: text,
  attempts: integer,
  httpStatus: nullableInteger,
  response: nullableText,
  nextTryAt: nullableInstant,
  lastTriedAt: nullableInstant,
  durationMs: nullableInteger,
  createdAt: instantColumn,
});

/** What messages are signed with. One row per organization, made at the first start. */
export interface WebhookKeys {
  readonly organizationId: string;
  readonly hmacKeySealed: string;
  /** PKCS #8 PEM, sealed. */
  readonly privateKeySealed: string;
  /** SPKI PEM. */
  readonly publicKey: string;
  readonly createdAt: Instant;
}

export const webhookKeys = defineTable<WebhookKeys>('webhook_keys', {
  organizationId: idColumn,
  hmacKeySealed: text,
  privateKeySealed: text,
  publicKey: text,
  createdAt: instantColumn,
});

/** How far the events were looked through for those that price nothing. */
export interface EventCheck {
  readonly organizationId: string;
  readonly checkedAt: Instant;
  /** Order of arrival of the last event that was looked at. */
  readonly checkedSequence: number;
}

export const eventChecks = defineTable<EventCheck>('event_checks', {
  organizationId: idColumn,
  checkedAt: instantColumn,
  checkedSequence: integer,
});
