import { z } from 'zod';
import { filterValueInput } from './billable-metric.ts';
import { booleanInput, centsInput, codesInput, optionalText } from './fields.ts';
import { taxAnswer } from './tax.ts';

/** What the properties of each model are is checked where the metric is known. Rule: pricing.md §§ 5, 10. */
const propertiesInput = z.record(z.string(), z.unknown()).nullish();

export const chargeFilterInput = z.object({
  invoice_display_name: optionalText(),
  values: z.record(z.string(), z.array(filterValueInput)),
  properties: propertiesInput,
});

/** A charge inside a plan; billable_metric_id (2022: billable_metric_code) and charge_model are mandatory on creation. */
export const chargeInput = z.object({
  id: optionalText(),
  billable_metric_id: optionalText(),
  billable_metric_code: optionalText(),
  code: optionalText(),
  charge_model: optionalText(),
  pay_in_advance: booleanInput().nullish(),
  invoiceable: booleanInput().nullish(),
  prorated: booleanInput().nullish(),
  min_amount_cents: centsInput().nullish(),
  invoice_display_name: optionalText(),
  regroup_paid_fees: optionalText(),
  properties: propertiesInput,
  filters: z.array(chargeFilterInput).nullish(),
  tax_codes: codesInput().nullish(),
});

/** The same at an endpoint of its own. */
export const planChargeInput = chargeInput.extend({ cascade_updates: booleanInput().nullish() });

export const chargeRemovalInput = z.object({ cascade_updates: booleanInput().nullish() });

export const chargeFilterAnswer = z.object({
  lago_id: z.uuid(),
  charge_code: z.string(),
  invoice_display_name: z.string().nullable(),
  values: z.record(z.string(), z.array(z.string())),
  properties: z.record(z.string(), z.unknown()),
});

export const chargeAnswer = z.object({
  lago_id: z.uuid(),
  lago_billable_metric_id: z.uuid(),
  billable_metric_code: z.string(),
  code: z.string(),
  charge_model: z.string(),
  pay_in_advance: z.boolean(),
  invoiceable: z.boolean(),
  prorated: z.boolean(),
  min_amount_cents: z.int(),
  invoice_display_name: z.string().nullable(),
  regroup_paid_fees: z.literal('invoice').nullable(),
  accepts_target_wallet: z.literal(false),
  applied_pricing_unit: z.null(),
  lago_parent_id: z.uuid().nullable(),
  properties: z.record(z.string(), z.unknown()),
  filters: z.array(chargeFilterAnswer),
  taxes: z.array(taxAnswer),
  created_at: z.iso.datetime(),
});

export type ChargeAnswer = z.output<typeof chargeAnswer>;
export type ChargeWireInput = z.output<typeof chargeInput>;
