import { isCurrencyCode } from '../../../shared/currency.ts';
import { formatUnitPrice, windowLocale } from '../../format/money.ts';

let format: Intl.NumberFormat | null = null;

/** Units with up to six decimals: what is imagined may have no end. */
export function shortUnits(units: string | number): string {
  format ??= new Intl.NumberFormat(windowLocale(), { maximumFractionDigits: 6 });
  return format.format(String(units) as `${number}`);
}

/** What one unit comes to on the whole, in four digits: it is a quotient, and no price that is billed. */
export function shortUnitPrice(amount: string, currency: string): string {
  if (!isCurrencyCode(currency) || amount.length <= 'NN.NNNNN'.length) return formatUnitPrice(amount, currency);
  const options = { style: 'currency', currency, maximumSignificantDigits: 4 } as const;
  return new Intl.NumberFormat(windowLocale(), options).format(amount as `${number}`);
}
