import { Decimal, decimal, sumDecimals, ZERO } from '../../../shared/decimal.ts';
import { addCents, roundCents, type Cents } from '../../../shared/money.ts';
import type { TaxTerms } from '../facts.ts';

/** The item of a credit note: an amount of a fee, before tax and before coupons, in cents with fractions. */
export interface CreditedItem {
  readonly exactAmountCents: Decimal;
  readonly feeAmountCents: Cents;
  readonly feeCouponsCents: Decimal;
  readonly taxes: readonly TaxTerms[];
}

export interface CreditNoteAmounts {
  readonly subTotalExcludingTaxesAmountCents: Cents;
  readonly exactCouponsAdjustmentCents: Decimal;
  readonly couponsAdjustmentAmountCents: Cents;
  readonly taxesAmountCents: Cents;
  readonly exactTaxesCents: Decimal;
  readonly taxesRate: Decimal;
  readonly taxes: readonly { readonly tax: TaxTerms; readonly amountCents: Cents; readonly baseAmountCents: Cents }[];
  readonly totalAmountCents: Cents;
}

/**
 * What a credit note comes to: the items less their share of the coupons, plus their taxes, each rounded once, half away from zero, to cents.
 * The earlier roundings (rounded less exact, in cents) are given when the note uses up what is left of its invoice: they are taken off, so that
 * all notes together equal the invoice. Rule: invoicing.md § 7.
 */
export function creditNoteAmounts(
  items: readonly CreditedItem[],
  earlierTaxRounding: Decimal = ZERO,
  earlierSubTotalRounding: Decimal = ZERO,
): CreditNoteAmounts {
  const gross = sumDecimals(items.map((item) => item.exactAmountCents));
  const adjustment = sumDecimals(items.map(couponShare));
  const groups = taxGroups(items);
  const exactTaxesCents = sumDecimals(groups.map((group) => group.base.times(group.tax.rate).div(100)));
  const subTotal = roundCents(gross.minus(adjustment).minus(earlierSubTotalRounding));
  const taxesAmountCents = roundCents(exactTaxesCents.minus(earlierTaxRounding));
  return {
    subTotalExcludingTaxesAmountCents: subTotal,
    exactCouponsAdjustmentCents: adjustment,
    couponsAdjustmentAmountCents: roundCents(adjustment),
    taxesAmountCents,
    exactTaxesCents,
    taxesRate: averageRate(groups, gross.minus(adjustment)),
    taxes: groups.map((group) => ({
      tax: group.tax,
      amountCents: roundCents(group.base.times(group.tax.rate).div(100)),
      baseAmountCents: roundCents(group.base),
    })),
    totalAmountCents: addCents(subTotal, taxesAmountCents),
  };
}

interface TaxGroup {
  readonly tax: TaxTerms;
  readonly base: Decimal;
}

function couponShare(item: CreditedItem): Decimal {
  return item.feeAmountCents === 0n ? ZERO : item.exactAmountCents.times(item.feeCouponsCents).div(decimal(item.feeAmountCents));
}

function taxGroups(items: readonly CreditedItem[]): readonly TaxGroup[] {
  const groups = new Map<string, TaxGroup>();
  for (const item of items) {
    for (const tax of item.taxes) {
      const base = item.exactAmountCents.minus(couponShare(item));
      groups.set(tax.code, { tax, base: (groups.get(tax.code)?.base ?? ZERO).plus(base) });
    }
  }
  return [...groups.values()];
}

function averageRate(groups: readonly TaxGroup[], subTotal: Decimal): Decimal {
  if (subTotal.isZero()) return ZERO;
  return sumDecimals(groups.map((group) => group.tax.rate.times(group.base).div(subTotal))).toDecimalPlaces(5, Decimal.ROUND_HALF_UP);
}
