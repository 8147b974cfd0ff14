import { currencyDecimals, isCurrencyCode } from '../../shared/currency.ts';

/** The language that numbers, money and dates are written in: the window's own. */
export function windowLocale(): string {
  return navigator.languages[0] ?? 'en';
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(windowLocale(), options);
  formats.set(key, format);
  return format;
}

/** `-1234` cents of a currency with two decimals is `-12.34`. Only places a point: nothing is computed. */
function decimalTextOfCents(amountCents: number | string, decimals: number): `${number}` {
  const text = String(amountCents);
  const isNegative = text.startsWith('-');
  const digits = (isNegative ? text.slice(1) : text).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return `${isNegative ? '-' : ''}${whole}${decimals === 0 ? '' : `.${fraction}`}` as `${number}`;
}

/** Money of the smallest unit: `formatMoney(1240, 'USD')` is `$12.40`. Rule: ui.md § 3 "Money". */
export function formatMoney(amountCents: number | string, currency: string): string {
  if (!isCurrencyCode(currency)) return `${String(amountCents)} ${currency}`;
  const decimals = currencyDecimals(currency);
  const options = { style: 'currency', currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals } as const;
  return formatOf(options).format(decimalTextOfCents(amountCents, decimals));
}

/** A price of one unit, with up to 15 decimals: `formatUnitPrice('0.00004', 'USD')` is `$0.00004`. */
export function formatUnitPrice(amount: string, currency: string): string {
  if (!isCurrencyCode(currency)) return `${amount} ${currency}`;
  const options = { style: 'currency', currency, minimumFractionDigits: currencyDecimals(currency), maximumFractionDigits: 15 } as const;
  return formatOf(options).format(amount as `${number}`);
}

/** Units and other decimals as the API writes them: `formatUnits('30412.50')` is `30,412.5`. */
export function formatUnits(units: string | number): string {
  return formatOf({ maximumFractionDigits: 15 }).format(String(units) as `${number}`);
}

/** A rate in per cent as the API writes it: `formatRate('5.5')` is `5.5%`. */
export function formatRate(rate: string | number): string {
  return `${formatUnits(rate)}%`;
}

/** The currency's sign or code, for a field's prefix. */
export function currencySign(currency: string): string {
  if (!isCurrencyCode(currency)) return currency;
  const parts = formatOf({ style: 'currency', currency }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}
