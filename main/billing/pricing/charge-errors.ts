import { mergeFieldErrors, type FieldErrors } from '../../../shared/result.ts';
import { CHARGE_MODELS, type AggregationType, type ChargeModel } from '../facts.ts';

/** What is checked of a charge beside its properties. */
export interface ChargeOptions {
  readonly chargeModel: string;
  readonly aggregationType: AggregationType;
  readonly recurring: boolean;
  readonly payInAdvance: boolean;
  readonly invoiceable: boolean;
  readonly prorated: boolean;
  /** As on the wire: `invoice`, or null. */
  readonly regroupPaidFees: string | null;
  readonly minAmountCents: bigint;
}

export function isChargeModel(value: unknown): value is ChargeModel {
  return CHARGE_MODELS.some((model) => model === value);
}

const ADVANCE_AGGREGATIONS: readonly AggregationType[] = ['count_agg', 'sum_agg', 'unique_count_agg'];
const PRORATED_AGGREGATIONS: readonly AggregationType[] = ['sum_agg', 'unique_count_agg'];
const PRORATED_MODELS: readonly string[] = ['standard', 'graduated', 'volume'];

/** Field errors of options that do not go together; empty when all do. Rule: pricing.md §§ 4 and 10. */
export function chargeErrors(charge: ChargeOptions): FieldErrors {
  const errors: FieldErrors[] = [];
  if (!isChargeModel(charge.chargeModel)) errors.push({ charge_model: ['value_is_invalid'] });
  if (charge.chargeModel === 'dynamic' && charge.aggregationType !== 'sum_agg') {
    errors.push({ charge_model: ['invalid_aggregation_type_or_charge_model'] });
  }
  if (charge.payInAdvance && (charge.chargeModel === 'volume' || !ADVANCE_AGGREGATIONS.includes(charge.aggregationType))) {
    errors.push({ pay_in_advance: ['invalid_aggregation_type_or_charge_model'] });
  }
  if (!charge.invoiceable && !charge.payInAdvance) errors.push({ invoiceable: ['must_be_true_unless_pay_in_advance'] });
  errors.push(regroupErrors(charge), minimumErrors(charge));
  if (charge.prorated && !mayBeProrated(charge)) errors.push({ prorated: ['invalid_billable_metric_or_charge_model'] });
  return mergeFieldErrors(...errors);
}

function regroupErrors(charge: ChargeOptions): FieldErrors {
  if (charge.regroupPaidFees === null) return {};
  if (charge.regroupPaidFees !== 'invoice') return { regroup_paid_fees: ['value_is_invalid'] };
  if (charge.payInAdvance && !charge.invoiceable) return {};
  return { regroup_paid_fees: ['only_compatible_with_pay_in_advance_and_non_invoiceable'] };
}

function minimumErrors(charge: ChargeOptions): FieldErrors {
  if (charge.minAmountCents < 0n) return { min_amount_cents: ['value_is_out_of_range'] };
  if (charge.minAmountCents > 0n && charge.payInAdvance) return { min_amount_cents: ['not_compatible_with_pay_in_advance'] };
  return {};
}

/** Recurring sums and unique counts only: standard, and in arrears also graduated and volume. */
function mayBeProrated(charge: ChargeOptions): boolean {
  if (!charge.recurring || !PRORATED_AGGREGATIONS.includes(charge.aggregationType)) return false;
  return charge.payInAdvance ? charge.chargeModel === 'standard' : PRORATED_MODELS.includes(charge.chargeModel);
}
