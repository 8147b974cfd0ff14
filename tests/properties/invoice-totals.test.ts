import fc from 'fast-check';
import { expect, test } from 'vitest';
import { creditNoteAmounts } from '../../main/billing/invoice/credit-note-amounts.ts';
import { feeTaxes, invoiceTotals, type TaxableFee } from '../../main/billing/invoice/totals.ts';
import { decimal, ZERO } from '../../shared/decimal.ts';
import { cents } from '../../shared/money.ts';
import { tax } from '../support/subscription-builders.ts';

const rates = fc
  .uniqueArray(fc.integer({ min: 0, max: 10_000 }), { maxLength: 3 })
  .map((list) => list.map((rate) => decimal(rate).div(100).toFixed()));
const fees = fc.array(
  fc
    .record({ amount: fc.integer({ min: 0, max: 1_000_000 }), rates, share: fc.integer({ min: 0, max: 100 }) })
    .map(({ amount, rates: percents, share }): TaxableFee => ({
      amountCents: cents(amount),
      preciseCouponsAmountCents: decimal(amount).times(share).div(100),
      taxes: percents.map((rate) => tax(`vat_${rate}`, rate)),
    })),
  { maxLength: 8 },
);

/** The coupons of an invoice are whole cents, never more than its fees. */
const couponsOf = (list: readonly TaxableFee[]) =>
  cents(
    BigInt(
      list
        .reduce((sum, fee) => sum.plus(fee.preciseCouponsAmountCents), ZERO)
        .floor()
        .toFixed(),
    ),
  );

test('no total of an invoice is below nothing, and they add up', () => {
  fc.assert(
    fc.property(fees, (list) => {
      const totals = invoiceTotals(list, couponsOf(list));
      expect(totals.feesAmountCents).toBe(list.reduce((sum, fee) => sum + fee.amountCents, 0n));
      expect(totals.subTotalExcludingTaxesAmountCents).toBe(totals.feesAmountCents - totals.couponsAmountCents);
      expect(totals.subTotalIncludingTaxesAmountCents).toBe(totals.subTotalExcludingTaxesAmountCents + totals.taxesAmountCents);
      expect(totals.subTotalExcludingTaxesAmountCents).toBeGreaterThanOrEqual(0n);
      expect(totals.taxesAmountCents).toBeGreaterThanOrEqual(0n);
    }),
  );
});

test('the tax of an invoice is that of its fees, give or take half a cent for each', () => {
  fc.assert(
    fc.property(fees, (list) => {
      const shown = list.reduce((sum, fee) => sum + feeTaxes(fee).taxesAmountCents, 0n);
      const apart = Number(invoiceTotals(list, couponsOf(list)).taxesAmountCents - shown);
      expect(Math.abs(apart)).toBeLessThanOrEqual((list.length + 1) / 2);
    }),
  );
});

test('the order of the fees changes no total', () => {
  fc.assert(
    fc.property(fees, (list) => {
      const [forwards, backwards] = [list, list.toReversed()].map((order) => invoiceTotals(order, couponsOf(order)));
      expect(backwards?.subTotalIncludingTaxesAmountCents).toBe(forwards?.subTotalIncludingTaxesAmountCents);
      expect(backwards?.taxesRate.toFixed()).toBe(forwards?.taxesRate.toFixed());
    }),
  );
});

test('two notes that take a fee apart come to the fee and its tax', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 0, max: 3000 }),
      (amount, part, rate) => {
        const taxes = [tax('vat', decimal(rate).div(100).toFixed())];
        const first = Math.min(part, amount);
        const item = (of: number) => ({ exactAmountCents: decimal(of), feeAmountCents: cents(amount), feeCouponsCents: ZERO, taxes });
        const one = creditNoteAmounts([item(first)]);
        const rounding = decimal(one.taxesAmountCents).minus(one.exactTaxesCents);
        const other = creditNoteAmounts([item(amount - first)], rounding);
        const fee = feeTaxes({ amountCents: cents(amount), preciseCouponsAmountCents: ZERO, taxes });
        expect(one.totalAmountCents + other.totalAmountCents).toBe(BigInt(amount) + fee.taxesAmountCents);
      },
    ),
  );
});
