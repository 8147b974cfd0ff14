import { describe, expect, test } from 'vitest';
import { priceWith, usageOf } from './usage-of.ts';

const range = (from: number, to: number | null, rate: string, flat: string) => ({
  from_value: from,
  to_value: to,
  rate,
  flat_amount: flat,
});
const CLASSIC = { graduated_percentage_ranges: [range(0, 10, '1', '200'), range(11, 20, '2', '300'), range(21, null, '3', '400')] };
const ADJACENT = { graduated_percentage_ranges: [range(0, 10, '1', '200'), range(10, 20, '2', '300'), range(20, null, '3', '400')] };

describe('graduated_percentage: 0–10 1 % flat 200, 11–20 2 % flat 300, 21+ 3 % flat 400', () => {
  const rows = [
    { units: '0', expected: '200' },
    { units: '10', expected: '200.1' },
    { units: '11', expected: '500.12' },
    { units: '20', expected: '500.3' },
    { units: '21', expected: '900.33' },
  ];
  test.each(rows)('$units units cost $expected', ({ units, expected }) => {
    expect(priceWith('graduated_percentage', CLASSIC, usageOf(units)).amount.toFixed()).toBe(expected);
  });
  test.each(rows)('adjacent tiers do not count a unit twice: $units units cost $expected', ({ units, expected }) => {
    expect(priceWith('graduated_percentage', ADJACENT, usageOf(units)).amount.toFixed()).toBe(expected);
  });

  test('the details carry the rate', () => {
    expect(priceWith('graduated_percentage', CLASSIC, usageOf('11')).amountDetails).toEqual({
      graduated_percentage_ranges: [
        {
          from_value: 0,
          to_value: 10,
          units: '10.0',
          rate: '1.0',
          flat_unit_amount: '200.0',
          per_unit_total_amount: '0.1',
          total_with_flat_amount: '200.1',
        },
        {
          from_value: 11,
          to_value: 20,
          units: '1.0',
          rate: '2.0',
          flat_unit_amount: '300.0',
          per_unit_total_amount: '0.02',
          total_with_flat_amount: '300.02',
        },
      ],
    });
  });
});

describe('a fixed amount once for all units, as a percentage charge of 2022 had it', () => {
  test('one range: 200.5 units, 2 %, 7 once', () => {
    const properties = { graduated_percentage_ranges: [range(0, null, '2', '7')] };
    expect(priceWith('graduated_percentage', properties, usageOf('200.5')).amount.toFixed()).toBe('11.01');
    expect(priceWith('graduated_percentage', properties, usageOf('0')).amount.toFixed()).toBe('7');
  });

  test('two ranges leave the flat out without usage', () => {
    const properties = { graduated_percentage_ranges: [range(0, 1, '2', '0'), range(2, null, '2', '7')] };
    expect(priceWith('graduated_percentage', properties, usageOf('0')).amount.toFixed()).toBe('0');
    expect(priceWith('graduated_percentage', properties, usageOf('200.5')).amount.toFixed()).toBe('11.01');
  });
});
