import type { Instant } from '../../shared/dates.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { WebhookEndpoint } from '../database/tables/organizations.ts';
import type { WebhookDelivery } from '../database/tables/webhooks.ts';
import type { Transaction } from '../database/unit-of-work.ts';

/** A message that waits to be sent. */
export interface WaitingDelivery {
  readonly id: string;
  readonly sequence: number;
  readonly payload: string;
  /** Tries that have failed so far. */
  readonly attempts: number;
}

// What is still to be sent of the same object, and was said earlier, comes first.
const IS_NEXT_OF_OBJECT = `NOT EXISTS (SELECT 1 FROM "webhook_deliveries" "earlier" WHERE "earlier"."endpoint_id" = "waiting"."endpoint_id"
  AND "earlier"."object_id" = "waiting"."object_id" AND "earlier"."sequence" < "waiting"."sequence" AND "earlier"."status" IN ('pending', 'retrying'))`;
const COLUMNS = `"waiting"."id", "waiting"."sequence", "waiting"."payload", "waiting"."attempts"`;
const FRESH = `SELECT ${COLUMNS} FROM "webhook_deliveries" "waiting" WHERE "waiting"."endpoint_id" = ? AND "waiting"."status" = 'pending'
  AND ${IS_NEXT_OF_OBJECT} ORDER BY "waiting"."sequence" LIMIT ?`;
const TO_RETRY = `SELECT ${COLUMNS} FROM "webhook_deliveries" "waiting" WHERE "waiting"."endpoint_id" = ? AND "waiting"."status" = 'retrying'
  AND "waiting"."next_try_at" <= ? AND ${IS_NEXT_OF_OBJECT} ORDER BY "waiting"."next_try_at", "waiting"."sequence" LIMIT ?`;
const NEXT_RETRY = `SELECT MIN("next_try_at") AS "at" FROM "webhook_deliveries" WHERE "endpoint_id" = ? AND "status" = 'retrying'`;

/** The messages that an endpoint may be sent now, the oldest first: of each object the earliest one only. */
export function readyDeliveries(
  db: ReadDatabase,
  endpointId: string,
  asked: { readonly now: Instant; readonly limit: number },
): readonly WaitingDelivery[] {
  const { now, limit } = asked;
  const toRetry = db.select<WaitingDelivery>(TO_RETRY).all(endpointId, now.epochMilliseconds, limit);
  const fresh = db.select<WaitingDelivery>(FRESH).all(endpointId, limit);
  return [...toRetry, ...fresh].sort((one, other) => one.sequence - other.sequence);
}

/** When the next message of an endpoint is tried again, in milliseconds since 1970; null when none is. */
export function nextRetryMs(db: ReadDatabase, endpointId: string): number | null {
  return db.select<{ readonly at: number | null }>(NEXT_RETRY).get(endpointId)?.at ?? null;
}

/** Where messages go now: an endpoint may have been changed since they were written. */
export interface Destination extends Pick<WebhookEndpoint, 'signatureAlgo' | 'webhookUrl'> {
  readonly id: string;
}

export function destinationOf(db: ReadDatabase, endpointId: string): Destination | null {
  const found = db
    .select<Destination>(
      `SELECT "id", "webhook_url" AS "webhookUrl", "signature_algo" AS "signatureAlgo" FROM "webhook_endpoints" WHERE "id" = ?`,
    )
    .get(endpointId);
  return found ?? null;
}

export function endpointIds(db: ReadDatabase, organizationId: string): readonly string[] {
  const rows = db.select<{ readonly id: string }>(`SELECT "id" FROM "webhook_endpoints" WHERE "organization_id" = ? ORDER BY "sequence"`);
  return rows.all(organizationId).map(({ id }) => id);
}

/** What one try of a message came to. */
export interface TryOutcome extends Pick<WebhookDelivery, 'status' | 'attempts' | 'httpStatus' | 'response'> {
  readonly nextTryAt: Instant | null;
  readonly triedAt: Instant;
  readonly durationMs: number;
}

export function noteTry(tx: Transaction, id: string, outcome: TryOutcome): void {
  const { status, attempts, httpStatus, response, nextTryAt, triedAt, durationMs } = outcome;
  tx.statement(
    `UPDATE "webhook_deliveries" SET "status" = ?, "attempts" = ?, "http_status" = ?, "response" = ?, "next_try_at" = ?, "last_tried_at" = ?,
       "duration_ms" = ? WHERE "id" = ?`,
  ).run(status, attempts, httpStatus, response, nextTryAt?.epochMilliseconds ?? null, triedAt.epochMilliseconds, durationMs, id);
}

/** Throws away what was settled before an instant, some rows at a time; answers how many. */
export function deleteSettledBefore(tx: Transaction, before: Instant, limit: number): number {
  return tx
    .statement(
      `DELETE FROM "webhook_deliveries" WHERE "sequence" IN (SELECT "sequence" FROM "webhook_deliveries"
         WHERE "created_at" < ? AND "status" IN ('succeeded', 'failed') ORDER BY "created_at" LIMIT ?)`,
    )
    .run(before.epochMilliseconds, limit).changes;
}
