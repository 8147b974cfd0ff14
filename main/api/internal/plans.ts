import { z } from 'zod';
import { formatInstant, Temporal } from '../../../shared/dates.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { PLAN_SORTS, type PlanFilterValuesAnswer, type PlanPageAnswer, type PlanRow } from '../../../shared/internal/plans.ts';
import { ok } from '../../../shared/result.ts';
import { listPlanCurrencies, listPlanPage, readPlanPage, type ListedPlan, type PlanPage } from '../../catalog/index.ts';
import type { QueryValues } from '../query.ts';
import { route, type Route } from '../route.ts';
import { serializeBillableMetric } from '../wire/billable-metric.ts';
import { serializePlan } from '../wire/plan.ts';
import { askedPage } from './list-wish.ts';

const ours = { access: 'session', tag: 'internal', answer: z.unknown() } as const;

/** Rule: ui.md § 4.3. */
export const internalPlanRoutes: readonly Route[] = [
  route({
    ...ours,
    method: 'get',
    path: '/lists/plans',
    summary: 'Plans, sorted and filtered, page after page',
    respond: ({ context, query }) => {
      const wish = {
        ...askedPage(query, PLAN_SORTS),
        search: query.text('search') ?? null,
        intervals: asked(query, 'interval'),
        chargeModels: asked(query, 'model'),
        currencies: asked(query, 'currency'),
      };
      const page = listPlanPage(context, wish);
      return ok({ ...page, rows: page.rows.map(writeRow) } satisfies ListAnswer<PlanRow>);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/plans/filter_values',
    summary: 'Currencies that plans have',
    respond: ({ context }) => ok({ currencies: listPlanCurrencies(context) } satisfies PlanFilterValuesAnswer),
  }),
  route({
    ...ours,
    method: 'get',
    path: '/plans/:id',
    summary: 'A plan with its metrics and who is on it',
    respond: async ({ context, pathValues }) => {
      const page = await readPlanPage(context, pathValues['id'] ?? '');
      return page.ok ? ok(writePage(page.value)) : page;
    },
  }),
];

/** Values may be sent one by one or with commas between them. */
function asked(query: QueryValues, key: string): readonly string[] | null {
  const values = (query.list(key) ?? []).flatMap((value) => value.split(',')).filter((value) => value !== '');
  return values.length === 0 ? null : values;
}

function writeRow(row: ListedPlan): PlanRow {
  return {
    lago_id: row.id,
    name: row.name,
    code: row.code,
    interval: row.interval as PlanRow['interval'],
    amount_cents: row.amount_cents,
    amount_currency: row.amount_currency,
    pay_in_advance: row.pay_in_advance === 1,
    charge_models: JSON.parse(row.charge_models) as readonly string[],
    active_subscriptions_count: row.active_subscriptions,
    created_at: instantText(row.created_at),
  };
}

function writePage(page: PlanPage): PlanPageAnswer {
  const { use } = page;
  return {
    plan: serializePlan(page.details),
    billable_metrics: page.metrics.map(serializeBillableMetric),
    use: {
      is_in_use: page.isInUse,
      active_subscriptions_count: use.active,
      pending_subscriptions_count: use.pending,
      ended_subscriptions_count: use.ended,
      customers_count: use.customers,
      overridden_subscriptions_count: use.activeOnCopies,
      draft_invoices_count: use.drafts,
      next_billing_at: use.nextBillingAtMs === null ? null : instantText(use.nextBillingAtMs),
    },
  };
}

function instantText(atMs: number): string {
  return formatInstant(Temporal.Instant.fromEpochMilliseconds(atMs));
}
