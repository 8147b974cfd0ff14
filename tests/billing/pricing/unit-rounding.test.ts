import { expect, test } from 'vitest';
import { decimal } from '../../../shared/decimal.ts';
import { roundUnits } from '../../../main/billing/pricing/unit-rounding.ts';

test.each([
  { units: '12.345', roundingFunction: 'round', roundingPrecision: 2, expected: '12.35' },
  { units: '12.345', roundingFunction: 'ceil', roundingPrecision: 1, expected: '12.4' },
  { units: '12.345', roundingFunction: 'floor', roundingPrecision: 0, expected: '12' },
  { units: '12.345', roundingFunction: 'ceil', roundingPrecision: -1, expected: '20' },
  { units: '149.9', roundingFunction: 'round', roundingPrecision: -2, expected: '100' },
  { units: '150', roundingFunction: 'round', roundingPrecision: -2, expected: '200' },
  { units: '-2.5', roundingFunction: 'round', roundingPrecision: 0, expected: '-3' },
  { units: '-0.5', roundingFunction: 'ceil', roundingPrecision: 0, expected: '0' },
  { units: '0.3', roundingFunction: 'ceil', roundingPrecision: null, expected: '1' },
  { units: '12.345', roundingFunction: null, roundingPrecision: null, expected: '12.345' },
] as const)('$roundingFunction of $units to $roundingPrecision decimals is $expected', ({ units, expected, ...metric }) => {
  expect(roundUnits(decimal(units), metric).toFixed()).toBe(expected);
});
