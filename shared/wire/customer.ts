import { z } from 'zod';
import {
  anyText,
  booleanInput,
  codesInput,
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
} from './fields.ts';
import { customSectionAnswer } from './custom-section.ts';
import { MAX_DAYS } from './plan.ts';
import { taxAnswer } from './tax.ts';

const CUSTOMER_TYPES = ['company', 'individual'] as const;
const ACCOUNT_TYPES = ['customer', 'partner'] as const;
const ZERO_INVOICES = ['inherit', 'skip', 'finalize'] as const;
const ISSUING_DATE_ANCHORS = ['next_period_start', 'current_period_end'] as const;
const ISSUING_DATE_ADJUSTMENTS = ['align_with_finalization_date', 'keep_anchor'] as const;

/** Numbers that people write as JSON numbers (a zip code, an id of their own) are text all the same. */
function numberAsText(text: z.ZodType<string>): z.ZodType<string> {
  return z
    .unknown()
    .meta({ type: ['string', 'number'] })
    .transform((value) => (typeof value === 'number' ? String(value) : value))
    .pipe(text);
}

const textOrNumber = (text: z.ZodType<string> = anyText()) => numberAsText(text).nullish();

/** An empty text clears what a form has left empty. */
function clearable<T>(input: z.ZodType<T>, kind: string): z.ZodType<T | null | undefined> {
  return z
    .unknown()
    .meta({ type: ['string', 'null'], format: kind })
    .transform((value) => (typeof value === 'string' && value.trim() === '' ? null : value))
    .pipe(input.nullish())
    .optional();
}

const days = () => integerInput({ min: 0, max: MAX_DAYS }).nullish();
const vatRate = () => decimalInput({ min: '0' }).nullish();

export const billingConfigurationInput = z.object({
  invoice_grace_period: days(),
  payment_provider: optionalText(),
  payment_provider_code: optionalText(),
  provider_customer_id: optionalText(),
  sync: booleanInput().nullish(),
  sync_with_provider: booleanInput().nullish(),
  document_locale: clearable(localeInput(), 'BCP 47'),
  provider_payment_methods: z.array(mandatoryText()).nullish(),
  subscription_invoice_issuing_date_anchor: oneOf(ISSUING_DATE_ANCHORS).nullish(),
  subscription_invoice_issuing_date_adjustment: oneOf(ISSUING_DATE_ADJUSTMENTS).nullish(),
  vat_rate: vatRate(),
});

/** Body of POST /customers, which creates or changes by external_id. `customer_id` and `vat_rate` are names of 2022. */
export const customerInput = z.object({
  external_id: textOrNumber(),
  customer_id: textOrNumber(),
  name: textOrNumber(anyText({ max: 255 })),
  firstname: textOrNumber(),
  lastname: textOrNumber(),
  customer_type: clearable(oneOf(CUSTOMER_TYPES), CUSTOMER_TYPES.join(', ')),
  account_type: clearable(oneOf(ACCOUNT_TYPES), ACCOUNT_TYPES.join(', ')),
  country: clearable(countryInput(), 'ISO 3166-1 alpha-2'),
  address_line1: textOrNumber(),
  address_line2: textOrNumber(),
  state: textOrNumber(),
  zipcode: textOrNumber(),
  city: textOrNumber(),
  shipping_address: z
    .object({
      address_line1: textOrNumber(),
      address_line2: textOrNumber(),
      city: textOrNumber(),
      zipcode: textOrNumber(),
      state: textOrNumber(),
      country: clearable(countryInput(), 'ISO 3166-1 alpha-2'),
    })
    .nullish(),
  email: clearable(emailInput(), 'email'),
  phone: textOrNumber(),
  url: textOrNumber(),
  logo_url: textOrNumber(),
  legal_name: textOrNumber(),
  legal_number: textOrNumber(),
  tax_identification_number: textOrNumber(),
  currency: clearable(currencyInput(), 'ISO 4217'),
  timezone: clearable(timezoneInput(), 'IANA time zone'),
  net_payment_term: days(),
  external_salesforce_id: textOrNumber(),
  finalize_zero_amount_invoice: oneOf(ZERO_INVOICES).nullish(),
  skip_invoice_custom_sections: booleanInput().nullish(),
  invoice_custom_section_codes: codesInput().nullish(),
  tax_codes: codesInput().nullish(),
  vat_rate: vatRate(),
  metadata: z
    .array(
      z.object({
        id: optionalText(),
        key: numberAsText(mandatoryText({ max: 20 })),
        value: numberAsText(mandatoryText({ max: 100 })),
        display_in_invoice: booleanInput().nullish(),
      }),
    )
    .nullish(),
  billing_configuration: billingConfigurationInput.nullish(),
});

export const shippingAddressAnswer = z.object({
  address_line1: z.string().nullable(),
  address_line2: z.string().nullable(),
  city: z.string().nullable(),
  zipcode: z.string().nullable(),
  state: z.string().nullable(),
  country: z.string().nullable(),
});

export const customerMetadataAnswer = z.object({
  lago_id: z.uuid(),
  key: z.string(),
  value: z.string(),
  display_in_invoice: z.boolean(),
  created_at: z.iso.datetime(),
});

/** A customer as it stands inside other objects, without its taxes. */
export const nestedCustomerAnswer = z.object({
  lago_id: z.uuid(),
  billing_entity_code: z.literal('default'),
  external_id: z.string(),
  account_type: z.string(),
  name: z.string().nullable(),
  firstname: z.string().nullable(),
  lastname: z.string().nullable(),
  customer_type: z.enum(CUSTOMER_TYPES).nullable(),
  sequential_id: z.int(),
  slug: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  country: z.string().nullable(),
  address_line1: z.string().nullable(),
  address_line2: z.string().nullable(),
  state: z.string().nullable(),
  zipcode: z.string().nullable(),
  city: z.string().nullable(),
  shipping_address: shippingAddressAnswer,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  url: z.string().nullable(),
  logo_url: z.string().nullable(),
  legal_name: z.string().nullable(),
  legal_number: z.string().nullable(),
  tax_identification_number: z.string().nullable(),
  currency: z.string().nullable(),
  timezone: z.string().nullable(),
  applicable_timezone: z.string(),
  net_payment_term: z.int().nullable(),
  external_salesforce_id: z.string().nullable(),
  finalize_zero_amount_invoice: z.enum(ZERO_INVOICES),
  skip_invoice_custom_sections: z.boolean(),
  billing_configuration: z.object({
    invoice_grace_period: z.int().nullable(),
    payment_provider: z.string().nullable(),
    payment_provider_code: z.string().nullable(),
    document_locale: z.string().nullable(),
    subscription_invoice_issuing_date_anchor: z.enum(ISSUING_DATE_ANCHORS).nullable(),
    subscription_invoice_issuing_date_adjustment: z.enum(ISSUING_DATE_ADJUSTMENTS).nullable(),
    provider_customer_id: z.string().nullable().optional(),
    provider_payment_methods: z.array(z.string()).optional(),
    sync_with_provider: z.boolean().optional(),
  }),
  metadata: z.array(customerMetadataAnswer),
  integration_customers: z.tuple([]),
  applicable_invoice_custom_sections: z.array(customSectionAnswer),
  error_details: z.tuple([]),
});

export const customerAnswer = nestedCustomerAnswer.extend({ taxes: z.array(taxAnswer) });

export type CustomerWireInput = z.output<typeof customerInput>;
export type NestedCustomerAnswer = z.output<typeof nestedCustomerAnswer>;
export type CustomerAnswer = z.output<typeof customerAnswer>;
