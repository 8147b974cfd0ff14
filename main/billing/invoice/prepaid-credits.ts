import type { CurrencyCode } from '../../../shared/currency.ts';
import { Decimal, decimal, sumDecimals, ZERO } from '../../../shared/decimal.ts';
import {
  addCents,
  maxCents,
  minCents,
  roundCents,
  subtractCents,
  subunits,
  unitsToCents,
  ZERO_CENTS,
  type Cents,
} from '../../../shared/money.ts';
import { feeTaxes, type TaxableFee } from './totals.ts';

/** Credits are read, shown and compared with so many decimals. */
const CREDIT_DECIMALS = 5;
/** What adds up over many transactions is kept finer, so that the shown decimals stay right. */
const KEPT_DECIMALS = 20;

/** What one credit of a wallet is worth: `rateAmount` units of the currency. */
export interface CreditTerms {
  readonly rateAmount: Decimal;
  readonly currency: CurrencyCode;
}

/** An amount of credits, and what it is worth. */
export interface PricedCredits {
  readonly creditAmount: Decimal;
  readonly amountCents: Cents;
}

/**
 * The worth of credits that a caller asks for: cut to 5 decimals, times the rate, rounded half away from zero to cents; the credits are then
 * what these cents buy: 17.969999 at 1.00 are 17.97. Rule: invoicing.md § 8 "Top-ups".
 */
export function priceCredits(credits: Decimal, terms: CreditTerms): PricedCredits {
  const floored = credits.toDecimalPlaces(CREDIT_DECIMALS, Decimal.ROUND_FLOOR);
  const amountCents = unitsToCents(floored.times(terms.rateAmount), terms.currency);
  return { creditAmount: creditsOf(amountCents, terms), amountCents };
}

/** How many credits an amount in cents is, to 5 decimals, half away from zero. Rule: invoicing.md § 8. */
export function creditsOf(amountCents: Cents, terms: CreditTerms): Decimal {
  return shownCredits(exactCredits(amountCents, terms));
}

/** Credits as they are shown: 5 decimals, half away from zero. Rule: invoicing.md § 8. */
export function shownCredits(credits: Decimal): Decimal {
  return credits.toDecimalPlaces(CREDIT_DECIMALS, Decimal.ROUND_HALF_UP);
}

function exactCredits(amountCents: Cents, terms: CreditTerms): Decimal {
  return decimal(amountCents).div(subunits(terms.currency)).div(terms.rateAmount);
}

/** What a settled transaction finds on a wallet. */
export interface WalletBalance extends CreditTerms {
  readonly balanceCents: Cents;
  readonly consumedCredits: Decimal;
  readonly ongoingUsageBalanceCents: Cents;
}

/** What it leaves there. */
export interface ChangedBalance {
  readonly balanceCents: Cents;
  readonly creditsBalance: Decimal;
  readonly ongoingBalanceCents: Cents;
  readonly consumedCredits: Decimal;
}

/** The balance after credits came in, in cents of the wallet's currency. Rule: invoicing.md § 8 "Top-ups". */
export function balanceWith(wallet: WalletBalance, amountCents: Cents): ChangedBalance {
  return changedBalance(wallet, addCents(wallet.balanceCents, amountCents), wallet.consumedCredits);
}

/** The balance after an invoice used credits, or a person voided them; both count as consumed. Rule: invoicing.md § 8 "Using credits". */
export function balanceWithout(wallet: WalletBalance, amountCents: Cents): ChangedBalance {
  const consumed = wallet.consumedCredits.plus(exactCredits(amountCents, wallet));
  return changedBalance(wallet, subtractCents(wallet.balanceCents, amountCents), consumed);
}

/** The balance after a voided invoice gave back what it used: it no longer counts as consumed. Rule: invoicing.md § 8, last words of "Using credits". */
export function balanceGivenBack(wallet: WalletBalance, amountCents: Cents): ChangedBalance {
  const consumed = Decimal.max(wallet.consumedCredits.minus(exactCredits(amountCents, wallet)), ZERO);
  return changedBalance(wallet, addCents(wallet.balanceCents, amountCents), consumed);
}

