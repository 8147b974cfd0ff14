import { formatDecimal, sumDecimals, type Decimal } from '../../../shared/decimal.ts';
import type { PricedUsage } from '../facts.ts';
import { explainStep, unitAmountOf } from './explain-step.ts';
import { splitByTier, type Tier } from './tiers.ts';

/** What one tier adds to a graduated amount. */
export interface PricedTier {
  readonly tier: Tier;
  readonly units: Decimal;
  /** The units' part, without the flat. */
  readonly unitsAmount: Decimal;
}

/**
 * Each tier prices its own units, plus its flat once it is entered; the first flat is paid even with no usage.
 * Exact, in currency units. Rule: pricing.md § 5 "graduated".
 */
export function priceGraduated(units: Decimal, tiers: readonly Tier[]): PricedUsage {
  const priced = splitByTier(tiers, units).map((share) => ({ ...share, unitsAmount: share.units.times(share.tier.price) }));
  const amount = sumDecimals(priced.map(tierTotal));
  return {
    amount,
    unitAmount: unitAmountOf(amount, units),
    amountDetails: { graduated_ranges: priced.map(tierDetails) },
    steps: priced.map(tierStep),
  };
}

/** A tier's amount with its flat. */
export function tierTotal(priced: PricedTier): Decimal {
  return priced.unitsAmount.plus(priced.tier.flatAmount);
}

/** One entry of `amount_details.graduated_ranges`: bounds as written, decimals as text. Rule: api.md § 9. */
export function tierDetails(priced: PricedTier): Readonly<Record<string, unknown>> {
  return {
    from_value: priced.tier.fromValue,
    to_value: priced.tier.toValue,
    units: formatDecimal(priced.units),
    per_unit_amount: formatDecimal(priced.tier.price),
    flat_unit_amount: formatDecimal(priced.tier.flatAmount),
    per_unit_total_amount: formatDecimal(priced.unitsAmount),
    total_with_flat_amount: formatDecimal(tierTotal(priced)),
  };
}

/** The Explain row of one tier. */
export function tierStep(priced: PricedTier) {
  const { tier, units, unitsAmount } = priced;
  const bounds = { fromValue: tier.fromValue, toValue: tier.toValue };
  return explainStep('tier', { ...bounds, units, perUnitAmount: tier.price, unitsAmount, flatAmount: tier.flatAmount }, tierTotal(priced));
}
