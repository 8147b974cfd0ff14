import { centsTextOf } from '../../format/amount-text.ts';

/** An amount as it is typed, `12.5`, as digits of the smallest unit, `1250`; null for text that is none. */
export function centsOfText(text: string, currency: string): string | null {
  const digits = centsTextOf(text, currency);
  return /^\d+$/.test(digits) ? digits : null;
}
