import { isBefore, formatInstant, type Instant } from '../../../shared/dates.ts';
import { formatDecimal, type Decimal } from '../../../shared/decimal.ts';
import { centsToUnits, centsToWire, type Cents } from '../../../shared/money.ts';
import type { RecurringRuleAnswer, RecurringRuleWire, WalletAnswer, WalletTransactionAnswer } from '../../../shared/wire/wallet.ts';
import type {
  RecurringRuleInput,
  RecurringTransactionRule,
  TransactionDetails,
  Wallet,
  WalletChange,
  WalletDetails,
} from '../../wallets/index.ts';
import { camelKeys } from './camel-case.ts';
import { mapGiven } from './map-given.ts';

const CREDIT_DECIMALS = 5;
/** Payments go through the customer's provider; there is no choice yet. */
const PAYMENT_METHOD = { payment_method_id: null, payment_method_type: 'provider' } as const;

/** The parts of a wallet's body that are nested, under the program's names. */
interface NestedParts {
  readonly applies_to?:
    { readonly fee_types?: readonly string[] | null; readonly billable_metric_codes?: readonly string[] | null } | null | undefined;
  readonly recurring_transaction_rules?: readonly RecurringRuleWire[] | null | undefined;
}

/** Reads the body of POST or PUT. */
export function readWalletInput<Wire extends NestedParts>(
  wire: Wire,
): Omit<ReturnType<typeof camelKeys<Wire>>, 'appliesTo' | 'recurringTransactionRules'> &
  Pick<WalletChange, 'appliesTo' | 'recurringTransactionRules'> {
  const { applies_to: limits, recurring_transaction_rules: rules } = wire;
  return {
    ...camelKeys(wire),
    appliesTo: limits === undefined || limits === null ? limits : camelKeys(limits),
    recurringTransactionRules: mapGiven(rules, (rule): RecurringRuleInput => camelKeys(rule)),
  };
}

/** A wallet at an instant: its rule is over when its time is. Rule: api.md § 12. */
export function serializeWallet({ wallet, externalCustomerId, rule }: WalletDetails, now: Instant): WalletAnswer {
  return {
    lago_id: wallet.id,
    lago_customer_id: wallet.customerId,
    external_customer_id: externalCustomerId,
    billing_entity_code: 'default',
    status: wallet.status,
    currency: wallet.currency,
    name: wallet.name,
    code: wallet.code,
    priority: wallet.priority,
    rate_amount: formatDecimal(wallet.rateAmount),
    credits_balance: credits(wallet.creditsBalance),
    balance_cents: centsToWire(wallet.balanceCents),
    consumed_credits: credits(wallet.consumedCredits),
    ongoing_balance_cents: centsToWire(wallet.ongoingBalanceCents),
    ongoing_usage_balance_cents: centsToWire(wallet.ongoingUsageBalanceCents),
    credits_ongoing_balance: creditsFor(wallet, wallet.ongoingBalanceCents),
    credits_ongoing_usage_balance: creditsFor(wallet, wallet.ongoingUsageBalanceCents),
    created_at: formatInstant(wallet.createdAt),
    expiration_at: timeOrNull(wallet.expirationAt),
    last_balance_sync_at: timeOrNull(wallet.lastBalanceSyncAt),
    last_consumed_credit_at: timeOrNull(wallet.lastConsumedCreditAt),
    terminated_at: timeOrNull(wallet.terminatedAt),
    invoice_requires_successful_payment: wallet.invoiceRequiresSuccessfulPayment,
    paid_top_up_min_amount_cents: centsOrNull(wallet.paidTopUpMinAmountCents),
    paid_top_up_max_amount_cents: centsOrNull(wallet.paidTopUpMaxAmountCents),
    purchase_order_number: wallet.purchaseOrderNumber,
    recurring_transaction_rules: rule === null ? [] : [serializeRule(rule, wallet, now)],
    applies_to: { fee_types: [...wallet.feeTypes], billable_metric_codes: [...wallet.billableMetricCodes] },
    applied_invoice_custom_sections: [],
    payment_method: PAYMENT_METHOD,
  };
}

function serializeRule(rule: RecurringTransactionRule, wallet: Wallet, now: Instant): RecurringRuleAnswer {
  const isOver = wallet.status === 'terminated' || (rule.expirationAt !== null && !isBefore(now, rule.expirationAt));
  return {
    lago_id: rule.id,
    trigger: rule.trigger,
    interval: rule.interval,
    method: rule.method,
    status: isOver ? 'terminated' : 'active',
    threshold_credits: rule.thresholdCredits === null ? null : credits(rule.thresholdCredits),
    target_ongoing_balance: rule.targetOngoingBalance === null ? null : credits(rule.targetOngoingBalance),
    grants_target_top_up: rule.method === 'target' ? rule.grantsTargetTopUp : null,
    ignore_paid_top_up_limits: rule.ignorePaidTopUpLimits,
    paid_credits: credits(rule.paidCredits),
    granted_credits: credits(rule.grantedCredits),
    started_at: timeOrNull(rule.startedAt),
    expiration_at: timeOrNull(rule.expirationAt),
    invoice_requires_successful_payment: rule.invoiceRequiresSuccessfulPayment,
    transaction_name: rule.transactionName,
    transaction_metadata: rule.transactionMetadata.map(({ key, value }) => ({ key, value })),
    created_at: formatInstant(rule.createdAt),
  };
}

/** Rule: api.md § 12. */
export function serializeWalletTransaction({ transaction, wallet }: TransactionDetails): WalletTransactionAnswer {
  const { remainingAmountCents } = transaction;
  return {
    lago_id: transaction.id,
    lago_wallet_id: transaction.walletId,
    lago_invoice_id: transaction.invoiceId,
    lago_credit_note_id: transaction.creditNoteId,
    lago_voided_invoice_id: transaction.voidedInvoiceId,
    status: transaction.status,
    source: transaction.source,
    transaction_type: transaction.transactionType,
    transaction_status: transaction.transactionStatus,
    amount: formatDecimal(transaction.amount),
    credit_amount: credits(transaction.creditAmount),
    remaining_amount_cents: centsOrNull(remainingAmountCents),
    remaining_credit_amount: remainingAmountCents === null ? null : creditsFor(wallet, remainingAmountCents),
    priority: transaction.priority,
    settled_at: timeOrNull(transaction.settledAt),
    failed_at: timeOrNull(transaction.failedAt),
    created_at: formatInstant(transaction.createdAt),
    invoice_requires_successful_payment: transaction.invoiceRequiresSuccessfulPayment,
    metadata: transaction.metadata.map(({ key, value }) => ({ key, value })),
    name: transaction.name,
    purchase_order_number: transaction.purchaseOrderNumber,
    applied_invoice_custom_sections: [],
    payment_method: PAYMENT_METHOD,
  };
}

function creditsFor(wallet: Wallet, amountCents: Cents): string {
  return credits(centsToUnits(amountCents, wallet.currency).div(wallet.rateAmount));
}

/** Credits with at most 5 decimals, half away from zero. */
function credits(value: Decimal): string {
  return formatDecimal(value.toDecimalPlaces(CREDIT_DECIMALS));
}

function centsOrNull(amountCents: Cents | null): number | null {
  return amountCents === null ? null : centsToWire(amountCents);
}

function timeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
