import { IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { isBefore } from '../../shared/dates.ts';
import type { Page } from '../../shared/page.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { CouponLimit } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import { appliedCoupons, coupons, type Coupon } from '../database/tables/coupons.ts';
import { organizations } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Change } from './change.ts';
import {
  couponErrors,
  mergeCoupon,
  refusedForCoupon,
  type CouponAttributes,
  type CouponInput,
  type CouponOccasion,
} from './coupon-input.ts';
import { findCouponLimit, readCouponLimits, readTargetCodes, writeCouponLimit, type CouponTargetCodes } from './coupon-limits.ts';
import type { Listed } from './listed.ts';

/** A coupon with what it is limited to. */
export interface CouponDetails extends CouponTargetCodes {
  readonly coupon: Coupon;
  readonly limit: CouponLimit;
}

const NO_LIMIT: CouponLimit = { kind: 'none' };

/** The coupon with this code, also when it has expired; null once it was deleted. */
export async function findCoupon(db: ReadDatabase, organizationId: string, code: string): Promise<Coupon | null> {
  return db.manager.findOneBy(coupons, { organizationId, code, deletedAt: IsNull() });
}

/** Newest first. */
export async function listCoupons(db: ReadDatabase, organizationId: string, page: Page): Promise<Listed<Coupon>> {
  const [rows, totalCount] = await db.manager.findAndCount(coupons, {
    where: { organizationId, deletedAt: IsNull() },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows, totalCount };
}

/** Coupons with what they are limited to, in the order given. */
export async function readCouponsDetails(db: ReadDatabase, rows: readonly Coupon[]): Promise<readonly CouponDetails[]> {
  const byCoupon = await readCouponLimits(
    db,
    rows.map((coupon) => coupon.id),
  );
  const limits = rows.map((coupon) => byCoupon.get(coupon.id) ?? NO_LIMIT);
  const codes = await readTargetCodes(db, limits);
  return rows.map((coupon, position) => ({
    coupon,
    limit: limits[position] ?? NO_LIMIT,
    ...present(codes[position], 'each limit has its codes'),
  }));
}

/** Whether a coupon can be given to a customer at an instant. */
export function isCouponGivable(coupon: Coupon, at: Coupon['createdAt']): boolean {
  const hasExpired = coupon.expirationAt !== null && !isBefore(at, coupon.expirationAt);
  return coupon.deletedAt === null && coupon.terminatedAt === null && !hasExpired;
}

export function createCoupon(context: ServiceContext, input: CouponInput, refused: FieldErrors = {}): Promise<Result<CouponDetails>> {
  return context.database.unitOfWork.write('create coupon', async (tx) => {
    const drafted = await draftCoupon(context, tx, { input, refused, existing: null });
    if (!drafted.ok) return drafted;
    const id = context.random.uuid();
    const now = context.clock.now();
    const { attributes, limit = NO_LIMIT } = drafted.value;
    await insertRow(tx, coupons, {
      ...attributes,
      id,
      organizationId: context.organizationId,
      createdAt: now,
      updatedAt: now,
      terminatedAt: null,
      deletedAt: null,
    });
    await writeCouponLimit(context, tx, { couponId: id, limit });
    return ok(await readDetails(tx, id));
  });
}

/** Changes a coupon; once anyone had it only its name, description and expiration, the rest is ignored. Rule: invoicing.md § 4. */
export function updateCoupon(context: ServiceContext, code: string, change: Change<CouponInput>): Promise<Result<CouponDetails>> {
  const { input, refused = {} } = change;
  return context.database.unitOfWork.write('update coupon', async (tx) => {
    const existing = await findCoupon(tx, context.organizationId, code);
    if (existing === null) return notFound('coupon');
    const drafted = await draftCoupon(context, tx, { input, refused, existing });
    if (!drafted.ok) return drafted;
    const { attributes, limit } = drafted.value;
    await updateRows(tx, coupons, { where: { id: existing.id }, set: { ...attributes, updatedAt: context.clock.now() } });
    if (limit !== undefined) await writeCouponLimit(context, tx, { couponId: existing.id, limit });
    return ok(await readDetails(tx, existing.id));
  });
}

/** Deletes a coupon, and ends it for everyone who has it; its code is free again. */
export function deleteCoupon(context: ServiceContext, code: string): Promise<Result<CouponDetails>> {
  return context.database.unitOfWork.write('delete coupon', async (tx) => {
    const coupon = await findCoupon(tx, context.organizationId, code);
    if (coupon === null) return notFound('coupon');
    const now = context.clock.now();
    await updateRows(tx, coupons, { where: { id: coupon.id }, set: { deletedAt: now, updatedAt: now } });
    const set = { status: 'terminated', terminatedAt: now, updatedAt: now } as const;
    await updateRows(tx, appliedCoupons, { where: { couponId: coupon.id, status: 'active' }, set });
    return ok(await readDetails(tx, coupon.id));
  });
}

/** Ends a coupon whose time is over: nobody gets it any more, those who have it keep it. Rule: invoicing.md § 4 "Expiry". */
export async function expireCoupon(context: ServiceContext, tx: Transaction, couponId: string): Promise<void> {
  const now = context.clock.now();
  await updateRows(tx, coupons, { where: { id: couponId }, set: { terminatedAt: now, updatedAt: now } });
}

async function readDetails(db: ReadDatabase, id: string): Promise<CouponDetails> {
  const coupon = present(await db.manager.findOneBy(coupons, { id }), 'a coupon just written is there');
  const [details] = await readCouponsDetails(db, [coupon]);
  return present(details, 'one coupon has its details');
}

interface CouponDraft {
  readonly attributes: CouponAttributes;
  /** Undefined: it stays as it is. */
  readonly limit: CouponLimit | undefined;
}

async function draftCoupon(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly input: CouponInput; readonly refused: FieldErrors; readonly existing: Coupon | null },
): Promise<Result<CouponDraft>> {
  const { input, existing } = change;
  const occasion = await occasionOf(context, tx, existing);
  const refused = refusedForCoupon(change.refused, occasion);
  const merged = mergeCoupon(input, occasion);
  const errors = couponErrors({ input, merged, refused }, occasion);
  const all = { ...mergeFieldErrors(errors, await codeErrors(tx, context.organizationId, { code: merged.code, existing })), ...refused };
  if (hasErrors(all)) return invalid(all);
  const attributes = attributesOf(merged as CouponAttributes);
  if (occasion.isApplied) return ok({ attributes, limit: undefined });
  const before = existing === null ? NO_LIMIT : ((await readCouponLimits(tx, [existing.id])).get(existing.id) ?? NO_LIMIT);
  const limit = await findCouponLimit(tx, context.organizationId, { input, existing: before });
  return limit.ok ? ok({ attributes, limit: limit.value }) : limit;
}

