import { In, IsNull } from 'typeorm';
import { isBefore, type Instant } from '../../shared/dates.ts';
import { ZERO } from '../../shared/decimal.ts';
import { ZERO_CENTS } from '../../shared/money.ts';
import { mergeFieldErrors, type FieldErrors } from '../../shared/result.ts';
import type { Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { billableMetrics } from '../database/tables/catalog.ts';
import type { Wallet } from '../database/tables/wallets.ts';
import type { ServiceContext } from '../service-context.ts';
import { findRule, ruleErrors, ruleTerms } from './recurring-rules.ts';
import { creditErrors } from './top-up.ts';
import { isCodeTaken } from './wallet-codes.ts';
import type { WalletAttributes, WalletChange, WalletInput } from './wallet-input.ts';

/** More would make the order of use hard to follow. Rule: invoicing.md § 8. */
const MAX_ACTIVE_WALLETS = 6;
const LOWEST_PRIORITY = 50;

/** Everything that is wrong with a new wallet, by field. Rule: invoicing.md § 8, api.md § 12. */
export async function creationErrors(
  context: ServiceContext,
  db: ReadDatabase,
  of: { readonly input: WalletInput; readonly customer: Customer | null; readonly attributes: WalletAttributes },
): Promise<FieldErrors> {
  const { input, customer, attributes } = of;
  const { rateAmount, currency } = input;
  const missing: Record<string, readonly string[]> = {};
  if (rateAmount === undefined || rateAmount === null) missing['rate_amount'] = ['value_is_mandatory'];
  else if (rateAmount.lessThanOrEqualTo(0)) missing['rate_amount'] = ['value_is_out_of_range'];
  if (currency === undefined || currency === null) missing['currency'] = ['value_is_mandatory'];
  const common = await attributeErrors(context, db, { change: input, attributes });
  if (missing['rate_amount'] !== undefined || currency == null || rateAmount == null) {
    return mergeFieldErrors(missing, common, customerErrors(db, customer, input));
  }
  const wallet = { ...attributes, rateAmount, currency, balanceCents: ZERO_CENTS, creditsBalance: ZERO };
  return mergeFieldErrors(
    common,
    customerErrors(db, customer, input),
    creditErrors(wallet, { ...input, ignorePaidTopUpLimits: input.ignorePaidTopUpLimitsOnCreation }),
    changedRuleErrors(context, { input, wallet, existing: null }),
  );
}

/** Everything that is wrong with a change of an active wallet, by field. */
export async function changeErrors(
  context: ServiceContext,
  db: ReadDatabase,
  of: { readonly change: WalletChange; readonly wallet: Wallet; readonly attributes: WalletAttributes },
): Promise<FieldErrors> {
  const { change, wallet, attributes } = of;
  const { code } = change;
  const isTaken = isGiven(code) && isCodeTaken(db, { customerId: wallet.customerId, code, exceptId: wallet.id });
  return mergeFieldErrors(
    await attributeErrors(context, db, { change, attributes }),
    isTaken ? { code: ['value_already_exist'] } : {},
    changedRuleErrors(context, { input: change, wallet: { ...wallet, ...attributes }, existing: findRule(db, wallet.id) }),
  );
}

function customerErrors(db: ReadDatabase, customer: Customer | null, { code }: WalletInput): FieldErrors {
  if (customer === null) return { customer: ['customer_not_found'] };
  const count = db.select<{ count: number }>(`SELECT COUNT(*) AS "count" FROM "wallets" WHERE "customer_id" = ? AND "status" = 'active'`);
  const isFull = (count.get(customer.id)?.count ?? 0) >= MAX_ACTIVE_WALLETS;
  const isTaken = isGiven(code) && isCodeTaken(db, { customerId: customer.id, code });
  return { ...(isFull ? { customer: ['wallet_limit_reached'] } : {}), ...(isTaken ? { code: ['value_already_exist'] } : {}) };
}

/** Whether a code says something; a wallet that came with a blank one gets its own. */
export function isGiven(code: string | null | undefined): code is string {
  return code !== undefined && code !== null && code.trim() !== '';
}

async function attributeErrors(
  context: ServiceContext,
  db: ReadDatabase,
  of: { readonly change: WalletChange; readonly attributes: WalletAttributes },
): Promise<FieldErrors> {
  const { change, attributes } = of;
  const errors: Record<string, readonly string[]> = {};
  if (change.expirationAt != null && isPast(context, change.expirationAt)) errors['expiration_at'] = ['invalid_date'];
  if (attributes.priority < 1 || attributes.priority > LOWEST_PRIORITY) errors['priority'] = ['value_is_out_of_range'];
  const { paidTopUpMinAmountCents: least, paidTopUpMaxAmountCents: most } = attributes;
  if (least !== null && least <= 0n) errors['paid_top_up_min_amount_cents'] = ['value_is_out_of_range'];
  if (most !== null && (most <= 0n || (least !== null && most < least))) errors['paid_top_up_max_amount_cents'] = ['value_is_out_of_range'];
  if (!(await areMetricsKnown(context, db, change.appliesTo?.billableMetricCodes ?? []))) errors['applies_to'] = ['invalid_limitations'];
  return errors;
}

function isPast(context: ServiceContext, at: Instant): boolean {
  return !isBefore(context.clock.now(), at);
}

async function areMetricsKnown(context: ServiceContext, db: ReadDatabase, codes: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(codes)];
  if (wanted.length === 0) return true;
  const { organizationId } = context;
  return (await db.manager.countBy(billableMetrics, { organizationId, code: In(wanted), deletedAt: IsNull() })) === wanted.length;
}

function changedRuleErrors(
  context: ServiceContext,
  of: {
    readonly input: WalletInput | WalletChange;
    readonly wallet: Parameters<typeof ruleErrors>[1]['wallet'] & Pick<Wallet, 'invoiceRequiresSuccessfulPayment'>;
    readonly existing: ReturnType<typeof findRule>;
  },
): FieldErrors {
  const { input, wallet } = of;
  const [rule, ...others] = input.recurringTransactionRules ?? [];
  if (others.length > 0) return { recurring_transaction_rules: ['invalid_number_of_recurring_rules'] };
  if (rule === undefined) return {};
  const existing = rule.lagoId === of.existing?.id ? of.existing : null;
  const { invoiceRequiresSuccessfulPayment } = wallet;
  const terms = ruleTerms(rule, { ...input, invoiceRequiresSuccessfulPayment, existing });
  return ruleErrors(terms, { wallet, now: context.clock.now(), changesExpiration: rule.expirationAt !== undefined });
}
