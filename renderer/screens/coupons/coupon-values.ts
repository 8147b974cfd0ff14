import type { CouponAnswer } from '../../../shared/wire/coupon.ts';
import { amountTextOf, centsInputOf } from '../../format/amount-text.ts';

export type Target = 'none' | 'plans' | 'billable_metrics';

/** A coupon as it is edited. */
export interface CouponValues extends Record<string, unknown> {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly coupon_type: CouponAnswer['coupon_type'];
  /** In currency units. */
  readonly amount: string;
  readonly currency: string;
  readonly percentage_rate: string;
  readonly frequency: CouponAnswer['frequency'];
  readonly frequency_duration: string;
  readonly expires: boolean;
  /** Last day, `2026-03-01`; null while none is chosen. */
  readonly expiration_day: string | null;
  readonly reusable: boolean;
  readonly target: Target;
  readonly plan_codes: string[];
  readonly billable_metric_codes: string[];
}

export function valuesOfCoupon(coupon: CouponAnswer | null, currency: string): CouponValues {
  if (coupon === null) return { ...NEW_COUPON, currency };
  return {
    name: coupon.name,
    code: coupon.code,
    description: coupon.description ?? '',
    coupon_type: coupon.coupon_type,
    amount: coupon.amount_cents === null ? '' : amountTextOf(coupon.amount_cents, coupon.amount_currency ?? currency),
    currency: coupon.amount_currency ?? currency,
    percentage_rate: (coupon.percentage_rate ?? '').replace(/\.0$/, ''),
    frequency: coupon.frequency,
    frequency_duration: coupon.frequency_duration === null ? '' : String(coupon.frequency_duration),
    expires: coupon.expiration === 'time_limit',
    expiration_day: coupon.expiration_at === null ? null : coupon.expiration_at.slice(0, 10),
    reusable: coupon.reusable,
    target: coupon.limited_plans ? 'plans' : coupon.limited_billable_metrics ? 'billable_metrics' : 'none',
    plan_codes: [...coupon.plan_codes],
    billable_metric_codes: [...coupon.billable_metric_codes],
  };
}

const NEW_COUPON = {
  name: '',
  code: '',
  description: '',
  coupon_type: 'fixed_amount',
  amount: '',
  percentage_rate: '',
  frequency: 'once',
  frequency_duration: '',
  expires: false,
  expiration_day: null,
  reusable: true,
  target: 'none',
  plan_codes: [],
  billable_metric_codes: [],
} satisfies Partial<CouponValues>;

/** What is sent. The chosen day is the last one, in UTC. */
export function bodyOfCoupon(values: CouponValues): Readonly<Record<string, unknown>> {
  const isFixed = values.coupon_type === 'fixed_amount';
  return {
    name: values.name,
    code: values.code.trim(),
    description: values.description.trim() === '' ? null : values.description,
    coupon_type: values.coupon_type,
    amount_cents: isFixed ? centsInputOf(values.amount, values.currency) : null,
    amount_currency: isFixed ? values.currency : null,
    percentage_rate: isFixed || values.percentage_rate.trim() === '' ? null : values.percentage_rate.trim(),
    frequency: values.frequency,
    frequency_duration: values.frequency === 'recurring' ? integerOf(values.frequency_duration) : null,
    reusable: values.reusable,
    expiration: values.expires ? 'time_limit' : 'no_expiration',
    expiration_at: values.expires && values.expiration_day !== null ? `${values.expiration_day}T23:59:59Z` : null,
    applies_to: {
      plan_codes: values.target === 'plans' ? values.plan_codes : [],
      billable_metric_codes: values.target === 'billable_metrics' ? values.billable_metric_codes : [],
    },
  };
}

/** A whole number, nothing, or the text as it is, so that the server says what is wrong with it. */
function integerOf(text: string): number | string | null {
  if (text.trim() === '') return null;
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : text;
}

const PATHS: Readonly<Record<string, string>> = {
  amount_cents: 'amount',
  amount_currency: 'currency',
  expiration_at: 'expiration_day',
  expiration: 'expires',
};

export function pathOfCouponField(wirePath: string): string {
  return PATHS[wirePath] ?? wirePath;
}
