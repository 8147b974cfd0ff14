import type { CurrencyCode } from '../../shared/currency.ts';
import { sumDecimals, type Decimal } from '../../shared/decimal.ts';
import { addCents, type Cents } from '../../shared/money.ts';
import type { ChargeFeeDraft, ChargeTerms } from '../billing/facts.ts';
import { priceChargeUsage, withChargeMinimum } from '../billing/fees/charge-fee.ts';
import { imaginedBuckets, type ChargeWish } from './imagined-usage.ts';

/** A whole period: nothing is prorated in a calculator. */
const WHOLE_PERIOD = { billedDays: 1, fullPeriodDays: 1 };

/** What one charge costs in one of its periods. */
export interface PricedCharge {
  /** One for each filter in order, one for everything else, and the true-up of a spending minimum. */
  readonly fees: readonly ChargeFeeDraft[];
  /** Sum of the fees, each rounded by itself. */
  readonly amountCents: Cents;
  readonly amount: Decimal;
}

/** Prices imagined usage of one charge as a billing run prices what was received. */
export function priceImaginedUsage(terms: ChargeTerms, wish: ChargeWish, currency: CurrencyCode): PricedCharge {
  const fees = withChargeMinimum(terms, priceChargeUsage(terms, imaginedBuckets(terms, wish), currency), WHOLE_PERIOD);
  return {
    fees,
    amountCents: addCents(...fees.map((fee) => fee.amountCents)),
    amount: sumDecimals(fees.map((fee) => fee.preciseAmount)),
  };
}
