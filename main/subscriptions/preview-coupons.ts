import type { CurrencyCode } from '../../shared/currency.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import { hasErrors, invalid, notFound, ok, type Result } from '../../shared/result.ts';
import type { CouponType } from '../billing/facts.ts';
import { findCoupon, isCouponGivable, valueErrors, type Coupon } from '../catalog/index.ts';
import { insertRow, type NewRow } from '../database/rows.ts';
import { appliedCoupons, coupons } from '../database/tables/coupons.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** A coupon that a preview tries: one that exists, by its code, or the terms of one that does not. */
export interface PreviewCoupon {
  readonly code: string;
  readonly name?: string | null;
  readonly couponType?: CouponType | null;
  readonly amountCents?: Cents | null;
  readonly amountCurrency?: CurrencyCode | null;
  /** Percent. */
  readonly percentageRate?: Decimal | null;
  /** Invoices that it would last for; once without it. */
  readonly frequencyDuration?: number | null;
}

/** Gives the coupons to a customer for the time of the preview, after those that the customer has. */
export async function tryCoupons(
  context: ServiceContext,
  tx: Transaction,
  trial: { readonly customerId: string; readonly coupons: readonly PreviewCoupon[] },
): Promise<Result<null>> {
  for (const wanted of trial.coupons) {
    const coupon = await couponFor(context, tx, wanted);
    if (!coupon.ok) return coupon;
    const { id, amountCents, amountCurrency, percentageRate, frequency, frequencyDuration } = coupon.value;
    const now = context.clock.now();
    await insertRow(tx, appliedCoupons, {
      ...{ amountCents, amountCurrency, percentageRate, frequency, frequencyDuration },
      id: context.random.uuid(),
      organizationId: context.organizationId,
      customerId: trial.customerId,
      couponId: id,
      status: 'active',
      frequencyDurationRemaining: frequencyDuration,
      createdAt: now,
      updatedAt: now,
      terminatedAt: null,
    });
  }
  return ok(null);
}

async function couponFor(context: ServiceContext, tx: Transaction, wanted: PreviewCoupon): Promise<Result<NewRow<Coupon>>> {
  const existing = await findCoupon(tx, context.organizationId, wanted.code);
  if (existing !== null) return isCouponGivable(existing, context.clock.now()) ? ok(existing) : notFound('coupon');
  if (wanted.couponType === undefined || wanted.couponType === null) return notFound('coupon');
  const coupon = inventedCoupon(context, wanted, wanted.couponType);
  const errors = valueErrors(coupon);
  if (hasErrors(errors)) return invalid(errors);
  await insertRow(tx, coupons, coupon);
  return ok(coupon);
}

function inventedCoupon(context: ServiceContext, wanted: PreviewCoupon, couponType: CouponType): NewRow<Coupon> {
  const isFixed = couponType === 'fixed_amount';
  const duration = wanted.frequencyDuration ?? null;
  const now = context.clock.now();
  return {
    id: context.random.uuid(),
    organizationId: context.organizationId,
    name: wanted.name ?? wanted.code,
    code: wanted.code,
    description: null,
    couponType,
    amountCents: isFixed ? (wanted.amountCents ?? null) : null,
    amountCurrency: isFixed ? (wanted.amountCurrency ?? null) : null,
    percentageRate: isFixed ? null : (wanted.percentageRate ?? null),
    frequency: duration === null ? 'once' : 'recurring',
    frequencyDuration: duration,
    reusable: true,
    expiration: 'no_expiration',
    expirationAt: null,
    createdAt: now,
    updatedAt: now,
    terminatedAt: null,
    deletedAt: null,
  };
}
