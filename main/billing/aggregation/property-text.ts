import { Decimal } from '../../../shared/decimal.ts';

/** Properties as they came with an event. */
export type EventProperties = Readonly<Record<string, unknown>>;

/** A property as the text that values are compared by: `1` and `"1"` are the same; null for anything else. Rule: pricing.md §§ 3, 7. */
export function propertyText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  return null;
}

/** A JSON number in plain notation: 1e21 has no exponent here. Its shortest text is the number that was sent. */
export function numberText(value: number): string {
  return new Decimal(String(value)).toFixed();
}
