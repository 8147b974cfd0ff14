import { describe, expect, test } from 'vitest';
import { currencyCode } from '../../shared/currency.ts';
import { decimal } from '../../shared/decimal.ts';
import { addCents, AmountOutOfRange, cents, centsToWire, roundCents, unitsToCents } from '../../shared/money.ts';

describe('rounding money', () => {
  test.each([
    { amount: '0.125', currency: 'USD', cents: 13n },
    { amount: '0.135', currency: 'USD', cents: 14n },
    { amount: '2.675', currency: 'USD', cents: 268n },
    { amount: '0.0049', currency: 'USD', cents: 0n },
    { amount: '-0.125', currency: 'USD', cents: -13n },
    { amount: '12.3456', currency: 'JPY', cents: 12n },
    { amount: '12.3456', currency: 'KWD', cents: 12346n },
    { amount: '12.3456', currency: 'CLF', cents: 123456n },
  ])('$amount $currency is $cents cents', ({ amount, currency, cents: rounded }) => {
    expect(unitsToCents(decimal(amount), currencyCode(currency))).toBe(rounded);
  });
});

describe('an amount that JSON cannot carry exactly', () => {
  test('is refused by name where it is rounded, not before', () => {
    expect(roundCents(decimal('9007199254740991.4'))).toBe(9007199254740991n);
    expect(() => roundCents(decimal('9007199254740991.5'))).toThrow(AmountOutOfRange);
    expect(() => roundCents(decimal('-9007199254740992'))).toThrow(AmountOutOfRange);
  });

  test('is refused where sums of such amounts leave', () => {
    const most = cents(9007199254740991n);
    expect(centsToWire(most)).toBe(9007199254740991);
    expect(() => centsToWire(addCents(most, cents(1n)))).toThrow(AmountOutOfRange);
  });
});
