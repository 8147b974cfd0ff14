import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { decimal, ZERO } from '../../shared/decimal.ts';
import { cents, maxCents, roundCents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { hasErrors, invalid, mergeFieldErrors, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { CouponTerms } from '../billing/facts.ts';
import { couponCredits, type CouponableFee } from '../billing/invoice/coupons.ts';
import type { ServiceContext } from '../service-context.ts';
import { durationErrors, mergeCoupon, valueErrors, type CouponAttributes, type CouponInput } from './coupon-input.ts';

const INVOICES = 3;
/** 100.00 of a currency with two decimals. */
const USUAL_FEES = cents(10_000);
/** Of a fixed amount: so that it is not used up by the first invoice, and is by the second. */
const SHARE_OF_AMOUNT = '0.6';
const ELIGIBLE_PLAN = 'eligible';

/** One invoice of the example, and what is left of the coupon after it. */
export interface ExampleInvoice {
  readonly eligibleCents: Cents;
  readonly otherCents: Cents;
  readonly couponCents: Cents;
  readonly totalCents: Cents;
  readonly remainingCents: Cents | null;
  readonly remainingInvoices: number | null;
  readonly isUsedUp: boolean;
}

export interface CouponExample {
  readonly currency: CurrencyCode;
  readonly invoices: readonly ExampleInvoice[];
}

export interface ExampleWish {
  readonly input: CouponInput;
  /** What each invoice bills; amounts that suit the coupon unless told. */
  readonly feesCents: Cents | null;
  /** For percentages, which have no currency of their own. */
  readonly defaultCurrency: CurrencyCode;
  readonly refused: FieldErrors;
}

/**
 * What a coupon that is still being written would take off three invoices in a row, by the rules of billing. One that is limited meets invoices
 * of which half can be lowered. Errors: 422 for its value and its duration.
 */
export function couponExample(context: ServiceContext, wish: ExampleWish): Result<CouponExample> {
  const occasion = { existing: null, isApplied: false, now: context.clock.now(), timeZone: 'UTC' };
  const merged = mergeCoupon({ ...wish.input, expiration: 'no_expiration' }, occasion);
  const errors = { ...mergeFieldErrors(valueErrors(merged), durationErrors(merged)), ...wish.refused };
  if (hasErrors(errors)) return invalid(errors);
  const attributes = merged as CouponAttributes;
  const isLimited = (wish.input.planCodes ?? []).length > 0 || (wish.input.billableMetricCodes ?? []).length > 0;
  const currency = attributes.amountCurrency ?? wish.defaultCurrency;
  const fees = wish.feesCents ?? feesThatSuit(attributes);
  return ok({ currency, invoices: playInvoices(attributes, { currency, fees, isLimited }) });
}

function feesThatSuit({ amountCents }: CouponAttributes): Cents {
  return amountCents === null ? USUAL_FEES : maxCents(roundCents(decimal(amountCents).times(SHARE_OF_AMOUNT)), cents(1));
}

interface Stage {
  readonly currency: CurrencyCode;
  readonly fees: Cents;
  readonly isLimited: boolean;
}

function playInvoices(attributes: CouponAttributes, stage: Stage): readonly ExampleInvoice[] {
  let terms: CouponTerms | null = givenTerms(attributes, stage);
  return Array.from({ length: INVOICES }, () => {
    const fees = feesOf(stage);
    const { couponsAmountCents, uses } = couponCredits({ currency: stage.currency, fees, coupons: terms === null ? [] : [terms] });
    const [use] = uses;
    if (terms !== null && use !== undefined) terms = use.isUsedUp ? null : afterUse(terms, { ...use });
    return invoiceOf(fees, couponsAmountCents, terms);
  });
}

function givenTerms(attributes: CouponAttributes, { isLimited }: Stage): CouponTerms {
  return {
    appliedCouponId: 'example',
    code: 'example',
    couponType: attributes.couponType,
    amountCents: attributes.amountCents,
    currency: attributes.amountCurrency,
    percentageRate: attributes.percentageRate,
    frequency: attributes.frequency,
    frequencyDurationRemaining: attributes.frequencyDuration,
    usedAmountCents: ZERO_CENTS,
    limit: isLimited ? { kind: 'plans', planIds: [ELIGIBLE_PLAN] } : { kind: 'none' },
  };
}

function afterUse(
  terms: CouponTerms,
  use: { readonly amountCents: Cents; readonly frequencyDurationRemaining: number | null },
): CouponTerms {
  return {
    ...terms,
    usedAmountCents: cents(terms.usedAmountCents + use.amountCents),
    frequencyDurationRemaining: use.frequencyDurationRemaining,
  };
}

function feesOf({ fees, isLimited }: Stage): readonly CouponableFee[] {
  const eligible = { planId: ELIGIBLE_PLAN, metricId: null, amountCents: fees, preciseCouponsAmountCents: ZERO };
  return isLimited ? [eligible, { ...eligible, planId: 'other' }] : [eligible];
}

function invoiceOf(fees: readonly CouponableFee[], couponCents: Cents, left: CouponTerms | null): ExampleInvoice {
  const [eligible, other] = fees;
  const eligibleCents = present(eligible, 'each invoice has a fee').amountCents;
  const otherCents = other?.amountCents ?? ZERO_CENTS;
  const isOnce = left?.frequency === 'once' && left.amountCents !== null;
  return {
    eligibleCents,
    otherCents,
    couponCents,
    totalCents: subtractCents(cents(eligibleCents + otherCents), couponCents),
    remainingCents: isOnce ? subtractCents(left.amountCents, left.usedAmountCents) : null,
    remainingInvoices: left?.frequency === 'recurring' ? left.frequencyDurationRemaining : null,
    isUsedUp: left === null,
  };
}
