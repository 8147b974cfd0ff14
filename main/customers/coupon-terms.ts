import { In } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { cents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { CouponTerms } from '../billing/facts.ts';
import { readCouponLimits } from '../catalog/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { appliedCoupons, coupons, type AppliedCoupon } from '../database/tables/coupons.ts';

/** What billing knows of the coupons that a customer has now, oldest first. Also of coupons that nobody can be given any more. */
export async function readCouponTerms(db: ReadDatabase, customerId: string): Promise<readonly CouponTerms[]> {
  // Most invoices have no coupon: they are asked for in the cheapest way.
  const isAny = db.select(`SELECT 1 FROM "applied_coupons" WHERE "customer_id" = ? AND "status" = 'active' LIMIT 1`).get(customerId);
  if (isAny === undefined) return [];
  const active = await db.manager.find(appliedCoupons, {
    where: { customerId, status: 'active' },
    order: { createdAt: 'ASC', sequence: 'ASC' },
  });
  const couponIds = [...new Set(active.map((applied) => applied.couponId))];
  const byId = new Map((await db.manager.find(coupons, { where: { id: In(couponIds) } })).map((coupon) => [coupon.id, coupon]));
  const limits = await readCouponLimits(db, couponIds);
  const used = readUsedAmounts(
    db,
    active.map((applied) => applied.id),
  );
  return active.map((applied) => {
    const coupon = present(byId.get(applied.couponId), 'an applied coupon has its coupon');
    return {
      appliedCouponId: applied.id,
      code: coupon.code,
      couponType: coupon.couponType,
      amountCents: applied.amountCents,
      currency: applied.amountCurrency,
      percentageRate: applied.percentageRate,
      frequency: applied.frequency,
      frequencyDurationRemaining: applied.frequencyDurationRemaining,
      usedAmountCents: used.get(applied.id) ?? ZERO_CENTS,
      limit: limits.get(applied.couponId) ?? { kind: 'none' },
    };
  });
}

/** What is left of a fixed coupon that is used once; null for all others. Rule: invoicing.md § 4 `amount_cents_remaining`. */
export function remainingAmount(applied: Pick<AppliedCoupon, 'amountCents' | 'frequency'>, usedAmountCents: Cents): Cents | null {
  if (applied.amountCents === null || applied.frequency !== 'once') return null;
  return cents(applied.amountCents - usedAmountCents);
}

/** What invoices that were not voided have used of each of these applied coupons. */
export function readUsedAmounts(db: ReadDatabase, appliedCouponIds: readonly string[]): ReadonlyMap<string, Cents> {
  const used = db.select<{ total: number | null }>(
    `SELECT SUM("invoice_credits"."amount_cents") AS "total" FROM "invoice_credits"
     JOIN "invoices" ON "invoices"."id" = "invoice_credits"."invoice_id"
     WHERE "invoice_credits"."applied_coupon_id" = ? AND "invoices"."status" <> 'voided'`,
  );
  return new Map(appliedCouponIds.map((id) => [id, cents(used.get(id)?.total ?? 0)]));
}
