import { BILLING_INTERVALS, type BillingInterval } from '../../../shared/billing-interval.ts';
import { writingOf } from '../../../shared/tier-bounds.ts';
import { amountTextOf } from '../../format/amount-text.ts';
import type { Body } from './plan-body.ts';
import {
  emptyCharge,
  emptyPlan,
  emptyPrices,
  freshKey,
  type ChargeValues,
  type FilterPriceValues,
  type PlanValues,
  type PriceValues,
  type TierValues,
} from './plan-values.ts';

// A plan as the API answers it, or as a file or a template holds it, in the editor's form. Nothing is believed: files come from anywhere.

export function valuesOfPlan(plan: Body): PlanValues {
  const currency = textOf(plan['amount_currency'], 'USD');
  const commitment = objectOf(plan['minimum_commitment']);
  return {
    ...emptyPlan(currency),
    name: textOf(plan['name']),
    code: textOf(plan['code']),
    description: textOf(plan['description']),
    invoice_display_name: textOf(plan['invoice_display_name']),
    interval: intervalOf(plan['interval']),
    amount: centsOf(plan['amount_cents'], currency, '0.00'),
    pay_in_advance: String(plan['pay_in_advance'] === true),
    trial_period: textOf(plan['trial_period']),
    bill_charges_monthly: plan['bill_charges_monthly'] === true,
    tax_codes: taxCodesOf(plan),
    commitment_amount: centsOf(commitment['amount_cents'], currency, ''),
    commitment_name: textOf(commitment['invoice_display_name']),
    thresholds: listOf(plan['usage_thresholds']).map((threshold) => ({
      key: freshKey(),
      id: typeof threshold['lago_id'] === 'string' ? threshold['lago_id'] : null,
      amount: centsOf(threshold['amount_cents'], currency, ''),
      threshold_display_name: textOf(threshold['threshold_display_name']),
      recurring: threshold['recurring'] === true,
    })),
    charges: listOf(plan['charges']).map((charge) => chargeValuesOf(charge, currency)),
  };
}

/** The same as something new: without the ids of what it was taken from. */
export function withoutIds(values: PlanValues): PlanValues {
  return {
    ...values,
    thresholds: values.thresholds.map((threshold) => ({ ...threshold, id: null })),
    charges: values.charges.map((charge) => ({ ...charge, id: null })),
  };
}

function chargeValuesOf(charge: Body, currency: string): ChargeValues {
  const model = textOf(charge['charge_model'], 'standard');
  return {
    ...emptyCharge(),
    id: typeof charge['lago_id'] === 'string' ? charge['lago_id'] : null,
    billable_metric_id: textOf(charge['lago_billable_metric_id'] ?? charge['billable_metric_id']),
    billable_metric_code: textOf(charge['billable_metric_code']),
    charge_model: model,
    code: textOf(charge['code']),
    prices: pricesOf(model, objectOf(charge['properties'])),
    filters: listOf(charge['filters']).map((filter): FilterPriceValues => ({
      key: freshKey(),
      values: filterValuesOf(filter['values']),
      invoice_display_name: textOf(filter['invoice_display_name']),
      prices: pricesOf(model, objectOf(filter['properties'])),
    })),
    pay_in_advance: charge['pay_in_advance'] === true,
    invoiceable: charge['invoiceable'] !== false,
    prorated: charge['prorated'] === true,
    regroup_paid_fees: charge['regroup_paid_fees'] === 'invoice',
    min_amount: charge['min_amount_cents'] === 0 ? '' : centsOf(charge['min_amount_cents'], currency, ''),
    invoice_display_name: textOf(charge['invoice_display_name']),
    tax_codes: taxCodesOf(charge),
  };
}

const TEXT_PRICES = [
  'amount',
  'package_size',
  'free_units',
  'rate',
  'fixed_amount',
  'fixed_amount_target',
  'free_units_per_events',
  'free_units_per_total_aggregation',
  'per_transaction_min_amount',
  'per_transaction_max_amount',
] as const;

export function pricesOf(model: string, properties: Body): PriceValues {
  const given = TEXT_PRICES.filter((key) => properties[key] !== undefined && properties[key] !== null);
  const ranges = listOf(properties[`${model}_ranges`]);
  const groups = properties['pricing_group_keys'] ?? properties['grouped_by'];
  return {
    ...emptyPrices(),
    ...Object.fromEntries(given.map((key) => [key, textOf(properties[key])])),
    ...(ranges.length === 0
      ? {}
      : { tiers: ranges.map(tierOf), writing: writingOf(ranges), first_from: ranges[0]?.['from_value'] === 1 ? 1 : 0 }),
    pricing_group_keys: Array.isArray(groups) ? groups.map((key) => textOf(key)).filter((key) => key !== '') : [],
  };
}

function tierOf(range: Body): TierValues {
  return {
    key: freshKey(),
    to: textOf(range['to_value']),
    price: textOf(range['per_unit_amount'] ?? range['rate']),
    flat: textOf(range['flat_amount']),
  };
}

function taxCodesOf(owner: Body): readonly string[] {
  if (Array.isArray(owner['tax_codes'])) return owner['tax_codes'].map((code) => textOf(code));
  return listOf(owner['taxes']).map((tax) => textOf(tax['code']));
}

function filterValuesOf(values: unknown): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(objectOf(values)).map(([key, list]) => [key, Array.isArray(list) ? list.map((value) => textOf(value)) : []]),
  );
}

function intervalOf(value: unknown): BillingInterval {
  return BILLING_INTERVALS.find((interval) => interval === value) ?? 'monthly';
}

function centsOf(cents: unknown, currency: string, otherwise: string): string {
  const whole = typeof cents === 'string' && /^\d{1,15}$/.test(cents) ? Number(cents) : cents;
  return typeof whole === 'number' && Number.isSafeInteger(whole) && whole >= 0 ? amountTextOf(whole, currency) : otherwise;
}

function textOf(value: unknown, otherwise = ''): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : otherwise;
}

export function objectOf(value: unknown): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
}

function listOf(value: unknown): readonly Body[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}
