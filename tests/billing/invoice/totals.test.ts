import { describe, expect, test } from 'vitest';
import { feeTaxes, invoiceTotals, type TaxableFee } from '../../../main/billing/invoice/totals.ts';
import { decimal } from '../../../shared/decimal.ts';
import { cents, ZERO_CENTS } from '../../../shared/money.ts';
import { tax } from '../../support/subscription-builders.ts';

/** A fee in cents with its taxes as rates, and its share of the coupons. */
function fee(amount: number, rates: readonly string[] = [], coupons = '0'): TaxableFee {
  return {
    amountCents: cents(amount),
    preciseCouponsAmountCents: decimal(coupons),
    taxes: rates.map((rate) => tax(`vat_${rate}`, rate)),
  };
}

describe('the totals of an invoice', () => {
  test('two taxes and a coupon, as worked in invoicing.md § 3', () => {
    const totals = invoiceTotals(
      [fee(10_000, ['10'], '500'), fee(5000, ['0'], '250'), fee(3000, ['20'], '150'), fee(2000, ['20'], '100')],
      cents(1000),
    );
    expect({ ...totals, taxesRate: totals.taxesRate.toFixed(), taxes: [] }).toEqual({
      feesAmountCents: 20_000n,
      couponsAmountCents: 1000n,
      subTotalExcludingTaxesAmountCents: 19_000n,
      taxesAmountCents: 1900n,
      taxesRate: '10',
      taxes: [],
      subTotalIncludingTaxesAmountCents: 20_900n,
    });
    expect(totals.taxes.map((each) => [each.tax.code, each.amountCents, each.baseAmountCents])).toEqual([
      ['vat_10', 950n, 9500n],
      ['vat_0', 0n, 4750n],
      ['vat_20', 950n, 4750n],
    ]);
  });

  test('the tax is rounded once: two fees of 68.33 at 20 % are 27.33, not 27.34', () => {
    const fees = [fee(6833, ['20']), fee(6833, ['20'])];
    expect(fees.map((each) => feeTaxes(each).taxesAmountCents)).toEqual([1367n, 1367n]);
    expect(invoiceTotals(fees, ZERO_CENTS).taxesAmountCents).toBe(2733n);
  });

  test('the shares of several coupons, as worked in invoicing.md § 4', () => {
    const fees = [
      fee(1000, ['10'], '676.47059'),
      fee(2000, ['20'], '1352.94117'),
      fee(3000, ['10'], '88.23529'),
      fee(4000, ['10'], '117.64706'),
      fee(1000, ['10'], '126.47059'),
      fee(2000, ['20'], '252.94118'),
      fee(3000, ['10'], '379.41176'),
      fee(4000, ['10'], '505.88235'),
    ];
    const totals = invoiceTotals(fees, cents(3500));
    expect([totals.subTotalExcludingTaxesAmountCents, totals.taxesAmountCents, totals.subTotalIncludingTaxesAmountCents]).toEqual([
      16_500n,
      1889n,
      18_389n,
    ]);
    expect(fees.map((each) => feeTaxes(each).taxesAmountCents)).toEqual([32n, 129n, 291n, 388n, 87n, 349n, 262n, 349n]);
  });

  test('several taxes on one fee add up and never compound', () => {
    const totals = invoiceTotals([fee(10_000, ['20', '5.5'])], ZERO_CENTS);
    expect([totals.taxesAmountCents, totals.taxesRate.toFixed()]).toEqual([2550n, '25.5']);
    expect(totals.taxes.map((each) => each.amountCents)).toEqual([2000n, 550n]);
  });

  test('the shown rate weighs each tax by its base, to 5 decimals', () => {
    const totals = invoiceTotals([fee(1000, ['20']), fee(2000, ['10']), fee(4000)], ZERO_CENTS);
    expect(totals.taxesRate.toFixed()).toBe('5.71429'); // (20 × 1000 + 10 × 2000) / 7000
  });

  test('without a sub-total the rate weighs each tax by its fees', () => {
    const totals = invoiceTotals([fee(0, ['20']), fee(0, ['10']), fee(0)], ZERO_CENTS);
    expect([totals.taxesRate.toFixed(), totals.subTotalIncludingTaxesAmountCents]).toEqual(['10', 0n]);
  });

  test('fees wholly discounted weigh alike', () => {
    const totals = invoiceTotals([fee(1000, ['20'], '1000')], cents(1000));
    expect([totals.taxesAmountCents, totals.taxesRate.toFixed(), totals.subTotalIncludingTaxesAmountCents]).toEqual([0n, '20', 0n]);
  });

  test('no fee is no amount', () => {
    const totals = invoiceTotals([], ZERO_CENTS);
    expect([totals.feesAmountCents, totals.taxesAmountCents, totals.taxesRate.toFixed(), totals.taxes]).toEqual([0n, 0n, '0', []]);
  });

  test('half a cent of tax is rounded away from zero', () => {
    expect(invoiceTotals([fee(10, ['5'])], ZERO_CENTS).taxesAmountCents).toBe(1n);
    expect(invoiceTotals([fee(9, ['5'])], ZERO_CENTS).taxesAmountCents).toBe(0n);
  });
});

describe('the taxes of one fee', () => {
  test('are on its discounted amount', () => {
    const taxes = feeTaxes(fee(10_000, ['10'], '500'));
    expect([taxes.taxesAmountCents, taxes.exactTaxesCents.toFixed(), taxes.taxesRate.toFixed()]).toEqual([950n, '950', '10']);
  });

  test('are rounded together, each tax by itself for show', () => {
    const taxes = feeTaxes(fee(1, ['30', '30']));
    expect([taxes.taxesAmountCents, taxes.taxes.map((each) => each.amountCents)]).toEqual([1n, [0n, 0n]]);
  });

  test('a fee without taxes has a rate of 0', () => {
    expect(feeTaxes(fee(1000)).taxesRate.toFixed()).toBe('0');
  });
});
