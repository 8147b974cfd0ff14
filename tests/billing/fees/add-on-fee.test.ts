import { describe, expect, test } from 'vitest';
import { addOnFee, type AddOnFeeFacts } from '../../../main/billing/fees/add-on-fee.ts';
import { currencyCode } from '../../../shared/currency.ts';
import { decimal } from '../../../shared/decimal.ts';
import { cents } from '../../../shared/money.ts';
import { instant, USD, uuid } from '../../support/billing-rows.ts';
import { tax } from '../../support/subscription-builders.ts';

const INVOICED_AT = instant('2023-05-17T09:30:00Z');

/** One set-up at 19.99 unless told. */
function feeOf(changes: Partial<AddOnFeeFacts> = {}, ownTaxes: readonly string[] = []) {
  return addOnFee({
    addOn: {
      id: uuid(7),
      code: 'setup',
      name: 'Set-up',
      description: 'On site',
      invoiceDisplayName: null,
      amountCents: cents(1999),
      taxes: ownTaxes.map((code) => tax(code, '5')),
    },
    currency: USD,
    units: decimal(1),
    unitAmountCents: null,
    description: null,
    invoiceDisplayName: null,
    taxes: [],
    inheritedTaxes: [tax('inherited', '20')],
    span: null,
    invoicedAt: INVOICED_AT,
    ...changes,
  });
}

describe('the amount', () => {
  for (const { name, changes, expected } of [
    { name: 'of one is the price of the add-on', changes: {}, expected: [1999n, '19.99', '19.99'] },
    { name: 'of 2.5 at 19.99 is 49.975: 49.98', changes: { units: decimal('2.5') }, expected: [4998n, '19.99', '49.975'] },
    { name: 'of 3 at a given 3.33', changes: { units: decimal(3), unitAmountCents: cents(333) }, expected: [999n, '3.33', '9.99'] },
    { name: 'of none is nothing', changes: { units: decimal(0) }, expected: [0n, '19.99', '0'] },
    { name: 'at a given price of nothing is nothing', changes: { unitAmountCents: cents(0) }, expected: [0n, '0', '0'] },
    {
      name: 'in yen: 1 999 x 0.5 is 999.5: 1 000',
      changes: { units: decimal('0.5'), currency: currencyCode('JPY') },
      expected: [1000n, '1999', '999.5'],
    },
    { name: 'in dinar: 1.999', changes: { currency: currencyCode('KWD') }, expected: [1999n, '1.999', '1.999'] },
  ]) {
    test(name, () => {
      const fee = feeOf(changes);
      expect([fee.amountCents, fee.unitAmount.toFixed(), fee.preciseAmount.toFixed()]).toEqual(expected);
    });
  }
});

describe('the taxes', () => {
  const codes = (fee: ReturnType<typeof feeOf>) => fee.taxes.map((each) => each.code);
  test('are those named for the fee', () => expect(codes(feeOf({ taxes: [tax('a', '20'), tax('b', '10')] }, ['own']))).toEqual(['a', 'b']));
  test('else the add-on’s own', () => expect(codes(feeOf({}, ['own']))).toEqual(['own']));
  test('else the inherited ones', () => expect(codes(feeOf())).toEqual(['inherited']));
});

describe('the words and dates', () => {
  test('are the add-on’s', () => {
    const fee = feeOf();
    expect(fee).toMatchObject({
      feeType: 'add_on',
      subscriptionId: null,
      item: { id: uuid(7), type: 'AddOn', code: 'setup', name: 'Set-up', description: 'On site' },
      description: 'On site',
      invoiceDisplayName: null,
    });
  });

  test('or those given', () => {
    expect(feeOf({ description: 'Visit', invoiceDisplayName: 'First visit' })).toMatchObject({
      description: 'Visit',
      invoiceDisplayName: 'First visit',
    });
  });

  test('without a span it carries the instant of its invoice, and explains none', () => {
    const fee = feeOf();
    expect([fee.fromAt.equals(INVOICED_AT), fee.toAt.equals(INVOICED_AT), fee.explanation.boundaries]).toEqual([true, true, {}]);
  });

  test('with a span it carries that', () => {
    const span = { fromAt: instant('2023-02-01T00:00:00Z'), toAt: instant('2023-02-28T23:59:59Z') };
    const fee = feeOf({ span });
    expect([fee.fromAt.equals(span.fromAt), fee.toAt.equals(span.toAt)]).toEqual([true, true]);
    expect(fee.explanation.boundaries).toEqual({ from: '2023-02-01T00:00:00Z', to: '2023-02-28T23:59:59Z' });
  });
});
