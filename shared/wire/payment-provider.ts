import { z } from 'zod';
import { anyText, booleanInput, mandatoryText, urlInput } from './fields.ts';

export const PROVIDER_TYPES = ['stripe'] as const;

/** An empty text clears what a form has left empty. */
const redirectUrl = () =>
  z
    .unknown()
    .meta({ type: ['string', 'null'], format: 'uri' })
    .transform((value) => (typeof value === 'string' && value.trim() === '' ? null : value))
    .pipe(urlInput().nullish())
    .optional();

/** Body of PUT: what is left out stays as it is, secrets too. */
export const paymentProviderInput = z.object({
  type: anyText().nullish(),
  name: mandatoryText({ max: 255 }).nullish(),
  secret_key: mandatoryText({ max: 255 }).nullish(),
  webhook_secret: mandatoryText({ max: 255 }).nullish(),
  success_redirect_url: redirectUrl(),
  supports_3ds: booleanInput().nullish(),
  create_customers: booleanInput().nullish(),
});

export type PaymentProviderWireInput = z.output<typeof paymentProviderInput>;

/** A provider; of its secrets no more than that they are set. */
export const paymentProviderAnswer = z.object({
  lago_id: z.uuid(),
  code: z.string(),
  name: z.string(),
  type: z.enum(PROVIDER_TYPES),
  mode: z.enum(['test', 'live']),
  secret_key_last4: z.string().nullable(),
  webhook_secret_set: z.boolean(),
  success_redirect_url: z.string().nullable(),
  supports_3ds: z.boolean(),
  /** New customers that name no provider are made there too. */
  create_customers: z.boolean(),
  /** Whether the key was tried out at Stripe; false while it could not be reached. */
  verified: z.boolean(),
  created_at: z.iso.datetime(),
});

export type PaymentProviderAnswer = z.output<typeof paymentProviderAnswer>;

/** How many open things were looked at, and how many of them had changed. */
export const reconciledAnswer = z.object({ checked: z.int(), changed: z.int() });

/** A hosted page on which an invoice can be paid. */
export const paymentUrlAnswer = z.object({
  lago_customer_id: z.uuid(),
  external_customer_id: z.string(),
  payment_provider: z.string(),
  lago_invoice_id: z.uuid(),
  payment_url: z.string(),
});

/** A hosted page on which a customer enters a payment method. */
export const checkoutUrlAnswer = z.object({
  lago_customer_id: z.uuid(),
  external_customer_id: z.string(),
  payment_provider: z.string(),
  payment_provider_code: z.string().nullable(),
  checkout_url: z.string(),
});
