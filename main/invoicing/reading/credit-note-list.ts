import { In, type SelectQueryBuilder } from 'typeorm';
import { present } from '../../../shared/assert.ts';
import type { CurrencyCode } from '../../../shared/currency.ts';
import type { PlainDate } from '../../../shared/dates.ts';
import type { Page } from '../../../shared/page.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import type { Customer } from '../../database/tables/customers.ts';
import { creditNoteItems, creditNotes, type CreditNote, type CreditNoteItem } from '../../database/tables/credit-notes.ts';
import { invoices } from '../../database/tables/invoices.ts';
import type { ServiceContext } from '../../service-context.ts';
import { narrowBySearch, narrowToExternalCustomer } from './customer-conditions.ts';
import { readCustomersOf } from './customers-of.ts';
import { readFeesById, type ListedFee } from './fee-list.ts';
import { columnsExcept, ofOrganization, qualified } from './selected-columns.ts';

/** A credit note without what is frozen for its document or recomputed from. */
export type CreditNoteSummary = Omit<CreditNote, 'snapshot' | 'termination'>;

/** A credit note with the invoice that it corrects and the fees that it takes back. */
export interface ListedCreditNote {
  readonly creditNote: CreditNoteSummary;
  readonly customer: Customer;
  readonly invoiceNumber: string;
  readonly purchaseOrderNumber: string | null;
  readonly items: readonly { readonly item: CreditNoteItem; readonly fee: ListedFee }[];
}

export type CreditNoteType = 'credit' | 'refund' | 'offset';

/** The filters of a list of credit notes; all that are given must match. Rule: api.md § 14. */
export interface CreditNoteFilter {
  readonly customerId?: string;
  readonly externalCustomerId?: string;
  readonly issuingDateFrom?: PlainDate;
  readonly issuingDateTo?: PlainDate;
  readonly searchTerm?: string;
  readonly currency?: CurrencyCode;
  readonly reason?: string;
  readonly creditStatus?: string;
  readonly refundStatus?: string;
  readonly invoiceNumber?: string;
  readonly purchaseOrderNumber?: string;
  /** Cents of the total, both included. */
  readonly amountFrom?: number;
  readonly amountTo?: number;
  /** At least one of these parts is not zero. */
  readonly types?: readonly CreditNoteType[];
  readonly selfBilled?: boolean;
}

type CreditNoteQuery = SelectQueryBuilder<CreditNote>;

const SUMMARY_COLUMNS = columnsExcept(creditNotes, ['snapshot', 'termination']);

/** A page of the final credit notes, newest first. The note of a draft is hidden until the draft is final. */
export async function listCreditNotes(
  context: ServiceContext,
  filter: CreditNoteFilter,
  page: Page,
): Promise<{ readonly rows: readonly ListedCreditNote[]; readonly totalCount: number }> {
  const isOneCustomers = filter.customerId !== undefined || filter.externalCustomerId !== undefined;
  const query = finalCreditNotes(context, isOneCustomers);
  narrowByOwner(query, filter);
  narrowByContent(query, filter);
  const totalCount = await query.getCount();
  const rows = await query
    .select(qualified('note', SUMMARY_COLUMNS))
    .orderBy({ 'note.createdAt': 'DESC', 'note.sequence': 'DESC' })
    .offset(page.offset)
    .limit(page.limit)
    .getMany();
  return { rows: await withItems(context.database.read, rows), totalCount };
}

/** One final credit note by our id. */
export async function findCreditNote(context: ServiceContext, id: string): Promise<Result<ListedCreditNote>> {
  const note = await finalCreditNotes(context, true).andWhere('note.id = :id', { id }).select(qualified('note', SUMMARY_COLUMNS)).getOne();
  if (note === null) return notFound('credit_note');
  const [listed] = await withItems(context.database.read, [note]);
  return ok(present(listed, 'a credit note that was found is listed'));
}

function finalCreditNotes(context: ServiceContext, isNarrowed: boolean): CreditNoteQuery {
  return context.database.read.manager
    .createQueryBuilder(creditNotes, 'note')
    .where(ofOrganization('note', isNarrowed), { organizationId: context.organizationId })
    .andWhere(`note.status = 'finalized'`);
}

