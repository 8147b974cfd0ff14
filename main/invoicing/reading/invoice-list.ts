import { In, type SelectQueryBuilder } from 'typeorm';
import { present } from '../../../shared/assert.ts';
import type { CurrencyCode } from '../../../shared/currency.ts';
import type { PlainDate } from '../../../shared/dates.ts';
import type { Page } from '../../../shared/page.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import type { Customer } from '../../database/tables/customers.ts';
import {
  invoiceMetadata,
  invoices,
  invoiceTaxes,
  type Invoice,
  type InvoiceMetadata,
  type InvoiceStatus,
  type InvoiceTax,
} from '../../database/tables/invoices.ts';
import type { ServiceContext } from '../../service-context.ts';
import { narrowBySearch, narrowToExternalCustomer } from './customer-conditions.ts';
import { readCustomersOf } from './customers-of.ts';
import { columnsExcept, ofOrganization, qualified } from './selected-columns.ts';

/** An invoice without what is frozen for its document. */
export type InvoiceSummary = Omit<Invoice, 'snapshot'>;

/** What every answer shows of an invoice, a list's too. */
export interface ListedInvoice {
  readonly invoice: InvoiceSummary;
  readonly customer: Customer;
  readonly metadata: readonly InvoiceMetadata[];
  readonly taxes: readonly InvoiceTax[];
}

/** The states that the API shows; the others are being built or were not wanted. Rule: invoicing.md § 2. */
export const VISIBLE_INVOICE_STATUSES: readonly InvoiceStatus[] = ['draft', 'finalized', 'voided', 'failed'];

/** The filters of a list of invoices; all that are given must match. Rule: api.md § 10. */
export interface InvoiceFilter {
  /** Our id of the customer, where the list is one customer's. */
  readonly customerId?: string;
  readonly externalCustomerId?: string;
  readonly issuingDateFrom?: PlainDate;
  readonly issuingDateTo?: PlainDate;
  readonly statuses?: readonly string[];
  readonly paymentStatuses?: readonly string[];
  readonly invoiceType?: string;
  readonly currency?: CurrencyCode;
  readonly paymentOverdue?: boolean;
  readonly paymentDisputeLost?: boolean;
  readonly partiallyPaid?: boolean;
  readonly selfBilled?: boolean;
  /** Cents of the total, both included. */
  readonly amountFrom?: number;
  readonly amountTo?: number;
  readonly searchTerm?: string;
  /** Key → value, all must match; an empty value means that the key is absent. */
  readonly metadata?: ReadonlyMap<string, string>;
  /** Paid by a payment, or by the offset part of a credit note. */
  readonly settlements?: readonly ('payment' | 'credit_note')[];
  readonly purchaseOrderNumber?: string;
}

type InvoiceQuery = SelectQueryBuilder<Invoice>;

const SUMMARY_COLUMNS = columnsExcept(invoices, ['snapshot']);

/** A page of the visible invoices, newest issuing date first. */
export async function listInvoices(
  context: ServiceContext,
  filter: InvoiceFilter,
  page: Page,
): Promise<{ readonly rows: readonly ListedInvoice[]; readonly totalCount: number }> {
  const db = context.database.read;
  const query = db.manager
    .createQueryBuilder(invoices, 'invoice')
    .where(ofOrganization('invoice', isOneCustomers(filter) || hasMetadata(filter)), { organizationId: context.organizationId })
    .andWhere('invoice.status IN (:...visible)', { visible: [...VISIBLE_INVOICE_STATUSES] });
  narrowByState(query, filter);
  narrowByAmounts(query, filter);
  narrowByWords(query, filter);
  const totalCount = await query.getCount();
  const rows = await query
    .select(qualified('invoice', SUMMARY_COLUMNS))
    .orderBy({ 'invoice.issuingDate': 'DESC', 'invoice.createdAt': 'DESC', 'invoice.sequence': 'DESC' })
    .offset(page.offset)
    .limit(page.limit)
    .getMany();
  return { rows: await withListedParts(db, rows), totalCount };
}

/** The invoices with their customers, metadata and taxes, in the order given. */
export async function withListedParts(db: ReadDatabase, rows: readonly InvoiceSummary[]): Promise<readonly ListedInvoice[]> {
  if (rows.length === 0) return [];
  const customers = await readCustomersOf(db, rows);
  const ofThese = { where: { invoiceId: In(rows.map((invoice) => invoice.id)) }, order: { sequence: 'ASC' } } as const;
  const metadata = Map.groupBy(await db.manager.find(invoiceMetadata, ofThese), (item) => item.invoiceId);
  const taxes = Map.groupBy(await db.manager.find(invoiceTaxes, ofThese), (tax) => tax.invoiceId);
  return rows.map((invoice) => ({
    invoice,
    customer: present(customers.get(invoice.customerId), 'an invoice has its customer'),
    metadata: metadata.get(invoice.id) ?? [],
    taxes: taxes.get(invoice.id) ?? [],
  }));
}

