import { centsTextOf, decimalTextOf } from '../../format/amount-text.ts';

/** `12.5` or `12,5` of a currency with two decimals is `1250`; null for what is no amount of it. Only a point is moved. */
export function centsOfAmount(text: string, currency: string): number | null {
  const typed = decimalTextOf(text);
  // Text that is no amount stays as it is: a whole number that is one has no point either way.
  const digits = centsTextOf(typed.includes('.') ? typed : `${typed}.`, currency);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
