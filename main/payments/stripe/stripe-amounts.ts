import { currencyDecimals, type CurrencyCode } from '../../../shared/currency.ts';
import { decimal } from '../../../shared/decimal.ts';
import { roundCents, type Cents } from '../../../shared/money.ts';

/**
 * How many decimals Stripe writes where it does not follow ISO 4217 as we do. ISK and UGX have none any more, but are still sent with two;
 * MGA, whose unit has five parts, is sent without any. Source: docs.stripe.com/currencies, "Zero-decimal currencies" and "Special cases".
 */
const DECIMALS_AT_STRIPE: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };
const THREE_DECIMALS = 3;
/** Three-decimal amounts must be whole tens. Source: docs.stripe.com/currencies, "Three-decimal currencies". */
const THREE_DECIMAL_STEP = 10;

/** An amount in Stripe's smallest unit: 1 ISK is 100, 10 KWD is 10000; null where Stripe cannot take that amount. */
export function toStripeAmount(amount: Cents, currency: CurrencyCode): number | null {
  const scaled = decimal(amount).times(scaleOf(currency));
  const isWhole = scaled.isInteger() && (currencyDecimals(currency) !== THREE_DECIMALS || scaled.mod(THREE_DECIMAL_STEP).isZero());
  return isWhole && scaled.lte(Number.MAX_SAFE_INTEGER) ? scaled.toNumber() : null;
}

/** The same amount back in ours. A fraction of our smallest unit is rounded. */
export function fromStripeAmount(amount: number, currency: CurrencyCode): Cents {
  return roundCents(decimal(amount).div(scaleOf(currency)));
}

function scaleOf(currency: CurrencyCode): ReturnType<typeof decimal> {
  const decimals = DECIMALS_AT_STRIPE[currency] ?? currencyDecimals(currency);
  return decimal(10).pow(decimals - currencyDecimals(currency));
}
