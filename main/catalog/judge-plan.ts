import { In, IsNull } from 'typeorm';
import { mergeFieldErrors, type FieldErrors } from '../../shared/result.ts';
import { isChargeModel } from '../billing/pricing/charge-errors.ts';
import { normalizeChargeProperties } from '../billing/pricing/charge-properties.ts';
import { propertyErrorsByPath } from '../billing/pricing/property-error-paths.ts';
import type { ChargeTerms } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { billableMetrics, plans, type BillableMetric } from '../database/tables/catalog.ts';
import { mergeMetric, type BillableMetricInput } from './billable-metric-input.ts';
import { filterErrors, type ChargeFilterInput } from './charge-filters.ts';
import { chargeInputErrors, checkedAttributes, mergeCharge, type AskedAttributes, type ChargeInput } from './charge-input.ts';
import { isBlank } from './field-checks.ts';
import { findPlan, isPlanInUse } from './find-plan.ts';
import { commitmentErrors } from './minimum-commitments.ts';
import { readPlanDetails, type ChargeDetails, type PlanDetails } from './plan-details.ts';
import { mergePlan, planFieldErrors, type PlanAttributes, type PlanInput } from './plan-input.ts';
import { planMetadataErrors } from './plan-metadata.ts';
import { filterTerms, metricTerms, type MetricFacts } from './plan-terms.ts';
import { thresholdErrors } from './usage-thresholds.ts';

/** A plan that somebody is writing. */
export interface PlanDraft {
  readonly input: PlanInput;
  /** The plan that it would change; null for a new one. */
  readonly planId: string | null;
  /** Metrics that would be made with it. */
  readonly plannedMetrics: readonly MetricFacts[];
}

/** One charge of a draft. Without errors it has terms. */
export interface JudgedCharge {
  readonly metric: MetricFacts | null;
  readonly terms: ChargeTerms | null;
  /** Under their paths inside the charge: `properties.volume_ranges.0.to_value`. */
  readonly errors: FieldErrors;
}

export interface JudgedPlan {
  /** As they would be stored; what is missing or wrong is absent. */
  readonly attributes: Partial<PlanAttributes>;
  /** Of the plan itself, under their paths. */
  readonly errors: FieldErrors;
  readonly charges: readonly JudgedCharge[];
  /** A free code like the one asked for, when that is taken. */
  readonly freeCode: string | null;
}

/** Judges a draft with the codes that saving it would be refused with, each under the path of its field; nothing is stored. */
export async function judgePlanDraft(db: ReadDatabase, organizationId: string, draft: PlanDraft): Promise<JudgedPlan> {
  const before = await readPlanBefore(db, organizationId, draft.planId);
  const isInUse = before !== null && (await isPlanInUse(db, before.plan.id));
  const { input } = draft;
  const attributes = mergePlan(input, before?.plan ?? null, isInUse);
  const { code } = attributes;
  const isTaken = code !== undefined && code !== before?.plan.code && (await findPlan(db, organizationId, code)) !== null;
  const errors = mergeFieldErrors(
    planFieldErrors(input, { isCreation: before === null, isInUse }),
    isTaken ? { code: ['value_already_exist'] } : {},
    underPath('minimum_commitment', commitmentErrors(input.minimumCommitment, before?.minimumCommitment?.commitment ?? null)),
    ...(isInUse
      ? []
      : (input.usageThresholds ?? []).map((one, index) => underPath(`usage_thresholds.${String(index)}`, thresholdErrors([one])))),
    planMetadataErrors({ ...before?.plan.metadata, ...input.metadata }),
  );
  const inputs = input.charges ?? [];
  const metrics = await readMetrics(db, organizationId, { inputs, planned: draft.plannedMetrics });
  const known = new Map((before?.charges ?? []).map((details) => [details.charge.id, details]));
  const charges = inputs.map((each) => judgeCharge(each, { existing: known.get(each.id ?? '') ?? null, metrics, isInUse }));
  return {
    attributes,
    errors,
    charges: withTakenCodes(inputs, charges),
    freeCode: isTaken ? await freePlanCode(db, organizationId, code) : null,
  };
}

/** The first of `code_2`, `code_3`… that no plan has, or the code itself. */
export async function freePlanCode(db: ReadDatabase, organizationId: string, code: string): Promise<string> {
  let free = code;
  for (let suffix = 2; (await findPlan(db, organizationId, free)) !== null; suffix++) free = `${code}_${String(suffix)}`;
  return free;
}

async function readPlanBefore(db: ReadDatabase, organizationId: string, planId: string | null): Promise<PlanDetails | null> {
  const plan = planId === null ? null : await db.manager.findOneBy(plans, { id: planId, organizationId, deletedAt: IsNull() });
  return plan === null ? null : readPlanDetails(db, plan.id);
}

