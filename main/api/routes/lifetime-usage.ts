import { z } from 'zod';
import type { Result } from '../../../shared/result.ts';
import { lifetimeUsageAnswer, lifetimeUsageUpdateBody } from '../../../shared/wire/subscription.ts';
import type { ServiceContext } from '../../service-context.ts';
import { readLifetimeUsage, setHistoricalUsage } from '../../subscriptions/index.ts';
import { route, type Route } from '../route.ts';
import { serializeLifetimeUsage } from '../wire/subscription.ts';
import { wrapResult } from '../wire/wrapped.ts';

const path = '/subscriptions/:external_id/lifetime_usage';
const tag = 'Subscriptions';
const answer = z.object({ lifetime_usage: lifetimeUsageAnswer });

/** Rule: api.md § 8. */
export const lifetimeUsageRoutes: readonly Route[] = [
  route({
    method: 'get',
    path,
    summary: 'Read what an active subscription has used since it began',
    tag,
    answer,
    respond: ({ context, pathValues }) => answerUsage(context, pathValues['external_id'] ?? ''),
  }),
  route({
    method: 'put',
    path,
    summary: 'Tell what a subscription had used before it came here',
    tag,
    wrapper: 'lifetime_usage',
    body: lifetimeUsageUpdateBody,
    answer,
    respond: async ({ context, pathValues, body }) => {
      const set = await setHistoricalUsage(context, pathValues['external_id'] ?? '', body.external_historical_usage_amount_cents);
      return set.ok ? answerUsage(context, set.value.externalId) : set;
    },
  }),
];

async function answerUsage(context: ServiceContext, externalId: string): Promise<Result<unknown>> {
  return wrapResult('lifetime_usage', await readLifetimeUsage(context, externalId), serializeLifetimeUsage);
}
