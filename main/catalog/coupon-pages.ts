import { In, IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import type { ListPage } from '../database/list-query.ts';
import {
  readCouponHolderRows,
  readCouponRows,
  readCouponTotals,
  type CouponHolderListWish,
  type CouponListWish,
  type CouponTotals,
  type ListedCoupon,
  type ListedCouponHolder,
} from '../database/lists/coupons.ts';
import { findRow } from '../database/rows.ts';
import { billableMetrics, plans } from '../database/tables/catalog.ts';
import { coupons } from '../database/tables/coupons.ts';
import type { ServiceContext } from '../service-context.ts';
import { expireCoupon, readCouponsDetails, type CouponDetails } from './coupons.ts';

// What the screens show of coupons.

export type { CouponHolderListWish, CouponListWish, CouponTotals, ListedCoupon, ListedCouponHolder } from '../database/lists/coupons.ts';

/** Coupons as their list shows them. */
export function listCouponPage(context: ServiceContext, wish: CouponListWish): ListPage<ListedCoupon> {
  return readCouponRows(context.database.read, context.organizationId, wish);
}

/** Who was given a coupon, and what became of it. */
export function listCouponHolderPage(context: ServiceContext, wish: CouponHolderListWish): ListPage<ListedCouponHolder> {
  return readCouponHolderRows(context.database.read, context.organizationId, wish);
}

/** What a coupon is limited to. */
export interface NamedTarget {
  readonly id: string;
  readonly name: string;
  readonly code: string;
}

export interface CouponPage {
  readonly details: CouponDetails;
  readonly totals: CouponTotals;
  readonly plans: readonly NamedTarget[];
  readonly metrics: readonly NamedTarget[];
}

/** The living coupon with our own id. Errors: 404 `coupon_not_found`. */
export async function readCouponPage(context: ServiceContext, id: string): Promise<Result<CouponPage>> {
  const { read } = context.database;
  const coupon = findRow(read, coupons, { id, organizationId: context.organizationId, deletedAt: null });
  if (coupon === null) return notFound('coupon');
  const [found] = await readCouponsDetails(read, [coupon]);
  const details = present(found, 'one coupon has its details');
  const { limit } = details;
  const living = (ids: readonly string[]) => ({ where: { id: In([...ids]), deletedAt: IsNull() } });
  return ok({
    details,
    totals: readCouponTotals(read, id),
    plans: limit.kind === 'plans' ? await read.manager.find(plans, living(limit.planIds)) : [],
    metrics: limit.kind === 'billable_metrics' ? await read.manager.find(billableMetrics, living(limit.metricIds)) : [],
  });
}

/** Ends a coupon now, as its expiration would: nobody gets it any more, those who have it keep it. Errors: 404 `coupon_not_found`. */
export function terminateCoupon(context: ServiceContext, id: string): Promise<Result<CouponDetails>> {
  return context.database.unitOfWork.write('terminate coupon', async (tx) => {
    const coupon = findRow(tx, coupons, { id, organizationId: context.organizationId, deletedAt: null });
    if (coupon === null) return notFound('coupon');
    if (coupon.terminatedAt === null) await expireCoupon(context, tx, id);
    const ended = present(findRow(tx, coupons, { id }), 'a coupon just written is there');
    const [details] = await readCouponsDetails(tx, [ended]);
    return ok(present(details, 'one coupon has its details'));
  });
}
