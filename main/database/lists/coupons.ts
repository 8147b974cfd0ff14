import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';
import { customerNameOf } from './customer-name.ts';

const ACTIVE = `(SELECT COUNT(*) FROM "applied_coupons" WHERE "applied_coupons"."coupon_id" = "coupons"."id" AND "applied_coupons"."status" = 'active')`;
const GIVEN = `(SELECT COUNT(*) FROM "applied_coupons" WHERE "applied_coupons"."coupon_id" = "coupons"."id")`;
/** Later than any time that can be written. */
const NEVER = '9007199254740991';

const COUPONS: ListSource = {
  columns: `"coupons"."id", "coupons"."name", "coupons"."code", "coupons"."coupon_type", "coupons"."amount_cents", "coupons"."amount_currency",
    "coupons"."percentage_rate", "coupons"."frequency", "coupons"."frequency_duration", "coupons"."reusable", "coupons"."expiration_at",
    "coupons"."terminated_at", "coupons"."created_at", ${ACTIVE} AS "active_count", ${GIVEN} AS "given_count"`,
  from: '"coupons"',
  sorts: {
    created_at: '"coupons"."sequence"',
    name: '"coupons"."name" COLLATE NOCASE',
    code: '"coupons"."code" COLLATE NOCASE',
    customers: `(${ACTIVE})`,
    expiration: `COALESCE("coupons"."expiration_at", ${NEVER})`,
  },
  unique: '"coupons"."sequence"',
};

export interface ListedCoupon {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly coupon_type: string;
  readonly amount_cents: number | null;
  readonly amount_currency: string | null;
  readonly percentage_rate: string | null;
  readonly frequency: string;
  readonly frequency_duration: number | null;
  readonly reusable: number;
  readonly expiration_at: number | null;
  readonly terminated_at: number | null;
  readonly created_at: number;
  readonly active_count: number;
  readonly given_count: number;
}

interface PageWish {
  readonly sortBy: string;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
}

export interface CouponListWish extends PageWish {
  readonly search: string | null;
  readonly types: readonly string[] | null;
  readonly frequencies: readonly string[] | null;
  readonly isTerminated: boolean | null;
}

/** Living coupons as their list shows them. */
export function readCouponRows(db: ReadDatabase, organizationId: string, wish: CouponListWish): ListPage<ListedCoupon> {
  const { search, types, frequencies, isTerminated, ...page } = wish;
  const conditions: ListCondition[] = [
    { sql: `"coupons"."organization_id" = ? AND "coupons"."deleted_at" IS NULL`, values: [organizationId] },
  ];
  if (search !== null) conditions.push(containsText(`"coupons"."name" || ' ' || "coupons"."code"`, search));
  if (types !== null) conditions.push(isOneOf('"coupons"."coupon_type"', types));
  if (frequencies !== null) conditions.push(isOneOf('"coupons"."frequency"', frequencies));
  if (isTerminated !== null) conditions.push({ sql: `"coupons"."terminated_at" IS ${isTerminated ? 'NOT NULL' : 'NULL'}`, values: [] });
  return readListPage(db, COUPONS, { ...page, conditions });
}

/** Invoices that stand: what a voided one used was given back. */
const USES = `FROM "invoice_credits" JOIN "invoices" ON "invoices"."id" = "invoice_credits"."invoice_id"
  WHERE "invoice_credits"."applied_coupon_id" = "applied_coupons"."id" AND "invoices"."status" <> 'voided'`;

const HOLDERS: ListSource = {
  columns: `"applied_coupons"."id", "applied_coupons"."customer_id", ${customerNameOf('customers')} AS "customer_name",
    "customers"."external_id" AS "customer_external_id", "customers"."currency" AS "customer_currency", "applied_coupons"."status",
    "applied_coupons"."amount_cents", "applied_coupons"."amount_currency", "applied_coupons"."percentage_rate", "applied_coupons"."frequency",
    "applied_coupons"."frequency_duration", "applied_coupons"."frequency_duration_remaining", "applied_coupons"."created_at",
    "applied_coupons"."terminated_at", (SELECT COALESCE(SUM("invoice_credits"."amount_cents"), 0) ${USES}) AS "used_cents",
    (SELECT COUNT(*) ${USES}) AS "invoices_count"`,
  from: `"applied_coupons" JOIN "customers" ON "customers"."id" = "applied_coupons"."customer_id"`,
  sorts: {
    created_at: '"applied_coupons"."sequence"',
    customer: `${customerNameOf('customers')} COLLATE NOCASE`,
  },
  unique: '"applied_coupons"."sequence"',
};

export interface ListedCouponHolder {
  readonly id: string;
  readonly customer_id: string;
  readonly customer_name: string;
  readonly customer_external_id: string;
  readonly customer_currency: string | null;
  readonly status: 'active' | 'terminated';
  readonly amount_cents: number | null;
  readonly amount_currency: string | null;
  readonly percentage_rate: string | null;
  readonly frequency: string;
  readonly frequency_duration: number | null;
  readonly frequency_duration_remaining: number | null;
  readonly created_at: number;
  readonly terminated_at: number | null;
  readonly used_cents: number;
  readonly invoices_count: number;
}

export interface CouponHolderListWish extends PageWish {
  readonly couponId: string;
  readonly statuses: readonly string[] | null;
}

/** Who was given a coupon. */
export function readCouponHolderRows(db: ReadDatabase, organizationId: string, wish: CouponHolderListWish): ListPage<ListedCouponHolder> {
  const { couponId, statuses, ...page } = wish;
  const conditions: ListCondition[] = [
    { sql: `"applied_coupons"."organization_id" = ? AND "applied_coupons"."coupon_id" = ?`, values: [organizationId, couponId] },
  ];
  if (statuses !== null) conditions.push(isOneOf('"applied_coupons"."status"', statuses));
  return readListPage(db, HOLDERS, { ...page, conditions });
}

export interface CouponTotals {
  readonly activeCount: number;
  readonly givenCount: number;
  readonly used: readonly { readonly currency: string; readonly amountCents: number }[];
}

const COUNTS = `SELECT COUNT(*) AS "givenCount", COALESCE(SUM("status" = 'active'), 0) AS "activeCount" FROM "applied_coupons" WHERE "coupon_id" = ?`;
const USED = `SELECT "invoices"."currency" AS "currency", SUM("invoice_credits"."amount_cents") AS "amountCents"
  FROM "applied_coupons" JOIN "invoice_credits" ON "invoice_credits"."applied_coupon_id" = "applied_coupons"."id"
    JOIN "invoices" ON "invoices"."id" = "invoice_credits"."invoice_id"
  WHERE "applied_coupons"."coupon_id" = ? AND "invoices"."status" <> 'voided' GROUP BY 1 ORDER BY 1`;

/** How often a coupon was given, and what it took off. */
export function readCouponTotals(db: ReadDatabase, couponId: string): CouponTotals {
  const counts = db.select<Pick<CouponTotals, 'activeCount' | 'givenCount'>>(COUNTS).get(couponId);
  const used = db.select<CouponTotals['used'][number]>(USED).all(couponId);
  return { activeCount: counts?.activeCount ?? 0, givenCount: counts?.givenCount ?? 0, used };
}
