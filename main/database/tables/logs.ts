import type { Instant } from '../../../shared/dates.ts';
import {
  booleanColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  jsonColumn,
  nullableInstant,
  nullableJson,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

/** One call of the public API. */
export interface ApiRequest {
  /** The `x-request-id` of its answer. */
  readonly id: string;
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly durationMs: number;
  /** Null for a stranger, and for a key that lives only as long as one run. */
  readonly apiKeyId: string | null;
  /** The key's name; null for a stranger. */
  readonly callerName: string | null;
  readonly errorCode: string | null;
  /** Field → codes of a 422. */
  readonly errorDetails: unknown;
  /** Without secrets, and only where bodies are kept. */
  readonly requestBody: string | null;
  readonly responseBody: string | null;
}

export const apiRequests = defineTable<ApiRequest>('api_requests', {
  id: idColumn,
  sequence: sequenceColumn,
  occurredAt: instantColumn,
  method: text,
  path: text,
  query: text,
  status: integer,
  durationMs: integer,
  apiKeyId: nullableText,
  callerName: nullableText,
  errorCode: nullableText,
  errorDetails: nullableJson,
  requestBody: nullableText,
  responseBody: nullableText,
});

/** How many posts of events were accepted in an hour. */
export interface EventPostCount {
  readonly hourAt: Instant;
  readonly posts: number;
}

export const eventPostCounts = defineTable<EventPostCount>('event_post_counts', {
  hourAt: { ...instantColumn, primary: true },
  posts: integer,
});

/** What is kept of calls; the defaults count while there is no row. */
export interface RequestLogSettings {
  readonly organizationId: string;
  readonly storesBodies: boolean;
  readonly keptDays: number;
  readonly keptRows: number;
}

export const requestLogSettings = defineTable<RequestLogSettings>('request_log_settings', {
  organizationId: idColumn,
  storesBodies: booleanColumn,
  keptDays: integer,
  keptRows: integer,
});

/** Fields by their wire names; what stands inside an object of settings by its path: `billing_configuration.invoice_footer`. */
export type FieldValues = Readonly<Record<string, unknown>>;

/** One change, as whoever looks for its author reads it. */
export interface ActivityEntry {
  readonly id: string;
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly author: 'key' | 'screen';
  readonly authorName: string | null;
  readonly apiKeyId: string | null;
  readonly requestId: string;
  /** `created`, `updated`, `deleted`, else the API's word: `void`, `finalize`. */
  readonly action: string;
  /** The API's word for the object's kind. */
  readonly entity: string;
  readonly entityId: string;
  readonly entityName: string;
  readonly before: FieldValues;
  readonly after: FieldValues;
  /** Where the fields can be set back; null where that is not offered. */
  readonly undoPath: string | null;
  /** The change that this one set back. */
  readonly undoesId: string | null;
  readonly undoneAt: Instant | null;
}

export const activityEntries = defineTable<ActivityEntry>('activity_entries', {
  id: idColumn,
  sequence: sequenceColumn,
  occurredAt: instantColumn,
  author: text,
  authorName: nullableText,
  apiKeyId: nullableText,
  requestId: text,
  action: text,
  entity: text,
  entityId: text,
  entityName: text,
  before: jsonColumn,
  after: jsonColumn,
  undoPath: nullableText,
  undoesId: nullableText,
  undoneAt: nullableInstant,
});
