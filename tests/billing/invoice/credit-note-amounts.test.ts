import { describe, expect, test } from 'vitest';
import { creditNoteAmounts, type CreditedItem } from '../../../main/billing/invoice/credit-note-amounts.ts';
import { decimal } from '../../../shared/decimal.ts';
import { cents } from '../../../shared/money.ts';
import { tax } from '../../support/subscription-builders.ts';

function item(
  amount: string,
  feeAmount: number,
  more: { readonly rates?: readonly string[]; readonly coupons?: string } = {},
): CreditedItem {
  return {
    exactAmountCents: decimal(amount),
    feeAmountCents: cents(feeAmount),
    feeCouponsCents: decimal(more.coupons ?? '0'),
    taxes: (more.rates ?? []).map((rate) => tax(`vat_${rate}`, rate)),
  };
}

function summary(...args: Parameters<typeof creditNoteAmounts>) {
  const amounts = creditNoteAmounts(...args);
  return [amounts.subTotalExcludingTaxesAmountCents, amounts.taxesAmountCents, amounts.totalAmountCents];
}

describe('the amounts of a credit note', () => {
  test('5 000 a month, 20 of 28 days unused, 20 %: 3 571 + 714, not 4 286', () => {
    expect(summary([item('3571.42857', 3750, { rates: ['20'] })])).toEqual([3571n, 714n, 4285n]);
  });

  test('10 000 a month, 7 of 28 days unused, 20 %: 2 500 + 500', () => {
    expect(summary([item('2500', 7500, { rates: ['20'] })])).toEqual([2500n, 500n, 3000n]);
  });

  test('the last note of an invoice takes off the rounding of the earlier ones', () => {
    const half = item('6833', 6833, { rates: ['20'] });
    expect(summary([half])).toEqual([6833n, 1367n, 8200n]);
    // Earlier: 1367 rounded, 1366.6 exact.
    expect(summary([half], decimal('0.4'))).toEqual([6833n, 1366n, 8199n]);
  });

  test('coupons come off in the share of the item', () => {
    const amounts = creditNoteAmounts([item('500', 1000, { coupons: '100', rates: ['10'] })]);
    expect([amounts.couponsAdjustmentAmountCents, amounts.subTotalExcludingTaxesAmountCents, amounts.taxesAmountCents]).toEqual([
      50n,
      450n,
      45n,
    ]);
  });

  test('a fee wholly paid by a coupon gives nothing back', () => {
    expect(summary([item('500', 1000, { coupons: '1000', rates: ['10'] })])).toEqual([0n, 0n, 0n]);
  });

  test('items of several taxes are rounded once', () => {
    const amounts = creditNoteAmounts([item('333', 1000, { rates: ['20'] }), item('333', 1000, { rates: ['5.5'] })]);
    // 66.6 + 18.315 = 84.915
    expect([amounts.taxesAmountCents, amounts.exactTaxesCents.toFixed(), amounts.taxesRate.toFixed()]).toEqual([85n, '84.915', '12.75']);
    expect(amounts.taxes.map((each) => [each.tax.code, each.amountCents, each.baseAmountCents])).toEqual([
      ['vat_20', 67n, 333n],
      ['vat_5.5', 18n, 333n],
    ]);
  });

  test('an item of a fee of 0 has no share of a coupon', () => {
    expect(summary([item('0', 0)])).toEqual([0n, 0n, 0n]);
  });
});
