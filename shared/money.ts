import { assert } from './assert.ts';
import { currencyDecimals, type CurrencyCode } from './currency.ts';
import { Decimal, decimal } from './decimal.ts';

declare const centsBrand: unique symbol;
/** An amount in the currency's smallest unit: 1 JPY = 1n, 1 EUR = 100n, 1 KWD = 1000n. Never a float. */
export type Cents = bigint & { readonly [centsBrand]: true };

export const ZERO_CENTS = 0n as Cents;

const MAX_CENTS = BigInt(Number.MAX_SAFE_INTEGER);

/** Thrown where usage of absurd size would make an amount that neither the wire nor an invoice can carry exactly. */
export class AmountOutOfRange extends Error {
  readonly code = 'amount_out_of_range';

  constructor() {
    super(`an amount is beyond ${String(MAX_CENTS)} cents`);
  }
}

export function cents(value: bigint | number): Cents {
  assert(typeof value === 'bigint' || Number.isSafeInteger(value), 'cents are whole');
  return BigInt(value) as Cents;
}

export function addCents(...amounts: readonly Cents[]): Cents {
  return amounts.reduce<bigint>((sum, amount) => sum + amount, 0n) as Cents;
}

export function subtractCents(from: Cents, ...amounts: readonly Cents[]): Cents {
  return amounts.reduce<bigint>((rest, amount) => rest - amount, from) as Cents;
}

export function minCents(first: Cents, ...others: readonly Cents[]): Cents {
  return others.reduce((least, amount) => (amount < least ? amount : least), first);
}

export function maxCents(first: Cents, ...others: readonly Cents[]): Cents {
  return others.reduce((most, amount) => (amount > most ? amount : most), first);
}

/** Rounds an exact amount counted in cents, half away from zero; `AmountOutOfRange` beyond 2^53. Rule: invoicing.md § 1, the one rounding of money. */
export function roundCents(exactCents: Decimal): Cents {
  const whole = exactCents.toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  if (whole.abs().gt(MAX_CENTS.toString())) throw new AmountOutOfRange();
  return BigInt(whole.toFixed()) as Cents;
}

/** Currency units to cents, rounded half away from zero: 12.3456 is 12 JPY, 1235 USD, 12346 KWD. Rule: pricing.md § 9. */
export function unitsToCents(amount: Decimal, currency: CurrencyCode): Cents {
  return roundCents(amount.times(subunits(currency)));
}

/** Cents as exact currency units: 1235 USD is 12.35. */
export function centsToUnits(amount: Cents, currency: CurrencyCode): Decimal {
  return decimal(amount).div(subunits(currency));
}

/** How many of the smallest unit make one unit: 1, 100, 1000 or 10000. */
export function subunits(currency: CurrencyCode): Decimal {
  return new Decimal(10).pow(currencyDecimals(currency));
}

/** Cents as the JSON integer of the wire; `AmountOutOfRange` beyond 2^53, where it would not be exact. */
export function centsToWire(amount: Cents): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw new AmountOutOfRange();
  return value;
}

/** A part of a whole in per cent, as decimal text with one decimal, half away from zero. The whole is not 0. */
export function percentOf(part: Cents, whole: Cents): string {
  return decimal(part).times(100).div(decimal(whole)).toFixed(1);
}
