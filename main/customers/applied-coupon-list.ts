import { In, type SelectQueryBuilder } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { Page } from '../../shared/page.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { appliedCoupons, coupons, type AppliedCoupon, type Coupon } from '../database/tables/coupons.ts';
import { customers, type Customer } from '../database/tables/customers.ts';
import { invoiceCredits, invoices, type InvoiceCredit, type PaymentStatus } from '../database/tables/invoices.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { readUsedAmounts, remainingAmount } from './coupon-terms.ts';

/** A coupon that a customer has or had, with what is left of it. */
export interface AppliedCouponDetails {
  readonly applied: AppliedCoupon;
  readonly coupon: Coupon;
  readonly customer: Customer;
  readonly amountCentsRemaining: Cents | null;
}

/** What a coupon took off one invoice. */
export interface CouponCredit {
  readonly credit: InvoiceCredit;
  readonly invoice: { readonly id: string; readonly currency: CurrencyCode; readonly paymentStatus: PaymentStatus };
}

export interface ListedAppliedCoupon extends AppliedCouponDetails {
  /** Oldest first; voided invoices included. */
  readonly credits: readonly CouponCredit[];
}

/** The filters of a list of applied coupons; all that are given must match. Rule: api.md § 11. */
export interface AppliedCouponFilter {
  /** Our id of the customer, where the list is one customer's. */
  readonly customerId?: string;
  readonly externalCustomerId?: string;
  readonly status?: AppliedCoupon['status'];
  readonly couponCodes?: readonly string[];
}

/** One applied coupon by our id; null when there is none. */
export async function readAppliedCoupon(db: ReadDatabase, id: string): Promise<AppliedCouponDetails | null> {
  const [details] = await withDetails(db, await db.manager.findBy(appliedCoupons, { id }));
  return details ?? null;
}

/** A page of applied coupons, newest first, with what they took off invoices. */
export async function listAppliedCoupons(
  db: ReadDatabase,
  organizationId: string,
  asked: { readonly filter: AppliedCouponFilter; readonly page: Page },
): Promise<{ readonly rows: readonly ListedAppliedCoupon[]; readonly totalCount: number }> {
  const query = db.manager
    .createQueryBuilder(appliedCoupons, 'applied')
    .where('applied.organizationId = :organizationId', { organizationId });
  narrow(query, asked.filter);
  const [rows, totalCount] = await query
    .orderBy('applied.createdAt', 'DESC')
    .addOrderBy('applied.sequence', 'DESC')
    .offset(asked.page.offset)
    .limit(asked.page.limit)
    .getManyAndCount();
  const details = await withDetails(db, rows);
  const credits = await readCredits(db, rows);
  return { rows: details.map((each) => ({ ...each, credits: credits.get(each.applied.id) ?? [] })), totalCount };
}

function narrow(query: SelectQueryBuilder<AppliedCoupon>, filter: AppliedCouponFilter): void {
  const { customerId, externalCustomerId, status, couponCodes } = filter;
  if (customerId !== undefined) query.andWhere('applied.customerId = :customerId', { customerId });
  if (externalCustomerId !== undefined) {
    const named = query
      .subQuery()
      .select('named.id')
      .from(customers, 'named')
      .where('named.organizationId = :organizationId AND named.externalId = :externalCustomerId')
      .getQuery();
    query.andWhere(`applied.customerId IN ${named}`, { externalCustomerId });
  }
  if (status !== undefined) query.andWhere('applied.status = :status', { status });
  if (couponCodes !== undefined) {
    const coded = query.subQuery().select('coded.id').from(coupons, 'coded').where('coded.code IN (:...couponCodes)').getQuery();
    query.andWhere(`applied.couponId IN ${coded}`, { couponCodes: [...couponCodes] });
  }
}

async function withDetails(db: ReadDatabase, rows: readonly AppliedCoupon[]): Promise<readonly AppliedCouponDetails[]> {
  if (rows.length === 0) return [];
  const couponsById = new Map(
    (await db.manager.findBy(coupons, { id: In([...new Set(rows.map((row) => row.couponId))]) })).map((coupon) => [coupon.id, coupon]),
  );
  const customersById = new Map(
    (await db.manager.findBy(customers, { id: In([...new Set(rows.map((row) => row.customerId))]) })).map((customer) => [
      customer.id,
      customer,
    ]),
  );
  const used = readUsedAmounts(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((applied) => ({
    applied,
    coupon: present(couponsById.get(applied.couponId), 'an applied coupon has its coupon'),
    customer: present(customersById.get(applied.customerId), 'an applied coupon has its customer'),
    amountCentsRemaining: remainingAmount(applied, used.get(applied.id) ?? ZERO_CENTS),
  }));
}

async function readCredits(db: ReadDatabase, rows: readonly AppliedCoupon[]): Promise<ReadonlyMap<string, readonly CouponCredit[]>> {
  if (rows.length === 0) return new Map();
  const used = await db.manager.find(invoiceCredits, {
    where: { appliedCouponId: In(rows.map((row) => row.id)) },
    order: { sequence: 'ASC' },
  });
  const lowered = await db.manager.find(invoices, {
    select: { id: true, currency: true, paymentStatus: true },
    where: { id: In([...new Set(used.map((credit) => credit.invoiceId))]) },
  });
  const invoiceById = new Map(lowered.map((invoice) => [invoice.id, invoice]));
  const withInvoices = used.map((credit) => ({ credit, invoice: present(invoiceById.get(credit.invoiceId), 'a credit has its invoice') }));
  return Map.groupBy(withInvoices, ({ credit }) => credit.appliedCouponId ?? '');
}
