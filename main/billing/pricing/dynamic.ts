import { ZERO, type Decimal } from '../../../shared/decimal.ts';
import { subunits } from '../../../shared/money.ts';
import type { CurrencyCode } from '../../../shared/currency.ts';
import type { PricedUsage } from '../facts.ts';
import { explainStep, unitAmountOf } from './explain-step.ts';

/**
 * The price comes with each event, in cents with fractions; without units it is 0.
 * Exact, in currency units. Rule: pricing.md § 5 "dynamic".
 */
export function priceDynamic(units: Decimal, preciseAmountCents: Decimal, currency: CurrencyCode): PricedUsage {
  const amount = units.isZero() ? ZERO : preciseAmountCents.div(subunits(currency));
  return {
    amount,
    unitAmount: unitAmountOf(amount, units),
    amountDetails: {},
    steps: [explainStep('event_amounts', { units, preciseAmountCents, currency }, amount)],
  };
}
