import { z } from 'zod';
import type { BillingInterval } from '../billing-interval.ts';
import type { FieldErrors } from '../result.ts';
import { billableMetricInput } from '../wire/billable-metric.ts';
import { booleanInput, decimalInput, integerInput, optionalText } from '../wire/fields.ts';

// `POST /api/internal/price` and `POST /api/internal/compare_plans`: what plans cost at imagined usage; nothing is stored.

/** More volume than any invoice can carry. */
const MAX_UNITS = '1000000000000000';
const MAX_EVENTS = 1_000_000_000;

/** Units of one bucket; `events_count` where the price looks at events, `precise_total_amount_cents` where they carry it. */
export const unitsAsked = z.object({
  units: decimalInput({ min: '0', max: MAX_UNITS }).nullish(),
  events_count: integerInput({ min: 0, max: MAX_EVENTS }).nullish(),
  precise_total_amount_cents: decimalInput({ min: '0', max: MAX_UNITS }).nullish(),
});

/** Usage of one charge: its own units are those that no filter takes. Where they are left out, the engine takes an example. */
export const chargeUsageAsked = unitsAsked.extend({
  filters: z.array(unitsAsked).nullish(),
  /** Where curves end. */
  max_units: decimalInput({ min: '0', max: MAX_UNITS }).nullish(),
});

export const priceRequest = z.object({
  /** As the body of `POST /plans`; parts of it may be wrong. */
  plan: z.record(z.string(), z.unknown()),
  /** The plan that would be changed. */
  plan_id: optionalText(),
  /** Metrics that would be made with it (templates). */
  billable_metrics: z.array(billableMetricInput).nullish(),
  /** One for each charge, in the same order. */
  usage: z.array(z.unknown()).nullish(),
  curves: booleanInput().nullish(),
});

export const comparisonRequest = z.object({
  plan_ids: z.array(z.string()).min(2).max(4),
  /** By the metric's code. */
  usage: z.record(z.string(), unitsAsked).nullish(),
  along: optionalText(),
  max_units: decimalInput({ min: '0', max: MAX_UNITS }).nullish(),
});

/** What a screen sends: numbers as the user typed them. */
export interface UnitsText {
  readonly units: string;
  readonly events_count?: number | null;
  readonly precise_total_amount_cents?: string | null;
}

export interface ChargeUsageText extends Partial<UnitsText> {
  readonly filters?: readonly UnitsText[];
  readonly max_units?: string | null;
}

/** One step of the arithmetic, as the engine emits it. */
export interface PriceStep {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
  readonly result: string;
}

export interface PricedFee {
  /** Position of the filter; null is everything else. */
  readonly filter_index: number | null;
  readonly is_true_up: boolean;
  readonly units: string;
  readonly events_count: number;
  readonly amount_cents: number;
  /** Exact, in currency units. */
  readonly precise_amount: string;
  readonly precise_unit_amount: string;
  readonly steps: readonly PriceStep[];
}

/** `amount` is exact, in currency units, for drawing; `amount_cents` is what would be billed. */
export interface CurvePointAnswer {
  readonly units: string;
  readonly amount_cents: number;
  readonly amount: string;
  readonly unit_amount: string;
}

export interface PriceCurveAnswer {
  readonly filter_index: number | null;
  readonly end_units: string;
  readonly points: readonly CurvePointAnswer[];
  readonly edges: readonly { readonly units: string; readonly kind: 'tier' | 'free_units' }[];
  readonly drops: readonly {
    readonly from: CurvePointAnswer;
    readonly to: CurvePointAnswer;
    /** The volume that costs as much as `from` again; null when a later tier decides that. */
    readonly even_again_units: string | null;
  }[];
}

export interface ChargedMetricAnswer {
  readonly lago_id: string;
  readonly code: string;
  readonly name: string;
  readonly aggregation_type: string;
  readonly field_name: string | null;
  readonly recurring: boolean;
  readonly filters: readonly { readonly key: string; readonly values: readonly string[] }[];
}

export interface PricedChargeAnswer {
  readonly billable_metric: ChargedMetricAnswer | null;
  readonly charge_model: string | null;
  /** False while something is wrong with the charge: there is then no fee, no amount and no curve. */
  readonly is_priced: boolean;
  readonly amount_cents: number | null;
  readonly precise_amount: string | null;
  readonly fees: readonly PricedFee[];
  readonly curves: readonly PriceCurveAnswer[];
}

/** One fee period of a plan with the same usage in each of its charge periods. */
export interface PlanTotalsAnswer {
  readonly base_fee_cents: number;
  /** 12 for a yearly plan whose charges are billed monthly. */
  readonly charge_periods: number;
  /** Usage of one charge period. */
  readonly usage_cents: number;
  readonly period_usage_cents: number;
  readonly commitment_cents: number | null;
  readonly commitment_true_up_cents: number;
  readonly total_cents: number;
  readonly precise_total: string;
}

export interface PriceAnswer {
  /** What saving would be refused with, each code under the path of its field: `charges.0.properties.amount`. */
  readonly errors: FieldErrors;
  /** A free code like the one asked for, when that is taken. */
  readonly free_code: string | null;
  readonly currency: string | null;
  readonly interval: BillingInterval | null;
  readonly charges: readonly PricedChargeAnswer[];
  readonly totals: PlanTotalsAnswer | null;
  /** Whether every charge is in the total. */
  readonly is_complete: boolean;
}

export interface ComparisonAnswer {
  readonly plans: readonly {
    readonly lago_id: string;
    readonly name: string;
    readonly code: string;
    readonly interval: BillingInterval;
    readonly currency: string;
    readonly charges: readonly {
      readonly name: string;
      readonly billable_metric_code: string;
      readonly charge_model: string;
      readonly amount_cents: number;
      readonly fees: readonly PricedFee[];
    }[];
    readonly totals: PlanTotalsAnswer;
  }[];
  /** With the units that were asked, or taken as an example. */
  readonly billable_metrics: readonly {
    readonly code: string;
    readonly name: string;
    readonly aggregation_type: string;
    readonly units: string;
    readonly events_count: number;
  }[];
  readonly along: string | null;
  readonly end_units: string;
  readonly points: readonly {
    readonly units: string;
    readonly totals: readonly { readonly total_cents: number; readonly precise_total: string }[];
  }[];
  readonly crossings: readonly { readonly units: string; readonly cheapest: number }[];
}
