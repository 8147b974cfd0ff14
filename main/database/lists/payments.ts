import { containsText, readListPage, type ListCondition, type ListPage, type ListSource, type ListWish } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';
import type { PayablePaymentStatus } from '../tables/payments.ts';
import { customerNameOf, ofCustomersNamed } from './customer-name.ts';

/** One row of the screens' list of payments, as it is stored. */
export interface PaymentListRow {
  readonly id: string;
  readonly paymentType: 'manual' | 'provider';
  readonly amountCents: number;
  readonly currency: string;
  readonly status: string;
  readonly payablePaymentStatus: PayablePaymentStatus;
  readonly reference: string | null;
  readonly providerCode: string | null;
  readonly providerPaymentId: string | null;
  readonly errorCode: string | null;
  readonly createdAt: number;
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly customerId: string;
  readonly externalCustomerId: string;
  readonly customerName: string;
}

/** The filters of the list; all that are given must match. */
export interface PaymentListFilter {
  readonly organizationId: string;
  readonly customerId?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly paymentType?: string | undefined;
  readonly paymentStatus?: string | undefined;
  readonly currency?: string | undefined;
  /** Epoch milliseconds: from included, to not. */
  readonly createdFrom?: number | undefined;
  readonly createdBefore?: number | undefined;
  /** Part of the reference, the provider's id, the invoice's number or the customer's names. */
  readonly search?: string | undefined;
}

const SORTS = {
  created_at: `"payments"."created_at"`,
  customer: customerNameOf('customers'),
  amount_cents: `"payments"."amount_cents"`,
  payment_status: `"payments"."payable_payment_status"`,
  type: `"payments"."payment_type"`,
} as const;

function sourceOf(wish: Pick<ListWish, 'sortBy'>): ListSource {
  const joins = wish.sortBy === 'customer' ? ` LEFT JOIN "customers" ON "customers"."id" = "payments"."customer_id"` : '';
  return { columns: `"payments"."sequence" AS "sequence"`, from: `"payments"${joins}`, sorts: SORTS, unique: `"payments"."sequence"` };
}

/** One page of payments. */
export function readPaymentListPage(
  db: ReadDatabase,
  filter: PaymentListFilter,
  wish: Omit<ListWish, 'conditions'>,
): ListPage<PaymentListRow> {
  const page = readListPage<{ readonly sequence: number }>(db, sourceOf(wish), { ...wish, conditions: conditionsOf(filter) });
  const read = db.select<PaymentListRow>(ROW_SQL);
  return { ...page, rows: page.rows.flatMap(({ sequence }) => read.get(sequence) ?? []) };
}

const ROW_SQL = `SELECT "payments"."id" AS "id", "payments"."payment_type" AS "paymentType", "payments"."amount_cents" AS "amountCents",
  "payments"."currency" AS "currency", "payments"."status" AS "status", "payments"."payable_payment_status" AS "payablePaymentStatus",
  "payments"."reference" AS "reference", "payments"."provider_code" AS "providerCode",
  "payments"."provider_payment_id" AS "providerPaymentId", "payments"."error_code" AS "errorCode", "payments"."created_at" AS "createdAt",
  "invoices"."id" AS "invoiceId", "invoices"."number" AS "invoiceNumber",
  "customers"."id" AS "customerId", "customers"."external_id" AS "externalCustomerId", ${customerNameOf('customers')} AS "customerName"
  FROM "payments"
  JOIN "invoices" ON "invoices"."id" = "payments"."invoice_id"
  JOIN "customers" ON "customers"."id" = "payments"."customer_id"
  WHERE "payments"."sequence" = ?`;

/** Columns that equal what is asked for. */
const EQUAL_COLUMNS = [
  ['customerId', 'customer_id'],
  ['invoiceId', 'invoice_id'],
  ['paymentType', 'payment_type'],
  ['paymentStatus', 'payable_payment_status'],
  ['currency', 'currency'],
] as const;

function conditionsOf(filter: PaymentListFilter): readonly ListCondition[] {
  const conditions: ListCondition[] = [{ sql: `"payments"."organization_id" = ?`, values: [filter.organizationId] }];
  for (const [key, column] of EQUAL_COLUMNS) {
    const value = filter[key];
    if (value !== undefined) conditions.push({ sql: `"payments"."${column}" = ?`, values: [value] });
  }
  const { createdFrom, createdBefore, search } = filter;
  if (createdFrom !== undefined) conditions.push({ sql: `"payments"."created_at" >= ?`, values: [createdFrom] });
  if (createdBefore !== undefined) conditions.push({ sql: `"payments"."created_at" < ?`, values: [createdBefore] });
  if (search !== undefined && search !== '') conditions.push(searchCondition(search));
  return conditions;
}

function searchCondition(search: string): ListCondition {
  const reference = containsText(`"payments"."reference"`, search);
  const provider = containsText(`"payments"."provider_payment_id"`, search);
  const number = containsText(`"searched_invoices"."number"`, search);
  const named = ofCustomersNamed(`"payments"."customer_id"`, search);
  const paid = `"payments"."invoice_id" IN (SELECT "searched_invoices"."id" FROM "invoices" AS "searched_invoices" WHERE ${number.sql})`;
  const all = [reference, provider, { ...number, sql: paid }, named];
  return { sql: all.map(({ sql }) => sql).join(' OR '), values: all.flatMap(({ values }) => values) };
}
