import { Decimal, isDecimalText } from '../../shared/decimal.ts';
import type { FieldErrors } from '../../shared/result.ts';
import { INVALID_FORMAT, VALUE_IS_INVALID, VALUE_IS_MANDATORY, VALUE_IS_TOO_LONG } from '../../shared/wire/error-codes.ts';

/** A JSON object of the wire, nothing known of it yet. */
export type RawEvent = Readonly<Record<string, unknown>>;

/** An event that was checked at the door and waits to be stored. Numbers, not `Temporal`: thousands pass here every second. */
export interface NewEvent {
  readonly transactionId: string;
  readonly externalSubscriptionId: string;
  readonly code: string;
  readonly timestampMs: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly preciseTotalAmountCents: string | null;
}

/** What one event of the wire turned out to be. */
export type EventReading = { readonly event: NewEvent; readonly errors: null } | { readonly event: null; readonly errors: FieldErrors };

/** What reading an event needs to know beside the event. */
export interface EventSurroundings {
  /** The time of reception: an event without timestamp happened now. */
  readonly nowMs: number;
  /** Asked only when `external_subscription_id` is blank: who the 2022 aliases name, or what is wrong with them. */
  readonly resolveAlias: (raw: RawEvent) => AliasReading;
}

export type AliasReading = { readonly externalSubscriptionId: string } | { readonly errors: FieldErrors };

const MAX_TEXT_LENGTH = 10_000;
/** 9999-12-31T23:59:59.999Z: a later instant has no ISO text of four-digit years. */
const MAX_TIMESTAMP_MS = 253_402_300_799_999;
const SECONDS_TEXT = /^\d{1,12}(\.\d+)?$/;
const MAX_NUMBER_LENGTH = 60;
const NO_PROPERTIES: Readonly<Record<string, unknown>> = {};

/** Checks one event; all that is wrong with it is reported together. Rule: pricing.md § 2. */
export function readEvent(raw: RawEvent, surroundings: EventSurroundings): EventReading {
  const { transaction_id: transactionId, external_subscription_id: subscriptionId, code, timestamp, properties } = raw;
  const transactionFault = keyFault(transactionId);
  const codeFault = keyFault(code);
  const subscription = readSubscription(subscriptionId, raw, surroundings);
  const timestampMs = timestamp === undefined || timestamp === null ? surroundings.nowMs : readTimestamp(timestamp);

  if (transactionFault === null && codeFault === null && 'externalSubscriptionId' in subscription && timestampMs !== null) {
    const event: NewEvent = {
      transactionId: String(transactionId),
      externalSubscriptionId: subscription.externalSubscriptionId,
      code: String(code),
      timestampMs,
      properties: isRawObject(properties) ? properties : NO_PROPERTIES,
      preciseTotalAmountCents: readPreciseAmount(raw['precise_total_amount_cents']),
    };
    return { event, errors: null };
  }
  const errors = {
    ...(transactionFault === null ? {} : { transaction_id: [transactionFault] }),
    ...('errors' in subscription ? subscription.errors : {}),
    ...(codeFault === null ? {} : { code: [codeFault] }),
    ...(timestampMs === null ? { timestamp: [INVALID_FORMAT] } : {}),
  };
  return { event: null, errors };
}

function readSubscription(subscriptionId: unknown, raw: RawEvent, surroundings: EventSurroundings): AliasReading {
  const fault = keyFault(subscriptionId);
  if (fault === null) return { externalSubscriptionId: String(subscriptionId) };
  return fault === VALUE_IS_MANDATORY ? surroundings.resolveAlias(raw) : { errors: { external_subscription_id: [fault] } };
}

/**
 * Unix seconds, whole or with a fraction of which milliseconds count, as a number or as text: milliseconds since 1970.
 * Null for anything else, ISO text included. Rule: pricing.md § 2 "timestamp".
 */
export function readTimestamp(value: unknown): number | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return withinYears(value * 1000);
  const text = typeof value === 'number' ? new Decimal(value).toFixed() : value;
  if (typeof text !== 'string' || !SECONDS_TEXT.test(text)) return null;
  const [seconds, fraction = ''] = text.split('.');
  return withinYears(Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3)));
}

function withinYears(timestampMs: number): number | null {
  return timestampMs >= 0 && timestampMs <= MAX_TIMESTAMP_MS ? timestampMs : null;
}

/** The price that came with an event, in cents with fractions; what is no plain number prices nothing. */
export function readPreciseAmount(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? new Decimal(value).toFixed() : null;
  return isDecimalText(value) && value.length <= MAX_NUMBER_LENGTH ? value : null;
}

/** What is wrong with an id or a code; a JSON number stands for its text. Objects, lists and booleans are nobody's id: missing. */
function keyFault(value: unknown): string | null {
  if (typeof value === 'number') return null;
  if (typeof value !== 'string' || value.trim() === '') return VALUE_IS_MANDATORY;
  if (value.length > MAX_TEXT_LENGTH) return VALUE_IS_TOO_LONG;
  return value.includes('\0') || !value.isWellFormed() ? VALUE_IS_INVALID : null;
}

/** Whether a JSON value is an object with keys. */
export function isRawObject(value: unknown): value is RawEvent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
