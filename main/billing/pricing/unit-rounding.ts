import { assertNever } from '../../../shared/assert.ts';
import { Decimal, ZERO } from '../../../shared/decimal.ts';
import type { MetricTerms, RoundingFunction } from '../facts.ts';

/**
 * A bucket's units after the metric's rounding function: half away from zero, up or down to so many decimals (0 when absent;
 * -2 is hundreds). For billing and current usage, not for the single fees of events paid in advance. Rule: pricing.md § 3.
 */
export function roundUnits(units: Decimal, metric: Pick<MetricTerms, 'roundingFunction' | 'roundingPrecision'>): Decimal {
  if (metric.roundingFunction === null) return units;
  const scale = new Decimal(10).pow(metric.roundingPrecision ?? 0);
  const rounded = units.times(scale).toDecimalPlaces(0, roundingMode(metric.roundingFunction)).div(scale);
  return rounded.isZero() ? ZERO : rounded; // ceil of -0.5 is 0, not -0
}

function roundingMode(roundingFunction: RoundingFunction) {
  switch (roundingFunction) {
    case 'round':
      return Decimal.ROUND_HALF_UP;
    case 'ceil':
      return Decimal.ROUND_CEIL;
    case 'floor':
      return Decimal.ROUND_FLOOR;
    default:
      return assertNever(roundingFunction, 'rounding function');
  }
}
