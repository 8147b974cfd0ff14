import { z } from 'zod';
import { BILLING_INTERVALS } from '../billing-interval.ts';
import { chargeAnswer, chargeInput } from './charge.ts';
import { booleanInput, centsInput, codesInput, currencyInput, decimalInput, metadataMap, oneOf, optionalText } from './fields.ts';
import { taxAnswer } from './tax.ts';

/** A hundred years: longer spans leave the calendar that dates are computed in. */
export const MAX_DAYS = 36_500;

export const commitmentInput = z.object({
  amount_cents: centsInput().nullish(),
  invoice_display_name: optionalText(),
  tax_codes: codesInput().nullish(),
});

export const usageThresholdInput = z.object({
  id: optionalText(),
  amount_cents: centsInput().nullish(),
  threshold_display_name: optionalText(),
  recurring: booleanInput().nullish(),
});

/** Body of POST and PUT; name, code, interval, amount_cents and amount_currency are mandatory on creation. */
export const planInput = z.object({
  name: optionalText(),
  code: optionalText(),
  invoice_display_name: optionalText(),
  description: optionalText(),
  interval: oneOf(BILLING_INTERVALS).nullish(),
  amount_cents: centsInput({ min: 0n }).nullish(),
  amount_currency: currencyInput().nullish(),
  pay_in_advance: booleanInput().nullish(),
  trial_period: decimalInput({ min: '0', max: String(MAX_DAYS) }).nullish(),
  bill_charges_monthly: booleanInput().nullish(),
  tax_codes: codesInput().nullish(),
  minimum_commitment: commitmentInput.nullish(),
  charges: z.array(chargeInput).nullish(),
  usage_thresholds: z.array(usageThresholdInput).nullish(),
  metadata: metadataMap().nullish(),
  cascade_updates: booleanInput().nullish(),
});

/** What a subscription has otherwise than its plan (`plan_overrides`). */
export const planOverridesInput = z.object({
  amount_cents: centsInput({ min: 0n }).nullish(),
  amount_currency: currencyInput().nullish(),
  name: optionalText(),
  description: optionalText(),
  invoice_display_name: optionalText(),
  trial_period: decimalInput({ min: '0', max: String(MAX_DAYS) }).nullish(),
  tax_codes: codesInput().nullish(),
  minimum_commitment: commitmentInput.nullish(),
  usage_thresholds: z.array(usageThresholdInput).nullish(),
  charges: z.array(chargeInput).nullish(),
});

export const planMetadataInput = z.object({ metadata: metadataMap().nullish() });
export const planMetadataAnswer = z.object({ metadata: z.record(z.string(), z.string().nullable()).nullable() });

export const commitmentAnswer = z.object({
  lago_id: z.uuid(),
  plan_code: z.string(),
  invoice_display_name: z.string().nullable(),
  commitment_type: z.literal('minimum_commitment'),
  amount_cents: z.int(),
  interval: z.enum(BILLING_INTERVALS),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  taxes: z.array(taxAnswer),
});

export const usageThresholdAnswer = z.object({
  lago_id: z.uuid(),
  threshold_display_name: z.string().nullable(),
  amount_cents: z.int(),
  recurring: z.boolean(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

/** The three counters are deprecated and always 0. */
export const planAnswer = z.object({
  lago_id: z.uuid(),
  name: z.string(),
  code: z.string(),
  invoice_display_name: z.string().nullable(),
  description: z.string().nullable(),
  interval: z.enum(BILLING_INTERVALS),
  amount_cents: z.int(),
  amount_currency: z.string(),
  pay_in_advance: z.boolean(),
  trial_period: z.number().nullable(),
  bill_charges_monthly: z.boolean().nullable(),
  bill_fixed_charges_monthly: z.null(),
  parent_id: z.uuid().nullable(),
  pending_deletion: z.boolean(),
  customers_count: z.literal(0),
  active_subscriptions_count: z.literal(0),
  draft_invoices_count: z.literal(0),
  charges: z.array(chargeAnswer),
  fixed_charges: z.tuple([]),
  entitlements: z.tuple([]),
  taxes: z.array(taxAnswer),
  usage_thresholds: z.array(usageThresholdAnswer),
  minimum_commitment: commitmentAnswer.optional(),
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  created_at: z.iso.datetime(),
});

export type CommitmentAnswer = z.output<typeof commitmentAnswer>;
export type UsageThresholdAnswer = z.output<typeof usageThresholdAnswer>;
export type PlanAnswer = z.output<typeof planAnswer>;
export type PlanWireInput = z.output<typeof planInput>;
export type PlanOverridesWireInput = z.output<typeof planOverridesInput>;
