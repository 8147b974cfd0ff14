import { In } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { Page } from '../../shared/page.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { customers } from '../database/tables/customers.ts';
import { invoices } from '../database/tables/invoices.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import type { ServiceContext } from '../service-context.ts';

/** A payment with the words of what it pays and who. */
export interface ListedPayment {
  readonly payment: Payment;
  readonly externalCustomerId: string;
  readonly invoiceNumber: string;
}

/** The filters of a list of payments; all that are given must match. Rule: api.md § 15. */
export interface PaymentFilter {
  /** Our id of the customer, where the list is one customer's. */
  readonly customerId?: string;
  readonly externalCustomerId?: string;
  readonly invoiceId?: string;
}

/** A page of payments, newest first. */
export async function listPayments(
  context: ServiceContext,
  filter: PaymentFilter,
  page: Page,
): Promise<{ readonly rows: readonly ListedPayment[]; readonly totalCount: number }> {
  const db = context.database.read;
  const query = db.manager
    .createQueryBuilder(payments, 'payment')
    .where('payment.organizationId = :organizationId', { organizationId: context.organizationId });
  if (filter.customerId !== undefined) query.andWhere('payment.customerId = :customerId', { customerId: filter.customerId });
  if (filter.invoiceId !== undefined) query.andWhere('payment.invoiceId = :invoiceId', { invoiceId: filter.invoiceId });
  if (filter.externalCustomerId !== undefined) {
    const owner = query.subQuery().select('owner.id').from(customers, 'owner').where('owner.externalId = :externalId').getQuery();
    query.andWhere(`payment.customerId IN ${owner}`, { externalId: filter.externalCustomerId });
  }
  const [rows, totalCount] = await query
    .orderBy({ 'payment.createdAt': 'DESC', 'payment.sequence': 'DESC' })
    .offset(page.offset)
    .limit(page.limit)
    .getManyAndCount();
  return { rows: await withWords(db, rows), totalCount };
}

/** One payment by our id. */
export async function findPayment(context: ServiceContext, id: string): Promise<Result<ListedPayment>> {
  const db = context.database.read;
  const payment = await db.manager.findOneBy(payments, { id, organizationId: context.organizationId });
  if (payment === null) return notFound('payment');
  const [listed] = await withWords(db, [payment]);
  return ok(present(listed, 'a payment that was found is listed'));
}

async function withWords(db: ReadDatabase, rows: readonly Payment[]): Promise<readonly ListedPayment[]> {
  if (rows.length === 0) return [];
  const owners = await db.manager.find(customers, {
    select: { id: true, externalId: true },
    where: { id: In([...new Set(rows.map((payment) => payment.customerId))]) },
  });
  const paid = await db.manager.find(invoices, {
    select: { id: true, number: true },
    where: { id: In([...new Set(rows.map((payment) => payment.invoiceId))]) },
  });
  const externalIds = new Map(owners.map((customer) => [customer.id, customer.externalId]));
  const numbers = new Map(paid.map((invoice) => [invoice.id, invoice.number]));
  return rows.map((payment) => ({
    payment,
    externalCustomerId: present(externalIds.get(payment.customerId), 'a payment has its customer'),
    invoiceNumber: present(numbers.get(payment.invoiceId), 'a payment pays an invoice'),
  }));
}
