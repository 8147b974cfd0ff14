import type { BillingInterval } from '../../../shared/billing-interval.ts';
import type { BoundWriting } from '../../../shared/tier-bounds.ts';

// The plan editor's form: texts as they are typed. Prices of every model stay beside each other, so that trying another model loses nothing.

export interface TierValues {
  readonly key: string;
  /** Empty on the last tier, which is open. */
  readonly to: string;
  /** Per unit, or in per cent. */
  readonly price: string;
  readonly flat: string;
}

export interface PriceValues {
  readonly amount: string;
  readonly package_size: string;
  readonly free_units: string;
  readonly rate: string;
  readonly fixed_amount: string;
  /** Empty: per event. */
  readonly fixed_amount_target: string;
  readonly free_units_per_events: string;
  readonly free_units_per_total_aggregation: string;
  readonly per_transaction_min_amount: string;
  readonly per_transaction_max_amount: string;
  readonly tiers: readonly TierValues[];
  readonly writing: BoundWriting;
  /** `from_value` of the first tier, 0 or 1, kept as it came. */
  readonly first_from: number;
  readonly pricing_group_keys: readonly string[];
}

export interface FilterPriceValues {
  readonly key: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly invoice_display_name: string;
  readonly prices: PriceValues;
}

export interface ChargeValues {
  readonly key: string;
  /** Of a charge that is there already. */
  readonly id: string | null;
  readonly billable_metric_id: string;
  /** Named by imports and templates, whose metrics have no id here. */
  readonly billable_metric_code: string;
  readonly charge_model: string;
  readonly code: string;
  readonly prices: PriceValues;
  readonly filters: readonly FilterPriceValues[];
  readonly pay_in_advance: boolean;
  readonly invoiceable: boolean;
  readonly prorated: boolean;
  readonly regroup_paid_fees: boolean;
  /** In currency units. */
  readonly min_amount: string;
  readonly invoice_display_name: string;
  readonly tax_codes: readonly string[];
}

export interface ThresholdValues {
  readonly key: string;
  readonly id: string | null;
  readonly amount: string;
  readonly threshold_display_name: string;
  readonly recurring: boolean;
}

export interface PlanValues extends Record<string, unknown> {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly invoice_display_name: string;
  readonly interval: BillingInterval;
  /** In currency units. */
  readonly amount: string;
  readonly amount_currency: string;
  /** `true` or `false`, as its radio buttons have it. */
  readonly pay_in_advance: string;
  readonly trial_period: string;
  readonly bill_charges_monthly: boolean;
  readonly tax_codes: readonly string[];
  readonly commitment_amount: string;
  readonly commitment_name: string;
  readonly thresholds: readonly ThresholdValues[];
  readonly cascade_updates: boolean;
  readonly charges: readonly ChargeValues[];
}

let keys = 0;

/** A key for a list item of this window. */
export function freshKey(): string {
  keys += 1;
  return `${String(keys)}-${Math.trunc(performance.now()).toString(36)}`;
}

export function emptyTier(): TierValues {
  return { key: freshKey(), to: '', price: '', flat: '' };
}

export function emptyPrices(): PriceValues {
  return {
    ...{ amount: '', package_size: '1000', free_units: '0', rate: '', fixed_amount: '', fixed_amount_target: '' },
    ...{ free_units_per_events: '', free_units_per_total_aggregation: '', per_transaction_min_amount: '', per_transaction_max_amount: '' },
    tiers: [{ ...emptyTier(), to: '100' }, emptyTier()],
    writing: 'classic',
    first_from: 0,
    pricing_group_keys: [],
  };
}

export function emptyCharge(): ChargeValues {
  return {
    ...{ key: freshKey(), id: null, billable_metric_id: '', billable_metric_code: '', charge_model: 'standard', code: '' },
    prices: emptyPrices(),
    filters: [],
    ...{ pay_in_advance: false, invoiceable: true, prorated: false, regroup_paid_fees: false },
    ...{ min_amount: '', invoice_display_name: '', tax_codes: [] },
  };
}

export function emptyPlan(currency: string): PlanValues {
  return {
    ...{ name: '', code: '', description: '', invoice_display_name: '', interval: 'monthly', amount: '0.00', amount_currency: currency },
    ...{ pay_in_advance: 'false', trial_period: '', bill_charges_monthly: false, tax_codes: [] },
    ...{ commitment_amount: '', commitment_name: '', thresholds: [], cascade_updates: false, charges: [] },
  };
}
