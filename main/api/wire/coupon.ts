import { formatInstant, type Instant } from '../../../shared/dates.ts';
import { formatDecimal } from '../../../shared/decimal.ts';
import { centsToWire, type Cents } from '../../../shared/money.ts';
import type { AppliedCouponAnswer, AppliedCouponWireInput, CouponAnswer, CouponWireInput } from '../../../shared/wire/coupon.ts';
import type { InvoiceAnswer } from '../../../shared/wire/invoice.ts';
import type { CouponDetails, CouponInput } from '../../catalog/index.ts';
import type { AppliedCouponDetails, CouponApplication, ListedAppliedCoupon } from '../../customers/index.ts';
import { camelKeys } from './camel-case.ts';

/** `applies_to` names what a coupon is limited to; null limits it to nothing. */
export function readCouponInput(values: Partial<CouponWireInput>): CouponInput {
  const { applies_to: target, ...plain } = values;
  const limits =
    target === null
      ? { planCodes: null, billableMetricCodes: null }
      : { planCodes: target?.plan_codes, billableMetricCodes: target?.billable_metric_codes };
  return { ...camelKeys(plain), ...limits };
}

export function serializeCoupon({ coupon, limit, planCodes, billableMetricCodes }: CouponDetails): CouponAnswer {
  return {
    lago_id: coupon.id,
    name: coupon.name,
    code: coupon.code,
    description: coupon.description,
    coupon_type: coupon.couponType,
    amount_cents: centsOrNull(coupon.amountCents),
    amount_currency: coupon.amountCurrency,
    percentage_rate: coupon.percentageRate === null ? null : formatDecimal(coupon.percentageRate),
    frequency: coupon.frequency,
    frequency_duration: coupon.frequencyDuration,
    reusable: coupon.reusable,
    limited_plans: limit.kind === 'plans',
    limited_billable_metrics: limit.kind === 'billable_metrics',
    plan_codes: [...planCodes],
    billable_metric_codes: [...billableMetricCodes],
    expiration: coupon.expiration,
    expiration_at: timeOrNull(coupon.expirationAt),
    created_at: formatInstant(coupon.createdAt),
    terminated_at: timeOrNull(coupon.terminatedAt),
  };
}

/** `customer_id` is what 2022 called the external id. */
export function readCouponApplication(values: Partial<AppliedCouponWireInput>): CouponApplication {
  const { customer_id: nameOf2022, ...application } = values;
  return { ...camelKeys(application), externalCustomerId: values.external_customer_id ?? nameOf2022 };
}

export function serializeAppliedCoupon({ applied, coupon, customer, amountCentsRemaining }: AppliedCouponDetails): AppliedCouponAnswer {
  return {
    lago_id: applied.id,
    lago_coupon_id: coupon.id,
    coupon_code: coupon.code,
    coupon_name: coupon.name,
    coupon_description: coupon.description,
    coupon_status: coupon.terminatedAt === null ? 'active' : 'terminated',
    coupon_deleted_at: timeOrNull(coupon.deletedAt),
    lago_customer_id: customer.id,
    external_customer_id: customer.externalId,
    status: applied.status,
    amount_cents: centsOrNull(applied.amountCents),
    amount_cents_remaining: centsOrNull(amountCentsRemaining),
    amount_currency: applied.amountCurrency,
    percentage_rate: applied.percentageRate === null ? null : formatDecimal(applied.percentageRate),
    frequency: applied.frequency,
    frequency_duration: applied.frequencyDuration,
    frequency_duration_remaining: applied.frequencyDurationRemaining,
    expiration_at: timeOrNull(coupon.expirationAt),
    created_at: formatInstant(applied.createdAt),
    terminated_at: timeOrNull(applied.terminatedAt),
  };
}

/** As lists show it: with what it took off invoices. */
export function serializeListedAppliedCoupon(
  listed: ListedAppliedCoupon,
): AppliedCouponAnswer & { readonly credits: InvoiceAnswer['credits'] } {
  const { coupon } = listed;
  const item = { lago_item_id: coupon.id, type: 'coupon', code: coupon.code, name: coupon.name, description: coupon.description } as const;
  const credits = listed.credits.map(({ credit, invoice }) => ({
    lago_id: credit.id,
    amount_cents: centsToWire(credit.amountCents),
    amount_currency: invoice.currency,
    before_taxes: true,
    item,
    invoice: { lago_id: invoice.id, payment_status: invoice.paymentStatus },
  }));
  return { ...serializeAppliedCoupon(listed), credits };
}

function centsOrNull(amount: Cents | null): number | null {
  return amount === null ? null : centsToWire(amount);
}

function timeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
