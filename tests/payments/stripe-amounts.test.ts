import { describe, expect, it } from 'vitest';
import { fromStripeAmount, toStripeAmount } from '../../main/payments/stripe/stripe-amounts.ts';
import { currencyCode } from '../../shared/currency.ts';
import { cents } from '../../shared/money.ts';

describe('amounts at Stripe', () => {
  it.each([
    { name: 'two decimals are the same there', currency: 'EUR', ours: 1234n, theirs: 1234 },
    { name: 'no decimals are the same there', currency: 'JPY', ours: 1234n, theirs: 1234 },
    { name: 'Icelandic crowns are written with two decimals', currency: 'ISK', ours: 1234n, theirs: 123_400 },
    { name: 'Ugandan shillings are written with two decimals', currency: 'UGX', ours: 5n, theirs: 500 },
    { name: 'ariaries are written without decimals', currency: 'MGA', ours: 120_000n, theirs: 1200 },
    { name: 'three decimals end in 0', currency: 'KWD', ours: 12_340n, theirs: 12_340 },
    { name: 'the largest amount is exact', currency: 'USD', ours: 9_999_999_999_999n, theirs: 9_999_999_999_999 },
  ])('$name', ({ currency, ours, theirs }) => {
    expect(toStripeAmount(cents(ours), currencyCode(currency))).toBe(theirs);
    expect(fromStripeAmount(theirs, currencyCode(currency))).toBe(ours);
  });

  it.each([
    { name: 'a third decimal that is not 0', currency: 'KWD', ours: 12_345n },
    { name: 'a part of an ariary', currency: 'MGA', ours: 120_050n },
  ])('$name cannot be sent', ({ currency, ours }) => {
    expect(toStripeAmount(cents(ours), currencyCode(currency))).toBeNull();
  });
});
