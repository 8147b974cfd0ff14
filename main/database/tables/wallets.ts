import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant } from '../../../shared/dates.ts';
import type { Decimal } from '../../../shared/decimal.ts';
import type { Cents } from '../../../shared/money.ts';
import {
  booleanColumn,
  centsColumn,
  decimalColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  jsonColumn,
  nullableCents,
  nullableDecimal,
  nullableInstant,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

export interface Wallet {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly customerId: string;
  readonly status: 'active' | 'terminated';
  readonly name: string | null;
  readonly code: string;
  readonly currency: CurrencyCode;
  /** Currency units that one credit is worth; never changes. */
  readonly rateAmount: Decimal;
  /** 1 is used first. */
  readonly priority: number;
  readonly creditsBalance: Decimal;
  readonly balanceCents: Cents;
  readonly consumedCredits: Decimal;
  readonly ongoingBalanceCents: Cents;
  readonly ongoingUsageBalanceCents: Cents;
  /** Whether the ongoing balance was at or below zero when it was last looked at. */
  readonly isDepleted: boolean;
  readonly invoiceRequiresSuccessfulPayment: boolean;
  readonly paidTopUpMinAmountCents: Cents | null;
  readonly paidTopUpMaxAmountCents: Cents | null;
  /** Fee types it may pay; empty is all. */
  readonly feeTypes: readonly string[];
  /** Metrics whose fees it may pay; empty is all. */
  readonly billableMetricCodes: readonly string[];
  readonly purchaseOrderNumber: string | null;
  readonly expirationAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly terminatedAt: Instant | null;
  /** Since when the ongoing balance may be out of date, or when it must be looked at again; null while it is right. */
  readonly syncAt: Instant | null;
  readonly lastBalanceSyncAt: Instant | null;
  readonly lastConsumedCreditAt: Instant | null;
}

export const wallets = defineTable<Wallet>('wallets', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  customerId: text,
  status: text,
  name: nullableText,
  code: text,
  currency: text,
  rateAmount: decimalColumn,
  priority: integer,
  creditsBalance: decimalColumn,
  balanceCents: centsColumn,
  consumedCredits: decimalColumn,
  ongoingBalanceCents: centsColumn,
  ongoingUsageBalanceCents: centsColumn,
  isDepleted: booleanColumn,
  invoiceRequiresSuccessfulPayment: booleanColumn,
  paidTopUpMinAmountCents: nullableCents,
  paidTopUpMaxAmountCents: nullableCents,
  feeTypes: jsonColumn,
  billableMetricCodes: jsonColumn,
  purchaseOrderNumber: nullableText,
  expirationAt: nullableInstant,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  terminatedAt: nullableInstant,
  syncAt: nullableInstant,
  lastBalanceSyncAt: nullableInstant,
  lastConsumedCreditAt: nullableInstant,
});

export interface WalletTransaction {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly walletId: string;
  readonly invoiceId: string | null;
  readonly creditNoteId: string | null;
  readonly voidedInvoiceId: string | null;
  readonly status: 'pending' | 'settled' | 'failed';
  readonly source: 'manual' | 'interval' | 'threshold';
  readonly transactionType: 'inbound' | 'outbound';
  readonly transactionStatus: 'purchased' | 'granted' | 'voided' | 'invoiced';
  /** Currency units. */
  readonly amount: Decimal;
  readonly amountCents: Cents;
  readonly creditAmount: Decimal;
  /** Inbound: what later invoices have not used yet. */
  readonly remainingAmountCents: Cents | null;
  readonly priority: number;
  readonly name: string | null;
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  readonly invoiceRequiresSuccessfulPayment: boolean;
  readonly purchaseOrderNumber: string | null;
  readonly createdAt: Instant;
  readonly settledAt: Instant | null;
  readonly failedAt: Instant | null;
}

export const walletTransactions = defineTable<WalletTransaction>('wallet_transactions', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  walletId: text,
  invoiceId: nullableText,
  creditNoteId: nullableText,
  voidedInvoiceId: nullableText,
  status: text,
  source: text,
  transactionType: text,
  transactionStatus: text,
  amount: decimalColumn,
  amountCents: centsColumn,
  creditAmount: decimalColumn,
  remainingAmountCents: nullableCents,
  priority: integer,
  name: nullableText,
  metadata: jsonColumn,
  invoiceRequiresSuccessfulPayment: booleanColumn,
  purchaseOrderNumber: nullableText,
  createdAt: instantColumn,
  settledAt: nullableInstant,
  failedAt: nullableInstant,
});

/** A top-up that happens by itself; one per wallet. */
export interface RecurringTransactionRule {
  readonly id: string;
  readonly sequence: number;
  readonly walletId: string;
  readonly trigger: 'interval' | 'threshold';
  readonly interval: 'weekly' | 'monthly' | 'quarterly' | 'semiannual' | 'yearly' | null;
  readonly method: 'fixed' | 'target';
  readonly thresholdCredits: Decimal | null;
  readonly targetOngoingBalance: Decimal | null;
  /** Target rules: whether the gap is filled with granted credits instead of paid ones. */
  readonly grantsTargetTopUp: boolean;
  readonly ignorePaidTopUpLimits: boolean;
  readonly paidCredits: Decimal;
  readonly grantedCredits: Decimal;
  readonly startedAt: Instant | null;
  readonly expirationAt: Instant | null;
  readonly invoiceRequiresSuccessfulPayment: boolean;
  readonly transactionName: string | null;
  readonly transactionMetadata: readonly { readonly key: string; readonly value: string }[];
  /** Interval rules: the next top-up. */
  readonly nextAt: Instant | null;
  readonly createdAt: Instant;
}

export const recurringTransactionRules = defineTable<RecurringTransactionRule>('recurring_transaction_rules', {
  id: idColumn,
  sequence: sequenceColumn,
  walletId: text,
  trigger: text,
  interval: nullableText,
  method: text,
  thresholdCredits: nullableDecimal,
  targetOngoingBalance: nullableDecimal,
  grantsTargetTopUp: booleanColumn,
  ignorePaidTopUpLimits: booleanColumn,
  paidCredits: decimalColumn,
  grantedCredits: decimalColumn,
  startedAt: nullableInstant,
  expirationAt: nullableInstant,
  invoiceRequiresSuccessfulPayment: booleanColumn,
  transactionName: nullableText,
  transactionMetadata: jsonColumn,
  nextAt: nullableInstant,
  createdAt: instantColumn,
});
