import { CURRENCIES, currencyDecimals } from '../../../shared/currency.ts';
import { Decimal } from '../../../shared/decimal.ts';
import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource, type ListWish } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';
import type { InvoiceStatus, InvoiceType, PaymentStatus } from '../tables/invoices.ts';
import { customerNameOf, ofCustomersNamed } from './customer-name.ts';

/** One row of the screens' list of invoices, as it is stored. */
export interface InvoiceListRow {
  readonly id: string;
  readonly number: string;
  readonly status: InvoiceStatus;
  readonly paymentStatus: PaymentStatus;
  readonly paymentOverdue: 0 | 1;
  readonly invoiceType: InvoiceType;
  readonly issuingDate: string;
  readonly paymentDueDate: string;
  readonly currency: string;
  readonly totalAmountCents: number;
  readonly totalPaidAmountCents: number;
  readonly totalOffsettedCreditNoteAmountCents: number;
  readonly isDisputeLost: 0 | 1;
  readonly hasDocument: 0 | 1;
  readonly customerId: string;
  readonly externalCustomerId: string;
  readonly customerName: string;
}

/** The filters of the list; all that are given must match. */
export interface InvoiceListFilter {
  readonly organizationId: string;
  readonly tab: InvoiceTab;
  readonly customerId?: string | undefined;
  /** Our id of a subscription that the invoice bills. */
  readonly subscriptionId?: string | undefined;
  readonly invoiceTypes?: readonly string[] | undefined;
  readonly currency?: string | undefined;
  /** `YYYY-MM-DD`, both included. */
  readonly issuedFrom?: string | undefined;
  readonly issuedTo?: string | undefined;
  /** The total in units of each invoice's own currency, both included. */
  readonly amountFrom?: Decimal | undefined;
  readonly amountTo?: Decimal | undefined;
  readonly isOverdue?: boolean | undefined;
  /** Part of the number or of the customer's names. */
  readonly search?: string | undefined;
  /** Only these. */
  readonly ids?: readonly string[] | undefined;
}

const TAB_CONDITIONS = {
  all: `"invoices"."status" IN ('draft', 'finalized', 'voided', 'failed')`,
  draft: `"invoices"."status" = 'draft'`,
  outstanding: `"invoices"."status" = 'finalized' AND "invoices"."payment_status" IN ('pending', 'failed')`,
  paid: `"invoices"."status" = 'finalized' AND "invoices"."payment_status" = 'succeeded'`,
  failed: `("invoices"."status" = 'failed' OR ("invoices"."status" = 'finalized' AND "invoices"."payment_status" = 'failed'))`,
  voided: `"invoices"."status" = 'voided'`,
} as const;

/** `failed`: invoices that could not be made, and those whose payment failed. */
export type InvoiceTab = keyof typeof TAB_CONDITIONS;

const SORTS = {
  issuing_date: `"invoices"."issuing_date"`,
  number: `"invoices"."number"`,
  customer: customerNameOf('customers'),
  invoice_type: `"invoices"."invoice_type"`,
  total_amount_cents: `"invoices"."total_amount_cents"`,
  status: `"invoices"."status"`,
  payment_status: `"invoices"."payment_status"`,
  payment_due_date: `"invoices"."payment_due_date"`,
} as const;

/** Only what the index holds: the rows themselves are read for the page alone. */
function sourceOf(wish: Pick<ListWish, 'sortBy'>): ListSource {
  const joins = wish.sortBy === 'customer' ? ` LEFT JOIN "customers" ON "customers"."id" = "invoices"."customer_id"` : '';
  return { columns: `"invoices"."sequence" AS "sequence"`, from: `"invoices"${joins}`, sorts: SORTS, unique: `"invoices"."sequence"` };
}

/** One page of invoices. */
export function readInvoiceListPage(
  db: ReadDatabase,
  filter: InvoiceListFilter,
  wish: Omit<ListWish, 'conditions'>,
): ListPage<InvoiceListRow> {
  const page = readListPage<{ readonly sequence: number }>(db, sourceOf(wish), { ...wish, conditions: conditionsOf(filter) });
  return {
    ...page,
    rows: readRows(
      db,
      page.rows.map(({ sequence }) => sequence),
    ),
  };
}

