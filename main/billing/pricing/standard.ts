import type { Decimal } from '../../../shared/decimal.ts';
import type { PricedUsage } from '../facts.ts';
import { explainStep, unitAmountOf } from './explain-step.ts';

/**
 * Every unit costs the same. `pricedUnits` are the units, or their weight by days held when the charge is prorated.
 * Exact, in currency units. Rule: pricing.md § 5 "standard".
 */
export function priceStandard(units: Decimal, pricedUnits: Decimal, price: Decimal): PricedUsage {
  const amount = pricedUnits.times(price);
  return {
    amount,
    unitAmount: unitAmountOf(amount, units),
    amountDetails: {},
    steps: [explainStep('unit_price', { units: pricedUnits, perUnitAmount: price }, amount)],
  };
}
