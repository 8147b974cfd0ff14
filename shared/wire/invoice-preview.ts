import { z } from 'zod';
import { COUPON_TYPES } from './coupon.ts';
import { customerInput } from './customer.ts';
import {
  centsInput,
  codesInput,
  currencyInput,
  decimalInput,
  instantInput,
  integerInput,
  mandatoryText,
  oneOf,
  optionalText,
} from './fields.ts';

const BILLING_TIMES = ['calendar', 'anniversary'] as const;
/** More invoices than anyone will ever get. */
const MAX_TURNS = 1_000_000;

/** A coupon to try: one that exists, by its code, or the terms of one that does not. */
const previewCouponInput = z.object({
  code: mandatoryText(),
  name: optionalText(),
  coupon_type: oneOf(COUPON_TYPES).nullish(),
  amount_cents: centsInput().nullish(),
  amount_currency: currencyInput().nullish(),
  percentage_rate: decimalInput().nullish(),
  frequency_duration: integerInput({ min: 1, max: MAX_TURNS }).nullish(),
});

/** Body of `POST /invoices/preview`, which is not wrapped: a new subscription of `plan_code`, or `subscriptions` that exist. */
export const invoicePreviewBody = z.object({
  customer: customerInput.nullish(),
  plan_code: optionalText(),
  billing_time: oneOf(BILLING_TIMES).nullish(),
  subscription_at: instantInput().nullish(),
  coupons: z.array(previewCouponInput).nullish(),
  subscriptions: z
    .object({
      external_ids: codesInput(),
      plan_code: optionalText(),
      terminated_at: instantInput().nullish(),
    })
    .nullish(),
  billing_entity_code: optionalText(),
});

export type InvoicePreviewWireInput = z.output<typeof invoicePreviewBody>;
