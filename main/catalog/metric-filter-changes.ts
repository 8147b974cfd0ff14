import { In, IsNull } from 'typeorm';
import { ALL_FILTER_VALUES } from '../billing/facts.ts';
import { updateRows } from '../database/rows.ts';
import { chargeFilters, charges, type BillableMetric, type ChargeFilter } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** Takes keys and values that the metric no longer declares off the charge filters; a filter left without any key goes. */
export async function pruneChargeFilters(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly before: BillableMetric; readonly after: BillableMetric },
): Promise<void> {
  const { before, after } = change;
  if (JSON.stringify(before.filters) === JSON.stringify(after.filters)) return;
  const using = await tx.manager.find(charges, { where: { billableMetricId: after.id, deletedAt: IsNull() } });
  if (using.length === 0) return;
  const filters = await tx.manager.find(chargeFilters, { where: { chargeId: In(using.map((charge) => charge.id)), deletedAt: IsNull() } });
  for (const filter of filters) await pruneFilter(context, tx, { filter, metric: after });
  for (const planId of new Set(using.map((charge) => charge.planId))) await context.listeners?.planChanged?.(tx, planId);
}

async function pruneFilter(
  context: ServiceContext,
  tx: Transaction,
  pair: { readonly filter: ChargeFilter; readonly metric: BillableMetric },
): Promise<void> {
  const { filter, metric } = pair;
  const declared = new Map(metric.filters.map(({ key, values }) => [key, new Set([...values, ALL_FILTER_VALUES])]));
  const kept = Object.entries(filter.filterValues)
    .map(([key, values]) => [key, values.filter((value) => declared.get(key)?.has(value) === true)] as const)
    .filter(([, values]) => values.length > 0);
  const filterValues = Object.fromEntries(kept);
  if (JSON.stringify(filterValues) === JSON.stringify(filter.filterValues)) return;
  const set = kept.length === 0 ? { deletedAt: context.clock.now() } : { filterValues };
  await updateRows(tx, chargeFilters, { where: { id: filter.id }, set });
}
