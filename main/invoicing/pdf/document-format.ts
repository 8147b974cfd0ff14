import { currencyCode, currencyDecimals } from '../../../shared/currency.ts';
import { Temporal } from '../../../shared/dates.ts';
import { DOCUMENT_TEXTS, fillText } from '../../../shared/document-locales/catalogues.ts';
import type { DocumentLocale } from '../../../shared/document-locales/document-locale.ts';
import type { DocumentTexts } from '../../../shared/document-locales/document-texts.ts';
import { cents, centsToUnits } from '../../../shared/money.ts';
import type { CentsText, DayRange, DayText, DecimalText } from './document-snapshot.ts';

/** Longest unit price that the catalogue accepts keeps all its decimals. */
const UNIT_PRICE_DECIMALS = 15;
/** Weighted sums have endless decimals; six show what a reader can check. */
const UNITS_DECIMALS = 6;
const RATE_DECIMALS = 10;
/** Their sign is in none of the fonts that are always loaded (฿ comes with Thai letters): the code is printed. */
const CURRENCIES_WITHOUT_SIGN = ['THB'];

/** Amounts, numbers, days and texts of one document, in its language and currency. */
export interface DocumentFormat {
  readonly currency: string;
  readonly texts: DocumentTexts;
  readonly money: (amount: CentsText) => string;
  /** A positive amount printed as taken off. */
  readonly deduction: (amount: CentsText) => string;
  /** A price in currency units: at least the currency's decimals, at most 15. */
  readonly price: (amount: DecimalText) => string;
  readonly units: (units: DecimalText) => string;
  /** Percent: "20" is "20%". */
  readonly rate: (rate: DecimalText) => string;
  readonly day: (day: DayText) => string;
  readonly feesOf: (period: DayRange) => string;
  readonly range: (period: DayRange) => string;
  /** The country's name; an unknown code is printed as it is. */
  readonly country: (code: string) => string;
  readonly paymentTerm: (days: number) => string;
}

export function createDocumentFormat(locale: DocumentLocale, currency: string): DocumentFormat {
  const code = currencyCode(currency);
  const decimals = currencyDecimals(code);
  const texts = DOCUMENT_TEXTS[locale];
  const currencyDisplay = CURRENCIES_WITHOUT_SIGN.includes(currency) ? 'code' : 'symbol';
  const currencyStyle = { style: 'currency', currency, currencyDisplay, minimumFractionDigits: decimals } as const;
  const moneyFormat = new Intl.NumberFormat(locale, { ...currencyStyle, maximumFractionDigits: decimals });
  const priceFormat = new Intl.NumberFormat(locale, { ...currencyStyle, maximumFractionDigits: UNIT_PRICE_DECIMALS });
  const unitsFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: UNITS_DECIMALS });
  const rateFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'percent', maximumFractionDigits: RATE_DECIMALS });
  const countryNames = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });

  const money = (amount: bigint) => formatNumber(moneyFormat, centsToUnits(cents(amount), code).toFixed(decimals));
  const day = (text: DayText) => printableSpaces(Temporal.PlainDate.from(text).toLocaleString(locale, { dateStyle: 'medium' }));
  const daysOf = (period: DayRange) => ({ from: day(period.firstDay), to: day(period.lastDay) });
  return {
    currency,
    texts,
    money: (amount) => money(BigInt(amount)),
    deduction: (amount) => money(-BigInt(amount)),
    price: (amount) => formatNumber(priceFormat, amount),
    units: (units) => formatNumber(unitsFormat, units),
    rate: (rate) => formatNumber(rateFormat, rate),
    day,
    feesOf: (period) => fillText(texts.feesFromTo, daysOf(period)),
    range: (period) => fillText(texts.fromTo, daysOf(period)),
    country: (countryCode) => (/^[A-Z]{2}$/.test(countryCode) ? (countryNames.of(countryCode) ?? countryCode) : countryCode),
    paymentTerm: (days) => (days === 1 ? texts.paymentTermOneDay : fillText(texts.paymentTermDays, { days: String(days) })),
  };
}

/** Intl reads decimal text exactly; a number would have lost digits before it arrives. */
function formatNumber(format: Intl.NumberFormat, value: DecimalText): string {
  return printableSpaces(format.format(value as `${number}`));
}

/** French thousands come with U+202F, which the fonts lack; some currencies come with direction marks. */
function printableSpaces(text: string): string {
  return text.replace(/\u202f/g, '\u00a0').replace(/[\u200e\u200f\u061c]/g, '');
}
