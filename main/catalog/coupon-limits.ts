import { In, IsNull } from 'typeorm';
import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import type { CouponLimit } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, insertRows } from '../database/rows.ts';
import { billableMetrics, plans } from '../database/tables/catalog.ts';
import { couponTargets } from '../database/tables/coupons.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { CouponInput } from './coupon-input.ts';

/** What a coupon is limited to, as callers name it: plans and metrics that are still there, in the order given. */
export interface CouponTargetCodes {
  readonly planCodes: readonly string[];
  readonly billableMetricCodes: readonly string[];
}

const NO_LIMIT: CouponLimit = { kind: 'none' };

/** What each of these coupons is limited to, by coupon; those that are not are absent. A deleted plan or metric still limits. */
export async function readCouponLimits(db: ReadDatabase, couponIds: readonly string[]): Promise<ReadonlyMap<string, CouponLimit>> {
  if (couponIds.length === 0) return new Map();
  const targets = await db.manager.find(couponTargets, { where: { couponId: In([...couponIds]) }, order: { sequence: 'ASC' } });
  const limits = new Map<string, CouponLimit>();
  for (const [couponId, ofCoupon] of Map.groupBy(targets, (target) => target.couponId)) {
    limits.set(
      couponId,
      limitOf({
        planIds: ofCoupon.flatMap((each) => each.planId ?? []),
        metricIds: ofCoupon.flatMap((each) => each.billableMetricId ?? []),
      }),
    );
  }
  return limits;
}

/** The codes of the limits' plans and metrics, in the order of the limits given. */
export async function readTargetCodes(db: ReadDatabase, limits: readonly CouponLimit[]): Promise<readonly CouponTargetCodes[]> {
  const planIds = limits.flatMap((limit) => (limit.kind === 'plans' ? limit.planIds : []));
  const metricIds = limits.flatMap((limit) => (limit.kind === 'billable_metrics' ? limit.metricIds : []));
  const planCodes = await codesById(db, 'plans', planIds);
  const metricCodes = await codesById(db, 'billable_metrics', metricIds);
  return limits.map((limit) => ({
    planCodes: limit.kind === 'plans' ? limit.planIds.flatMap((id) => planCodes.get(id) ?? []) : [],
    billableMetricCodes: limit.kind === 'billable_metrics' ? limit.metricIds.flatMap((id) => metricCodes.get(id) ?? []) : [],
  }));
}

async function codesById(
  db: ReadDatabase,
  kind: 'plans' | 'billable_metrics',
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const where = { id: In([...new Set(ids)]), deletedAt: IsNull() };
  const found = kind === 'plans' ? await db.manager.find(plans, { where }) : await db.manager.find(billableMetrics, { where });
  return new Map(found.map((row) => [row.id, row.code]));
}

/**
 * What a coupon will be limited to; undefined when the caller does not speak of it. Naming one kind takes the place of the other.
 * Errors: 405 for both kinds at once, 404 `plans_not_found`, `billable_metrics_not_found`. Rule: invoicing.md § 4.
 */
export async function findCouponLimit(
  db: ReadDatabase,
  organizationId: string,
  asked: { readonly input: CouponInput; readonly existing: CouponLimit },
): Promise<Result<CouponLimit | undefined>> {
  const { planCodes, billableMetricCodes } = asked.input;
  if (planCodes === undefined && billableMetricCodes === undefined) return ok(undefined);
  const wantedPlans = [...new Set(planCodes ?? [])];
  const wantedMetrics = [...new Set(billableMetricCodes ?? [])];
  if (wantedPlans.length > 0 && wantedMetrics.length > 0) return notAllowed('only_one_limitation_type_per_coupon_allowed');
  const living = { organizationId, deletedAt: IsNull() };
  const foundPlans = await db.manager.find(plans, { where: { ...living, code: In(wantedPlans), parentId: IsNull() } });
  const planIds = idsInOrder(wantedPlans, foundPlans);
  if (planIds.length < wantedPlans.length) return notFound('plans');
  const foundMetrics = await db.manager.find(billableMetrics, { where: { ...living, code: In(wantedMetrics) } });
  const metricIds = idsInOrder(wantedMetrics, foundMetrics);
  if (metricIds.length < wantedMetrics.length) return notFound('billable_metrics');
  if (planIds.length > 0 || metricIds.length > 0) return ok(limitOf({ planIds, metricIds }));
  const { existing } = asked;
  const isEmptied = existing.kind === 'plans' ? planCodes !== undefined : billableMetricCodes !== undefined;
  return ok(isEmptied ? NO_LIMIT : existing);
}

function idsInOrder(codes: readonly string[], found: readonly { readonly id: string; readonly code: string }[]): readonly string[] {
  const byCode = new Map(found.map((row) => [row.code, row.id]));
  return codes.flatMap((code) => byCode.get(code) ?? []);
}

/** Replaces what a coupon is limited to. */
export async function writeCouponLimit(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly couponId: string; readonly limit: CouponLimit },
): Promise<void> {
  const { couponId, limit } = of;
  const planIds = limit.kind === 'plans' ? limit.planIds : [];
  const metricIds = limit.kind === 'billable_metrics' ? limit.metricIds : [];
  await deleteRows(tx, couponTargets, { couponId });
  await insertRows(tx, couponTargets, [
    ...planIds.map((planId) => ({ id: context.random.uuid(), couponId, planId, billableMetricId: null })),
    ...metricIds.map((billableMetricId) => ({ id: context.random.uuid(), couponId, planId: null, billableMetricId })),
  ]);
}

function limitOf(ids: { readonly planIds: readonly string[]; readonly metricIds: readonly string[] }): CouponLimit {
  if (ids.metricIds.length > 0) return { kind: 'billable_metrics', metricIds: ids.metricIds };
  return ids.planIds.length > 0 ? { kind: 'plans', planIds: ids.planIds } : NO_LIMIT;
}
