import { ALL_FILTER_VALUES, type ChargeFilterTerms, type ChargeTerms, type MetricTerms, type PlanTerms } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { remembered } from '../database/remembered.ts';
import type { BillableMetric, Charge, ChargeFilter } from '../database/tables/catalog.ts';
import { taxTerms } from './owned-taxes.ts';
import { readChargesDetails, readPlanDetails, type ChargeDetails, type PlanDetails } from './plan-details.ts';

/** What billing knows of a plan, deleted or not: its living charges in order of creation, their metrics, filters and taxes. */
export function readPlanTerms(db: ReadDatabase, planId: string): Promise<PlanTerms> {
  return remembered(db, `plan ${planId}`, async () => planTerms(await readPlanDetails(db, planId)));
}

/** The same of a plan that was read already. */
export function planTerms(details: PlanDetails): PlanTerms {
  const { plan, minimumCommitment } = details;
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
    minimumCommitment:
      minimumCommitment === null
        ? null
        : {
            id: minimumCommitment.commitment.id,
            amountCents: minimumCommitment.commitment.amountCents,
            invoiceDisplayName: minimumCommitment.commitment.invoiceDisplayName,
            taxes: minimumCommitment.taxes.map(taxTerms),
          },
    charges: details.charges.map(chargeTerms),
    taxes: details.taxes.map(taxTerms),
  };
}

/** Terms of these charges, deleted or not, in the order given. */
export async function readChargeTerms(db: ReadDatabase, rows: readonly Charge[]): Promise<readonly ChargeTerms[]> {
  return (await readChargesDetails(db, rows)).map(chargeTerms);
}

/** What a metric says of itself, stored or only planned. */
export type MetricFacts = Omit<
  BillableMetric,
  'sequence' | 'organizationId' | 'weightedInterval' | 'createdAt' | 'updatedAt' | 'deletedAt'
>;

/** What aggregation knows of a metric. */
export function metricTerms(metric: MetricFacts): MetricTerms {
  return {
    id: metric.id,
    code: metric.code,
    name: metric.name,
    description: metric.description,
    aggregationType: metric.aggregationType,
    fieldName: metric.fieldName,
    expression: metric.expression,
    recurring: metric.recurring,
    roundingFunction: metric.roundingFunction,
    roundingPrecision: metric.roundingPrecision,
  };
}

function chargeTerms(details: ChargeDetails): ChargeTerms {
  const { charge, metric } = details;
  return {
    id: charge.id,
    code: charge.code,
    metric: metricTerms(metric),
    chargeModel: charge.chargeModel,
    properties: charge.properties,
    filters: details.filters.map((filter) => filterTerms(filter, metric)),
    payInAdvance: charge.payInAdvance,
    invoiceable: charge.invoiceable,
    prorated: charge.prorated,
    minAmountCents: charge.minAmountCents,
    invoiceDisplayName: charge.invoiceDisplayName,
    regroupPaidFees: charge.regroupPaidFees === 'invoice',
    taxes: details.taxes.map(taxTerms),
  };
}

/**
 * `__ALL_FILTER_VALUES__` is resolved here, so that billing sees the values that the metric declares today beside what the plan says.
 * The filter is a stored one, or one that a draft of a plan has.
 */
export function filterTerms(
  filter: Omit<ChargeFilter, 'sequence' | 'chargeId' | 'createdAt' | 'deletedAt'>,
  metric: Pick<BillableMetric, 'filters'>,
): ChargeFilterTerms {
  const declared = new Map(metric.filters.map((each) => [each.key, each.values]));
  const accepted = Object.entries(filter.filterValues).map(
    ([key, own]) => [key, own.includes(ALL_FILTER_VALUES) ? (declared.get(key) ?? []) : own] as const,
  );
  return {
    id: filter.id,
    values: filter.filterValues,
    acceptedValues: Object.fromEntries(accepted),
    properties: filter.properties,
    invoiceDisplayName: filter.invoiceDisplayName,
  };
}
