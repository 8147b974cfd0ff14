import { z } from 'zod';
import {
  anyText,
  booleanInput,
  countryInput,
  currencyInput,
  decimalInput,
  emailInput,
  integerInput,
  localeInput,
  mandatoryText,
  oneOf,
  optionalText,
  timezoneInput,
  urlInput,
} from './fields.ts';
import { MAX_DAYS } from './plan.ts';
import { taxAnswer } from './tax.ts';

const EMAILS = ['invoice.finalized', 'credit_note.created', 'payment_receipt.created'] as const;
const NUMBERINGS = ['per_customer', 'per_organization'] as const;

const MAX_NAME_LENGTH = 255;

const footer = () => optionalText({ max: 600 });

/** 1 to 10 characters, stored upper case. */
const numberPrefix = () =>
  anyText({ max: 10 })
    .refine((text) => text.trim() !== '', { message: 'value_is_mandatory' })
    .transform((text) => text.toUpperCase());

/** Body of PUT. `vat_rate` and `invoice_footer` at the top are names of 2022. */
export const organizationInput = z.object({
  webhook_url: urlInput().nullish(),
  name: mandatoryText({ max: MAX_NAME_LENGTH }).nullish(),
  country: countryInput().nullish(),
  default_currency: currencyInput().nullish(),
  address_line1: optionalText(),
  address_line2: optionalText(),
  state: optionalText(),
  zipcode: optionalText(),
  city: optionalText(),
  email: emailInput().nullish(),
  phone: optionalText(),
  legal_name: optionalText(),
  legal_number: optionalText(),
  tax_identification_number: optionalText(),
  timezone: timezoneInput().nullish(),
  net_payment_term: integerInput({ min: 0, max: MAX_DAYS }).nullish(),
  document_numbering: oneOf(NUMBERINGS).nullish(),
  document_number_prefix: numberPrefix().nullish(),
  finalize_zero_amount_invoice: booleanInput().nullish(),
  slug: optionalText(),
  email_settings: z.array(oneOf(EMAILS)).nullish(),
  billing_configuration: z
    .object({
      invoice_footer: footer(),
      invoice_grace_period: integerInput({ min: 0, max: MAX_DAYS }).nullish(),
      document_locale: localeInput().nullish(),
      vat_rate: decimalInput({ min: '0' }).nullish(),
    })
    .nullish(),
  invoice_footer: footer(),
  vat_rate: decimalInput({ min: '0' }).nullish(),
});

export const organizationAnswer = z.object({
  lago_id: z.uuid(),
  name: z.string(),
  slug: z.string().nullable(),
  default_currency: z.string(),
  created_at: z.iso.datetime(),
  webhook_url: z.string(),
  webhook_urls: z.array(z.string()),
  country: z.string().nullable(),
  address_line1: z.string().nullable(),
  address_line2: z.string().nullable(),
  state: z.string().nullable(),
  zipcode: z.string().nullable(),
  city: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  legal_name: z.string().nullable(),
  legal_number: z.string().nullable(),
  tax_identification_number: z.string().nullable(),
  timezone: z.string(),
  net_payment_term: z.int(),
  email_settings: z.array(z.string()),
  document_numbering: z.enum(NUMBERINGS),
  document_number_prefix: z.string(),
  finalize_zero_amount_invoice: z.boolean(),
  billing_configuration: z.object({
    invoice_footer: z.string().nullable(),
    invoice_grace_period: z.int(),
    document_locale: z.string(),
  }),
  events_store: z.literal('postgres'),
  taxes: z.array(taxAnswer),
});

export type OrganizationWireInput = z.output<typeof organizationInput>;
export type OrganizationAnswer = z.output<typeof organizationAnswer>;
