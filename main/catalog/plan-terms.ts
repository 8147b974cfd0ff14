import { In, IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { ChargeFilterTerms, ChargeTerms, CommitmentTerms, MetricTerms, PlanTerms, TaxTerms } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import {
  billableMetrics,
  chargeFilters,
  charges,
  chargeTaxes,
  commitmentTaxes,
  minimumCommitments,
  plans,
  planTaxes,
  type BillableMetric,
  type Charge,
  type ChargeFilter,
  type MetricFilter,
} from '../database/tables/catalog.ts';
import { readOwnedTaxes, taxTerms, type OwnedTaxTable } from './owned-taxes.ts';

/** Stands for every value that the metric declares for a key. */
export const ALL_FILTER_VALUES = '__ALL_FILTER_VALUES__';

/** What billing knows of a plan, deleted or not: its living charges in order of creation, their metrics, filters and taxes. */
export async function readPlanTerms(db: ReadDatabase, planId: string): Promise<PlanTerms> {
  const plan = present(await db.manager.findOneBy(plans, { id: planId }), 'a plan that is billed exists');
  const planCharges = await db.manager.find(charges, { where: { planId, deletedAt: IsNull() }, order: { sequence: 'ASC' } });
  return {
    id: plan.id,
    code: plan.code,
    name: plan.name,
    description: plan.description,
    invoiceDisplayName: plan.invoiceDisplayName,
    interval: plan.interval,
    amountCents: plan.amountCents,
    currency: plan.amountCurrency,
    payInAdvance: plan.payInAdvance,
    billChargesMonthly: plan.billChargesMonthly === true,
    trialPeriodDays: plan.trialPeriod,
    minimumCommitment: await readCommitmentTerms(db, planId),
    charges: await readChargeTerms(db, planCharges),
    taxes: await readTaxTerms(db, planTaxes, planId),
  };
}

/** The values that a metric declares for its filters. */
export async function readMetricFilters(db: ReadDatabase, metricId: string): Promise<readonly MetricFilter[]> {
  const metric = await db.manager.findOneBy(billableMetrics, { id: metricId });
  return metric?.filters ?? [];
}

/** What aggregation knows of a metric. */
export function metricTerms(metric: BillableMetric): MetricTerms {
  return {
    id: metric.id,
    code: metric.code,
    name: metric.name,
    description: metric.description,
    aggregationType: metric.aggregationType,
    fieldName: metric.fieldName,
    recurring: metric.recurring,
    roundingFunction: metric.roundingFunction,
    roundingPrecision: metric.roundingPrecision,
  };
}

/** Terms of these charges, in the order given. `__ALL_FILTER_VALUES__` is replaced by what the metric declares today. */
export async function readChargeTerms(db: ReadDatabase, rows: readonly Charge[]): Promise<readonly ChargeTerms[]> {
  if (rows.length === 0) return [];
  const chargeIds = rows.map((charge) => charge.id);
  const metricIds = [...new Set(rows.map((charge) => charge.billableMetricId))];
  const metrics = new Map((await db.manager.find(billableMetrics, { where: { id: In(metricIds) } })).map((metric) => [metric.id, metric]));
  const filters = await db.manager.find(chargeFilters, {
    where: { chargeId: In(chargeIds), deletedAt: IsNull() },
    order: { sequence: 'ASC' },
  });
  const taxes = await readOwnedTaxes(db, chargeTaxes, chargeIds);
  return rows.map((charge) => {
    const metric = present(metrics.get(charge.billableMetricId), 'a charge has its metric');
    return {
      id: charge.id,
      code: charge.code,
      metric: metricTerms(metric),
      chargeModel: charge.chargeModel,
      properties: charge.properties,
      filters: filters.filter((filter) => filter.chargeId === charge.id).map((filter) => filterTerms(filter, metric)),
      payInAdvance: charge.payInAdvance,
      invoiceable: charge.invoiceable,
      prorated: charge.prorated,
      minAmountCents: charge.minAmountCents,
      invoiceDisplayName: charge.invoiceDisplayName,
      regroupPaidFees: charge.regroupPaidFees === 'invoice',
      taxes: (taxes.get(charge.id) ?? []).map(taxTerms),
    };
  });
}

function filterTerms(filter: ChargeFilter, metric: BillableMetric): ChargeFilterTerms {
  const declared = new Map(metric.filters.map((each) => [each.key, each.values]));
  const values = Object.entries(filter.filterValues).map(
    ([key, own]) => [key, own.includes(ALL_FILTER_VALUES) ? (declared.get(key) ?? []) : own] as const,
  );
  return {
    id: filter.id,
    values: Object.fromEntries(values),
    properties: filter.properties,
    invoiceDisplayName: filter.invoiceDisplayName,
  };
}

async function readCommitmentTerms(db: ReadDatabase, planId: string): Promise<CommitmentTerms | null> {
  const commitment = await db.manager.findOneBy(minimumCommitments, { planId });
  if (commitment === null) return null;
  return {
    id: commitment.id,
    amountCents: commitment.amountCents,
    invoiceDisplayName: commitment.invoiceDisplayName,
    taxes: await readTaxTerms(db, commitmentTaxes, commitment.id),
  };
}

async function readTaxTerms(db: ReadDatabase, table: OwnedTaxTable, ownerId: string): Promise<readonly TaxTerms[]> {
  return ((await readOwnedTaxes(db, table, [ownerId])).get(ownerId) ?? []).map(taxTerms);
}