const ROW_SQL = `SELECT "invoices"."id" AS "id", "invoices"."number" AS "number", "invoices"."status" AS "status",
  "invoices"."payment_status" AS "paymentStatus", "invoices"."payment_overdue" AS "paymentOverdue", "invoices"."invoice_type" AS "invoiceType",
  "invoices"."issuing_date" AS "issuingDate", "invoices"."payment_due_date" AS "paymentDueDate", "invoices"."currency" AS "currency",
  "invoices"."total_amount_cents" AS "totalAmountCents", "invoices"."total_paid_amount_cents" AS "totalPaidAmountCents",
  "invoices"."total_offsetted_credit_note_amount_cents" AS "totalOffsettedCreditNoteAmountCents",
  "invoices"."payment_dispute_lost_at" IS NOT NULL AS "isDisputeLost", "invoices"."document_file" IS NOT NULL AS "hasDocument",
  "customers"."id" AS "customerId", "customers"."external_id" AS "externalCustomerId", ${customerNameOf('customers')} AS "customerName"
  FROM "invoices" JOIN "customers" ON "customers"."id" = "invoices"."customer_id"
  WHERE "invoices"."sequence" = ?`;

function readRows(db: ReadDatabase, sequences: readonly number[]): readonly InvoiceListRow[] {
  const read = db.select<InvoiceListRow>(ROW_SQL);
  return sequences.flatMap((sequence) => read.get(sequence) ?? []);
}

function conditionsOf(filter: InvoiceListFilter): readonly ListCondition[] {
  return [
    { sql: `"invoices"."organization_id" = ?`, values: [filter.organizationId] },
    { sql: TAB_CONDITIONS[filter.tab], values: [] },
    ...ownerConditions(filter),
    ...contentConditions(filter),
    ...searchConditions(filter),
  ];
}

function ownerConditions({ customerId, subscriptionId, ids }: InvoiceListFilter): readonly ListCondition[] {
  const conditions: ListCondition[] = [];
  if (customerId !== undefined) conditions.push({ sql: `"invoices"."customer_id" = ?`, values: [customerId] });
  if (subscriptionId !== undefined) {
    conditions.push({
      sql: `"invoices"."id" IN (SELECT "invoice_id" FROM "invoice_subscriptions" WHERE "subscription_id" = ?)`,
      values: [subscriptionId],
    });
  }
  if (ids !== undefined) conditions.push(isOneOf(`"invoices"."id"`, ids));
  return conditions;
}

function contentConditions(filter: InvoiceListFilter): readonly ListCondition[] {
  const { invoiceTypes, currency, issuedFrom, issuedTo, amountFrom, amountTo, isOverdue } = filter;
  const conditions: ListCondition[] = [];
  if (invoiceTypes !== undefined && invoiceTypes.length > 0) conditions.push(isOneOf(`"invoices"."invoice_type"`, invoiceTypes));
  if (currency !== undefined) conditions.push({ sql: `"invoices"."currency" = ?`, values: [currency] });
  if (issuedFrom !== undefined) conditions.push({ sql: `"invoices"."issuing_date" >= ?`, values: [issuedFrom] });
  if (issuedTo !== undefined) conditions.push({ sql: `"invoices"."issuing_date" <= ?`, values: [issuedTo] });
  if (amountFrom !== undefined) conditions.push(amountCondition('>=', amountFrom));
  if (amountTo !== undefined) conditions.push(amountCondition('<=', amountTo));
  if (isOverdue !== undefined) conditions.push({ sql: `"invoices"."payment_overdue" = ?`, values: [Number(isOverdue)] });
  return conditions;
}

/** Currencies whose smallest unit is not a hundredth, by how many decimals they have. */
const OTHER_DECIMALS = [...Map.groupBy(CURRENCIES, currencyDecimals)].filter(([decimals]) => decimals !== 2);

/** An amount in units is another number of cents in each currency. */
function amountCondition(sign: '>=' | '<=', amount: Decimal): ListCondition {
  const rounding = sign === '>=' ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR;
  const limit = (decimals: number): number => amount.times(new Decimal(10).pow(decimals)).toDecimalPlaces(0, rounding).toNumber();
  const others = OTHER_DECIMALS.map(([, codes]) => `WHEN "invoices"."currency" IN (${codes.map((code) => `'${code}'`).join(', ')}) THEN ?`);
  return {
    sql: `"invoices"."total_amount_cents" ${sign} CASE ${others.join(' ')} ELSE ? END`,
    values: [...OTHER_DECIMALS.map(([decimals]) => limit(decimals)), limit(2)],
  };
}

function searchConditions({ search }: InvoiceListFilter): readonly ListCondition[] {
  if (search === undefined || search === '') return [];
  const number = containsText(`"invoices"."number"`, search);
  const named = ofCustomersNamed(`"invoices"."customer_id"`, search);
  return [{ sql: `${number.sql} OR ${named.sql}`, values: [...number.values, ...named.values] }];
}
