import { centsOfText, decimalTextOf } from '../../format/amount-text.ts';
import type { ChargeAnswer } from '../../../shared/wire/charge.ts';
import type { PlanAnswer } from '../../../shared/wire/plan.ts';

/** What a subscription is to have otherwise than its plan, as it is typed: an empty text keeps the plan's own. */
export interface OverrideValues {
  readonly amount: string;
  readonly trial: string;
  readonly name: string;
  /** Charge id → place in its properties (`amount`, `graduated_ranges.0.per_unit_amount`) → text. */
  readonly charges: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const NO_OVERRIDES: OverrideValues = { amount: '', trial: '', name: '', charges: {} };

/** A price inside a charge's properties that may be another one for a subscription. */
export interface OverridablePrice {
  readonly place: string;
  /** The property's name on the wire. */
  readonly property: string;
  /** Of tiers: their bounds. */
  readonly range: { readonly from: string; readonly to: string | null } | null;
  readonly value: string;
}

const PRICES = ['amount', 'rate', 'fixed_amount', 'package_size', 'free_units'];
const RANGES = ['graduated_ranges', 'volume_ranges', 'graduated_percentage_ranges'];
const RANGE_PRICES = ['per_unit_amount', 'flat_amount', 'rate'];

type Properties = Readonly<Record<string, unknown>>;

/** The prices of a charge that can be overridden here. One with prices by filter keeps the plan's. */
export function overridablePrices(charge: ChargeAnswer): readonly OverridablePrice[] {
  if (charge.filters.length > 0) return [];
  const single = PRICES.flatMap((property) => priceAt(charge.properties, property, { property, range: null }));
  const tiers = RANGES.flatMap((key) =>
    rangesOf(charge.properties, key).flatMap((range, index) => pricesOfRange(range, `${key}.${String(index)}`)),
  );
  return [...single, ...tiers];
}

function rangesOf(properties: Properties, key: string): readonly Properties[] {
  const ranges = properties[key];
  return Array.isArray(ranges) ? (ranges as readonly Properties[]) : [];
}

function pricesOfRange(range: Properties, place: string): readonly OverridablePrice[] {
  const to = range['to_value'] === null || range['to_value'] === undefined ? null : textOf(range['to_value']);
  const bounds = { from: textOf(range['from_value']), to };
  return RANGE_PRICES.flatMap((property) => priceAt(range, `${place}.${property}`, { property, range: bounds }));
}

function priceAt(properties: Properties, place: string, of: Pick<OverridablePrice, 'property' | 'range'>): readonly OverridablePrice[] {
  const value = properties[of.property];
  return value === null || value === undefined ? [] : [{ ...of, place, value: textOf(value) }];
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `plan_overrides` as the API takes them; undefined when everything is as on the plan, null when a text is no amount. */
export function overridesBody(values: OverrideValues, plan: PlanAnswer): object | undefined | null {
  const amount = values.amount.trim() === '' ? undefined : centsOfText(values.amount, plan.amount_currency);
  if (amount === null) return null;
  const charges = plan.charges.flatMap((charge) => {
    const typed = Object.entries(values.charges[charge.lago_id] ?? {}).filter(([, text]) => text.trim() !== '');
    return typed.length === 0 ? [] : [{ id: charge.lago_id, properties: withPrices(charge.properties, typed) }];
  });
  const overrides = {
    ...(amount === undefined ? {} : { amount_cents: amount }),
    ...(values.trial.trim() === '' ? {} : { trial_period: values.trial.trim() }),
    ...(values.name.trim() === '' ? {} : { invoice_display_name: values.name.trim() }),
    ...(charges.length === 0 ? {} : { charges }),
  };
  return Object.keys(overrides).length === 0 ? undefined : overrides;
}

function withPrices(properties: Properties, typed: readonly (readonly [string, string])[]): Properties {
  const copy = structuredClone(properties) as Record<string, unknown>;
  for (const [place, text] of typed) {
    const path = place.split('.');
    const last = path.pop() ?? '';
    let inner: Record<string, unknown> = copy;
    for (const part of path) inner = inner[part] as Record<string, unknown>;
    // Sizes are whole numbers on the wire, prices are decimal texts.
    inner[last] = last === 'package_size' && /^\d+$/.test(text.trim()) ? Number(text.trim()) : decimalTextOf(text);
  }
  return copy;
}
