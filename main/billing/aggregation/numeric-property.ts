import { isDecimalText } from '../../../shared/decimal.ts';
import { numberText, type EventProperties } from './property-text.ts';

/** The decimal text of a property that is a JSON number or a plain decimal text; null for all else. Rule: pricing.md § 2 "Numeric property". */
export function numericProperty(properties: EventProperties, fieldName: string): string | null {
  const value = Object.hasOwn(properties, fieldName) ? properties[fieldName] : null;
  if (typeof value === 'number') return Number.isFinite(value) ? numberText(value) : null;
  return isDecimalText(value) ? value : null;
}
