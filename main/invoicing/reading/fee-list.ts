import { In, type SelectQueryBuilder } from 'typeorm';
import { present } from '../../../shared/assert.ts';
import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant } from '../../../shared/dates.ts';
import type { Page } from '../../../shared/page.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import { customers, subscriptions } from '../../database/tables/customers.ts';
import { fees, invoices, type Fee } from '../../database/tables/invoices.ts';
import type { ServiceContext } from '../../service-context.ts';
import { narrowToExternalCustomer } from './customer-conditions.ts';
import { columnsExcept, ofOrganization, qualified } from './selected-columns.ts';

/** A fee without what explains its amount. */
export type FeeSummary = Omit<Fee, 'explanation'>;

/** A fee with the caller's own names of whom and what it is for. */
export interface ListedFee {
  readonly fee: FeeSummary;
  readonly externalCustomerId: string;
  readonly externalSubscriptionId: string | null;
}

/** The filters of a list of fees; all that are given must match. Rule: api.md § 9. */
export interface FeeFilter {
  readonly externalCustomerId?: string;
  readonly externalSubscriptionId?: string;
  readonly currency?: CurrencyCode;
  readonly feeType?: string;
  readonly billableMetricCode?: string;
  readonly paymentStatus?: string;
  readonly eventTransactionId?: string;
  /** Both ends included. */
  readonly times?: Readonly<Partial<Record<FeeTime, { readonly from?: Instant; readonly to?: Instant }>>>;
}

const FEE_TIMES = ['created', 'succeeded', 'failed', 'refunded'] as const;
export type FeeTime = (typeof FEE_TIMES)[number];

type FeeQuery = SelectQueryBuilder<Fee>;

const SUMMARY_COLUMNS = columnsExcept(fees, ['explanation']);

/** A page of fees, oldest first. Those of an invoice that is not shown are not shown either. */
export async function listFees(
  context: ServiceContext,
  filter: FeeFilter,
  page: Page,
): Promise<{ readonly rows: readonly ListedFee[]; readonly totalCount: number }> {
  const db = context.database.read;
  const query = visibleFees(context, isNarrowed(filter));
  narrowByOwner(query, filter);
  narrowByKind(query, filter);
  const totalCount = await query.getCount();
  const rows = await query
    .select(qualified('fee', SUMMARY_COLUMNS))
    .orderBy({ 'fee.createdAt': 'ASC', 'fee.sequence': 'ASC' })
    .offset(page.offset)
    .limit(page.limit)
    .getMany();
  return { rows: await withExternalIds(db, rows), totalCount };
}

/** One fee by our id. */
export async function findFee(context: ServiceContext, id: string): Promise<Result<ListedFee>> {
  const fee = await visibleFees(context, true).andWhere('fee.id = :id', { id }).select(qualified('fee', SUMMARY_COLUMNS)).getOne();
  if (fee === null) return notFound('fee');
  const [listed] = await withExternalIds(context.database.read, [fee]);
  return ok(present(listed, 'a fee that was found is listed'));
}

/** The fees of one invoice in the order made. */
export async function readFeesOfInvoice(db: ReadDatabase, invoiceId: string): Promise<readonly ListedFee[]> {
  return withExternalIds(db, await readFeeRows(db, { invoiceId }));
}

/** Fees by our ids, by id. */
export async function readFeesById(db: ReadDatabase, ids: readonly string[]): Promise<ReadonlyMap<string, ListedFee>> {
  if (ids.length === 0) return new Map();
  const listed = await withExternalIds(db, await readFeeRows(db, { id: In([...ids]) }));
  return new Map(listed.map((each) => [each.fee.id, each]));
}

async function readFeeRows(db: ReadDatabase, where: Parameters<typeof db.manager.findBy<Fee>>[1]): Promise<readonly FeeSummary[]> {
  const select = Object.fromEntries(SUMMARY_COLUMNS.map((column) => [column, true]));
  return db.manager.find(fees, { select, where, order: { sequence: 'ASC' } });
}

