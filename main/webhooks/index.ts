/**
 * Owns: endpoints, the messages that they are sent, their signatures and tries.
 * Does not own: what is announced and when (each service), how objects look in messages (api/webhook-payloads.ts).
 * Start reading at: outbox.ts (the way in), deliver.ts (the way out).
 */
export type { WebhookEndpoint } from '../database/tables/organizations.ts';
export type { WebhookDelivery } from '../database/tables/webhooks.ts';
export {
  createEndpoint,
  deleteEndpoint,
  findEndpoint,
  listEndpoints,
  muteCopiedEndpoints,
  setFirstWebhookUrl,
  updateEndpoint,
  type EndpointInput,
} from './endpoints.ts';
export type { CheckedEvents, EventErrors, EventSpan } from './event-checks.ts';
export type { AnnouncedObject, PayloadBuilder, PayloadBuilders } from './messages.ts';
export { deliveriesOfObjects, type DeliveryOfObject } from './object-deliveries.ts';
export {
  DELIVERY_SORTS,
  findWebhookDelivery,
  listWebhookDeliveries,
  type FullDelivery,
  type ListedDelivery,
} from '../database/lists/webhook-deliveries.ts';
export { OWN_TYPES, type WebhookType } from './messages.ts';
export { readHmacKey, readPublicKey } from './signing-keys.ts';
export { Webhooks, type WebhooksParts } from './webhooks.ts';
