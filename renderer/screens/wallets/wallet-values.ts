import type { RecurringRuleAnswer, WalletAnswer } from '../../../shared/wire/wallet.ts';
import { amountTextOf, centsInputOf } from '../../format/amount-text.ts';
import { endOf } from '../effects/day-instants.ts';
import { dayIn } from '../usage/point-time.ts';

/** The form of a wallet; names are those of the wire. */
export interface WalletValues extends Record<string, unknown> {
  readonly name: string;
  readonly currency: string;
  readonly rate_amount: string;
  readonly paid_credits: string;
  readonly granted_credits: string;
  readonly priority: string;
  /** `YYYY-MM-DD` in the customer's zone, the last day; empty: never. */
  readonly expiration_at: string;
  readonly paid_top_up_min: string;
  readonly paid_top_up_max: string;
  readonly fee_types: readonly string[];
  readonly billable_metric_codes: readonly string[];
  readonly rule: RuleValues;
}

export interface RuleValues {
  /** Empty: no recurring top-up. */
  readonly trigger: '' | 'interval' | 'threshold';
  readonly lago_id: string;
  readonly interval: string;
  readonly threshold_credits: string;
  readonly method: string;
  readonly paid_credits: string;
  readonly granted_credits: string;
  readonly target_ongoing_balance: string;
}

const NO_RULE: RuleValues = {
  trigger: '',
  lago_id: '',
  interval: 'monthly',
  threshold_credits: '',
  method: 'fixed',
  paid_credits: '',
  granted_credits: '',
  target_ongoing_balance: '',
};

export function newWallet(currency: string): WalletValues {
  return {
    name: '',
    currency,
    rate_amount: '1',
    paid_credits: '',
    granted_credits: '',
    priority: '50',
    expiration_at: '',
    paid_top_up_min: '',
    paid_top_up_max: '',
    fee_types: [],
    billable_metric_codes: [],
    rule: NO_RULE,
  };
}

export function valuesOfWallet(wallet: WalletAnswer, timeZone: string): WalletValues {
  const amountText = (cents: number | null): string => (cents === null ? '' : amountTextOf(cents, wallet.currency));
  const rule = wallet.recurring_transaction_rules.find(({ status }) => status === 'active');
  return {
    name: wallet.name ?? '',
    currency: wallet.currency,
    rate_amount: wallet.rate_amount,
    paid_credits: '',
    granted_credits: '',
    priority: String(wallet.priority),
    expiration_at: wallet.expiration_at === null ? '' : dayIn(wallet.expiration_at, timeZone),
    paid_top_up_min: amountText(wallet.paid_top_up_min_amount_cents),
    paid_top_up_max: amountText(wallet.paid_top_up_max_amount_cents),
    fee_types: wallet.applies_to.fee_types,
    billable_metric_codes: wallet.applies_to.billable_metric_codes,
    rule: rule === undefined ? NO_RULE : valuesOfRule(rule),
  };
}

function valuesOfRule(rule: RecurringRuleAnswer): RuleValues {
  return {
    trigger: rule.trigger,
    lago_id: rule.lago_id,
    interval: rule.interval ?? 'monthly',
    threshold_credits: rule.threshold_credits ?? '',
    method: rule.method,
    paid_credits: rule.paid_credits,
    granted_credits: rule.granted_credits,
    target_ongoing_balance: rule.target_ongoing_balance ?? '',
  };
}

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What POST and PUT share. Text that is no number goes as it is, and is refused with a word for it. */
export function changeBody(values: WalletValues, timeZone: string): Record<string, unknown> {
  return {
    name: textOrNull(values.name),
    priority: /^\d{1,4}$/.test(values.priority.trim()) ? Number(values.priority.trim()) : values.priority,
    expiration_at: values.expiration_at === '' ? null : endOf(values.expiration_at, timeZone),
    paid_top_up_min_amount_cents: centsInputOf(values.paid_top_up_min, values.currency),
    paid_top_up_max_amount_cents: centsInputOf(values.paid_top_up_max, values.currency),
    applies_to: { fee_types: values.fee_types, billable_metric_codes: values.billable_metric_codes },
    recurring_transaction_rules: ruleBody(values.rule),
  };
}

export function creationBody(
  values: WalletValues,
  owner: { readonly externalCustomerId: string; readonly timeZone: string },
): Record<string, unknown> {
  return {
    ...changeBody(values, owner.timeZone),
    external_customer_id: owner.externalCustomerId,
    currency: values.currency,
    rate_amount: values.rate_amount.trim(),
    paid_credits: textOrNull(values.paid_credits),
    granted_credits: textOrNull(values.granted_credits),
  };
}

function ruleBody(rule: RuleValues): readonly unknown[] {
  if (rule.trigger === '') return [];
  const isFixed = rule.method === 'fixed';
  return [
    {
      ...(rule.lago_id === '' ? {} : { lago_id: rule.lago_id }),
      trigger: rule.trigger,
      method: rule.method,
      ...(rule.trigger === 'interval' ? { interval: rule.interval } : { threshold_credits: textOrNull(rule.threshold_credits) }),
      ...(isFixed
        ? { paid_credits: textOrNull(rule.paid_credits) ?? '0', granted_credits: textOrNull(rule.granted_credits) ?? '0' }
        : { target_ongoing_balance: textOrNull(rule.target_ongoing_balance) }),
    },
  ];
}
