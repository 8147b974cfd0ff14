import { notFound, type Result, ok } from '../../shared/result.ts';
import {
  readAddOnFees,
  readCustomerFilterValues,
  readCustomerList,
  readUnpaidSums,
  type CustomerListFilters,
  type ListedAddOnFee,
  type ListedCustomer,
  type UnpaidSum,
} from '../database/lists/customers.ts';
import { readCustomerTimeline, type TimelineEntry } from '../database/lists/customer-timeline.ts';
import type { ListPage, ListWish } from '../database/list-query.ts';
import { findRow } from '../database/rows.ts';
import { customers } from '../database/tables/customers.ts';
import type { ServiceContext } from '../service-context.ts';

// What the customers' screens list: sorted pages by keyset, and what goes with each row.

export type { CustomerListFilters, ListedAddOnFee, TimelineEntry, UnpaidSum };
type Wish = Omit<ListWish, 'conditions'>;

/** A row of the list with what the customer owes. */
export interface CustomerWithUnpaid extends ListedCustomer {
  readonly unpaid: readonly UnpaidSum[];
}

export function listCustomerPage(
  context: ServiceContext,
  asked: { readonly filters: CustomerListFilters; readonly wish: Wish },
): ListPage<CustomerWithUnpaid> {
  const db = context.database.read;
  const page = readCustomerList(db, context.organizationId, asked);
  const unpaid = Map.groupBy(
    readUnpaidSums(
      db,
      page.rows.map(({ id }) => id),
    ),
    ({ customerId }) => customerId,
  );
  return { ...page, rows: page.rows.map((row) => ({ ...row, unpaid: unpaid.get(row.id) ?? [] })) };
}

/** What one customer owes, by currency. */
export function customerUnpaid(context: ServiceContext, customerId: string): readonly UnpaidSum[] {
  return readUnpaidSums(context.database.read, [customerId]);
}

export function customerFilterValues(context: ServiceContext): ReturnType<typeof readCustomerFilterValues> {
  return readCustomerFilterValues(context.database.read, context.organizationId);
}

/** What happened to a customer, newest first. */
export function customerTimeline(
  context: ServiceContext,
  customerId: string,
  wish: Pick<Wish, 'after' | 'limit'>,
): Result<ListPage<TimelineEntry>> {
  if (!isKnown(context, customerId)) return notFound('customer');
  return ok(readCustomerTimeline(context.database.read, customerId, wish));
}

/** The add-ons on a customer's invoices. */
export function listAppliedAddOns(context: ServiceContext, customerId: string, wish: Wish): Result<ListPage<ListedAddOnFee>> {
  if (!isKnown(context, customerId)) return notFound('customer');
  return ok(readAddOnFees(context.database.read, customerId, wish));
}

function isKnown(context: ServiceContext, id: string): boolean {
  return findRow(context.database.read, customers, { id, organizationId: context.organizationId }) !== null;
}
