import type { ListPage, ListWish } from '../database/list-query.ts';
import { readPaymentListPage, type PaymentListFilter, type PaymentListRow } from '../database/lists/payments.ts';
import { findRows } from '../database/rows.ts';
import { payments, refunds, type Refund } from '../database/tables/payments.ts';
import type { ServiceContext } from '../service-context.ts';

export type { PaymentListRow, Refund };
export type PaymentPageFilter = Omit<PaymentListFilter, 'organizationId'>;

/** A page of the screens' list of payments, sorted by any of its columns. */
export function pageOfPayments(
  context: ServiceContext,
  filter: PaymentPageFilter,
  wish: Omit<ListWish, 'conditions'>,
): ListPage<PaymentListRow> {
  const { database, organizationId } = context;
  return readPaymentListPage(database.read, { ...filter, organizationId }, wish);
}

/** Money that a payment gave back, or that a credit note asked for, oldest first. */
export function refundsOf(
  context: ServiceContext,
  of: { readonly paymentId: string } | { readonly creditNoteId: string },
): readonly Refund[] {
  return findRows(context.database.read, refunds, of);
}

/** Whether a provider took money for the invoice: then it also gives money back. */
export function isPaidByProvider(context: ServiceContext, invoiceId: string): boolean {
  const paid = findRows(context.database.read, payments, { invoiceId, paymentType: 'provider', payablePaymentStatus: 'succeeded' });
  return paid.length > 0;
}
