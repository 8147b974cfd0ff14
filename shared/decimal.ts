import { Decimal as DecimalLibrary } from 'decimal.js';

/**
 * The one decimal type of the program: units, rates, unit prices and amounts before rounding.
 * 60 significant digits keep every product and quotient of the rules exact enough for one final rounding.
 */
export const Decimal = DecimalLibrary.clone({ precision: 60, rounding: DecimalLibrary.ROUND_HALF_UP, toExpNeg: -1000, toExpPos: 1000 });
export type Decimal = DecimalLibrary;

export const ZERO: Decimal = new Decimal(0);
export const ONE: Decimal = new Decimal(1);

/** Parses text or an integer of our own making. A fractional `number` is refused: floats never enter arithmetic. */
export function decimal(value: string | bigint | number): Decimal {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new Error(`a decimal is made from text or a whole number, not from the float ${String(value)}`);
  }
  return new Decimal(typeof value === 'bigint' ? value.toString() : value);
}

const DECIMAL_TEXT = /^-?\d+(\.\d+)?$/;

/** Whether text is a plain decimal number: no exponent, no sign "+", no spaces, no separators. */
export function isDecimalText(value: unknown): value is string {
  return typeof value === 'string' && DECIMAL_TEXT.test(value);
}

/** Prints a decimal as the API does: plain notation, at least one decimal digit ("10.0", "0.05"). */
export function formatDecimal(value: Decimal): string {
  const text = value.toFixed();
  return text.includes('.') ? text : `${text}.0`;
}

/** Sums decimals; an empty list is zero. */
export function sumDecimals(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}
