import { z } from 'zod';
import { present } from '../../../shared/assert.ts';
import { ok } from '../../../shared/result.ts';
import { route, type Route } from '../route.ts';

/** What Stripe sends: no key of ours, but its signature over the bytes. Rule: payments-and-webhooks.md § 5. */
export const stripeWebhookRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/webhooks/stripe/:organization_id',
    access: 'anyone',
    summary: 'Take in an event of Stripe, signed by the webhook secret of the provider named by `code`',
    tag: 'Payment providers',
    takesRawBody: true,
    queryKeys: { code: 'Code of the payment provider' },
    answer: z.object({ received: z.literal(true) }),
    respond: async ({ services, pathValues, query, raw }) => {
      const { bytes, header } = present(raw, 'a route that takes a raw body is given it');
      const received = await services.payments.receiveWebhook({
        organizationId: pathValues['organization_id'] ?? '',
        code: query.text('code'),
        bytes,
        signature: header('stripe-signature'),
      });
      return received.ok ? ok({ received: true }) : received;
    },
  }),
];
