import { z } from 'zod';
import { badRequest, ok, type Result } from '../../../shared/result.ts';
import { usageAnswer } from '../../../shared/wire/usage.ts';
import { currentUsage } from '../../usage/index.ts';
import { ListFilters } from '../list-filters.ts';
import type { QueryValues } from '../query.ts';
import { parseJson } from '../request-body.ts';
import { route, type Route } from '../route.ts';
import { serializeUsage } from '../wire/usage.ts';
import { wrapResult } from '../wire/wrapped.ts';

type Group = Readonly<Record<string, string | null>>;

/** Rule: api.md § 6, pricing.md § 8. */
export const currentUsageRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:external_id/current_usage',
    summary: 'What an active subscription has used in the running charge period',
    tag: 'Usage',
    queryKeys: {
      external_subscription_id: "May be left out for a customer's only active subscription",
      apply_taxes: 'false leaves taxes out',
      charge_id: 'Only this charge, as filter_by_charge_id',
      charge_code: 'Only this charge, as filter_by_charge_code',
      billable_metric_code: 'Only charges of this billable metric, as filter_by_billable_metric_code',
      group: 'Only this pricing group: JSON text, or group[key]=value; as filter_by_group',
      full_usage: 'true: since the start of the subscription; only with a charge or a group',
    },
    answer: z.object({ customer_usage: usageAnswer }),
    respond: async ({ services, context, pathValues, query }) => {
      const filters = new ListFilters(query);
      const group = readGroup(query);
      if (!group.ok) return group;
      const narrowing = {
        chargeId: filters.text('charge_id', 'filter_by_charge_id'),
        chargeCode: filters.text('charge_code', 'filter_by_charge_code'),
        billableMetricCode: filters.text('billable_metric_code', 'filter_by_billable_metric_code', 'filter_by_metric_code'),
        group: group.value,
      };
      const isNarrowed = narrowing.chargeId !== undefined || narrowing.chargeCode !== undefined || narrowing.group !== undefined;
      const applyTaxes = filters.boolean('apply_taxes') ?? true;
      const fullUsage = filters.boolean('full_usage') === true && isNarrowed;
      const refusal = filters.refusal();
      if (refusal !== null) return refusal;
      void services.ingestion.keepUpRollups();
      const usage = await currentUsage(context, {
        externalCustomerId: pathValues['external_id'] ?? '',
        subscriptionId: filters.text('external_subscription_id', 'subscription_id'),
        applyTaxes,
        fullUsage,
        ...narrowing,
      });
      return wrapResult('customer_usage', usage, serializeUsage);
    },
  }),
];

/** `group={"agent":"a"}` or `group[agent]=a`; what is neither is 400. An empty value is the group of events without one. */
function readGroup(query: QueryValues): Result<Group | undefined> {
  const key = ['group', 'filter_by_group'].find((name) => query.text(name) !== undefined || query.nested(name).size > 0);
  if (key === undefined) return ok(undefined);
  const text = query.text(key);
  if (text === undefined) return ok(groupOf([...query.nested(key)]));
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return badRequest(`${key} is not a JSON object`);
  return ok(groupOf(Object.entries(json)));
}

function groupOf(pairs: readonly (readonly [string, unknown])[]): Group {
  return Object.fromEntries(pairs.map(([key, value]) => [key, groupValue(value)]));
}

/** Values are compared as text, as those of events are. */
function groupValue(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
