import { z } from 'zod';
import { parseInstant, type Instant } from '../dates.ts';
import { booleanInput, centsInput, codesInput, currencyInput, decimalInput, optionalText } from './fields.ts';

/** A date that cannot be read is judged together with the other one: the two are one field. */
const boundary = () =>
  z
    .unknown()
    .meta({ type: 'string', format: 'date-time' })
    .transform((value): Instant | 'unreadable' | null => {
      if (value === undefined || value === null) return null;
      return parseInstant(value) ?? 'unreadable';
    })
    .optional();

const oneOffFeeInput = z.object({
  add_on_code: optionalText(),
  units: decimalInput({ min: '0' }).nullish(),
  unit_amount_cents: centsInput({ min: 0n }).nullish(),
  description: optionalText(),
  invoice_display_name: optionalText(),
  tax_codes: codesInput().nullish(),
  from_datetime: boundary(),
  to_datetime: boundary(),
});

/** Body of POST /invoices. What is no list of fees is no fee at all. */
export const oneOffInvoiceInput = z.object({
  external_customer_id: optionalText(),
  currency: currencyInput().nullish(),
  skip_psp: booleanInput().nullish(),
  purchase_order_number: optionalText({ max: 255 }),
  fees: z
    .unknown()
    .meta({ type: 'array' })
    .transform((value) => (Array.isArray(value) ? (value as unknown[]) : []))
    .pipe(z.array(oneOffFeeInput))
    .optional(),
});

export type OneOffInvoiceWireInput = z.output<typeof oneOffInvoiceInput>;
