import { MAX_TRIED_EVENTS } from '../../../shared/internal/metrics.ts';
import { invalid, ok, type Result } from '../../../shared/result.ts';
import { isRawObject, readTimestamp, type RawEvent } from '../event-input.ts';
import type { PastedEvent } from './try-metric.ts';

/**
 * Events as somebody pastes them to try a metric: one or a list, in the body of a request or not, or nothing but properties. Errors: 422
 * `events` for what is none of these, for none at all and for too many, `timestamp` for one that is not in seconds.
 */
export function readPastedEvents(pasted: unknown): Result<readonly PastedEvent[]> {
  const listed = listOf(pasted);
  if (listed === null || !listed.every(isRawObject)) return invalid({ events: ['value_is_invalid'] });
  if (listed.length === 0) return invalid({ events: ['no_events'] });
  if (listed.length > MAX_TRIED_EVENTS) return invalid({ events: ['too_many_events'] });
  const events = listed.map(readPasted);
  return events.every((event) => event !== null) ? ok(events) : invalid({ timestamp: ['invalid_format'] });
}

function listOf(pasted: unknown): readonly unknown[] | null {
  if (Array.isArray(pasted)) return pasted as readonly unknown[];
  if (!isRawObject(pasted)) return null;
  if (Array.isArray(pasted['events'])) return pasted['events'] as readonly unknown[];
  return [isRawObject(pasted['event']) ? pasted['event'] : pasted];
}

function readPasted(raw: RawEvent): PastedEvent | null {
  if (!isRawObject(raw['properties'])) {
    const isWholeEvent = typeof raw['code'] === 'string' && 'transaction_id' in raw;
    return { transactionId: null, externalSubscriptionId: null, timestampMs: null, properties: isWholeEvent ? {} : raw };
  }
  const timestamp = raw['timestamp'] ?? null;
  const timestampMs = timestamp === null ? null : readTimestamp(timestamp);
  if (timestamp !== null && timestampMs === null) return null;
  return {
    transactionId: textOrNull(raw['transaction_id']),
    externalSubscriptionId: textOrNull(raw['external_subscription_id']),
    timestampMs,
    properties: raw['properties'],
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
