import { isDecimalText } from '../../../shared/decimal.ts';
import { numberText } from './property-text.ts';

/** The decimal text of a property that is a JSON number or a plain decimal text; null for all else. Rule: pricing.md § 2 "Numeric property". */
export function numericText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? numberText(value) : null;
  return isDecimalText(value) ? value : null;
}
