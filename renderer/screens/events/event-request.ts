import { epochMs } from '../../format/dates.ts';

/** The part of an event that a request carries. */
export interface SentEvent {
  readonly transaction_id: string;
  readonly external_subscription_id: string;
  readonly code: string;
  readonly timestamp?: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly precise_total_amount_cents?: string | null | undefined;
}

/** Body of `POST /api/v1/events`. */
export function requestBody(event: SentEvent): { readonly event: Readonly<Record<string, unknown>> } {
  const { timestamp, precise_total_amount_cents: amount, ...rest } = event;
  return {
    event: {
      ...rest,
      ...(timestamp === undefined ? {} : { timestamp: unixSeconds(timestamp) }),
      ...(amount === undefined || amount === null ? {} : { precise_total_amount_cents: amount }),
    },
  };
}

/** `1677672000.123`: what the API takes as a time. */
export function unixSeconds(instant: string): string {
  const text = String(epochMs(instant)).padStart(4, '0');
  return `${text.slice(0, -3)}.${text.slice(-3)}`;
}

/** A transaction id that nobody has used. */
export function newTransactionId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `manual-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The same event with a property under another key. */
export function withKey(event: SentEvent, from: string, to: string): SentEvent {
  const { [from]: value, ...others } = event.properties;
  return { ...event, properties: { ...others, [to]: value } };
}
