import { z } from 'zod';
import { BILLING_INTERVALS } from '../billing-interval.ts';
import { isDecimalText, Decimal } from '../decimal.ts';
import {
  anyText,
  booleanInput,
  centsInput,
  codesInput,
  currencyInput,
  decimalInput,
  instantInput,
  integerInput,
  listOf,
  mandatoryText,
  oneOf,
  optionalText,
} from './fields.ts';

/** Kinds of fees that a wallet may be limited to. */
export const WALLET_FEE_TYPES = ['charge', 'subscription', 'commitment', 'fixed_charge'] as const;
export const TRANSACTION_STATUSES = ['pending', 'settled', 'failed'] as const;
export const TRANSACTION_TYPES = ['inbound', 'outbound'] as const;
export const TRANSACTION_ORIGINS = ['purchased', 'granted', 'voided', 'invoiced'] as const;
const SOURCES = ['manual', 'interval', 'threshold'] as const;
const TRIGGERS = ['interval', 'threshold'] as const;
const METHODS = ['fixed', 'target'] as const;

const MAX_NAME_LENGTH = 255;
const MAX_CREDITS_LENGTH = 60;

/** Credits as plain decimal text, 0 or more, that may be left out. A JSON number, like bad text, is refused with all of the codes. */
function creditsText(...codes: readonly string[]): z.ZodType<Decimal | null | undefined> {
  const checked = z.transform((value: unknown, context): Decimal | null | undefined => {
    if (value === undefined || value === null) return value;
    if (isDecimalText(value) && value.length <= MAX_CREDITS_LENGTH && !value.startsWith('-')) return new Decimal(value);
    for (const message of codes) context.issues.push({ code: 'custom', message, input: value });
    return z.NEVER;
  });
  return z.unknown().meta({ type: 'string', format: 'decimal' }).pipe(checked).optional();
}

/** Credits of a top-up. Rule: invoicing.md § 8. */
function creditsInput(field: 'paid_credits' | 'granted_credits' | 'voided_credits'): z.ZodType<Decimal | null | undefined> {
  return creditsText(`invalid_${field}`, 'invalid_amount');
}

const metadataInput = listOf(z.object({ key: mandatoryText({ max: MAX_NAME_LENGTH }), value: anyText({ max: MAX_NAME_LENGTH }) }));

const INVALID_RULE = 'invalid_recurring_rule';

const ruleInput = z.object({
  lago_id: optionalText(),
  trigger: oneOf(TRIGGERS).nullish(),
  interval: oneOf(BILLING_INTERVALS).nullish(),
  method: oneOf(METHODS).nullish(),
  threshold_credits: creditsText(INVALID_RULE),
  target_ongoing_balance: creditsText(INVALID_RULE),
  grants_target_top_up: booleanInput().nullish(),
  ignore_paid_top_up_limits: booleanInput().nullish(),
  paid_credits: creditsText(INVALID_RULE),
  granted_credits: creditsText(INVALID_RULE),
  started_at: instantInput().nullish(),
  expiration_at: instantInput().nullish(),
  invoice_requires_successful_payment: booleanInput().nullish(),
  transaction_name: optionalText({ max: MAX_NAME_LENGTH }),
  transaction_metadata: metadataInput.nullish(),
});

export type RecurringRuleWire = z.output<typeof ruleInput>;

/** One rule at most; whatever is wrong inside it is one code. */
const rulesInput: z.ZodType<readonly RecurringRuleWire[] | null | undefined> = z
  .unknown()
  .meta(describe(z.array(ruleInput)))
  .pipe(
    z.transform((value: unknown, context): readonly RecurringRuleWire[] | null | undefined => {
      if (value === undefined || value === null) return value;
      const refuse = (message: string): never => {
        context.issues.push({ code: 'custom', message, input: value });
        return z.NEVER;
      };
      if (!Array.isArray(value)) return refuse(INVALID_RULE);
      if (value.length > 1) return refuse('invalid_number_of_recurring_rules');
      const rules = z.array(ruleInput).safeParse(value);
      return rules.success ? rules.data : refuse(INVALID_RULE);
    }),
  )
  .optional();

