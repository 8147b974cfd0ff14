import { describe, expect, test } from 'vitest';
import { priceWith, usageOf } from './usage-of.ts';

const SIZE_10_FREE_5 = { amount: '100', package_size: 10, free_units: 5 };

describe('package: size 10, price 100, free 5', () => {
  test.each([
    { units: '0', expected: '0' },
    { units: '3', expected: '0' },
    { units: '5', expected: '0' },
    { units: '5.01', expected: '100' },
    { units: '6', expected: '100' },
    { units: '15', expected: '100' },
    { units: '15.5', expected: '200' },
    { units: '16', expected: '200' },
    { units: '-4', expected: '0' },
  ])('$units units cost $expected', ({ units, expected }) => {
    expect(priceWith('package', SIZE_10_FREE_5, usageOf(units)).amount.toFixed()).toBe(expected);
  });

  test('the unit price is over the paid units, the details show them', () => {
    const priced = priceWith('package', SIZE_10_FREE_5, usageOf('15'));
    expect(priced.unitAmount.toFixed()).toBe('10');
    expect(priced.amountDetails).toEqual({
      free_units: '5.0',
      paid_units: '10.0',
      per_package_size: 10,
      per_package_unit_amount: '100.0',
    });
  });

  test('inside the free units there is no unit price and nothing paid', () => {
    const priced = priceWith('package', SIZE_10_FREE_5, usageOf('3'));
    expect(priced.unitAmount.toFixed()).toBe('0');
    expect(priced.amountDetails).toMatchObject({ free_units: '5.0', paid_units: '0.0' });
  });

  test('the steps take the free units off, then count packages', () => {
    expect(priceWith('package', { amount: '1.50', package_size: 1000, free_units: 10000 }, usageOf('30412')).steps).toEqual([
      { kind: 'free_units', values: { units: '30412', freeUnits: 10000 }, result: '20412' },
      { kind: 'package', values: { units: '20412', packageSize: 1000, packages: '21', packageAmount: '1.5' }, result: '31.5' },
    ]);
  });
});

test('three tenths in packages of one is one package: no float slips in', () => {
  expect(priceWith('package', { amount: '5', package_size: 3, free_units: 0 }, usageOf('0.3')).amount.toFixed()).toBe('5');
});
