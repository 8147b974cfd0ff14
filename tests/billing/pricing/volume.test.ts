import { describe, expect, test } from 'vitest';
import { decimal } from '../../../shared/decimal.ts';
import { priceWith, usageOf } from './usage-of.ts';

const range = (from: number, to: number | null, perUnit: string, flat: string) => ({
  from_value: from,
  to_value: to,
  per_unit_amount: perUnit,
  flat_amount: flat,
});
const TIERS = { volume_ranges: [range(0, 100, '2', '10'), range(101, 200, '1', '0'), range(201, null, '0.5', '50')] };

describe('volume: 0–100 at 2 flat 10, 101–200 at 1, 201+ at 0.5 flat 50', () => {
  test.each([
    { units: '0', expected: '10' },
    { units: '1', expected: '12' },
    { units: '100', expected: '210' },
    { units: '100.5', expected: '100.5' },
    { units: '101', expected: '101' },
    { units: '200', expected: '200' },
    { units: '300', expected: '200' },
  ])('$units units cost $expected', ({ units, expected }) => {
    expect(priceWith('volume', TIERS, usageOf(units)).amount.toFixed()).toBe(expected);
  });

  test('the details show the one tier that prices all units', () => {
    const priced = priceWith('volume', TIERS, usageOf('300'));
    expect(priced.amountDetails).toEqual({ flat_unit_amount: '50.0', per_unit_amount: '0.5', per_unit_total_amount: '150.0' });
    expect(priced.unitAmount.toDecimalPlaces(6).toFixed()).toBe('0.666667');
    expect(priced.steps).toEqual([
      {
        kind: 'tier',
        values: { fromValue: 201, toValue: null, units: '300', perUnitAmount: '0.5', unitsAmount: '150', flatAmount: '50' },
        result: '200',
      },
    ]);
  });

  test('prorated: full units choose the tier, prorated units pay its price, the flat is in full', () => {
    const usage = usageOf('300', { proratedUnits: decimal('150') });
    expect(priceWith('volume', TIERS, usage, { prorated: true }).amount.toFixed()).toBe('125');
  });
});

test('a first tier that starts at 1 also covers 0', () => {
  const properties = { volume_ranges: [range(1, 10, '2', '10'), range(11, null, '1', '0')] };
  expect(priceWith('volume', properties, usageOf('0')).amount.toFixed()).toBe('10');
});
