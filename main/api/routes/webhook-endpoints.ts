import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { webhookEndpointAnswer, webhookEndpointInput } from '../../../shared/wire/webhook-endpoint.ts';
import { createEndpoint, deleteEndpoint, findEndpoint, listEndpoints, updateEndpoint, type WebhookEndpoint } from '../../webhooks/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { camelKeys } from '../wire/camel-case.ts';
import { serializeWebhookEndpoint } from '../wire/webhook-endpoint.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Webhooks';
const answer = z.object({ webhook_endpoint: webhookEndpointAnswer });
const body = checkedBody(webhookEndpointInput);

/** Rule: api.md § 15, payments-and-webhooks.md § 10. */
export const webhookEndpointRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/webhook_endpoints',
    summary: 'Create a webhook endpoint: it is told what happens from then on',
    tag,
    wrapper: 'webhook_endpoint',
    body,
    answer,
    respond: async ({ context, body }) =>
      endpointResult(await createEndpoint(context, { input: camelKeys(body.values), refused: body.refused })),
  }),
  route({
    method: 'get',
    path: '/webhook_endpoints',
    summary: 'List webhook endpoints, newest first',
    tag,
    answer: z.object({ webhook_endpoints: z.array(webhookEndpointAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const page = query.page();
      const listed = await listEndpoints(context.database.read, context.organizationId, page);
      return ok(wrapPage('webhook_endpoints', listed, { page, serialize: serializeWebhookEndpoint }));
    },
  }),
  route({
    method: 'get',
    path: '/webhook_endpoints/:lago_id',
    summary: 'Read a webhook endpoint',
    tag,
    answer,
    respond: async ({ context, pathValues }) =>
      endpointResult(await findEndpoint(context.database.read, context.organizationId, pathValues['lago_id'] ?? '')),
  }),
  route({
    method: 'put',
    path: '/webhook_endpoints/:lago_id',
    summary: 'Change a webhook endpoint; what waits for it goes to its new URL',
    tag,
    wrapper: 'webhook_endpoint',
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      endpointResult(await updateEndpoint(context, pathValues['lago_id'] ?? '', { input: camelKeys(body.values), refused: body.refused })),
  }),
  route({
    method: 'delete',
    path: '/webhook_endpoints/:lago_id',
    summary: 'Delete a webhook endpoint and what waits for it',
    tag,
    answer,
    respond: async ({ context, pathValues }) => endpointResult(await deleteEndpoint(context, pathValues['lago_id'] ?? '')),
  }),
];

function endpointResult(result: Result<WebhookEndpoint>): Result<unknown> {
  return wrapResult('webhook_endpoint', result, serializeWebhookEndpoint);
}
