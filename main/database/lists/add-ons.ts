import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';
import { customerNameOf } from './customer-name.ts';

/** Fees made with the add-on on invoices that stand. */
const APPLIED = `(SELECT COUNT(*) FROM "fees" JOIN "invoices" ON "invoices"."id" = "fees"."invoice_id"
  WHERE "fees"."item_id" = "add_ons"."id" AND "fees"."fee_type" = 'add_on' AND "invoices"."status" <> 'voided')`;

const ADD_ONS: ListSource = {
  columns: `"add_ons"."id", "add_ons"."name", "add_ons"."code", "add_ons"."description", "add_ons"."amount_cents", "add_ons"."amount_currency",
    "add_ons"."created_at", ${APPLIED} AS "applied_count"`,
  from: '"add_ons"',
  sorts: {
    created_at: '"add_ons"."sequence"',
    name: '"add_ons"."name" COLLATE NOCASE',
    code: '"add_ons"."code" COLLATE NOCASE',
    amount: '"add_ons"."amount_cents"',
    applied: `(${APPLIED})`,
  },
  unique: '"add_ons"."sequence"',
};

export interface ListedAddOn {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly description: string | null;
  readonly amount_cents: number;
  readonly amount_currency: string;
  readonly created_at: number;
  readonly applied_count: number;
}

interface PageWish {
  readonly sortBy: string;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
}

export interface AddOnListWish extends PageWish {
  readonly search: string | null;
  readonly currencies: readonly string[] | null;
}

/** Living add-ons as their list shows them. */
export function readAddOnRows(db: ReadDatabase, organizationId: string, wish: AddOnListWish): ListPage<ListedAddOn> {
  const { search, currencies, ...page } = wish;
  const conditions: ListCondition[] = [
    { sql: `"add_ons"."organization_id" = ? AND "add_ons"."deleted_at" IS NULL`, values: [organizationId] },
  ];
  if (search !== null) conditions.push(containsText(`"add_ons"."name" || ' ' || "add_ons"."code"`, search));
  if (currencies !== null) conditions.push(isOneOf('"add_ons"."amount_currency"', currencies));
  return readListPage(db, ADD_ONS, { ...page, conditions });
}

/** How many fees of invoices that stand were made with an add-on. */
export function countAddOnFees(db: ReadDatabase, addOnId: string): number {
  return db.select<{ count: number }>(`SELECT ${APPLIED} AS "count" FROM "add_ons" WHERE "id" = ?`).get(addOnId)?.count ?? 0;
}

const ADD_ON_FEES: ListSource = {
  columns: `"fees"."id", "fees"."units", "fees"."amount_cents", "fees"."currency", "fees"."created_at", "invoices"."id" AS "invoice_id",
    "invoices"."number", "invoices"."status", "invoices"."issuing_date", "customers"."id" AS "customer_id",
    ${customerNameOf('customers')} AS "customer_name", "customers"."external_id" AS "customer_external_id"`,
  from: `"fees" JOIN "invoices" ON "invoices"."id" = "fees"."invoice_id" JOIN "customers" ON "customers"."id" = "fees"."customer_id"`,
  sorts: {
    created_at: '"fees"."sequence"',
    amount: '"fees"."amount_cents"',
    customer: `${customerNameOf('customers')} COLLATE NOCASE`,
  },
  unique: '"fees"."sequence"',
};

export interface ListedAddOnFee {
  readonly id: string;
  readonly units: string;
  readonly amount_cents: number;
  readonly currency: string;
  readonly created_at: number;
  readonly invoice_id: string;
  readonly number: string;
  readonly status: string;
  readonly issuing_date: string;
  readonly customer_id: string;
  readonly customer_name: string;
  readonly customer_external_id: string;
}

/** Where an add-on was applied, voided invoices too. */
export function readAddOnFeeRows(
  db: ReadDatabase,
  organizationId: string,
  wish: PageWish & { readonly addOnId: string },
): ListPage<ListedAddOnFee> {
  const { addOnId, ...page } = wish;
  const ofAddOn: ListCondition = {
    sql: `"fees"."item_id" = ? AND "fees"."fee_type" = 'add_on' AND "fees"."organization_id" = ?`,
    values: [addOnId, organizationId],
  };
  return readListPage(db, ADD_ON_FEES, { ...page, conditions: [ofAddOn] });
}
