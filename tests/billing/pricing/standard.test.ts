import { describe, expect, test } from 'vitest';
import { priceWith, usageOf } from './usage-of.ts';
import { decimal } from '../../../shared/decimal.ts';

describe('standard', () => {
  test.each([
    { name: 'a thousand units at five cents', units: '1000', amount: '0.05', expected: '50' },
    { name: 'fractions of a unit are paid', units: '2.5', amount: '12.5', expected: '31.25' },
    { name: 'no units cost nothing', units: '0', amount: '12.5', expected: '0' },
    { name: 'a float would lose a cent here', units: '1.005', amount: '100', expected: '100.5' },
    { name: 'a price in exponent form', units: '30000000', amount: '1e-7', expected: '3' },
  ])('$name', ({ units, amount, expected }) => {
    expect(priceWith('standard', { amount }, usageOf(units)).amount.toFixed()).toBe(expected);
  });

  test('the unit price is the price, and there are no details', () => {
    const priced = priceWith('standard', { amount: '0.05' }, usageOf('1000'));
    expect(priced.unitAmount.toFixed()).toBe('0.05');
    expect(priced.amountDetails).toEqual({});
  });

  test('the unit price without units is 0', () => {
    expect(priceWith('standard', { amount: '0.05' }, usageOf('0')).unitAmount.toFixed()).toBe('0');
  });

  test('the step shows units, price and result', () => {
    expect(priceWith('standard', { amount: '12.5' }, usageOf('2.5')).steps).toEqual([
      { kind: 'unit_price', values: { units: '2.5', perUnitAmount: '12.5' }, result: '31.25' },
    ]);
  });

  test.each([
    { name: '10 added on the 16th of 30 days', units: '10', prorated: '5', price: '3', expected: '15' },
    { name: '10 carried and 10 added on the 16th', units: '20', prorated: '15', price: '3', expected: '45' },
    { name: '7 days of 29, 1 unit, price 1', units: '1', prorated: '0.24138', price: '1', expected: '0.24138' },
  ])('prorated: $name', ({ units, prorated, price, expected }) => {
    const usage = usageOf(units, { proratedUnits: decimal(prorated) });
    expect(priceWith('standard', { amount: price }, usage, { prorated: true }).amount.toFixed()).toBe(expected);
  });

  test('a prorated unit price is the amount over the full units that are shown', () => {
    const usage = usageOf('10', { proratedUnits: decimal('5') });
    expect(priceWith('standard', { amount: '3' }, usage, { prorated: true }).unitAmount.toFixed()).toBe('1.5');
  });

  test('a third of three units is one unit again before money is rounded', () => {
    const usage = usageOf(decimal(1).div(3).toFixed());
    expect(priceWith('standard', { amount: '0.015' }, usage).amount.toFixed()).toBe('0.005');
  });
});
