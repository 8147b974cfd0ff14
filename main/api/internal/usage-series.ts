import { z } from 'zod';
import type { Instant } from '../../../shared/dates.ts';
import type { SubscriptionUsageAnswer, UsageSeriesAnswer } from '../../../shared/internal/usage.ts';
import { ok } from '../../../shared/result.ts';
import { subscriptionUsage, usageSeries } from '../../usage/index.ts';
import { ListFilters } from '../list-filters.ts';
import { route } from '../route.ts';
import { serializeSeries, serializeSubscriptionUsage } from '../wire/subscription-usage.ts';

const ours = { access: 'session', tag: 'internal', answer: z.unknown(), method: 'get' } as const;

/** Rule: ui.md § 4.2 "Usage". */
export const usageRoutes = [
  route({
    ...ours,
    path: '/usage',
    summary: 'What a subscription has used in its running period, with shares, steps and an estimate of its end',
    respond: async ({ services, context, query }) => {
      void services.ingestion.keepUpRollups();
      const usage = await subscriptionUsage(context, query.text('subscription_id') ?? '');
      return usage.ok ? ok(serializeSubscriptionUsage(usage.value) satisfies SubscriptionUsageAnswer) : usage;
    },
  }),
  route({
    ...ours,
    path: '/usage_series',
    summary: 'How the units of each charge of a subscription went over a period',
    respond: async ({ context, query }) => {
      const filters = new ListFilters(query);
      const from: Instant | undefined = filters.instant('from');
      const to: Instant | undefined = filters.instant('to');
      const refusal = filters.refusal();
      if (refusal !== null) return refusal;
      const series = await usageSeries(context, { subscriptionId: query.text('subscription_id') ?? '', from, to });
      return series.ok ? ok(serializeSeries(series.value) satisfies UsageSeriesAnswer) : series;
    },
  }),
];
