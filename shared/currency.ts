import { assert } from './assert.ts';

declare const currencyBrand: unique symbol;
/** An ISO 4217 code that the program knows, upper case. */
export type CurrencyCode = string & { readonly [currencyBrand]: true };

const TWO_DECIMALS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRO MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SEK SGD SHP SLL SOS SRD STD SZL THB TJS TOP TRY TTD TWD TZS UAH USD UYU UZS WST XCD YER ZAR ZMW'.split(
    ' ',
  );
const ZERO_DECIMALS = 'JPY KRW CLP VND XAF XOF XPF UGX RWF PYG KMF GNF DJF BIF VUV ISK'.split(' ');
const THREE_DECIMALS = 'KWD BHD JOD OMR TND IQD LYD'.split(' ');
const FOUR_DECIMALS = ['CLF'];

const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...TWO_DECIMALS.map((code) => [code, 2] as const),
  ...ZERO_DECIMALS.map((code) => [code, 0] as const),
  ...THREE_DECIMALS.map((code) => [code, 3] as const),
  ...FOUR_DECIMALS.map((code) => [code, 4] as const),
]);

export const CURRENCIES: readonly CurrencyCode[] = [...DECIMALS.keys()].sort() as unknown as readonly CurrencyCode[];

export function isCurrencyCode(value: unknown): value is CurrencyCode {
  return typeof value === 'string' && DECIMALS.has(value);
}

/** For codes already checked at the door; anything else is a bug. */
export function currencyCode(value: string): CurrencyCode {
  assert(isCurrencyCode(value), `currency ${value} was checked when it was stored`);
  return value;
}

/** How many decimals the currency's smallest unit has: JPY 0, USD 2, KWD 3, CLF 4. Rule: pricing.md § 9. */
export function currencyDecimals(currency: CurrencyCode): number {
  const decimals = DECIMALS.get(currency);
  assert(decimals !== undefined, 'a currency code is a known one');
  return decimals;
}
