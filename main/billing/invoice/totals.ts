import { Decimal, decimal, sumDecimals, ZERO } from '../../../shared/decimal.ts';
import { addCents, roundCents, subtractCents, type Cents } from '../../../shared/money.ts';
import type { TaxTerms } from '../facts.ts';

const RATE_DECIMALS = 5;

/** What totals need to know of a fee. */
export interface TaxableFee {
  readonly amountCents: Cents;
  /** Share of the coupons in cents, five decimals. */
  readonly preciseCouponsAmountCents: Decimal;
  readonly taxes: readonly TaxTerms[];
}

/** One tax of a fee or of an invoice. */
export interface TaxAmount {
  readonly tax: TaxTerms;
  readonly amountCents: Cents;
  /** Sum of the discounted bases under the tax, in cents, rounded for show. */
  readonly baseAmountCents: Cents;
}

export interface FeeTaxes {
  readonly taxesAmountCents: Cents;
  /** Exact tax in cents. */
  readonly exactTaxesCents: Decimal;
  readonly taxesRate: Decimal;
  readonly taxes: readonly TaxAmount[];
}

export interface InvoiceTotals {
  readonly feesAmountCents: Cents;
  readonly couponsAmountCents: Cents;
  readonly subTotalExcludingTaxesAmountCents: Cents;
  readonly taxesAmountCents: Cents;
  readonly taxesRate: Decimal;
  readonly taxes: readonly TaxAmount[];
  readonly subTotalIncludingTaxesAmountCents: Cents;
}

/**
 * The taxes of one fee: each rate on the discounted amount, added up and never compounded, rounded half away from zero to cents for show.
 * Rule: invoicing.md § 3 "Per fee".
 */
export function feeTaxes(fee: TaxableFee): FeeTaxes {
  const base = discountedBase(fee);
  const exact = sumDecimals(fee.taxes.map((tax) => taxOn(base, tax)));
  return {
    taxesAmountCents: roundCents(exact),
    exactTaxesCents: exact,
    taxesRate: sumDecimals(fee.taxes.map((tax) => tax.rate)),
    taxes: fee.taxes.map((tax) => ({ tax, amountCents: roundCents(taxOn(base, tax)), baseAmountCents: roundCents(base) })),
  };
}

/**
 * Fees, coupons and taxes of an invoice, in cents. The tax is computed from the unrounded bases of all fees and rounded once, so it may differ
 * from the sum of the fees' own taxes by a cent or more. Rule: invoicing.md §§ 1, 3.
 */
export function invoiceTotals(fees: readonly TaxableFee[], couponsAmountCents: Cents): InvoiceTotals {
  const feesAmountCents = addCents(...fees.map((fee) => fee.amountCents));
  const subTotal = subtractCents(feesAmountCents, couponsAmountCents);
  const byTax = groupByTax(fees);
  const exact = sumDecimals(byTax.map((group) => taxOn(group.base, group.tax)));
  const taxesAmountCents = roundCents(exact);
  return {
    feesAmountCents,
    couponsAmountCents,
    subTotalExcludingTaxesAmountCents: subTotal,
    taxesAmountCents,
    taxesRate: averageRate(byTax, subTotal, fees.length),
    taxes: byTax.map((group) => ({
      tax: group.tax,
      amountCents: roundCents(taxOn(group.base, group.tax)),
      baseAmountCents: roundCents(group.base),
    })),
    subTotalIncludingTaxesAmountCents: addCents(subTotal, taxesAmountCents),
  };
}

interface TaxGroup {
  readonly tax: TaxTerms;
  readonly base: Decimal;
  readonly feeCount: number;
}

function groupByTax(fees: readonly TaxableFee[]): readonly TaxGroup[] {
  const groups = new Map<string, TaxGroup>();
  for (const fee of fees) {
    for (const tax of fee.taxes) {
      const known = groups.get(tax.code) ?? { tax, base: ZERO, feeCount: 0 };
      groups.set(tax.code, { tax: known.tax, base: known.base.plus(discountedBase(fee)), feeCount: known.feeCount + 1 });
    }
  }
  return [...groups.values()];
}

function averageRate(groups: readonly TaxGroup[], subTotal: Cents, feeCount: number): Decimal {
  const shares = groups.map((group) => {
    if (feeCount === 0) return ZERO;
    const share = subTotal === 0n ? decimal(group.feeCount).div(feeCount) : group.base.div(decimal(subTotal));
    return group.tax.rate.times(share);
  });
  return sumDecimals(shares).toDecimalPlaces(RATE_DECIMALS, Decimal.ROUND_HALF_UP);
}

function discountedBase(fee: TaxableFee): Decimal {
  return decimal(fee.amountCents).minus(fee.preciseCouponsAmountCents);
}

function taxOn(base: Decimal, tax: TaxTerms): Decimal {
  return base.times(tax.rate).div(100);
}
