import type { WebhookDelivery } from '../database/tables/webhooks.ts';
import type { ServiceContext } from '../service-context.ts';

/** A message without its body and answer. */
export type DeliveryOfObject = Pick<WebhookDelivery, 'id' | 'endpointId' | 'webhookType' | 'status' | 'attempts' | 'httpStatus'> & {
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly lastTriedAt: number | null;
};

const MAX_DELIVERIES = 100;

/** What was sent about these objects, or waits to be, newest first. */
export function deliveriesOfObjects(context: ServiceContext, objectIds: readonly string[]): readonly DeliveryOfObject[] {
  const read = context.database.read.select<DeliveryOfObject & { readonly sequence: number }>(
    `SELECT "id", "sequence", "endpoint_id" AS "endpointId", "webhook_type" AS "webhookType", "status", "attempts",
       "http_status" AS "httpStatus", "created_at" AS "createdAt", "last_tried_at" AS "lastTriedAt"
     FROM "webhook_deliveries" WHERE "object_id" = ? ORDER BY "sequence" DESC LIMIT ${String(MAX_DELIVERIES)}`,
  );
  const found = objectIds.flatMap((id) => read.all(id));
  return found.sort((a, b) => b.sequence - a.sequence).slice(0, MAX_DELIVERIES);
}
