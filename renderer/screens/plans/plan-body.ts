import { fromValueAfter } from '../../../shared/tier-bounds.ts';
import { centsInputOf, decimalTextOf } from '../../format/amount-text.ts';
import type { ChargeValues, PlanValues, PriceValues } from './plan-values.ts';

export type Body = Readonly<Record<string, unknown>>;

/** The form as the body of `POST /plans`. What is not right yet is sent as it was typed: the server says what is wrong with it. */
export function bodyOf(values: PlanValues): Body {
  const { amount_currency } = values;
  const hasMonthlyCharges = values.interval === 'yearly' || values.interval === 'semiannual';
  return {
    name: values.name,
    code: values.code,
    description: textOrNull(values.description),
    invoice_display_name: textOrNull(values.invoice_display_name),
    interval: values.interval,
    amount_cents: centsInputOf(values.amount, amount_currency),
    amount_currency,
    pay_in_advance: values.pay_in_advance === 'true',
    trial_period: numberOrText(values.trial_period),
    bill_charges_monthly: hasMonthlyCharges ? values.bill_charges_monthly : null,
    tax_codes: values.tax_codes,
    minimum_commitment: commitmentOf(values),
    usage_thresholds: values.thresholds.map((threshold) => ({
      ...(threshold.id === null ? {} : { id: threshold.id }),
      amount_cents: centsInputOf(threshold.amount, amount_currency),
      threshold_display_name: textOrNull(threshold.threshold_display_name),
      recurring: threshold.recurring,
    })),
    charges: values.charges.map((charge) => chargeBody(charge, amount_currency)),
  };
}

/** An empty object takes a commitment away. */
function commitmentOf(values: PlanValues): Body {
  if (values.commitment_amount.trim() === '') return {};
  return {
    amount_cents: centsInputOf(values.commitment_amount, values.amount_currency),
    invoice_display_name: textOrNull(values.commitment_name),
  };
}

function chargeBody(charge: ChargeValues, currency: string): Body {
  const model = charge.charge_model;
  return {
    ...(charge.id === null ? {} : { id: charge.id }),
    ...(charge.billable_metric_id === ''
      ? { billable_metric_code: charge.billable_metric_code }
      : { billable_metric_id: charge.billable_metric_id }),
    ...(charge.code.trim() === '' ? {} : { code: charge.code }),
    charge_model: model,
    pay_in_advance: charge.pay_in_advance,
    invoiceable: charge.pay_in_advance ? charge.invoiceable : true,
    prorated: charge.prorated,
    regroup_paid_fees: charge.pay_in_advance && !charge.invoiceable && charge.regroup_paid_fees ? 'invoice' : null,
    min_amount_cents: charge.pay_in_advance ? 0 : (centsInputOf(charge.min_amount, currency) ?? 0),
    invoice_display_name: textOrNull(charge.invoice_display_name),
    tax_codes: charge.tax_codes,
    properties: propertiesOf(model, charge.prices),
    filters: charge.filters.map((filter) => ({
      values: filter.values,
      invoice_display_name: textOrNull(filter.invoice_display_name),
      properties: propertiesOf(model, filter.prices),
    })),
  };
}

/** What a model's `properties` are. */
export function propertiesOf(model: string, prices: PriceValues): Body {
  const groups = prices.pricing_group_keys.length === 0 ? {} : { pricing_group_keys: prices.pricing_group_keys };
  return { ...modelProperties(model, prices), ...groups };
}

function modelProperties(model: string, prices: PriceValues): Body {
  switch (model) {
    case 'standard':
      return { amount: decimalTextOf(prices.amount) };
    case 'package':
      return {
        amount: decimalTextOf(prices.amount),
        package_size: numberOrText(prices.package_size),
        free_units: numberOrText(prices.free_units),
      };
    case 'graduated':
      return { graduated_ranges: rangesOf(prices, 'per_unit_amount') };
    case 'volume':
      return { volume_ranges: rangesOf({ ...prices, writing: 'classic' }, 'per_unit_amount') };
    case 'graduated_percentage':
      return { graduated_percentage_ranges: rangesOf(prices, 'rate') };
    case 'percentage':
      return percentageProperties(prices);
    default:
      return {};
  }
}

function percentageProperties(prices: PriceValues): Body {
  const optional = {
    fixed_amount: decimalTextOf(prices.fixed_amount),
    fixed_amount_target: prices.fixed_amount_target,
    free_units_per_events: numberOrText(prices.free_units_per_events),
    free_units_per_total_aggregation: decimalTextOf(prices.free_units_per_total_aggregation),
    per_transaction_min_amount: decimalTextOf(prices.per_transaction_min_amount),
    per_transaction_max_amount: decimalTextOf(prices.per_transaction_max_amount),
  };
  const given = Object.entries(optional).filter(([, value]) => value !== '' && value !== null);
  return { rate: decimalTextOf(prices.rate), ...Object.fromEntries(given) };
}

/** "From" follows from the tier before; an empty price is 0 only for the flat, which most tiers do not have. */
function rangesOf(prices: PriceValues, priceKey: 'per_unit_amount' | 'rate'): readonly Body[] {
  return prices.tiers.map((tier, index) => {
    const isLast = index === prices.tiers.length - 1;
    return {
      from_value: numberOrText(tierFrom(prices, index) ?? ''),
      to_value: isLast ? null : numberOrText(tier.to),
      [priceKey]: decimalTextOf(tier.price),
      flat_amount: tier.flat.trim() === '' ? '0' : decimalTextOf(tier.flat),
    };
  });
}

/** Where a tier begins, as text; null while the one before it has no end. */
export function tierFrom(prices: PriceValues, index: number): string | null {
  return index === 0 ? String(prices.first_from) : fromValueAfter(prices.tiers[index - 1]?.to.trim() ?? '', prices.writing);
}

/** A JSON number where the text is one; null for nothing; else the text, for the server to refuse. */
function numberOrText(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}
