import { currencyDecimals, isCurrencyCode } from '../../shared/currency.ts';

// Amounts as they are typed, in currency units, and as the API takes them, in the smallest unit. Only a point is moved.

const AMOUNT = /^(\d*)(?:\.(\d*))?$/;
const WITH_COMMA = /^(\d*),(\d{1,15})$/;

/**
 * `0,05` is `0.05`. Three digits after the comma may be thousands: such a text stays as it is, so that `1,500` is refused and never taken
 * for 1.5.
 */
export function decimalTextOf(typed: string): string {
  const text = typed.trim();
  const [, whole = '', fraction = ''] = WITH_COMMA.exec(text) ?? [];
  return fraction === '' || fraction.length === 3 ? text : `${whole}.${fraction}`;
}

/** `49.5` of a currency with two decimals is `4950`; text that is no amount of it stays as it is, so that the server can say so. */
export function centsTextOf(amount: string, currency: string): string {
  const match = AMOUNT.exec(decimalTextOf(amount));
  const decimals = isCurrencyCode(currency) ? currencyDecimals(currency) : 2;
  const [, whole = '', fraction = ''] = match ?? [];
  const cents = fraction.replace(/0+$/, '');
  if (match === null || whole + fraction === '' || cents.length > decimals) return amount;
  return `${whole}${cents.padEnd(decimals, '0')}`.replace(/^0+(?=\d)/, '');
}

/** The same for whoever has to know whether it is one: null for text that is no amount of the currency. */
export function centsOfText(typed: string, currency: string): string | null {
  const digits = centsTextOf(typed, currency);
  return /^\d+$/.test(digits) ? digits : null;
}

/** As a number, which has 15 digits at most; null for text that is no amount of the currency. */
export function centsOfAmount(typed: string, currency: string): number | null {
  const digits = centsOfText(typed, currency);
  return digits === null || digits.length > 15 ? null : Number(digits);
}

/** Cents as the API takes them: a JSON number where there is one, null for nothing, else what was typed. */
export function centsInputOf(amount: string, currency: string): number | string | null {
  if (amount.trim() === '') return null;
  const text = centsTextOf(amount, currency);
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** `4950` cents of a currency with two decimals, to be edited: `49.50`. */
export function amountTextOf(cents: number, currency: string): string {
  const decimals = isCurrencyCode(currency) ? currencyDecimals(currency) : 2;
  const digits = String(cents).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
