import type { Instant } from '../../../shared/dates.ts';
import { defineTable, idColumn, instantColumn, jsonColumn, nullableText, sequenceColumn, text } from '../columns.ts';

/** One usage event as received. Written by prepared statements (usage/), never changed. */
export interface UsageEvent {
  readonly id: string;
  /** Order of arrival. */
  readonly sequence: number;
  readonly organizationId: string;
  readonly transactionId: string;
  readonly externalSubscriptionId: string;
  readonly code: string;
  readonly timestamp: Instant;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly preciseTotalAmountCents: string | null;
  readonly createdAt: Instant;
}

export const events = defineTable<UsageEvent>('events', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  transactionId: text,
  externalSubscriptionId: text,
  code: text,
  timestamp: instantColumn,
  properties: jsonColumn,
  preciseTotalAmountCents: nullableText,
  createdAt: instantColumn,
});
