import { z } from 'zod';
import { booleanInput, decimalInput, optionalText } from './fields.ts';

/** Body of POST and PUT; name, code and rate are mandatory on creation. */
export const taxInput = z.object({
  name: optionalText(),
  code: optionalText(),
  rate: decimalInput({ min: '0' }).nullish(),
  description: optionalText(),
  applied_to_organization: booleanInput().nullish(),
});

/** A tax as it stands inside other objects. The counters are deprecated and always 0. */
export const taxAnswer = z.object({
  lago_id: z.uuid(),
  name: z.string(),
  code: z.string(),
  rate: z.number(),
  description: z.string().nullable(),
  applied_to_organization: z.boolean(),
  add_ons_count: z.literal(0),
  customers_count: z.literal(0),
  plans_count: z.literal(0),
  charges_count: z.literal(0),
  commitments_count: z.literal(0),
  created_at: z.iso.datetime(),
});

/** A tax as its own endpoints answer it. */
export const taxEndpointAnswer = taxAnswer.extend({ applied_to_billing_entities_codes: z.array(z.literal('default')) });

export type TaxAnswer = z.output<typeof taxAnswer>;
export type TaxEndpointAnswer = z.output<typeof taxEndpointAnswer>;
