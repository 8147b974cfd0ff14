import { currencyDecimals, isCurrencyCode } from '../../../shared/currency.ts';

/** An amount as it is typed, `12.5`, as digits of the smallest unit, `1250`; null for text that is none. Only places a point. */
export function centsOfText(text: string, currency: string): string | null {
  const decimals = isCurrencyCode(currency) ? currencyDecimals(currency) : 2;
  const parts = /^(\d*)(?:[.,](\d*))?$/.exec(text.trim());
  const [, whole = '', fraction = ''] = parts ?? [];
  if (parts === null || `${whole}${fraction}` === '' || fraction.length > decimals) return null;
  const digits = `${whole}${fraction.padEnd(decimals, '0')}`.replace(/^0+(?=\d)/, '');
  return digits;
}

/** Cents as they are typed: 1250 USD is `12.50`. */
export function textOfCents(cents: number, currency: string): string {
  const decimals = isCurrencyCode(currency) ? currencyDecimals(currency) : 2;
  const digits = String(cents).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
