import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import type { ServiceContext } from '../../service-context.ts';
import { readHmacKey, readPublicKey } from '../../webhooks/index.ts';
import { route, textAnswer, type Route } from '../route.ts';

const tag = 'Webhooks';

/** What receivers verify signatures with. Rule: api.md § 15, payments-and-webhooks.md § 10. */
export const webhookKeyRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/webhooks/public_key',
    summary: 'Read the public key of jwt signatures: base64 of its PEM, as plain text',
    tag,
    answer: z.string(),
    respond: async ({ context }) => ok(textAnswer(await encodedPublicKey(context))),
  }),
  route({
    method: 'get',
    path: '/webhooks/json_public_key',
    summary: 'Read the public key of jwt signatures: base64 of its PEM',
    tag,
    answer: z.object({ webhook: z.object({ public_key: z.string() }) }),
    respond: async ({ context }) => ok({ webhook: { public_key: await encodedPublicKey(context) } }),
  }),
  route({
    method: 'get',
    path: '/webhooks/hmac_key',
    summary: 'Read the key of hmac signatures, used as the text that it is',
    tag,
    answer: z.object({ webhook: z.object({ hmac_key: z.string() }) }),
    respond: async ({ context }) => ok({ webhook: { hmac_key: (await readHmacKey(context)).reveal() } }),
  }),
];

async function encodedPublicKey(context: ServiceContext): Promise<string> {
  return Buffer.from(await readPublicKey(context)).toString('base64');
}
