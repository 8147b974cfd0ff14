import { In, IsNull } from 'typeorm';
import type { FieldErrors } from '../../shared/result.ts';
import { ALL_FILTER_VALUES, type ChargeModel, type ChargeProperties } from '../billing/facts.ts';
import { normalizeChargeProperties } from '../billing/pricing/charge-properties.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import { chargeFilters, type BillableMetric, type ChargeFilter } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

type FilterValues = Readonly<Record<string, readonly string[]>>;

export interface ChargeFilterInput {
  readonly values: FilterValues;
  readonly properties?: ChargeProperties | null;
  readonly invoiceDisplayName?: string | null;
}

/** What a charge's terms are judged by. */
export type ChargedMetric = Pick<BillableMetric, 'aggregationType' | 'recurring' | 'filters'>;

/** Only keys and values that the metric declares can be filtered on. */
export function filterErrors(filter: ChargeFilterInput, metric: ChargedMetric): FieldErrors {
  const entries = Object.entries(filter.values);
  if (entries.length === 0 || entries.some(([, values]) => values.length === 0)) return { values: ['value_is_mandatory'] };
  const declared = new Map(metric.filters.map(({ key, values }) => [key, new Set([...values, ALL_FILTER_VALUES])]));
  const areDeclared = entries.every(([key, values]) => values.every((value) => declared.get(key)?.has(value) === true));
  return areDeclared ? {} : { values: ['value_is_invalid'] };
}

/** Whether two filters let the same events through, whatever the order of their keys and values. */
export function isSameFilter(one: FilterValues, other: FilterValues): boolean {
  return canonical(one) === canonical(other);
}

function canonical(values: FilterValues): string {
  return JSON.stringify(
    Object.entries(values)
      .map(([key, list]) => [key, [...new Set(list)].sort()])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

/** Makes `filters` the charge's whole list. A filter with the same values as before keeps its id, which its past fees point to. */
export async function writeChargeFilters(
  context: ServiceContext,
  tx: Transaction,
  list: { readonly chargeId: string; readonly chargeModel: ChargeModel; readonly filters: readonly ChargeFilterInput[] },
): Promise<void> {
  const { chargeId, chargeModel, filters } = list;
  const left: ChargeFilter[] = await tx.manager.find(chargeFilters, {
    where: { chargeId, deletedAt: IsNull() },
    order: { sequence: 'ASC' },
  });
  for (const filter of filters) {
    const index = left.findIndex((row) => isSameFilter(row.filterValues, filter.values));
    const [row] = index === -1 ? [] : left.splice(index, 1);
    const set = {
      filterValues: filter.values,
      properties: normalizeChargeProperties(chargeModel, filter.properties),
      invoiceDisplayName: filter.invoiceDisplayName ?? null,
    };
    if (row !== undefined) await updateRows(tx, chargeFilters, { where: { id: row.id }, set });
    else
      await insertRow(tx, chargeFilters, { ...set, id: context.random.uuid(), chargeId, createdAt: context.clock.now(), deletedAt: null });
  }
  const removed = left.map((row) => row.id);
  if (removed.length > 0) await updateRows(tx, chargeFilters, { where: { id: In(removed) }, set: { deletedAt: context.clock.now() } });
}
