import { present } from '../../shared/assert.ts';
import type { Decimal } from '../../shared/decimal.ts';
import { addCents, type Cents } from '../../shared/money.ts';
import type { FieldErrors } from '../../shared/result.ts';
import { priceCredits, shownCredits } from '../billing/invoice/prepaid-credits.ts';
import { grantCredits, insertPurchase, readCustomer, takeCredits, type TransactionWords } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow } from '../database/rows.ts';
import { walletTransactions, type Wallet, type WalletTransaction } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { createCreditInvoice } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';

/** Credits to put into a wallet, or to take out of it for nothing. */
export interface CreditsAsked {
  readonly paidCredits?: Decimal | null | undefined;
  readonly grantedCredits?: Decimal | null | undefined;
  readonly voidedCredits?: Decimal | null | undefined;
  /** A purchase of any size. */
  readonly ignorePaidTopUpLimits?: boolean | null | undefined;
}

type LimitedWallet = Pick<
  Wallet,
  'rateAmount' | 'currency' | 'balanceCents' | 'creditsBalance' | 'paidTopUpMinAmountCents' | 'paidTopUpMaxAmountCents'
>;

/** Beyond it a total is no longer believed to be one. Rule: reliability-and-security.md § 2 "Safety bounds". */
const MAX_AMOUNT_CENTS = 10n ** 13n;

/**
 * What is wrong with the credits asked for, by field: `amount_rounds_to_zero`, `amount_below_minimum`, `amount_above_maximum`,
 * `insufficient_credits`, `value_is_out_of_range`. Rule: invoicing.md § 8 "Top-ups".
 */
export function creditErrors(wallet: LimitedWallet, asked: CreditsAsked): FieldErrors {
  const { paidCredits, grantedCredits, voidedCredits } = asked;
  const errors: Record<string, readonly string[]> = {};
  const note = (field: string, code: string | null): void => {
    if (code !== null) errors[field] = [code];
  };
  if (isAsked(paidCredits)) {
    const limitError = asked.ignorePaidTopUpLimits === true ? null : paidLimitError(wallet, paidCredits);
    note('paid_credits', amountError(wallet, paidCredits) ?? limitError);
  }
  if (isAsked(grantedCredits)) note('granted_credits', amountError(wallet, grantedCredits));
  if (isAsked(voidedCredits)) note('voided_credits', amountError(wallet, voidedCredits) ?? voidError(wallet, voidedCredits));
  return errors;
}

/** Credits of 0 make no transaction. */
function isAsked(credits: Decimal | null | undefined): credits is Decimal {
  return credits !== null && credits !== undefined && !credits.isZero();
}

function amountError(wallet: LimitedWallet, credits: Decimal): string | null {
  const { amountCents } = priceCredits(credits, wallet);
  if (amountCents === 0n) return 'amount_rounds_to_zero';
  return addCents(amountCents, wallet.balanceCents) > MAX_AMOUNT_CENTS ? 'value_is_out_of_range' : null;
}

/** The code that a purchase of credits is refused with, where the wallet limits purchases. */
export function paidLimitError(wallet: LimitedWallet, credits: Decimal): string | null {
  const { amountCents } = priceCredits(credits, wallet);
  const { paidTopUpMinAmountCents: least, paidTopUpMaxAmountCents: most } = wallet;
  if (least !== null && amountCents < least) return 'amount_below_minimum';
  return most !== null && amountCents > most ? 'amount_above_maximum' : null;
}

function voidError(wallet: LimitedWallet, credits: Decimal): string | null {
  const isTooMuch =
    priceCredits(credits, wallet).amountCents > wallet.balanceCents || credits.greaterThan(shownCredits(wallet.creditsBalance));
  return isTooMuch ? 'insufficient_credits' : null;
}

/**
 * Does what was asked, checked before: a purchase with its invoice, a grant, credits that are voided. Answers the transactions in that order.
 * Rule: invoicing.md § 8 "Top-ups".
 */
export async function topUp(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly wallet: Wallet; readonly asked: CreditsAsked; readonly words: TransactionWords },
): Promise<readonly WalletTransaction[]> {
  const { wallet, asked, words } = of;
  const { paidCredits, grantedCredits, voidedCredits } = asked;
  const amountOf = (credits: Decimal): { readonly walletId: string; readonly amountCents: Cents } => ({
    walletId: wallet.id,
    amountCents: priceCredits(credits, wallet).amountCents,
  });
  const made: WalletTransaction[] = [];
  if (isAsked(paidCredits)) made.push(await purchaseCredits(context, tx, { wallet, purchase: { ...words, ...amountOf(paidCredits) } }));
  if (isAsked(grantedCredits)) made.push(await grantCredits(context, tx, { ...words, ...amountOf(grantedCredits) }));
  if (isAsked(voidedCredits)) {
    const taken = await takeCredits(context, tx, { ...words, ...amountOf(voidedCredits), transactionStatus: 'voided' });
    made.push(readTransaction(tx, taken.transactionId));
  }
  return made;
}

async function purchaseCredits(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly wallet: Wallet; readonly purchase: Parameters<typeof insertPurchase>[2] },
): Promise<WalletTransaction> {
  const { wallet, purchase } = of;
  const purchaseOrderNumber = purchase.purchaseOrderNumber ?? wallet.purchaseOrderNumber;
  const transaction = await insertPurchase(context, tx, { ...purchase, purchaseOrderNumber });
  await createCreditInvoice(context, tx, { customer: await readCustomer(tx, wallet.customerId), wallet, transaction });
  return readTransaction(tx, transaction.id);
}

function readTransaction(db: ReadDatabase, id: string): WalletTransaction {
  return present(findRow(db, walletTransactions, { id }), 'a transaction just made is there');
}
