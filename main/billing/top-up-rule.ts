import type { BillingInterval } from '../../shared/billing-interval.ts';
import { laterDate, type PlainDate } from '../../shared/dates.ts';
import { Decimal, ZERO } from '../../shared/decimal.ts';
import { centsToUnits, type Cents } from '../../shared/money.ts';
import type { CreditTerms } from './invoice/prepaid-credits.ts';
import { anniversaryPeriod } from './periods/anniversary-period.ts';

/** What a recurring rule adds. */
export interface TopUpTerms {
  readonly method: 'fixed' | 'target';
  readonly paidCredits: Decimal;
  readonly grantedCredits: Decimal;
  /** Credits that the ongoing balance is brought up to. */
  readonly targetOngoingBalance: Decimal | null;
  readonly grantsTargetTopUp: boolean;
  readonly ignorePaidTopUpLimits: boolean;
}

/** The wallet of a rule, as it stands when the rule fires. */
export interface ToppedUpWallet extends CreditTerms {
  readonly ongoingBalanceCents: Cents;
  readonly paidTopUpMinAmountCents: Cents | null;
  readonly paidTopUpMaxAmountCents: Cents | null;
}

export interface TopUpCredits {
  readonly paidCredits: Decimal;
  readonly grantedCredits: Decimal;
}

const NOTHING: TopUpCredits = { paidCredits: ZERO, grantedCredits: ZERO };

/**
 * The credits that a rule adds when it fires: its own, or what is missing between the ongoing balance and the target, as paid credits within
 * the wallet's limits for purchases. Rule: invoicing.md § 8 "Recurring rule".
 */
export function creditsOfRule(rule: TopUpTerms, wallet: ToppedUpWallet): TopUpCredits {
  if (rule.method === 'fixed') return { paidCredits: rule.paidCredits, grantedCredits: rule.grantedCredits };
  const { currency, rateAmount } = wallet;
  const target = rule.targetOngoingBalance ?? ZERO;
  const gap = target.minus(centsToUnits(wallet.ongoingBalanceCents, currency).div(rateAmount));
  if (gap.lessThanOrEqualTo(0)) return NOTHING;
  if (rule.grantsTargetTopUp) return { paidCredits: ZERO, grantedCredits: gap };
  return { paidCredits: rule.ignorePaidTopUpLimits ? gap : withinLimits(gap, wallet), grantedCredits: ZERO };
}

function withinLimits(credits: Decimal, wallet: ToppedUpWallet): Decimal {
  const { paidTopUpMinAmountCents: least, paidTopUpMaxAmountCents: most } = wallet;
  const creditsFor = (amountCents: Cents): Decimal => centsToUnits(amountCents, wallet.currency).div(wallet.rateAmount);
  const atLeast = least === null ? credits : Decimal.max(credits, creditsFor(least));
  return most === null ? atLeast : Decimal.min(atLeast, creditsFor(most));
}

/**
 * The day of an interval rule's next top-up, after `after`: an anniversary of the day it counts from, the last day of shorter months instead
 * of one that they lack; never before that day itself. Days are days of the customer's zone. Rule: invoicing.md § 8 "Recurring rule".
 */
export function nextTopUpDate(of: {
  readonly interval: BillingInterval;
  readonly anchor: PlainDate;
  readonly after: PlainDate;
}): PlainDate {
  const { interval, anchor, after } = of;
  return laterDate(anniversaryPeriod(interval, anchor, after).next, anchor);
}
