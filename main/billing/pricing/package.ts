import { Decimal, decimal, formatDecimal, ZERO } from '../../../shared/decimal.ts';
import type { PricedUsage } from '../facts.ts';
import type { PackageTerms } from './charge-properties.ts';
import { explainStep, unitAmountOf } from './explain-step.ts';

/**
 * Units are billed in whole packages, after the free units; a started package is a full one.
 * Exact, in currency units. Rule: pricing.md § 5 "package".
 */
export function pricePackage(units: Decimal, terms: PackageTerms): PricedUsage {
  const paidUnits = Decimal.max(units.minus(terms.freeUnits), ZERO); // 15.5 units, 5 free, size 10 → 2 packages
  const packages = paidUnits.div(terms.packageSize).ceil();
  const amount = packages.times(terms.amount);
  return {
    amount,
    unitAmount: unitAmountOf(amount, paidUnits),
    amountDetails: {
      free_units: formatDecimal(decimal(terms.freeUnits)),
      paid_units: formatDecimal(paidUnits),
      per_package_size: terms.packageSize,
      per_package_unit_amount: formatDecimal(terms.amount),
    },
    steps: [
      explainStep('free_units', { units, freeUnits: terms.freeUnits }, paidUnits),
      explainStep('package', { units: paidUnits, packageSize: terms.packageSize, packages, packageAmount: terms.amount }, amount),
    ],
  };
}
