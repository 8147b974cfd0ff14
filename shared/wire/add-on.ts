import { z } from 'zod';
import { centsInput, codesInput, currencyInput, optionalText } from './fields.ts';
import { taxAnswer } from './tax.ts';

/** Body of POST and PUT; name, code, amount_cents and amount_currency are mandatory on creation. */
export const addOnInput = z.object({
  name: optionalText(),
  code: optionalText(),
  description: optionalText(),
  invoice_display_name: optionalText(),
  amount_cents: centsInput().nullish(),
  amount_currency: currencyInput().nullish(),
  tax_codes: codesInput().nullish(),
});

export const addOnAnswer = z
  .object({
    lago_id: z.uuid(),
    name: z.string(),
    code: z.string(),
    description: z.string().nullable(),
    invoice_display_name: z.string().nullable(),
    amount_cents: z.int(),
    amount_currency: z.string(),
    taxes: z.array(taxAnswer),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'AddOn' });

/** Body of POST /applied_add_ons. */
export const appliedAddOnInput = z.object({
  external_customer_id: optionalText(),
  customer_id: optionalText().describe('2022 name of external_customer_id'),
  add_on_code: optionalText(),
  amount_cents: centsInput().nullish(),
  amount_currency: currencyInput().nullish(),
});

export const appliedAddOnAnswer = z.object({
  lago_id: z.uuid(),
  lago_add_on_id: z.uuid(),
  add_on_code: z.string(),
  lago_customer_id: z.uuid(),
  external_customer_id: z.string(),
  amount_cents: z.int(),
  amount_currency: z.string(),
  created_at: z.iso.datetime(),
});

export type AddOnAnswer = z.output<typeof addOnAnswer>;
export type AppliedAddOnAnswer = z.output<typeof appliedAddOnAnswer>;
