import { formatInstant, Temporal } from '../../../shared/dates.ts';
import { centsToWire } from '../../../shared/money.ts';
import type { ChargeAnswer, ChargeWireInput } from '../../../shared/wire/charge.ts';
import type {
  CommitmentAnswer,
  PlanAnswer,
  PlanOverridesWireInput,
  PlanWireInput,
  UsageThresholdAnswer,
} from '../../../shared/wire/plan.ts';
import type {
  ChargeDetails,
  ChargeInput,
  CommitmentDetails,
  Plan,
  PlanDetails,
  PlanInput,
  PlanOverrides,
  UsageThreshold,
} from '../../catalog/index.ts';
import { camelKeys } from './camel-case.ts';
import { mapGiven } from './map-given.ts';
import { serializeTax } from './tax.ts';

/** A plan with everything that belongs to it. */
export function serializePlan(
  details: PlanDetails,
  state: { readonly isPendingDeletion: boolean } = { isPendingDeletion: false },
): PlanAnswer {
  const { plan, charges, taxes, minimumCommitment } = details;
  return {
    lago_id: plan.id,
    name: plan.name,
    code: plan.code,
    invoice_display_name: plan.invoiceDisplayName,
    description: plan.description,
    interval: plan.interval,
    amount_cents: centsToWire(plan.amountCents),
    amount_currency: plan.amountCurrency,
    pay_in_advance: plan.payInAdvance,
    trial_period: plan.trialPeriod?.toNumber() ?? null,
    bill_charges_monthly: plan.billChargesMonthly,
    bill_fixed_charges_monthly: null,
    parent_id: plan.parentId,
    pending_deletion: state.isPendingDeletion,
    customers_count: 0,
    active_subscriptions_count: 0,
    draft_invoices_count: 0,
    charges: charges.map(serializeCharge),
    fixed_charges: [],
    entitlements: [],
    taxes: taxes.map(serializeTax),
    usage_thresholds: plan.usageThresholds.map(serializeThreshold),
    ...(minimumCommitment === null ? {} : { minimum_commitment: serializeCommitment(minimumCommitment, plan) }),
    ...(plan.metadata === null ? {} : { metadata: plan.metadata }),
    created_at: formatInstant(plan.createdAt),
  };
}

export function serializeCharge(details: ChargeDetails): ChargeAnswer {
  const { charge, metric, filters, taxes } = details;
  return {
    lago_id: charge.id,
    lago_billable_metric_id: metric.id,
    billable_metric_code: metric.code,
    code: charge.code,
    charge_model: charge.chargeModel,
    pay_in_advance: charge.payInAdvance,
    invoiceable: charge.invoiceable,
    prorated: charge.prorated,
    min_amount_cents: centsToWire(charge.minAmountCents),
    invoice_display_name: charge.invoiceDisplayName,
    regroup_paid_fees: charge.regroupPaidFees,
    accepts_target_wallet: false,
    applied_pricing_unit: null,
    lago_parent_id: charge.parentId,
    properties: charge.properties,
    filters: filters.map((filter) => ({
      lago_id: filter.id,
      charge_code: charge.code,
      invoice_display_name: filter.invoiceDisplayName,
      values: Object.fromEntries(Object.entries(filter.filterValues).map(([key, values]) => [key, [...values]])),
      properties: filter.properties,
    })),
    taxes: taxes.map(serializeTax),
    created_at: formatInstant(charge.createdAt),
  };
}

function serializeCommitment(details: CommitmentDetails, plan: Plan): CommitmentAnswer {
  const { commitment, taxes } = details;
  return {
    lago_id: commitment.id,
    plan_code: plan.code,
    invoice_display_name: commitment.invoiceDisplayName,
    commitment_type: 'minimum_commitment',
    amount_cents: centsToWire(commitment.amountCents),
    interval: plan.interval,
    created_at: formatInstant(commitment.createdAt),
    updated_at: formatInstant(commitment.updatedAt),
    taxes: taxes.map(serializeTax),
  };
}

function serializeThreshold(threshold: UsageThreshold): UsageThresholdAnswer {
  return {
    lago_id: threshold.id,
    threshold_display_name: threshold.thresholdDisplayName,
    amount_cents: threshold.amountCents,
    recurring: threshold.recurring,
    created_at: formatInstant(Temporal.Instant.fromEpochMilliseconds(threshold.createdAtMs)),
    updated_at: formatInstant(Temporal.Instant.fromEpochMilliseconds(threshold.updatedAtMs)),
  };
}

export function readPlanInput(values: Partial<PlanWireInput>): PlanInput {
  return { ...camelKeys(values), ...readPlanParts(values) };
}

/** `plan_overrides` of a subscription. */
export function readPlanOverrides(values: PlanOverridesWireInput): PlanOverrides {
  return { ...camelKeys(values), ...readPlanParts(values) };
}

export function readChargeInput(charge: Partial<ChargeWireInput>): ChargeInput {
  return { ...camelKeys(charge), filters: mapGiven(charge.filters, (filter) => camelKeys(filter)) };
}

interface PlanParts {
  readonly charges: PlanInput['charges'];
  readonly minimumCommitment: PlanInput['minimumCommitment'];
  readonly usageThresholds: PlanInput['usageThresholds'];
}

/** The parts of a plan that are objects and lists. */
function readPlanParts(values: Partial<Pick<PlanWireInput, 'charges' | 'minimum_commitment' | 'usage_thresholds'>>): PlanParts {
  const { charges, minimum_commitment: commitment, usage_thresholds: thresholds } = values;
  return {
    charges: mapGiven(charges, readChargeInput),
    minimumCommitment: commitment === undefined || commitment === null ? commitment : camelKeys(commitment),
    usageThresholds: mapGiven(thresholds, (threshold) => camelKeys(threshold)),
  };
}
