import { z } from 'zod';
import { booleanInput, optionalText } from './fields.ts';

/** Body of POST and PUT; name and code are mandatory on creation. */
export const customSectionInput = z.object({
  name: optionalText(),
  code: optionalText(),
  description: optionalText(),
  display_name: optionalText(),
  details: optionalText(),
  applied_to_organization: booleanInput().nullish(),
});

/** A passage of text that documents carry. */
export const customSectionAnswer = z
  .object({
    lago_id: z.uuid(),
    name: z.string(),
    code: z.string(),
    description: z.string().nullable(),
    details: z.string().nullable(),
    display_name: z.string().nullable(),
    applied_to_organization: z.boolean(),
    organization_id: z.uuid(),
  })
  .meta({ id: 'InvoiceCustomSection' });

/** A section as it was when an invoice became final. */
export const appliedCustomSectionAnswer = z.object({
  lago_id: z.uuid(),
  lago_invoice_id: z.uuid(),
  code: z.string(),
  details: z.string().nullable(),
  display_name: z.string().nullable(),
  created_at: z.iso.datetime(),
});

export type CustomSectionAnswer = z.output<typeof customSectionAnswer>;
export type AppliedCustomSectionAnswer = z.output<typeof appliedCustomSectionAnswer>;
