import { z } from 'zod';
import { formatInstant, formatInstantMs, Temporal } from '../../../shared/dates.ts';
import { DELIVERY_STATUSES, type DeliveryAnswer, type DeliveryRow } from '../../../shared/internal/developers.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import type { ServiceContext } from '../../service-context.ts';
import {
  DELIVERY_SORTS,
  findEndpoint,
  findWebhookDelivery,
  listWebhookDeliveries,
  OWN_TYPES,
  readPublicKey,
  type FullDelivery,
  type ListedDelivery,
} from '../../webhooks/index.ts';
import { route, type Route } from '../route.ts';
import { serializeWebhookEndpoint } from '../wire/webhook-endpoint.ts';
import { askedPage } from './list-wish.ts';

const shared = { access: 'session', tag: 'internal', answer: z.unknown() } as const;

/** What endpoints were sent. Rule: ui.md § 4.11 "Webhooks", payments-and-webhooks.md § 10 "Delivery". */
export const internalWebhookRoutes: readonly Route[] = [
  route({
    ...shared,
    method: 'get',
    path: '/lists/webhook_deliveries',
    summary: 'Messages to endpoints',
    respond: ({ context, query }) => {
      const statuses = query.list('status')?.filter((status) => DELIVERY_STATUSES.some((known) => known === status)) ?? null;
      const page = listWebhookDeliveries(context.database.read, {
        ...askedPage(query, DELIVERY_SORTS),
        organizationId: context.organizationId,
        search: textOrNull(query.text('search')),
        endpointId: textOrNull(query.text('endpoint_id')),
        objectId: textOrNull(query.text('object_id')),
        types: query.list('webhook_type') ?? null,
        statuses,
      });
      return ok<ListAnswer<DeliveryRow>>({ ...page, rows: page.rows.map(serializeDeliveryRow) });
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/webhook_deliveries/:id',
    summary: 'One message, with what was sent and what came back',
    respond: ({ context, pathValues }) => deliveryResult(context, pathValues['id'] ?? ''),
  }),
  route({
    ...shared,
    method: 'post',
    path: '/webhook_deliveries/:id/resend',
    summary: 'Send a message again under the same unique key',
    respond: async ({ services, context, pathValues }) => {
      const resent = await services.webhooks.resend(pathValues['id'] ?? '');
      return resent.ok ? deliveryResult(context, resent.value.id) : resent;
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/webhook_endpoints/:id/test',
    summary: 'Send one endpoint a message that says nothing but that messages arrive',
    respond: async ({ services, context, pathValues }) => {
      const endpoint = await findEndpoint(context.database.read, context.organizationId, pathValues['id'] ?? '');
      if (!endpoint.ok) return endpoint;
      const sent = await services.webhooks.sendTest(endpoint.value.id, { ...serializeWebhookEndpoint(endpoint.value) });
      return sent.ok ? deliveryResult(context, sent.value) : sent;
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/webhook_types',
    summary: 'The names of the messages that are sent',
    respond: () => ok({ webhook_types: OWN_TYPES }),
  }),
  route({
    ...shared,
    method: 'post',
    path: '/webhook_keys/renew',
    summary: 'Sign with new keys from now on: receivers must fetch the new ones',
    respond: async ({ services, context }) => {
      await services.webhooks.renewKeys();
      const publicKey = Buffer.from(await readPublicKey(context)).toString('base64');
      const renewedAt = formatInstant(services.host.now());
      return ok({ webhook_keys: { lago_id: context.organizationId, public_key: publicKey, renewed_at: renewedAt } });
    },
  }),
];

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text.trim();
}

function deliveryResult({ database, organizationId }: ServiceContext, id: string): Result<unknown> {
  const found = findWebhookDelivery(database.read, organizationId, id);
  return found === null ? notFound('webhook_delivery') : ok({ webhook_delivery: serializeDelivery(found) });
}

function serializeDelivery(delivery: FullDelivery): DeliveryAnswer {
  const { payload, response, signature_algo: signatureAlgo } = delivery;
  return { ...serializeDeliveryRow(delivery), payload, response, signature_algo: signatureAlgo };
}

function serializeDeliveryRow(row: ListedDelivery): DeliveryRow {
  return {
    id: row.id,
    endpoint_id: row.endpoint_id,
    endpoint_url: row.endpoint_url,
    webhook_type: row.webhook_type,
    object_type: row.object_type,
    object_id: row.object_id,
    status: row.status,
    attempts: row.attempts,
    http_status: row.http_status,
    duration_ms: row.duration_ms,
    created_at: instantText(row.created_at),
    last_tried_at: row.last_tried_at === null ? null : instantText(row.last_tried_at),
    next_try_at: row.next_try_at === null ? null : instantText(row.next_try_at),
  };
}

/** Logs are read to the millisecond. */
function instantText(ms: number): string {
  return formatInstantMs(Temporal.Instant.fromEpochMilliseconds(ms));
}