function changedBalance(wallet: WalletBalance, balanceCents: Cents, consumedCredits: Decimal): ChangedBalance {
  return {
    balanceCents,
    creditsBalance: creditsOf(balanceCents, wallet),
    ongoingBalanceCents: subtractCents(balanceCents, wallet.ongoingUsageBalanceCents),
    consumedCredits: consumedCredits.toDecimalPlaces(KEPT_DECIMALS, Decimal.ROUND_HALF_UP),
  };
}

/** What wallets ask of a fee. */
export interface PayableFee extends TaxableFee {
  readonly feeType: string;
  /** Null where the fee is not for usage. */
  readonly metricCode: string | null;
}

/** An active wallet of the invoice's currency; lists are in the order of use: priority, then age. */
export interface PayingWallet {
  readonly id: string;
  readonly balanceCents: Cents;
  /** Fee types and metrics that it may pay; both empty is everything. */
  readonly feeTypes: readonly string[];
  readonly billableMetricCodes: readonly string[];
}

/** Fees of one type and metric, and what is left to pay of them, in cents with fractions. */
export interface PayableGroup {
  readonly feeType: string;
  readonly metricCode: string | null;
  readonly exactCents: Decimal;
}

export interface WalletShare {
  readonly walletId: string;
  readonly amountCents: Cents;
}

/**
 * What is left to pay of each fee group of an invoice, largest first: fees less coupons, plus exact tax, less their share of the credit notes,
 * in cents with fractions. The fractions missing from `totalAmountCents` belong to the largest group: 1 429 with 24 % tax is 1 771.96, and the
 * invoice asks for 1 772. Rule: invoicing.md § 8 "Using credits".
 */
export function payableGroups(
  fees: readonly PayableFee[],
  invoice: { readonly creditNotesAmountCents: Cents; readonly totalAmountCents: Cents },
): readonly PayableGroup[] {
  const groups = groupFees(fees);
  const gross = sumDecimals(groups.map((group) => group.exactCents));
  if (gross.lessThanOrEqualTo(0)) return [];
  const share = gross.minus(decimal(invoice.creditNotesAmountCents)).div(gross);
  const rest = groups.map((group) => ({ ...group, exactCents: group.exactCents.times(share) }));
  const [largest, ...others] = rest.toSorted((one, other) => other.exactCents.comparedTo(one.exactCents));
  if (largest === undefined) return [];
  const missing = decimal(invoice.totalAmountCents).minus(gross.times(share));
  return [{ ...largest, exactCents: largest.exactCents.plus(Decimal.max(missing, ZERO)) }, ...others];
}

function groupFees(fees: readonly PayableFee[]): readonly PayableGroup[] {
  const groups = new Map<string, PayableGroup>();
  for (const fee of fees) {
    const { feeType, metricCode } = fee;
    const key = JSON.stringify([feeType, metricCode]);
    const due = decimal(fee.amountCents).minus(fee.preciseCouponsAmountCents).plus(feeTaxes(fee).exactTaxesCents);
    groups.set(key, { feeType, metricCode, exactCents: (groups.get(key)?.exactCents ?? ZERO).plus(due) });
  }
  return [...groups.values()];
}

/**
 * What each wallet pays of an invoice, in cents: the least of its balance, what is left of the total, and what is left of the fees that it may
 * pay, rounded half away from zero. Wallets that pay nothing are left out. Rule: invoicing.md § 8 "Using credits".
 */
