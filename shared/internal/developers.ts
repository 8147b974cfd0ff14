import { z } from 'zod';
import { booleanInput, integerInput, optionalText } from '../wire/fields.ts';

// What the developers' screens and the server agree on.

export const MAX_KEY_NAME = 255;
/** The longest that a rotated key stays good beside its successor: 30 days. */
export const MAX_OVERLAP_SECONDS = 30 * 86_400;

export const apiKeyInput = z.object({ name: optionalText({ max: MAX_KEY_NAME }) });
export const rotationInput = z.object({ overlap_seconds: integerInput({ min: 0, max: MAX_OVERLAP_SECONDS }) });

export type ApiKeyStatus = 'active' | 'expiring' | 'expired';

/** A key as it may be shown: never itself. */
export interface ApiKeyAnswer {
  readonly lago_id: string;
  readonly name: string | null;
  /** What every key begins with. */
  readonly prefix: string;
  readonly last4: string;
  readonly status: ApiKeyStatus;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly expires_at: string | null;
}

/** The one answer that holds a key. */
export interface NewApiKeyAnswer {
  readonly api_key: ApiKeyAnswer;
  readonly key: string;
}

export type DeliveryStatus = 'pending' | 'retrying' | 'succeeded' | 'failed';
export const DELIVERY_STATUSES: readonly DeliveryStatus[] = ['pending', 'retrying', 'succeeded', 'failed'];

export interface DeliveryRow {
  readonly id: string;
  readonly endpoint_id: string;
  readonly endpoint_url: string;
  readonly webhook_type: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly http_status: number | null;
  readonly duration_ms: number | null;
  readonly created_at: string;
  readonly last_tried_at: string | null;
  readonly next_try_at: string | null;
}

export interface DeliveryAnswer extends DeliveryRow {
  /** The body exactly as it is signed and sent. */
  readonly payload: string;
  /** The beginning of the receiver's answer, or what went wrong on the way. */
  readonly response: string | null;
  readonly signature_algo: 'jwt' | 'hmac';
}

export const REQUEST_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const STATUS_CLASSES = ['2xx', '4xx', '5xx'] as const;

export interface RequestRow {
  readonly id: string;
  readonly occurred_at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly duration_ms: number;
  readonly api_key_id: string | null;
  /** The key's name; null for a stranger. */
  readonly caller_name: string | null;
  readonly error_code: string | null;
}

export interface RequestAnswer extends RequestRow {
  /** Field → codes of a 422. */
  readonly error_details: unknown;
  readonly request_body: string | null;
  readonly response_body: string | null;
}

export const requestLogInput = z.object({
  stores_bodies: booleanInput().optional(),
  kept_days: integerInput({ min: 1, max: 90 }).optional(),
  kept_rows: integerInput({ min: 100, max: 100_000 }).optional(),
});

export interface RequestLogAnswer {
  readonly stores_bodies: boolean;
  readonly kept_days: number;
  readonly kept_rows: number;
  /** Posts of events that were accepted within a day: they are counted, not listed. */
  readonly event_posts_last_day: number;
}

export interface ActivityRow {
  readonly id: string;
  readonly occurred_at: string;
  readonly author: 'key' | 'screen';
  readonly author_name: string | null;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string;
  readonly entity_name: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** Whether it can be set back by one press; when it was changed again, that is refused. */
  readonly is_reversible: boolean;
  readonly undoes_id: string | null;
  readonly undone_at: string | null;
}

/** Why an undo is refused. */
export const UNDO_REFUSALS = ['changed_since', 'already_undone', 'not_reversible'] as const;
export type UndoRefusal = (typeof UNDO_REFUSALS)[number];