function isNarrowed(filter: FeeFilter): boolean {
  return [filter.externalCustomerId, filter.externalSubscriptionId, filter.eventTransactionId].some((value) => value !== undefined);
}

function visibleFees(context: ServiceContext, isNarrowedAlready: boolean): FeeQuery {
  const query = context.database.read.manager.createQueryBuilder(fees, 'fee');
  // Written out, so that SQLite sees that its index of hidden invoices fits.
  const hidden = query
    .subQuery()
    .select('invoice.id')
    .from(invoices, 'invoice')
    .where(`invoice.status IN ('generating', 'closed')`)
    .getQuery();
  return query
    .where(ofOrganization('fee', isNarrowedAlready), { organizationId: context.organizationId })
    .andWhere(`(fee.invoiceId IS NULL OR fee.invoiceId NOT IN ${hidden})`);
}

function narrowByOwner(query: FeeQuery, filter: FeeFilter): void {
  if (filter.externalCustomerId !== undefined) narrowToExternalCustomer(query, 'fee.customerId', filter.externalCustomerId);
  if (filter.externalSubscriptionId !== undefined) {
    const line = query
      .subQuery()
      .select('line.id')
      .from(subscriptions, 'line')
      .where('line.organizationId = :organizationId AND line.externalId = :externalSubscriptionId')
      .getQuery();
    query.andWhere(`fee.subscriptionId IN ${line}`, { externalSubscriptionId: filter.externalSubscriptionId });
  }
}

function narrowByKind(query: FeeQuery, filter: FeeFilter): void {
  if (filter.currency !== undefined) query.andWhere('fee.currency = :currency', { currency: filter.currency });
  if (filter.feeType !== undefined) query.andWhere('fee.feeType = :feeType', { feeType: filter.feeType });
  if (filter.billableMetricCode !== undefined) {
    query.andWhere(`fee.feeType = 'charge' AND fee.itemCode = :metricCode`, { metricCode: filter.billableMetricCode });
  }
  if (filter.paymentStatus !== undefined) query.andWhere('fee.paymentStatus = :paymentStatus', { paymentStatus: filter.paymentStatus });
  if (filter.eventTransactionId !== undefined) {
    query.andWhere('fee.eventTransactionId = :transactionId', { transactionId: filter.eventTransactionId });
  }
  for (const time of FEE_TIMES) {
    const { from, to } = filter.times?.[time] ?? {};
    if (from !== undefined) query.andWhere(`fee.${time}At >= :${time}From`, { [`${time}From`]: from.epochMilliseconds });
    if (to !== undefined) query.andWhere(`fee.${time}At <= :${time}To`, { [`${time}To`]: to.epochMilliseconds });
  }
}

async function withExternalIds(db: ReadDatabase, rows: readonly FeeSummary[]): Promise<readonly ListedFee[]> {
  if (rows.length === 0) return [];
  const customerIds = [...new Set(rows.map((fee) => fee.customerId))];
  const subscriptionIds = [...new Set(rows.flatMap((fee) => fee.subscriptionId ?? []))];
  const names = { select: { id: true, externalId: true } } as const;
  const ofCustomers = await db.manager.find(customers, { ...names, where: { id: In(customerIds) } });
  const ofSubscriptions =
    subscriptionIds.length === 0 ? [] : await db.manager.find(subscriptions, { ...names, where: { id: In(subscriptionIds) } });
  const externalIds = new Map([...ofCustomers, ...ofSubscriptions].map((row) => [row.id, row.externalId]));
  return rows.map((fee) => ({
    fee,
    externalCustomerId: present(externalIds.get(fee.customerId), 'a fee has its customer'),
    externalSubscriptionId: fee.subscriptionId === null ? null : present(externalIds.get(fee.subscriptionId), 'a fee has its subscription'),
  }));
}