/** One visible invoice without what is frozen for its document; null when there is none. */
export async function findVisibleInvoice(db: ReadDatabase, organizationId: string, id: string): Promise<InvoiceSummary | null> {
  return db.manager.findOne(invoices, {
    select: Object.fromEntries(SUMMARY_COLUMNS.map((column) => [column, true])),
    where: { id, organizationId, status: In([...VISIBLE_INVOICE_STATUSES]) },
  });
}

function narrowByState(query: InvoiceQuery, filter: InvoiceFilter): void {
  if (filter.customerId !== undefined) query.andWhere('invoice.customerId = :customerId', { customerId: filter.customerId });
  if (filter.externalCustomerId !== undefined) narrowToExternalCustomer(query, 'invoice.customerId', filter.externalCustomerId);
  if (filter.statuses !== undefined) query.andWhere('invoice.status IN (:...statuses)', { statuses: [...filter.statuses] });
  if (filter.paymentStatuses !== undefined) {
    query.andWhere('invoice.paymentStatus IN (:...paymentStatuses)', { paymentStatuses: [...filter.paymentStatuses] });
  }
  if (filter.invoiceType !== undefined) query.andWhere('invoice.invoiceType = :invoiceType', { invoiceType: filter.invoiceType });
  if (filter.currency !== undefined) query.andWhere('invoice.currency = :currency', { currency: filter.currency });
  if (filter.paymentOverdue !== undefined) query.andWhere('invoice.paymentOverdue = :overdue', { overdue: Number(filter.paymentOverdue) });
  if (filter.paymentDisputeLost !== undefined) {
    query.andWhere(`invoice.paymentDisputeLostAt IS ${filter.paymentDisputeLost ? 'NOT NULL' : 'NULL'}`);
  }
  // An invoice that the customer issues to itself does not exist here.
  if (filter.selfBilled === true) query.andWhere('1 = 0');
}

const PARTIALLY_PAID = 'invoice.totalPaidAmountCents > 0 AND invoice.totalPaidAmountCents < invoice.totalAmountCents';
const SETTLED_BY = {
  payment: 'invoice.totalPaidAmountCents > 0',
  credit_note: 'invoice.totalOffsettedCreditNoteAmountCents > 0',
} as const;

function narrowByAmounts(query: InvoiceQuery, filter: InvoiceFilter): void {
  if (filter.issuingDateFrom !== undefined)
    query.andWhere('invoice.issuingDate >= :issuedFrom', { issuedFrom: filter.issuingDateFrom.toString() });
  if (filter.issuingDateTo !== undefined) query.andWhere('invoice.issuingDate <= :issuedTo', { issuedTo: filter.issuingDateTo.toString() });
  if (filter.amountFrom !== undefined) query.andWhere('invoice.totalAmountCents >= :amountFrom', { amountFrom: filter.amountFrom });
  if (filter.amountTo !== undefined) query.andWhere('invoice.totalAmountCents <= :amountTo', { amountTo: filter.amountTo });
  if (filter.partiallyPaid !== undefined) query.andWhere(filter.partiallyPaid ? `(${PARTIALLY_PAID})` : `NOT (${PARTIALLY_PAID})`);
  if (filter.settlements !== undefined && filter.settlements.length > 0) {
    query.andWhere(`(${filter.settlements.map((settlement) => SETTLED_BY[settlement]).join(' OR ')})`);
  }
}

function narrowByWords(query: InvoiceQuery, filter: InvoiceFilter): void {
  if (filter.purchaseOrderNumber !== undefined) {
    query.andWhere('LOWER(invoice.purchaseOrderNumber) = LOWER(:purchaseOrder)', { purchaseOrder: filter.purchaseOrderNumber });
  }
  let position = 0;
  for (const [key, value] of filter.metadata ?? []) {
    const names = { [`key${position}`]: key, [`value${position}`]: value };
    const tagged = query
      .subQuery()
      .select(`meta${position}.invoiceId`)
      .from(invoiceMetadata, `meta${position}`)
      .where(`meta${position}.key = :key${position}`);
    if (value === '') query.andWhere(`invoice.id NOT IN ${tagged.getQuery()}`, names);
    else query.andWhere(`invoice.id IN ${tagged.andWhere(`meta${position}.value = :value${position}`).getQuery()}`, names);
    position += 1;
  }
  if (filter.searchTerm !== undefined) {
    narrowBySearch(query, {
      term: filter.searchTerm,
      columns: ['invoice.number', 'invoice.id'],
      ownerColumn: isOneCustomers(filter) ? null : 'invoice.customerId',
    });
  }
}

function isOneCustomers(filter: InvoiceFilter): boolean {
  return filter.customerId !== undefined || filter.externalCustomerId !== undefined;
}

function hasMetadata(filter: InvoiceFilter): boolean {
  return [...(filter.metadata?.values() ?? [])].some((value) => value !== '');
}
