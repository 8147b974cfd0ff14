import { isBefore, Temporal, type Instant } from '../../shared/dates.ts';
import { present } from '../../shared/assert.ts';
import { shownCredits } from '../billing/invoice/prepaid-credits.ts';
import { creditsOfRule } from '../billing/top-up-rule.ts';
import { activeWallets, readWallet } from '../customers/index.ts';
import { centsToUnits, cents } from '../../shared/money.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow, updateRows } from '../database/rows.ts';
import {
  recurringTransactionRules,
  wallets,
  type RecurringTransactionRule,
  type Wallet,
  type WalletTransaction,
} from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { refreshOngoingBalances } from './ongoing-balance.ts';
import { findRule, nextTopUpAt } from './recurring-rules.ts';
import { creditErrors, topUp } from './top-up.ts';

/** How long threshold top-ups wait after a purchase was declined. Rule: invoicing.md § 8. */
const DECLINED_WAIT_HOURS = 1;

/** Does the top-up of an interval rule that has fallen due, and schedules the next one. Rule: invoicing.md § 8 "Recurring rule". */
export async function runIntervalRule(context: ServiceContext, tx: Transaction, ruleId: string): Promise<void> {
  const rule = present(findRow(tx, recurringTransactionRules, { id: ruleId }), 'a rule that is due exists');
  const before = readWallet(tx, rule.walletId);
  await scheduleNext(context, tx, { wallet: before, rule });
  if (before.status === 'terminated' || isOver(rule, context.clock.now())) return;
  await refreshOngoingBalances(context, tx, before.customerId);
  await applyRule(context, tx, { wallet: readWallet(tx, before.id), rule, source: 'interval' });
}

/** Schedules the next top-up of an interval rule without doing this one. */
export async function skipIntervalRule(context: ServiceContext, tx: Transaction, ruleId: string): Promise<void> {
  const rule = present(findRow(tx, recurringTransactionRules, { id: ruleId }), 'a rule that is due exists');
  await scheduleNext(context, tx, { wallet: readWallet(tx, rule.walletId), rule });
}

async function scheduleNext(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly wallet: Wallet; readonly rule: RecurringTransactionRule },
): Promise<void> {
  const nextAt = of.wallet.status === 'terminated' ? null : await nextTopUpAt(context, tx, of);
  await updateRows(tx, recurringTransactionRules, { where: { id: of.rule.id }, set: { nextAt } });
}

/**
 * Brings the ongoing balances of a customer's wallets up to date, and tops up those that fell to the threshold of their rule: once each, however
 * little that adds; the next change looks again. Rule: invoicing.md § 8 "Ongoing balance", "Recurring rule".
 */
export async function syncWallets(context: ServiceContext, tx: Transaction, customerId: string): Promise<void> {
  await refreshOngoingBalances(context, tx, customerId);
  let isToppedUp = false;
  const waiting = new Map<string, Instant>();
  for (const wallet of activeWallets(tx, { customerId })) {
    const rule = findRule(tx, wallet.id);
    if (rule?.trigger !== 'threshold' || isOver(rule, context.clock.now()) || !isAtThreshold(tx, wallet, rule)) continue;
    const waitsUntil = declinedUntil(tx, wallet.id);
    if (waitsUntil !== null && isBefore(context.clock.now(), waitsUntil)) waiting.set(wallet.id, waitsUntil);
    else isToppedUp = (await applyRule(context, tx, { wallet, rule, source: 'threshold' })) || isToppedUp;
  }
  if (isToppedUp) await refreshOngoingBalances(context, tx, customerId);
  for (const { id } of activeWallets(tx, { customerId })) {
    await updateRows(tx, wallets, { where: { id }, set: { syncAt: waiting.get(id) ?? null } });
  }
}

/** Whether the ongoing balance, with the purchases that wait for their payment, has come down to the threshold. */
function isAtThreshold(db: ReadDatabase, wallet: Wallet, rule: RecurringTransactionRule): boolean {
  if (rule.thresholdCredits === null) return false;
  const ongoing = ongoingCredits(wallet);
  return shownCredits(ongoing.plus(pendingCredits(db, wallet))).lessThanOrEqualTo(rule.thresholdCredits);
}

function ongoingCredits(wallet: Wallet): Decimal {
  return centsToUnits(wallet.ongoingBalanceCents, wallet.currency).div(wallet.rateAmount);
}

function pendingCredits(db: ReadDatabase, wallet: Wallet): Decimal {
  const row = db
    .select<{ total: number | null }>(
      `SELECT SUM("amount_cents") AS "total" FROM "wallet_transactions" WHERE "wallet_id" = ? AND "status" = 'pending' AND "transaction_type" = 'inbound'`,
    )
    .get(wallet.id);
  return centsToUnits(cents(row?.total ?? 0), wallet.currency).div(wallet.rateAmount);
}

/** Until when a declined purchase holds up the next one; null when none was declined. */
function declinedUntil(db: ReadDatabase, walletId: string): Instant | null {
  const row = db
    .select<{ last: number | null }>(
      `SELECT MAX("failed_at") AS "last" FROM "wallet_transactions" WHERE "wallet_id" = ? AND "status" = 'failed'`,
    )
    .get(walletId);
  const lastMs = row?.last ?? null;
  return lastMs === null ? null : Temporal.Instant.fromEpochMilliseconds(lastMs).add({ hours: DECLINED_WAIT_HOURS });
}

function isOver(rule: RecurringTransactionRule, now: Instant): boolean {
  return rule.expirationAt !== null && !isBefore(now, rule.expirationAt);
}

/** Adds what a rule adds; false when that is nothing. */
async function applyRule(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly wallet: Wallet; readonly rule: RecurringTransactionRule; readonly source: WalletTransaction['source'] },
): Promise<boolean> {
  const { wallet, rule, source } = of;
  const asked = { ...creditsOfRule(rule, wallet), ignorePaidTopUpLimits: true };
  // Credits of less than a cent, or beyond all bounds, add nothing: nobody is there to be told.
  const errors = creditErrors(wallet, asked);
  const words = {
    source,
    name: rule.transactionName,
    metadata: rule.transactionMetadata,
    invoiceRequiresSuccessfulPayment: rule.invoiceRequiresSuccessfulPayment,
  };
  const made = await topUp(context, tx, {
    wallet,
    asked: {
      paidCredits: 'paid_credits' in errors ? null : asked.paidCredits,
      grantedCredits: 'granted_credits' in errors ? null : asked.grantedCredits,
    },
    words,
  });
  return made.length > 0;
}
