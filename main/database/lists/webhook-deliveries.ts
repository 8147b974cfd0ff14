import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';

export const DELIVERY_SORTS = ['created_at', 'duration_ms', 'attempts'] as const;

const COLUMNS = `"deliveries"."id", "deliveries"."endpoint_id", "endpoints"."webhook_url" AS "endpoint_url", "deliveries"."webhook_type",
  "deliveries"."object_type", "deliveries"."object_id", "deliveries"."status", "deliveries"."attempts", "deliveries"."http_status",
  "deliveries"."duration_ms", "deliveries"."created_at", "deliveries"."last_tried_at", "deliveries"."next_try_at"`;
const FROM = `"webhook_deliveries" "deliveries" JOIN "webhook_endpoints" "endpoints" ON "endpoints"."id" = "deliveries"."endpoint_id"`;

const SOURCE: ListSource = {
  columns: COLUMNS,
  from: FROM,
  sorts: {
    // In the order in which they were written.
    created_at: '"deliveries"."sequence"',
    duration_ms: 'COALESCE("deliveries"."duration_ms", -1)',
    attempts: '"deliveries"."attempts"',
  },
  unique: '"deliveries"."sequence"',
};

export interface ListedDelivery {
  readonly id: string;
  readonly endpoint_id: string;
  readonly endpoint_url: string;
  readonly webhook_type: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly status: 'pending' | 'retrying' | 'succeeded' | 'failed';
  readonly attempts: number;
  readonly http_status: number | null;
  readonly duration_ms: number | null;
  readonly created_at: number;
  readonly last_tried_at: number | null;
  readonly next_try_at: number | null;
}

export interface DeliveryListWish {
  readonly organizationId: string;
  readonly search: string | null;
  readonly endpointId: string | null;
  readonly objectId: string | null;
  readonly types: readonly string[] | null;
  readonly statuses: readonly string[] | null;
  readonly sortBy: string;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
}

export function listWebhookDeliveries(db: ReadDatabase, wish: DeliveryListWish): ListPage<ListedDelivery> {
  const conditions: ListCondition[] = [{ sql: '"endpoints"."organization_id" = ?', values: [wish.organizationId] }];
  if (wish.search !== null) {
    const type = containsText('"deliveries"."webhook_type"', wish.search);
    conditions.push({
      sql: `${type.sql} OR "deliveries"."id" = ? OR "deliveries"."object_id" = ?`,
      values: [...type.values, wish.search, wish.search],
    });
  }
  if (wish.endpointId !== null) conditions.push({ sql: '"deliveries"."endpoint_id" = ?', values: [wish.endpointId] });
  if (wish.objectId !== null) conditions.push({ sql: '"deliveries"."object_id" = ?', values: [wish.objectId] });
  if (wish.types !== null) conditions.push(isOneOf('"deliveries"."webhook_type"', wish.types));
  if (wish.statuses !== null) conditions.push(isOneOf('"deliveries"."status"', wish.statuses));
  return readListPage<ListedDelivery>(db, SOURCE, { ...wish, conditions });
}

export interface FullDelivery extends ListedDelivery {
  readonly payload: string;
  readonly response: string | null;
  readonly signature_algo: 'jwt' | 'hmac';
}

/** One message with what was sent and what came back. */
export function findWebhookDelivery(db: ReadDatabase, organizationId: string, id: string): FullDelivery | null {
  const found = db
    .select<FullDelivery>(
      `SELECT ${COLUMNS}, "deliveries"."payload", "deliveries"."response", "endpoints"."signature_algo" FROM ${FROM}
       WHERE "endpoints"."organization_id" = ? AND "deliveries"."id" = ?`,
    )
    .get(organizationId, id);
  return found ?? null;
}
