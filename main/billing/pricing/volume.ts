import { present } from '../../../shared/assert.ts';
import { formatDecimal, type Decimal } from '../../../shared/decimal.ts';
import type { PricedUsage } from '../facts.ts';
import { explainStep, unitAmountOf } from './explain-step.ts';
import { endsIn, type Tier } from './tiers.ts';

/**
 * The one tier that holds all units prices all of them; no usage pays the first flat. The tier is chosen with the full units;
 * `pricedUnits` are the units, or their weight by days held when the charge is prorated; the flat is in full.
 * Exact, in currency units. Rule: pricing.md § 5 "volume".
 */
export function priceVolume(units: Decimal, pricedUnits: Decimal, tiers: readonly Tier[]): PricedUsage {
  const tier = present(
    tiers.find((candidate) => endsIn(candidate, units)),
    'the last volume tier is open',
  );
  const unitsAmount = pricedUnits.times(tier.price);
  const amount = unitsAmount.plus(tier.flatAmount);
  const bounds = { fromValue: tier.fromValue, toValue: tier.toValue };
  return {
    amount,
    unitAmount: unitAmountOf(amount, units),
    amountDetails: {
      flat_unit_amount: formatDecimal(tier.flatAmount),
      per_unit_amount: formatDecimal(tier.price),
      per_unit_total_amount: formatDecimal(unitsAmount),
    },
    steps: [
      explainStep('tier', { ...bounds, units: pricedUnits, perUnitAmount: tier.price, unitsAmount, flatAmount: tier.flatAmount }, amount),
    ],
  };
}
