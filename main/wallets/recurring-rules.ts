import { dateIn, isBefore, startOfDay, type Instant } from '../../shared/dates.ts';
import { ZERO } from '../../shared/decimal.ts';
import type { FieldErrors } from '../../shared/result.ts';
import { nextTopUpDate } from '../billing/top-up-rule.ts';
import { customerTimeZone, readCustomer, readOrganization } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRow, insertRow, type NewRow } from '../database/rows.ts';
import { recurringTransactionRules, type RecurringTransactionRule, type Wallet } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { paidLimitError } from './top-up.ts';
import type { RecurringRuleInput, WalletInput } from './wallet-input.ts';

const INVALID_RULE: FieldErrors = { recurring_transaction_rules: ['invalid_recurring_rule'] };

/** The rule of a wallet; null when it has none. */
export function findRule(db: ReadDatabase, walletId: string): RecurringTransactionRule | null {
  return findRow(db, recurringTransactionRules, { walletId });
}

/** A rule as it will be stored, before anything of it is scheduled. */
type RuleTerms = Omit<NewRow<RecurringTransactionRule>, 'id' | 'walletId' | 'nextAt' | 'createdAt'>;

/** What a rule inherits where it says nothing itself. */
export interface RuleDefaults extends Pick<WalletInput, 'paidCredits' | 'grantedCredits'> {
  readonly invoiceRequiresSuccessfulPayment: boolean;
  /** The rule that is changed; null for a new one. */
  readonly existing: RecurringTransactionRule | null;
}

/** The terms that a caller's rule comes to. A new fixed rule without credits of its own adds what the wallet is made with. */
export function ruleTerms(input: RecurringRuleInput, defaults: RuleDefaults): Partial<RuleTerms> {
  const { existing } = defaults;
  const hasOwnCredits = input.paidCredits != null || input.grantedCredits != null || existing !== null;
  const method = input.method ?? existing?.method ?? 'fixed';
  const inherited: Pick<WalletInput, 'paidCredits' | 'grantedCredits'> = hasOwnCredits || method === 'target' ? {} : defaults;
  return {
    trigger: input.trigger ?? existing?.trigger,
    interval: input.interval === undefined ? (existing?.interval ?? null) : input.interval,
    method,
    thresholdCredits: input.thresholdCredits === undefined ? (existing?.thresholdCredits ?? null) : input.thresholdCredits,
    targetOngoingBalance: input.targetOngoingBalance === undefined ? (existing?.targetOngoingBalance ?? null) : input.targetOngoingBalance,
    grantsTargetTopUp: input.grantsTargetTopUp ?? existing?.grantsTargetTopUp ?? false,
    ignorePaidTopUpLimits: input.ignorePaidTopUpLimits ?? existing?.ignorePaidTopUpLimits ?? false,
    paidCredits: input.paidCredits ?? existing?.paidCredits ?? inherited.paidCredits ?? ZERO,
    grantedCredits: input.grantedCredits ?? existing?.grantedCredits ?? inherited.grantedCredits ?? ZERO,
    startedAt: input.startedAt === undefined ? (existing?.startedAt ?? null) : input.startedAt,
    expirationAt: input.expirationAt === undefined ? (existing?.expirationAt ?? null) : input.expirationAt,
    invoiceRequiresSuccessfulPayment:
      input.invoiceRequiresSuccessfulPayment ?? existing?.invoiceRequiresSuccessfulPayment ?? defaults.invoiceRequiresSuccessfulPayment,
    transactionName: input.transactionName === undefined ? (existing?.transactionName ?? null) : input.transactionName,
    transactionMetadata: input.transactionMetadata ?? existing?.transactionMetadata ?? [],
  };
}

/** What is wrong with the terms of a rule: it could never fire, or its purchases would be refused. Rule: invoicing.md § 8 "Recurring rule". */
export function ruleErrors(
  terms: Partial<RuleTerms>,
  of: { readonly wallet: Parameters<typeof paidLimitError>[0]; readonly now: Instant; readonly changesExpiration: boolean },
): FieldErrors {
  return isComplete(terms) && isInTime(terms, of) && isWithinLimits(terms, of.wallet) ? {} : INVALID_RULE;
}

function isComplete(terms: Partial<RuleTerms>): terms is RuleTerms {
  if (terms.trigger === undefined) return false;
  if (terms.trigger === 'interval' && terms.interval == null) return false;
  if (terms.trigger === 'threshold' && terms.thresholdCredits == null) return false;
  return terms.method !== 'target' || terms.targetOngoingBalance != null;
}

function isInTime(terms: Partial<RuleTerms>, of: { readonly now: Instant; readonly changesExpiration: boolean }): boolean {
  return !of.changesExpiration || terms.expirationAt == null || isBefore(of.now, terms.expirationAt);
}

function isWithinLimits(terms: RuleTerms, wallet: Parameters<typeof paidLimitError>[0]): boolean {
  if (terms.method === 'target' || terms.paidCredits.isZero() || terms.ignorePaidTopUpLimits) return true;
  return paidLimitError(wallet, terms.paidCredits) === null;
}

/** Puts a checked rule in the place of the wallet's rule, and schedules it. */
export async function writeRule(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly wallet: Wallet; readonly terms: Partial<RuleTerms>; readonly existing: RecurringTransactionRule | null },
): Promise<void> {
  const { wallet, existing } = of;
  const terms = of.terms as RuleTerms;
  await deleteRows(tx, recurringTransactionRules, { walletId: wallet.id });
  const row = {
    ...terms,
    id: existing?.id ?? context.random.uuid(),
    walletId: wallet.id,
    createdAt: existing?.createdAt ?? context.clock.now(),
  };
  await insertRow(tx, recurringTransactionRules, { ...row, nextAt: await nextTopUpAt(context, tx, { wallet, rule: row }) });
}

/** The start of the day of the next top-up in the customer's zone; null for rules that wait for a threshold, or are over by then. */
export async function nextTopUpAt(
  context: ServiceContext,
  db: ReadDatabase,
  of: { readonly wallet: Wallet; readonly rule: Pick<RecurringTransactionRule, 'trigger' | 'interval' | 'startedAt' | 'expirationAt'> },
): Promise<Instant | null> {
  const { wallet, rule } = of;
  if (rule.trigger !== 'interval' || rule.interval === null) return null;
  const timeZone = customerTimeZone(await readCustomer(db, wallet.customerId), await readOrganization(db, context.organizationId));
  const anchor = dateIn(rule.startedAt ?? wallet.createdAt, timeZone);
  const date = nextTopUpDate({ interval: rule.interval, anchor, after: dateIn(context.clock.now(), timeZone) });
  const at = startOfDay(date, timeZone);
  return rule.expirationAt === null || isBefore(at, rule.expirationAt) ? at : null;
}
