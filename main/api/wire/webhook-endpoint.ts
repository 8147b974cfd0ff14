import { formatInstant } from '../../../shared/dates.ts';
import type { WebhookEndpointAnswer } from '../../../shared/wire/webhook-endpoint.ts';
import type { WebhookEndpoint } from '../../webhooks/index.ts';

export function serializeWebhookEndpoint(endpoint: WebhookEndpoint): WebhookEndpointAnswer {
  return {
    lago_id: endpoint.id,
    lago_organization_id: endpoint.organizationId,
    webhook_url: endpoint.webhookUrl,
    signature_algo: endpoint.signatureAlgo,
    name: endpoint.name,
    event_types: endpoint.eventTypes === null ? null : [...endpoint.eventTypes],
    created_at: formatInstant(endpoint.createdAt),
  };
}
