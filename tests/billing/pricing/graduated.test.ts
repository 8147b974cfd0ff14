import { describe, expect, test } from 'vitest';
import { priceWith, usageOf } from './usage-of.ts';

const range = (from: number, to: number | null, perUnit: string, flat: string) => ({
  from_value: from,
  to_value: to,
  per_unit_amount: perUnit,
  flat_amount: flat,
});
const CLASSIC = { graduated_ranges: [range(0, 10, '10', '2'), range(11, 20, '5', '3'), range(21, null, '5', '3')] };
const ADJACENT = { graduated_ranges: [range(0, 10, '10', '2'), range(10, 20, '5', '3'), range(20, null, '5', '3')] };

describe('graduated: 0–10 at 10 flat 2, 11–20 at 5 flat 3, 21+ at 5 flat 3', () => {
  const rows = [
    { units: '0', expected: '2' },
    { units: '1', expected: '12' },
    { units: '10', expected: '102' },
    { units: '10.5', expected: '107.5' },
    { units: '11', expected: '110' },
    { units: '20', expected: '155' },
    { units: '21', expected: '163' },
  ];
  test.each(rows)('$units units cost $expected', ({ units, expected }) => {
    expect(priceWith('graduated', CLASSIC, usageOf(units)).amount.toFixed()).toBe(expected);
  });
  test.each(rows)('written with adjacent bounds, $units units cost the same $expected', ({ units, expected }) => {
    expect(priceWith('graduated', ADJACENT, usageOf(units)).amount.toFixed()).toBe(expected);
  });

  test('the details list the tiers that are reached, with bounds as numbers and decimals as text', () => {
    expect(priceWith('graduated', CLASSIC, usageOf('21')).amountDetails).toEqual({
      graduated_ranges: [
        {
          from_value: 0,
          to_value: 10,
          units: '10.0',
          per_unit_amount: '10.0',
          flat_unit_amount: '2.0',
          per_unit_total_amount: '100.0',
          total_with_flat_amount: '102.0',
        },
        {
          from_value: 11,
          to_value: 20,
          units: '10.0',
          per_unit_amount: '5.0',
          flat_unit_amount: '3.0',
          per_unit_total_amount: '50.0',
          total_with_flat_amount: '53.0',
        },
        {
          from_value: 21,
          to_value: null,
          units: '1.0',
          per_unit_amount: '5.0',
          flat_unit_amount: '3.0',
          per_unit_total_amount: '5.0',
          total_with_flat_amount: '8.0',
        },
      ],
    });
  });

  test('the unit price is the amount over the units', () => {
    expect(priceWith('graduated', CLASSIC, usageOf('20')).unitAmount.toFixed()).toBe('7.75');
  });

  test('each reached tier is a step', () => {
    expect(priceWith('graduated', CLASSIC, usageOf('10.5')).steps.map((step) => [step.kind, step.values['units'], step.result])).toEqual([
      ['tier', '10', '102'],
      ['tier', '0.5', '5.5'],
    ]);
  });
});

test('bounds may be decimals', () => {
  const properties = { graduated_ranges: [range(0, 0.5, '10', '0'), range(0.5, null, '2', '1')] };
  expect(priceWith('graduated', properties, usageOf('0.5')).amount.toFixed()).toBe('5');
  expect(priceWith('graduated', properties, usageOf('1')).amount.toFixed()).toBe('7');
});

test('a first tier that starts at 1 counts its units from 0', () => {
  const properties = { graduated_ranges: [range(1, 10, '10', '2'), range(11, null, '5', '3')] };
  expect(priceWith('graduated', properties, usageOf('10')).amount.toFixed()).toBe('102');
});

test('a price that falls to nothing gives less for later units only', () => {
  const properties = { graduated_ranges: [range(0, 100, '1', '0'), range(101, null, '0', '0')] };
  expect(priceWith('graduated', properties, usageOf('250')).amount.toFixed()).toBe('100');
});
