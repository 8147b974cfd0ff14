import { z } from 'zod';
import { invalid, ok } from '../../../shared/result.ts';
import { VALUE_IS_INVALID } from '../../../shared/wire/error-codes.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { usageAnswer } from '../../../shared/wire/usage.ts';
import { pastUsage } from '../../usage/index.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route } from '../route.ts';
import { serializeUsage } from '../wire/usage.ts';
import { wrapPage } from '../wire/wrapped.ts';

/** Rule: api.md § 6 "past_usage". */
export const pastUsageRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:external_id/past_usage',
    summary: 'What a subscription used in each charge period that was billed, newest first',
    tag: 'Usage',
    queryKeys: {
      page: 'Page, from 1',
      per_page: 'Rows of a page, 100 unless told, 1000 at most',
      external_subscription_id: 'The subscription; must be named',
      billable_metric_code: 'Only usage of this billable metric',
      periods_count: 'Only so many of the newest periods',
    },
    answer: z.object({ usage_periods: z.array(usageAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, pathValues, query }) => {
      const filters = new ListFilters(query);
      const periodsCount = filters.integer('periods_count');
      const refusal = filters.refusal();
      if (refusal !== null) return refusal;
      if (periodsCount !== undefined && periodsCount < 1) return invalid({ periods_count: [VALUE_IS_INVALID] });
      const page = query.page();
      const usage = await pastUsage(
        context,
        {
          externalCustomerId: pathValues['external_id'] ?? '',
          externalSubscriptionId: filters.text('external_subscription_id'),
          billableMetricCode: filters.text('billable_metric_code'),
          periodsCount,
        },
        page,
      );
      return usage.ok ? ok(wrapPage('usage_periods', usage.value, { page, serialize: serializeUsage })) : usage;
    },
  }),
];
