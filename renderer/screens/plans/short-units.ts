import { windowLocale } from '../../format/money.ts';

let format: Intl.NumberFormat | null = null;

/** Units with up to six decimals: what is imagined may have no end. */
export function shortUnits(units: string | number): string {
  format ??= new Intl.NumberFormat(windowLocale(), { maximumFractionDigits: 6 });
  return format.format(String(units) as `${number}`);
}
