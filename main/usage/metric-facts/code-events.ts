import type { ReadDatabase } from '../../database/read-database.ts';
import { storedEventOf, type EventRow, type StoredEvent } from '../stored-event.ts';

/** What was received of a code. */
export interface CodeTotals {
  readonly eventsCount: number;
  /** When the event that came last happened. */
  readonly lastEventAtMs: number | null;
  /** Arrival of the last one; 0 without any. */
  readonly lastSequence: number;
}

const TOTALS = `SELECT "event_codes"."events_count" AS "eventsCount", "event_codes"."last_sequence" AS "lastSequence",
    "events"."timestamp" AS "lastEventAtMs"
  FROM "event_codes" LEFT JOIN "events" ON "events"."sequence" = "event_codes"."last_sequence"
  WHERE "event_codes"."organization_id" = ? AND "event_codes"."code" = ?`;

/** How many events of a code were received. */
export function readCodeTotals(db: ReadDatabase, organizationId: string, code: string): CodeTotals {
  return db.select<CodeTotals>(TOTALS).get(organizationId, code) ?? { eventsCount: 0, lastEventAtMs: null, lastSequence: 0 };
}

/** No index leads from a code to its events: so many arrivals are looked through at most. */
const LOOKED_THROUGH = 50_000;

const LATEST = `SELECT "sequence", "id", "transaction_id", "external_subscription_id", "code", "timestamp", "properties",
    "precise_total_amount_cents", "created_at" FROM "events"
  WHERE "sequence" <= ? AND "sequence" > ? AND "organization_id" = ? AND "code" = ? ORDER BY "sequence" DESC LIMIT ?`;

/** The events of a code that came last, latest first: those that lie near enough to the very last one. */
export function readLatestEvents(
  db: ReadDatabase,
  asked: { readonly organizationId: string; readonly code: string; readonly limit: number },
): readonly StoredEvent[] {
  const { organizationId, code, limit } = asked;
  const { lastSequence } = readCodeTotals(db, organizationId, code);
  const rows = db.select<EventRow>(LATEST).all(lastSequence, lastSequence - LOOKED_THROUGH, organizationId, code, limit);
  return rows.map(storedEventOf);
}