function narrowByOwner(query: CreditNoteQuery, filter: CreditNoteFilter): void {
  if (filter.customerId !== undefined) query.andWhere('note.customerId = :customerId', { customerId: filter.customerId });
  if (filter.externalCustomerId !== undefined) narrowToExternalCustomer(query, 'note.customerId', filter.externalCustomerId);
  const ofInvoice = (condition: string): string =>
    `EXISTS ${query.subQuery().select('1').from(invoices, 'corrected').where(`corrected.id = note.invoiceId AND ${condition}`).getQuery()}`;
  if (filter.invoiceNumber !== undefined) {
    query.andWhere(ofInvoice('corrected.number = :invoiceNumber'), { invoiceNumber: filter.invoiceNumber });
  }
  if (filter.purchaseOrderNumber !== undefined) {
    query.andWhere(ofInvoice('LOWER(corrected.purchaseOrderNumber) = LOWER(:purchaseOrder)'), {
      purchaseOrder: filter.purchaseOrderNumber,
    });
  }
  if (filter.searchTerm !== undefined) {
    narrowBySearch(query, { term: filter.searchTerm, columns: ['note.number', 'note.id'], ownerColumn: 'note.customerId' });
  }
}

function narrowByContent(query: CreditNoteQuery, filter: CreditNoteFilter): void {
  if (filter.issuingDateFrom !== undefined)
    query.andWhere('note.issuingDate >= :issuedFrom', { issuedFrom: filter.issuingDateFrom.toString() });
  if (filter.issuingDateTo !== undefined) query.andWhere('note.issuingDate <= :issuedTo', { issuedTo: filter.issuingDateTo.toString() });
  if (filter.currency !== undefined) query.andWhere('note.currency = :currency', { currency: filter.currency });
  if (filter.reason !== undefined) query.andWhere('note.reason = :reason', { reason: filter.reason });
  if (filter.creditStatus !== undefined) query.andWhere('note.creditStatus = :creditStatus', { creditStatus: filter.creditStatus });
  if (filter.refundStatus !== undefined) query.andWhere('note.refundStatus = :refundStatus', { refundStatus: filter.refundStatus });
  if (filter.amountFrom !== undefined) query.andWhere('note.totalAmountCents >= :amountFrom', { amountFrom: filter.amountFrom });
  if (filter.amountTo !== undefined) query.andWhere('note.totalAmountCents <= :amountTo', { amountTo: filter.amountTo });
  if (filter.types !== undefined && filter.types.length > 0) {
    query.andWhere(`(${filter.types.map((type) => `note.${type}AmountCents > 0`).join(' OR ')})`);
  }
  if (filter.selfBilled === true) query.andWhere('1 = 0');
}

async function withItems(db: ReadDatabase, rows: readonly CreditNoteSummary[]): Promise<readonly ListedCreditNote[]> {
  if (rows.length === 0) return [];
  const customers = await readCustomersOf(db, rows);
  const items = await db.manager.find(creditNoteItems, {
    where: { creditNoteId: In(rows.map((note) => note.id)) },
    order: { sequence: 'ASC' },
  });
  const fees = await readFeesById(db, [...new Set(items.map((item) => item.feeId))]);
  const corrected = await db.manager.find(invoices, {
    select: { id: true, number: true, purchaseOrderNumber: true },
    where: { id: In([...new Set(rows.map((note) => note.invoiceId))]) },
  });
  const invoiceById = new Map(corrected.map((invoice) => [invoice.id, invoice]));
  const itemsByNote = Map.groupBy(items, (item) => item.creditNoteId);
  return rows.map((creditNote) => {
    const invoice = present(invoiceById.get(creditNote.invoiceId), 'a credit note corrects an invoice');
    return {
      creditNote,
      customer: present(customers.get(creditNote.customerId), 'a credit note has its customer'),
      invoiceNumber: invoice.number,
      purchaseOrderNumber: invoice.purchaseOrderNumber,
      items: (itemsByNote.get(creditNote.id) ?? []).map((item) => ({ item, fee: present(fees.get(item.feeId), 'a credited fee exists') })),
    };
  });
}
