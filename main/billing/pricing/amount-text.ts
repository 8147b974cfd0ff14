import { assert } from '../../../shared/assert.ts';
import { Decimal } from '../../../shared/decimal.ts';
import type { ChargeProperties } from '../facts.ts';

const AMOUNT_TEXT = /^(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$/;
const LONGEST_AMOUNT = 100;

/** Whether a value is an amount or a rate: a text, a number, not negative. Also "1e-7", which is how many programs write small prices. */
export function isAmountText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_AMOUNT && AMOUNT_TEXT.test(value);
}

/** An amount of the properties, in currency units, or a rate in percent; checked when the charge was saved. */
export function readAmount(properties: ChargeProperties, key: string): Decimal {
  const value = properties[key];
  assert(isAmountText(value), `${key} was checked when the charge was saved`);
  return new Decimal(value);
}

/** The same for an optional amount: null when it is absent. */
export function readOptionalAmount(properties: ChargeProperties, key: string): Decimal | null {
  return properties[key] === undefined || properties[key] === null ? null : readAmount(properties, key);
}
