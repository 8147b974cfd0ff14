import { Decimal, ZERO } from '../../../shared/decimal.ts';
import type { ExplainStep } from '../facts.ts';

/** One step of the arithmetic; decimals become plain text. */
export function explainStep(
  kind: string,
  values: Readonly<Record<string, Decimal | string | number | boolean | null>>,
  result: Decimal,
): ExplainStep {
  const plain = Object.entries(values).map(([name, value]) => [name, value instanceof Decimal ? value.toFixed() : value] as const);
  return { kind, values: Object.fromEntries(plain), result: result.toFixed() };
}

/** `precise_unit_amount`: amount over units, in currency units, exact; 0 without units. Rule: pricing.md § 5 "Unit price and details". */
export function unitAmountOf(amount: Decimal, units: Decimal): Decimal {
  return units.isZero() ? ZERO : amount.div(units);
}
