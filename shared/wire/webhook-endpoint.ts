import { z } from 'zod';
import { VALUE_IS_MANDATORY } from './error-codes.ts';
import { oneOf, optionalText, urlInput } from './fields.ts';

export const SIGNATURE_ALGOS = ['jwt', 'hmac'] as const;

/** An address; a blank one is missing. */
const webhookUrl = () =>
  z
    .unknown()
    .meta({ type: 'string', format: 'uri' })
    .refine((value) => typeof value !== 'string' || value.trim() !== '', { message: VALUE_IS_MANDATORY, abort: true })
    .pipe(urlInput());

/** Names of messages; whether each is known is the service's to say. */
const eventTypes = () =>
  z
    .unknown()
    .meta({ type: 'array', items: { type: 'string' } })
    .refine(Array.isArray, { message: 'must_be_array', abort: true })
    .pipe(z.array(z.string({ error: 'invalid_types' })));

/** Body of POST and PUT; the URL is mandatory on creation. */
export const webhookEndpointInput = z.object({
  webhook_url: webhookUrl().optional(),
  signature_algo: oneOf(SIGNATURE_ALGOS).nullish(),
  name: optionalText({ max: 255 }),
  event_types: eventTypes().nullish(),
});

export const webhookEndpointAnswer = z.object({
  lago_id: z.uuid(),
  lago_organization_id: z.uuid(),
  webhook_url: z.string(),
  signature_algo: z.enum(SIGNATURE_ALGOS),
  name: z.string().nullable(),
  event_types: z.array(z.string()).nullable(),
  created_at: z.iso.datetime(),
});

export type WebhookEndpointAnswer = z.output<typeof webhookEndpointAnswer>;
