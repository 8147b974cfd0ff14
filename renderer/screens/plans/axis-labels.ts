import { currencyDecimals, isCurrencyCode } from '../../../shared/currency.ts';
import { windowLocale } from '../../format/money.ts';

const LARGE = 10_000;

/** The ticks of an axis: a place on the canvas, never an amount that is billed. */
export function compactUnits(units: number): string {
  return new Intl.NumberFormat(windowLocale(), { notation: 'compact', maximumFractionDigits: 1 }).format(units);
}

export function compactMoney(price: number, currency: string): string {
  if (!isCurrencyCode(currency)) return String(price);
  const style = { style: 'currency', currency } as const;
  if (price >= LARGE)
    return new Intl.NumberFormat(windowLocale(), { ...style, notation: 'compact', maximumFractionDigits: 1 }).format(price);
  if (price !== 0 && price < 1) return new Intl.NumberFormat(windowLocale(), { ...style, maximumSignificantDigits: 3 }).format(price);
  const maximumFractionDigits = price >= 100 ? 0 : currencyDecimals(currency);
  return new Intl.NumberFormat(windowLocale(), { ...style, minimumFractionDigits: 0, maximumFractionDigits }).format(price);
}
