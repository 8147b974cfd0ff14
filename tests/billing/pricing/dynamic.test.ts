import { expect, test } from 'vitest';
import { decimal } from '../../../shared/decimal.ts';
import { priceWith, usageOf } from './usage-of.ts';

test.each([
  { name: 'the prices that came with the events, as currency units', currency: 'USD', cents: '1236.66', units: '6', expected: '12.3666' },
  { name: 'no units cost nothing', currency: 'USD', cents: '5', units: '0', expected: '0' },
  { name: 'a currency without decimals', currency: 'JPY', cents: '1236.66', units: '6', expected: '1236.66' },
  { name: 'a currency with three decimals', currency: 'KWD', cents: '1236.6', units: '6', expected: '1.2366' },
])('dynamic: $name', ({ currency, cents, units, expected }) => {
  const priced = priceWith('dynamic', {}, usageOf(units, { preciseAmountCents: decimal(cents) }), { currency });
  expect(priced.amount.toFixed()).toBe(expected);
  expect(priced.amountDetails).toEqual({});
});

test('the unit price is the average', () => {
  const priced = priceWith('dynamic', {}, usageOf('4', { preciseAmountCents: decimal('200') }));
  expect(priced.unitAmount.toFixed()).toBe('0.5');
});