/** What the OpenAPI page says of a part that is read as a whole. */
function describe(schema: z.ZodType): Record<string, unknown> {
  const {
    $schema: _dialect,
    '~standard': _standard,
    ...kind
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
  return kind;
}

/** Body of PUT. */
export const walletChangeInput = z.object({
  name: optionalText({ max: MAX_NAME_LENGTH }),
  code: optionalText({ max: MAX_NAME_LENGTH }),
  expiration_at: instantInput().nullish(),
  priority: integerInput().nullish(),
  invoice_requires_successful_payment: booleanInput().nullish(),
  paid_top_up_min_amount_cents: centsInput().nullish(),
  paid_top_up_max_amount_cents: centsInput().nullish(),
  purchase_order_number: optionalText({ max: MAX_NAME_LENGTH }),
  applies_to: z
    .object({ fee_types: listOf(oneOf(WALLET_FEE_TYPES, 'invalid_limitations')).nullish(), billable_metric_codes: codesInput().nullish() })
    .nullish(),
  recurring_transaction_rules: rulesInput,
});

/** Body of POST; the customer, the rate and the currency are mandatory. */
export const walletInput = walletChangeInput.extend({
  external_customer_id: optionalText(),
  rate_amount: decimalInput().nullish(),
  currency: currencyInput().nullish(),
  paid_credits: creditsInput('paid_credits'),
  granted_credits: creditsInput('granted_credits'),
  transaction_name: optionalText({ max: MAX_NAME_LENGTH }),
  transaction_metadata: metadataInput.nullish(),
  ignore_paid_top_up_limits_on_creation: booleanInput().nullish(),
});

export const walletTransactionInput = z.object({
  wallet_id: optionalText(),
  paid_credits: creditsInput('paid_credits'),
  granted_credits: creditsInput('granted_credits'),
  voided_credits: creditsInput('voided_credits'),
  name: optionalText({ max: MAX_NAME_LENGTH }),
  metadata: metadataInput.nullish(),
  invoice_requires_successful_payment: booleanInput().nullish(),
  ignore_paid_top_up_limits: booleanInput().nullish(),
  purchase_order_number: optionalText({ max: MAX_NAME_LENGTH }),
});

const paymentMethodAnswer = z.object({ payment_method_id: z.null(), payment_method_type: z.literal('provider') });
const metadataAnswer = z.array(z.object({ key: z.string(), value: z.string() }));

export const recurringRuleAnswer = z.object({
  lago_id: z.uuid(),
  trigger: z.enum(TRIGGERS),
  interval: z.enum(BILLING_INTERVALS).nullable(),
  method: z.enum(METHODS),
  status: z.enum(['active', 'terminated']),
  threshold_credits: z.string().nullable(),
  target_ongoing_balance: z.string().nullable(),
  grants_target_top_up: z.boolean().nullable(),
  ignore_paid_top_up_limits: z.boolean(),
  paid_credits: z.string(),
  granted_credits: z.string(),
  started_at: z.iso.datetime().nullable(),
  expiration_at: z.iso.datetime().nullable(),
  invoice_requires_successful_payment: z.boolean(),
  transaction_name: z.string().nullable(),
  transaction_metadata: metadataAnswer,
  created_at: z.iso.datetime(),
});

export const walletAnswer = z.object({
  lago_id: z.uuid(),
  lago_customer_id: z.uuid(),
  external_customer_id: z.string(),
  billing_entity_code: z.literal('default'),
  status: z.enum(['active', 'terminated']),
  currency: z.string(),
  name: z.string().nullable(),
  code: z.string(),
  priority: z.int(),
  rate_amount: z.string(),
  credits_balance: z.string(),
  balance_cents: z.int(),
  consumed_credits: z.string(),
  ongoing_balance_cents: z.int(),
  ongoing_usage_balance_cents: z.int(),
  credits_ongoing_balance: z.string(),
  credits_ongoing_usage_balance: z.string(),
  created_at: z.iso.datetime(),
  expiration_at: z.iso.datetime().nullable(),
  last_balance_sync_at: z.iso.datetime().nullable(),
  last_consumed_credit_at: z.iso.datetime().nullable(),
  terminated_at: z.iso.datetime().nullable(),
  invoice_requires_successful_payment: z.boolean(),
  paid_top_up_min_amount_cents: z.int().nullable(),
  paid_top_up_max_amount_cents: z.int().nullable(),
  purchase_order_number: z.string().nullable(),
  recurring_transaction_rules: z.array(recurringRuleAnswer),
  applies_to: z.object({ fee_types: z.array(z.string()), billable_metric_codes: z.array(z.string()) }),
  applied_invoice_custom_sections: z.array(z.never()),
  payment_method: paymentMethodAnswer,
});

export const walletTransactionAnswer = z.object({
  lago_id: z.uuid(),
  lago_wallet_id: z.uuid(),
  lago_invoice_id: z.uuid().nullable(),
  lago_credit_note_id: z.uuid().nullable(),
  lago_voided_invoice_id: z.uuid().nullable(),
  status: z.enum(TRANSACTION_STATUSES),
  source: z.enum(SOURCES),
  transaction_type: z.enum(TRANSACTION_TYPES),
  transaction_status: z.enum(TRANSACTION_ORIGINS),
  amount: z.string(),
  credit_amount: z.string(),
  remaining_amount_cents: z.int().nullable(),
  remaining_credit_amount: z.string().nullable(),
  priority: z.int(),
  settled_at: z.iso.datetime().nullable(),
  failed_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  invoice_requires_successful_payment: z.boolean(),
  metadata: metadataAnswer,
  name: z.string().nullable(),
  purchase_order_number: z.string().nullable(),
  applied_invoice_custom_sections: z.array(z.never()),
  payment_method: paymentMethodAnswer,
});

export type WalletAnswer = z.output<typeof walletAnswer>;
export type RecurringRuleAnswer = z.output<typeof recurringRuleAnswer>;
export type WalletTransactionAnswer = z.output<typeof walletTransactionAnswer>;
