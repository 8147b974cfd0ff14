import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import { hasErrors, invalid, mergeFieldErrors, notAllowed, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { CouponFrequency } from '../billing/facts.ts';
import { durationErrors, findCoupon, isCouponGivable, valueErrors, type Coupon } from '../catalog/index.ts';
import { insertRow } from '../database/rows.ts';
import { appliedCoupons, type AppliedCoupon } from '../database/tables/coupons.ts';
import type { ServiceContext } from '../service-context.ts';
import { readAppliedCoupon, type AppliedCouponDetails } from './applied-coupon-list.ts';
import { overlapsActiveCoupon } from './coupon-overlap.ts';
import { findCustomer, setCurrencyWhenEmpty } from './customers.ts';
import { endCoupons } from './end-coupons.ts';

/** A coupon to give to a customer; what is given here stands in place of the coupon's own terms. */
export interface CouponApplication {
  readonly externalCustomerId?: string | null;
  readonly couponCode?: string | null;
  readonly amountCents?: Cents | null;
  readonly amountCurrency?: CurrencyCode | null;
  /** Percent. */
  readonly percentageRate?: Decimal | null;
  readonly frequency?: CouponFrequency | null;
  readonly frequencyDuration?: number | null;
}

/**
 * Gives a coupon to a customer, who keeps its terms as they are now. A fixed one sets the customer's currency if there was none.
 * Errors: 404 for the customer, and for a coupon that is unknown, expired or deleted; 422; 405 `plan_overlapping`. Rule: invoicing.md § 4.
 */
export function applyCoupon(
  context: ServiceContext,
  asked: CouponApplication,
  refused: FieldErrors = {},
): Promise<Result<AppliedCouponDetails>> {
  return context.database.unitOfWork.write('apply coupon', async (tx) => {
    const customer = await findCustomer(tx, context.organizationId, asked.externalCustomerId ?? '');
    if (customer === null) return notFound('customer');
    const coupon = await findCoupon(tx, context.organizationId, asked.couponCode ?? '');
    const now = context.clock.now();
    if (coupon === null || !isCouponGivable(coupon, now)) return notFound('coupon');
    const terms = termsOf(asked, coupon);
    const errors = { ...mergeFieldErrors(valueErrors({ ...terms, couponType: coupon.couponType }), durationErrors(terms)), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    if (!coupon.reusable && (await tx.manager.existsBy(appliedCoupons, { customerId: customer.id, couponId: coupon.id }))) {
      return invalid({ coupon: ['coupon_is_not_reusable'] });
    }
    if (await overlapsActiveCoupon(tx, { customerId: customer.id, couponId: coupon.id })) return notAllowed('plan_overlapping');

    const id = context.random.uuid();
    await insertRow(tx, appliedCoupons, {
      ...terms,
      id,
      organizationId: context.organizationId,
      customerId: customer.id,
      couponId: coupon.id,
      status: 'active',
      frequencyDurationRemaining: terms.frequencyDuration,
      createdAt: now,
      updatedAt: now,
      terminatedAt: null,
    });
    if (terms.amountCurrency !== null) await setCurrencyWhenEmpty(context, tx, { customer, currency: terms.amountCurrency });
    return ok(present(await readAppliedCoupon(tx, id), 'an applied coupon just written is there'));
  });
}

/** Takes a coupon away from a customer; one that has ended already stays as it is. */
export function removeAppliedCoupon(
  context: ServiceContext,
  named: { readonly externalCustomerId: string; readonly id: string },
): Promise<Result<AppliedCouponDetails>> {
  return context.database.unitOfWork.write('remove applied coupon', async (tx) => {
    const customer = await findCustomer(tx, context.organizationId, named.externalCustomerId);
    if (customer === null) return notFound('customer');
    const found = await tx.manager.findOneBy(appliedCoupons, { id: named.id, customerId: customer.id });
    if (found === null) return notFound('applied_coupon');
    await endCoupons(context, tx, { id: found.id });
    return ok(present(await readAppliedCoupon(tx, found.id), 'an applied coupon that was found is there'));
  });
}

type Terms = Pick<AppliedCoupon, 'amountCents' | 'amountCurrency' | 'percentageRate' | 'frequency' | 'frequencyDuration'>;

function termsOf(asked: CouponApplication, coupon: Coupon): Terms {
  const isFixed = coupon.couponType === 'fixed_amount';
  const frequency = asked.frequency ?? coupon.frequency;
  return {
    amountCents: isFixed ? (asked.amountCents ?? coupon.amountCents) : null,
    amountCurrency: isFixed ? (asked.amountCurrency ?? coupon.amountCurrency) : null,
    percentageRate: isFixed ? null : (asked.percentageRate ?? coupon.percentageRate),
    frequency,
    frequencyDuration: frequency === 'recurring' ? (asked.frequencyDuration ?? coupon.frequencyDuration) : null,
  };
}