async function occasionOf(context: ServiceContext, tx: Transaction, existing: Coupon | null): Promise<CouponOccasion> {
  const organization = await tx.manager.findOneBy(organizations, { id: context.organizationId });
  return {
    existing,
    isApplied: existing !== null && (await tx.manager.existsBy(appliedCoupons, { couponId: existing.id })),
    now: context.clock.now(),
    timeZone: present(organization, 'a workspace has its organization').timezone,
  };
}

async function codeErrors(
  tx: Transaction,
  organizationId: string,
  change: { readonly code: string | undefined; readonly existing: Coupon | null },
): Promise<FieldErrors> {
  const { code, existing } = change;
  const isTaken = code !== undefined && code !== existing?.code && (await findCoupon(tx, organizationId, code)) !== null;
  return isTaken ? { code: ['value_already_exist'] } : {};
}

/** Merging starts from the whole row; only what a caller decides is written. */
function attributesOf(merged: CouponAttributes): CouponAttributes {
  const { name, code, description, couponType, amountCents, amountCurrency, percentageRate } = merged;
  const { frequency, frequencyDuration, reusable, expiration, expirationAt } = merged;
  return {
    ...{ name, code, description, couponType, amountCents, amountCurrency, percentageRate },
    ...{ frequency, frequencyDuration, reusable, expiration, expirationAt },
  };
}
