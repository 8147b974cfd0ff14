import { decimal, formatDecimal, sumDecimals, type Decimal } from '../../../shared/decimal.ts';
import type { PricedUsage } from '../facts.ts';
import { explainStep, unitAmountOf } from './explain-step.ts';
import { splitByTier, type Tier } from './tiers.ts';

const PERCENT = decimal(100);

/**
 * Each tier takes its percentage of its own units, plus its flat once it is entered; the first flat is paid even with no usage.
 * Exact, in currency units. Rule: pricing.md § 5 "graduated_percentage".
 */
export function priceGraduatedPercentage(units: Decimal, tiers: readonly Tier[]): PricedUsage {
  const priced = splitByTier(tiers, units).map(({ tier, units: tierUnits }) => {
    const unitsAmount = tierUnits.times(tier.price).div(PERCENT);
    return { tier, units: tierUnits, unitsAmount, total: unitsAmount.plus(tier.flatAmount) };
  });
  const amount = sumDecimals(priced.map(({ total }) => total));
  return {
    amount,
    unitAmount: unitAmountOf(amount, units),
    amountDetails: {
      graduated_percentage_ranges: priced.map(({ tier, units: tierUnits, unitsAmount, total }) => ({
        from_value: tier.fromValue,
        to_value: tier.toValue,
        units: formatDecimal(tierUnits),
        rate: formatDecimal(tier.price),
        flat_unit_amount: formatDecimal(tier.flatAmount),
        per_unit_total_amount: formatDecimal(unitsAmount),
        total_with_flat_amount: formatDecimal(total),
      })),
    },
    steps: priced.map(({ tier, units: tierUnits, unitsAmount, total }) => {
      const bounds = { fromValue: tier.fromValue, toValue: tier.toValue };
      return explainStep('tier', { ...bounds, units: tierUnits, rate: tier.price, unitsAmount, flatAmount: tier.flatAmount }, total);
    }),
  };
}
