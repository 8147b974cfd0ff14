import type { CurrencyCode } from '../../shared/currency.ts';
import type { Instant } from '../../shared/dates.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import type { RecurringTransactionRule, Wallet } from '../database/tables/wallets.ts';

/** Key-value pairs that a caller hangs on transactions. */
export type TransactionMetadata = readonly { readonly key: string; readonly value: string }[];

/** What wallets may pay. */
export interface WalletLimits {
  readonly feeTypes?: readonly string[] | null;
  readonly billableMetricCodes?: readonly string[] | null;
}

/** What a caller says about a rule; with the id of the wallet's rule it changes that one. */
export interface RecurringRuleInput {
  readonly lagoId?: string | null;
  readonly trigger?: RecurringTransactionRule['trigger'] | null;
  readonly interval?: NonNullable<RecurringTransactionRule['interval']> | null;
  readonly method?: RecurringTransactionRule['method'] | null;
  readonly thresholdCredits?: Decimal | null;
  readonly targetOngoingBalance?: Decimal | null;
  readonly grantsTargetTopUp?: boolean | null;
  readonly ignorePaidTopUpLimits?: boolean | null;
  readonly paidCredits?: Decimal | null;
  readonly grantedCredits?: Decimal | null;
  readonly startedAt?: Instant | null;
  readonly expirationAt?: Instant | null;
  readonly invoiceRequiresSuccessfulPayment?: boolean | null;
  readonly transactionName?: string | null;
  readonly transactionMetadata?: TransactionMetadata | null;
}

/** What may change on a wallet; an absent key leaves it as it is, null clears what can be empty. */
export interface WalletChange {
  readonly name?: string | null;
  readonly code?: string | null;
  readonly expirationAt?: Instant | null;
  readonly priority?: number | null;
  readonly invoiceRequiresSuccessfulPayment?: boolean | null;
  readonly paidTopUpMinAmountCents?: Cents | null;
  readonly paidTopUpMaxAmountCents?: Cents | null;
  readonly purchaseOrderNumber?: string | null;
  readonly appliesTo?: WalletLimits | null;
  readonly recurringTransactionRules?: readonly RecurringRuleInput[] | null;
}

export interface WalletInput extends WalletChange {
  readonly externalCustomerId?: string | null;
  readonly rateAmount?: Decimal | null;
  readonly currency?: CurrencyCode | null;
  readonly paidCredits?: Decimal | null;
  readonly grantedCredits?: Decimal | null;
  readonly transactionName?: string | null;
  readonly transactionMetadata?: TransactionMetadata | null;
  readonly ignorePaidTopUpLimitsOnCreation?: boolean | null;
}

/** The attributes of a wallet that a caller may set at any time. */
export type WalletAttributes = Pick<
  Wallet,
  | 'name'
  | 'code'
  | 'expirationAt'
  | 'priority'
  | 'invoiceRequiresSuccessfulPayment'
  | 'paidTopUpMinAmountCents'
  | 'paidTopUpMaxAmountCents'
  | 'purchaseOrderNumber'
  | 'feeTypes'
  | 'billableMetricCodes'
>;

/** The attributes after a change; `code` is the wallet's own, or one that is free. */
export function attributesAfter(change: WalletChange, before: WalletAttributes): WalletAttributes {
  const kept = <T>(sent: T | undefined, current: T): T => (sent === undefined ? current : sent);
  const limits = change.appliesTo === null ? { feeTypes: [], billableMetricCodes: [] } : change.appliesTo;
  return {
    name: kept(change.name, before.name),
    code: before.code,
    expirationAt: kept(change.expirationAt, before.expirationAt),
    priority: change.priority ?? before.priority,
    invoiceRequiresSuccessfulPayment: change.invoiceRequiresSuccessfulPayment ?? before.invoiceRequiresSuccessfulPayment,
    paidTopUpMinAmountCents: kept(change.paidTopUpMinAmountCents, before.paidTopUpMinAmountCents),
    paidTopUpMaxAmountCents: kept(change.paidTopUpMaxAmountCents, before.paidTopUpMaxAmountCents),
    purchaseOrderNumber: kept(change.purchaseOrderNumber, before.purchaseOrderNumber),
    feeTypes: limitsAfter(limits?.feeTypes, before.feeTypes),
    billableMetricCodes: limitsAfter(limits?.billableMetricCodes, before.billableMetricCodes),
  };
}

/** Null means no limit. */
function limitsAfter(sent: readonly string[] | null | undefined, current: readonly string[]): readonly string[] {
  return sent === undefined ? current : [...new Set(sent ?? [])];
}
