import { containsText, readListPage, type ListCondition, type ListPage, type ListSource, type ListWish } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';
import type { CreditNoteReason, CreditNoteStatus, RefundStatus } from '../tables/credit-notes.ts';
import { customerNameOf, ofCustomersNamed } from './customer-name.ts';

/** One row of the screens' list of credit notes, as it is stored. */
export interface CreditNoteListRow {
  readonly id: string;
  readonly number: string;
  readonly issuingDate: string;
  readonly reason: CreditNoteReason;
  readonly creditStatus: CreditNoteStatus | null;
  readonly refundStatus: RefundStatus | null;
  readonly currency: string;
  readonly totalAmountCents: number;
  readonly creditAmountCents: number;
  readonly refundAmountCents: number;
  readonly offsetAmountCents: number;
  readonly balanceAmountCents: number;
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly customerId: string;
  readonly externalCustomerId: string;
  readonly customerName: string;
}

/** The filters of the list; all that are given must match. */
export interface CreditNoteListFilter {
  readonly organizationId: string;
  readonly customerId?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly creditStatus?: string | undefined;
  readonly refundStatus?: string | undefined;
  readonly reason?: string | undefined;
  readonly currency?: string | undefined;
  /** `YYYY-MM-DD`, both included. */
  readonly issuedFrom?: string | undefined;
  readonly issuedTo?: string | undefined;
  /** Part of its number, which begins with the invoice's, or of the customer's names. */
  readonly search?: string | undefined;
}

const SORTS = {
  issuing_date: `"credit_notes"."issuing_date"`,
  number: `"credit_notes"."number"`,
  customer: customerNameOf('customers'),
  reason: `"credit_notes"."reason"`,
  total_amount_cents: `"credit_notes"."total_amount_cents"`,
  balance_amount_cents: `"credit_notes"."balance_amount_cents"`,
  credit_status: `COALESCE("credit_notes"."credit_status", '')`,
  refund_status: `COALESCE("credit_notes"."refund_status", '')`,
} as const;

function sourceOf(wish: Pick<ListWish, 'sortBy'>): ListSource {
  const joins = wish.sortBy === 'customer' ? ` LEFT JOIN "customers" ON "customers"."id" = "credit_notes"."customer_id"` : '';
  return {
    columns: `"credit_notes"."sequence" AS "sequence"`,
    from: `"credit_notes"${joins}`,
    sorts: SORTS,
    unique: `"credit_notes"."sequence"`,
  };
}

/** One page of the visible credit notes. */
export function readCreditNoteListPage(
  db: ReadDatabase,
  filter: CreditNoteListFilter,
  wish: Omit<ListWish, 'conditions'>,
): ListPage<CreditNoteListRow> {
  const page = readListPage<{ readonly sequence: number }>(db, sourceOf(wish), { ...wish, conditions: conditionsOf(filter) });
  const read = db.select<CreditNoteListRow>(ROW_SQL);
  return { ...page, rows: page.rows.flatMap(({ sequence }) => read.get(sequence) ?? []) };
}

const ROW_SQL = `SELECT "credit_notes"."id" AS "id", "credit_notes"."number" AS "number", "credit_notes"."issuing_date" AS "issuingDate",
  "credit_notes"."reason" AS "reason", "credit_notes"."credit_status" AS "creditStatus", "credit_notes"."refund_status" AS "refundStatus",
  "credit_notes"."currency" AS "currency", "credit_notes"."total_amount_cents" AS "totalAmountCents",
  "credit_notes"."credit_amount_cents" AS "creditAmountCents", "credit_notes"."refund_amount_cents" AS "refundAmountCents",
  "credit_notes"."offset_amount_cents" AS "offsetAmountCents", "credit_notes"."balance_amount_cents" AS "balanceAmountCents",
  "invoices"."id" AS "invoiceId", "invoices"."number" AS "invoiceNumber",
  "customers"."id" AS "customerId", "customers"."external_id" AS "externalCustomerId", ${customerNameOf('customers')} AS "customerName"
  FROM "credit_notes"
  JOIN "invoices" ON "invoices"."id" = "credit_notes"."invoice_id"
  JOIN "customers" ON "customers"."id" = "credit_notes"."customer_id"
  WHERE "credit_notes"."sequence" = ?`;

/** Columns that equal what is asked for. */
const EQUAL_COLUMNS = [
  ['customerId', 'customer_id'],
  ['invoiceId', 'invoice_id'],
  ['creditStatus', 'credit_status'],
  ['refundStatus', 'refund_status'],
  ['reason', 'reason'],
  ['currency', 'currency'],
] as const;

function conditionsOf(filter: CreditNoteListFilter): readonly ListCondition[] {
  const conditions: ListCondition[] = [
    { sql: `"credit_notes"."organization_id" = ? AND "credit_notes"."status" = 'finalized'`, values: [filter.organizationId] },
  ];
  for (const [key, column] of EQUAL_COLUMNS) {
    const value = filter[key];
    if (value !== undefined) conditions.push({ sql: `"credit_notes"."${column}" = ?`, values: [value] });
  }
  const { issuedFrom, issuedTo, search } = filter;
  if (issuedFrom !== undefined) conditions.push({ sql: `"credit_notes"."issuing_date" >= ?`, values: [issuedFrom] });
  if (issuedTo !== undefined) conditions.push({ sql: `"credit_notes"."issuing_date" <= ?`, values: [issuedTo] });
  if (search !== undefined && search !== '') {
    const number = containsText(`"credit_notes"."number"`, search);
    const named = ofCustomersNamed(`"credit_notes"."customer_id"`, search);
    conditions.push({ sql: `${number.sql} OR ${named.sql}`, values: [...number.values, ...named.values] });
  }
  return conditions;
}