export function shareOutTotal(
  totalAmountCents: Cents,
  groups: readonly PayableGroup[],
  wallets: readonly PayingWallet[],
): readonly WalletShare[] {
  const shares: WalletShare[] = [];
  let left = groups;
  let rest = totalAmountCents;
  for (const wallet of wallets) {
    const payable = left.filter((group) => mayPay(wallet, group));
    const due = roundCents(sumDecimals(payable.map((group) => group.exactCents)));
    const amountCents = minCents(wallet.balanceCents, rest, due);
    if (amountCents <= 0n) continue;
    left = takeFrom(left, wallet, amountCents);
    rest = subtractCents(rest, amountCents);
    shares.push({ walletId: wallet.id, amountCents });
  }
  return shares;
}

/**
 * How much of the usage not billed yet rests on each wallet, in cents: it is taken as an invoice would take it, and what no balance covers
 * falls to the last wallet that may pay it, whose ongoing balance becomes negative. Rule: invoicing.md § 8 "Ongoing balance".
 */
export function shareOutUsage(groups: readonly PayableGroup[], wallets: readonly PayingWallet[]): readonly WalletShare[] {
  const shares = new Map(wallets.map((wallet) => [wallet.id, ZERO]));
  for (const group of groups) {
    const payers = wallets.filter((wallet) => mayPay(wallet, group));
    let rest = group.exactCents;
    for (const [position, wallet] of payers.entries()) {
      const used = shares.get(wallet.id) ?? ZERO;
      const room = decimal(maxCents(wallet.balanceCents, ZERO_CENTS)).minus(used);
      const isLast = position === payers.length - 1;
      const taken = isLast ? rest : Decimal.min(Decimal.max(room, ZERO), rest);
      shares.set(wallet.id, used.plus(taken));
      rest = rest.minus(taken);
    }
  }
  return [...shares].map(([walletId, exactCents]) => ({ walletId, amountCents: roundCents(exactCents) }));
}

/** A wallet limited to fee types and to metrics may pay what either names. */
function mayPay(wallet: PayingWallet, group: PayableGroup): boolean {
  if (wallet.feeTypes.length === 0 && wallet.billableMetricCodes.length === 0) return true;
  return wallet.feeTypes.includes(group.feeType) || (group.metricCode !== null && wallet.billableMetricCodes.includes(group.metricCode));
}

/** What is left of the groups when a wallet has paid this much of those that it may pay, the largest first. */
function takeFrom(groups: readonly PayableGroup[], wallet: PayingWallet, amountCents: Cents): readonly PayableGroup[] {
  let rest = decimal(amountCents);
  return groups.map((group) => {
    if (!mayPay(wallet, group)) return group;
    const taken = Decimal.min(group.exactCents, rest);
    rest = rest.minus(taken);
    return { ...group, exactCents: group.exactCents.minus(taken) };
  });
}

/** Credits that came into a wallet, oldest first, and what nothing has used of them yet. */
export interface CreditSource {
  readonly id: string;
  readonly isGranted: boolean;
  readonly remainingAmountCents: Cents;
}

/** What is used of each source, and how much of it was granted and how much purchased. */
export interface UsedSources {
  readonly uses: readonly { readonly id: string; readonly amountCents: Cents }[];
  readonly grantedAmountCents: Cents;
  readonly purchasedAmountCents: Cents;
}

/** From which credits an amount in cents is taken: granted before purchased, then oldest first. Rule: invoicing.md § 8 "Using credits". */
export function useSources(sources: readonly CreditSource[], amountCents: Cents): UsedSources {
  const inOrder = [...sources.filter((source) => source.isGranted), ...sources.filter((source) => !source.isGranted)];
  const uses: { readonly id: string; readonly amountCents: Cents }[] = [];
  let granted = ZERO_CENTS;
  let rest = amountCents;
  for (const source of inOrder) {
    const used = minCents(source.remainingAmountCents, rest);
    if (used <= 0n) continue;
    uses.push({ id: source.id, amountCents: used });
    if (source.isGranted) granted = addCents(granted, used);
    rest = subtractCents(rest, used);
  }
  return { uses, grantedAmountCents: granted, purchasedAmountCents: subtractCents(amountCents, granted) };
}
