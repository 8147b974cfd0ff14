import { z } from 'zod';
import {
  booleanInput,
  centsInput,
  codesInput,
  currencyInput,
  dateInput,
  decimalInput,
  instantInput,
  integerInput,
  oneOf,
  optionalText,
} from './fields.ts';
import { MAX_DAYS } from './plan.ts';

export const COUPON_TYPES = ['fixed_amount', 'percentage'] as const;
export const COUPON_FREQUENCIES = ['once', 'recurring', 'forever'] as const;
export const COUPON_EXPIRATIONS = ['no_expiration', 'time_limit'] as const;
export const APPLIED_COUPON_STATUSES = ['active', 'terminated'] as const;

/** More invoices than anyone will ever get. */
const MAX_TURNS = 1_000_000;

/** Body of POST and PUT. What is mandatory depends on the type, the frequency and the expiration. */
export const couponInput = z.object({
  name: optionalText(),
  code: optionalText(),
  description: optionalText(),
  coupon_type: oneOf(COUPON_TYPES).nullish(),
  amount_cents: centsInput().nullish(),
  amount_currency: currencyInput().nullish(),
  percentage_rate: decimalInput().nullish(),
  frequency: oneOf(COUPON_FREQUENCIES).nullish(),
  frequency_duration: integerInput({ max: MAX_TURNS }).nullish(),
  reusable: booleanInput().nullish(),
  expiration: oneOf(COUPON_EXPIRATIONS).nullish(),
  expiration_at: instantInput().nullish(),
  expiration_date: dateInput().nullish().describe('2022: the last day'),
  expiration_duration: integerInput({ max: MAX_DAYS }).nullish().describe('2022: days from the creation'),
  applies_to: z.object({ plan_codes: codesInput().nullish(), billable_metric_codes: codesInput().nullish() }).nullish(),
});

export const couponAnswer = z
  .object({
    lago_id: z.uuid(),
    name: z.string(),
    code: z.string(),
    description: z.string().nullable(),
    coupon_type: z.enum(COUPON_TYPES),
    amount_cents: z.int().nullable(),
    amount_currency: z.string().nullable(),
    percentage_rate: z.string().nullable(),
    frequency: z.enum(COUPON_FREQUENCIES),
    frequency_duration: z.int().nullable(),
    reusable: z.boolean(),
    limited_plans: z.boolean(),
    limited_billable_metrics: z.boolean(),
    plan_codes: z.array(z.string()),
    billable_metric_codes: z.array(z.string()),
    expiration: z.enum(COUPON_EXPIRATIONS),
    expiration_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    terminated_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Coupon' });

/** Body of POST /applied_coupons. */
export const appliedCouponInput = z.object({
  external_customer_id: optionalText(),
  customer_id: optionalText().describe('2022 name of external_customer_id'),
  coupon_code: optionalText(),
  amount_cents: centsInput().nullish(),
  amount_currency: currencyInput().nullish(),
  percentage_rate: decimalInput().nullish(),
  frequency: oneOf(COUPON_FREQUENCIES).nullish(),
  frequency_duration: integerInput({ max: MAX_TURNS }).nullish(),
});

export const appliedCouponAnswer = z
  .object({
    lago_id: z.uuid(),
    lago_coupon_id: z.uuid(),
    coupon_code: z.string(),
    coupon_name: z.string(),
    coupon_description: z.string().nullable(),
    coupon_status: z.enum(APPLIED_COUPON_STATUSES),
    coupon_deleted_at: z.iso.datetime().nullable(),
    lago_customer_id: z.uuid(),
    external_customer_id: z.string(),
    status: z.enum(APPLIED_COUPON_STATUSES),
    amount_cents: z.int().nullable(),
    amount_cents_remaining: z.int().nullable(),
    amount_currency: z.string().nullable(),
    percentage_rate: z.string().nullable(),
    frequency: z.enum(COUPON_FREQUENCIES),
    frequency_duration: z.int().nullable(),
    frequency_duration_remaining: z.int().nullable(),
    expiration_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    terminated_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AppliedCoupon' });

export type CouponWireInput = z.output<typeof couponInput>;
export type CouponAnswer = z.output<typeof couponAnswer>;
export type AppliedCouponWireInput = z.output<typeof appliedCouponInput>;
export type AppliedCouponAnswer = z.output<typeof appliedCouponAnswer>;