/** Metrics by id and by code; one that exists comes before one that is only planned. */
async function readMetrics(
  db: ReadDatabase,
  organizationId: string,
  asked: { readonly inputs: readonly ChargeInput[]; readonly planned: readonly MetricFacts[] },
): Promise<ReadonlyMap<string, MetricFacts>> {
  const named = { organizationId, deletedAt: IsNull() };
  const ids = asked.inputs.flatMap((input) => (isBlank(input.billableMetricId) ? [] : [input.billableMetricId ?? '']));
  const codes = asked.inputs.flatMap((input) => (isBlank(input.billableMetricCode) ? [] : [input.billableMetricCode ?? '']));
  const found: readonly BillableMetric[] =
    ids.length + codes.length === 0
      ? []
      : await db.manager.find(billableMetrics, {
          where: [
            { ...named, id: In(ids) },
            { ...named, code: In(codes) },
          ],
        });
  const planned = asked.planned.map((metric) => [`code ${metric.code}`, metric] as const);
  const stored = found.flatMap((metric) => [[`id ${metric.id}`, metric] as const, [`code ${metric.code}`, metric] as const]);
  return new Map([...planned, ...stored]);
}

interface ChargeOccasion {
  readonly existing: ChargeDetails | null;
  readonly metrics: ReadonlyMap<string, MetricFacts>;
  readonly isInUse: boolean;
}

function judgeCharge(input: ChargeInput, occasion: ChargeOccasion): JudgedCharge {
  const { existing, metrics, isInUse } = occasion;
  const { billableMetricId: id, billableMetricCode: code } = input;
  const metric = existing?.metric ?? metrics.get(isBlank(id) ? `code ${code ?? ''}` : `id ${id ?? ''}`) ?? null;
  if (metric === null) {
    const isMissing = isBlank(id) && isBlank(code);
    return { metric, terms: null, errors: { billable_metric_id: [isMissing ? 'value_is_mandatory' : 'billable_metrics_not_found'] } };
  }
  const attributes = mergeCharge(input, existing?.charge ?? null, isInUse);
  const isSameModel = existing?.charge.chargeModel === attributes.chargeModel;
  const kept = (existing?.filters ?? []).map(({ filterValues, ...filter }) => ({ ...filter, values: filterValues }));
  const filters = input.filters === undefined ? (existing !== null && isSameModel ? kept : []) : (input.filters ?? []);
  const errors = chargeErrorsByPath({ attributes, metric, filters });
  const isRight = Object.keys(errors).length === 0;
  return { metric, terms: isRight ? draftTerms({ input, attributes, metric, filters }) : null, errors };
}

function chargeErrorsByPath(asked: {
  readonly attributes: AskedAttributes;
  readonly metric: MetricFacts;
  readonly filters: readonly ChargeFilterInput[];
}): FieldErrors {
  const { attributes, metric, filters } = asked;
  const { chargeModel } = attributes;
  const { properties: _, ...options } = chargeInputErrors({ attributes, metric, filters: [] });
  const valueErrors = filters.map((filter, index) => underPath(`filters.${String(index)}`, filterErrors(filter, metric)));
  if (!isChargeModel(chargeModel)) return mergeFieldErrors(options, ...valueErrors);
  const { aggregationType } = metric;
  return mergeFieldErrors(
    options,
    underPath('properties', propertyErrorsByPath(chargeModel, attributes.properties, aggregationType)),
    ...valueErrors,
    ...filters.map((filter, index) =>
      underPath(`filters.${String(index)}.properties`, propertyErrorsByPath(chargeModel, filter.properties, aggregationType)),
    ),
  );
}

function draftTerms(asked: {
  readonly input: ChargeInput;
  readonly attributes: AskedAttributes;
  readonly metric: MetricFacts;
  readonly filters: readonly ChargeFilterInput[];
}): ChargeTerms {
  const { input, metric, filters } = asked;
  const attributes = checkedAttributes(asked.attributes);
  return {
    ...attributes,
    id: input.id ?? '',
    code: input.code ?? metric.code,
    metric: metricTerms(metric),
    filters: filters.map((filter, index) =>
      filterTerms(
        {
          id: String(index),
          filterValues: filter.values,
          properties: normalizeChargeProperties(attributes.chargeModel, filter.properties),
          invoiceDisplayName: filter.invoiceDisplayName ?? null,
        },
        metric,
      ),
    ),
    regroupPaidFees: attributes.regroupPaidFees === 'invoice',
    taxes: [],
  };
}

/** Two charges that ask for one code are both told so. */
function withTakenCodes(inputs: readonly ChargeInput[], charges: readonly JudgedCharge[]): readonly JudgedCharge[] {
  const asked = inputs.map((input) => input.code).filter((code) => !isBlank(code));
  return charges.map((charge, index) => {
    const isTwice = asked.filter((code) => code === inputs[index]?.code).length > 1;
    return isTwice ? { ...charge, errors: mergeFieldErrors(charge.errors, { code: ['value_already_exist'] }) } : charge;
  });
}

function underPath(path: string, errors: FieldErrors): FieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([field, codes]) => [field === '' ? path : `${path}.${field}`, codes]));
}

/** A metric that is not there yet, as far as prices look at it. */
export function plannedMetric(input: BillableMetricInput): MetricFacts {
  const { name, code, aggregationType, ...rest } = mergeMetric(input, null, false);
  return {
    id: '',
    name: name ?? '',
    code: code ?? '',
    description: rest.description ?? null,
    aggregationType: aggregationType ?? 'count_agg',
    fieldName: rest.fieldName ?? null,
    recurring: rest.recurring ?? false,
    roundingFunction: rest.roundingFunction ?? null,
    roundingPrecision: rest.roundingPrecision ?? null,
    expression: rest.expression ?? null,
    filters: rest.filters ?? [],
  };
}
