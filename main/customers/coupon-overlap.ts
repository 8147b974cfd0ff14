import { readCouponLimits } from '../catalog/index.ts';
import type { CouponLimit } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';

/**
 * Whether a coupon aims at something that an active one of the customer aims at already: the same plan or metric, or a metric that a charge of
 * a plan counts. Coupons that are not limited overlap with nothing. Rule: invoicing.md § 4 `plan_overlapping`.
 */
export async function overlapsActiveCoupon(
  db: ReadDatabase,
  of: { readonly customerId: string; readonly couponId: string },
): Promise<boolean> {
  const active = db
    .select<{ couponId: string }>(
      `SELECT DISTINCT "coupon_id" AS "couponId" FROM "applied_coupons" WHERE "customer_id" = ? AND "status" = 'active'`,
    )
    .all(of.customerId)
    .map((row) => row.couponId);
  const limits = await readCouponLimits(db, [...new Set([of.couponId, ...active])]);
  const asked = limits.get(of.couponId);
  if (asked === undefined) return false;
  return active.some((couponId) => {
    const other = limits.get(couponId);
    return other !== undefined && aimAtTheSame(db, asked, other);
  });
}

function aimAtTheSame(db: ReadDatabase, first: CouponLimit, second: CouponLimit): boolean {
  if (first.kind === 'plans' && second.kind === 'plans') return shareAny(first.planIds, second.planIds);
  return shareAny(metricsAimedAt(db, first), metricsAimedAt(db, second));
}

/** The metrics of a limit; for plans those that their charges count, the charges of private copies included. */
function metricsAimedAt(db: ReadDatabase, limit: CouponLimit): readonly string[] {
  if (limit.kind === 'billable_metrics') return limit.metricIds;
  if (limit.kind === 'none') return [];
  const charged = db.select<{ metricId: string }>(
    `SELECT DISTINCT "charges"."billable_metric_id" AS "metricId" FROM "charges" JOIN "plans" ON "plans"."id" = "charges"."plan_id"
     WHERE ("plans"."id" = ? OR "plans"."parent_id" = ?) AND "charges"."deleted_at" IS NULL`,
  );
  return limit.planIds.flatMap((planId) => charged.all(planId, planId).map((row) => row.metricId));
}

function shareAny(first: readonly string[], second: readonly string[]): boolean {
  return first.some((id) => second.includes(id));
}
