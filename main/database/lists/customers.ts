import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource, type ListWish } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';

// The list of customers, what they owe, and what a customer's page shows in order of time.

export interface ListedCustomer {
  readonly id: string;
  readonly externalId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly currency: string | null;
  readonly country: string | null;
  readonly activeSubscriptions: number;
  readonly createdAtMs: number;
}

const NAME = `COALESCE(NULLIF("customers"."name", ''), NULLIF(TRIM(COALESCE("customers"."firstname", '') || ' ' || COALESCE("customers"."lastname", '')), ''), NULLIF("customers"."legal_name", '')`;
const ACTIVE_SUBSCRIPTIONS = `(SELECT COUNT(*) FROM "subscriptions" WHERE "subscriptions"."customer_id" = "customers"."id" AND "subscriptions"."status" = 'active')`;

// Sorted through the indexes of migration 0008, whose expressions these are. Only the count of subscriptions looks at every customer.
const CUSTOMERS: ListSource = {
  columns: `"customers"."id" AS "id", "customers"."external_id" AS "externalId", ${NAME}) AS "name", "customers"."email" AS "email",
    "customers"."currency" AS "currency", "customers"."country" AS "country", "customers"."created_at" AS "createdAtMs",
    ${ACTIVE_SUBSCRIPTIONS} AS "activeSubscriptions"`,
  from: `"customers"`,
  sorts: {
    created_at: `"customers"."created_at"`,
    name: `LOWER(${NAME}, "customers"."external_id"))`,
    external_id: `"customers"."external_id"`,
    email: `LOWER(COALESCE("customers"."email", ''))`,
    currency: `COALESCE("customers"."currency", '')`,
    active_subscriptions: ACTIVE_SUBSCRIPTIONS,
  },
  unique: `"customers"."sequence"`,
};

/** Which customers a screen wants; all that are given must hold. */
export interface CustomerListFilters {
  readonly search: string | undefined;
  readonly hasActivePlan: boolean | undefined;
  readonly currencies: readonly string[] | undefined;
  readonly countries: readonly string[] | undefined;
  readonly isUnpaid: boolean | undefined;
}

const UNPAID = `"invoices"."status" = 'finalized' AND "invoices"."payment_status" <> 'succeeded'`;
const DUE = `("invoices"."total_amount_cents" - "invoices"."total_paid_amount_cents" - "invoices"."total_offsetted_credit_note_amount_cents")`;

/** One page of the living customers. */
export function readCustomerList(
  db: ReadDatabase,
  organizationId: string,
  asked: { readonly filters: CustomerListFilters; readonly wish: Omit<ListWish, 'conditions'> },
): ListPage<ListedCustomer> {
  const living: ListCondition = { sql: `"customers"."organization_id" = ? AND "customers"."deleted_at" IS NULL`, values: [organizationId] };
  return readListPage(db, CUSTOMERS, { ...asked.wish, conditions: [living, ...conditionsOf(asked.filters)] });
}

function conditionsOf(filters: CustomerListFilters): readonly ListCondition[] {
  const { search, hasActivePlan, currencies, countries, isUnpaid } = filters;
  return [
    ...(search === undefined ? [] : [anywhere(search)]),
    ...(hasActivePlan === undefined ? [] : [{ sql: `${hasActivePlan ? '' : 'NOT '}${HAS_ACTIVE_PLAN}`, values: [] }]),
    ...(currencies === undefined ? [] : [isOneOf(`COALESCE("customers"."currency", '')`, currencies)]),
    ...(countries === undefined ? [] : [isOneOf(`"customers"."country"`, countries)]),
    ...(isUnpaid === undefined ? [] : [{ sql: `${isUnpaid ? '' : 'NOT '}${HAS_UNPAID}`, values: [] }]),
  ];
}

const HAS_ACTIVE_PLAN = `EXISTS (SELECT 1 FROM "subscriptions" WHERE "subscriptions"."customer_id" = "customers"."id" AND "subscriptions"."status" = 'active')`;
const HAS_UNPAID = `EXISTS (SELECT 1 FROM "invoices" WHERE "invoices"."customer_id" = "customers"."id" AND ${UNPAID} AND ${DUE} > 0)`;
const SEARCHED = ['name', 'firstname', 'lastname', 'legal_name', 'external_id', 'email'];

function anywhere(text: string): ListCondition {
  const each = SEARCHED.map((column) => containsText(`"customers"."${column}"`, text));
  return { sql: each.map(({ sql }) => sql).join(' OR '), values: each.flatMap(({ values }) => values) };
}

/** What a customer owes in one currency. */
export interface UnpaidSum {
  readonly customerId: string;
  readonly currency: string;
  readonly amountCents: number;
  readonly overdueAmountCents: number;
  readonly invoicesCount: number;
}

/** What these customers owe: finalized invoices that are not paid, one row for each customer and currency. */
export function readUnpaidSums(db: ReadDatabase, customerIds: readonly string[]): readonly UnpaidSum[] {
  if (customerIds.length === 0) return [];
  const named = isOneOf(`"invoices"."customer_id"`, customerIds);
  return db
    .select<UnpaidSum>(
      `SELECT "invoices"."customer_id" AS "customerId", "invoices"."currency" AS "currency", SUM(${DUE}) AS "amountCents",
         SUM(CASE WHEN "invoices"."payment_overdue" = 1 THEN ${DUE} ELSE 0 END) AS "overdueAmountCents", COUNT(*) AS "invoicesCount"
       FROM "invoices" WHERE ${named.sql} AND ${UNPAID} AND ${DUE} > 0
       GROUP BY "invoices"."customer_id", "invoices"."currency" ORDER BY "invoices"."currency"`,
    )
    .all(...named.values);
}

/** The currencies and countries that living customers have. */
export function readCustomerFilterValues(
  db: ReadDatabase,
  organizationId: string,
): { readonly currencies: readonly string[]; readonly countries: readonly string[] } {
  const distinct = (column: 'currency' | 'country', shown: string): readonly string[] =>
    db
      .select<{ value: string }>(
        `SELECT DISTINCT ${shown} AS "value" FROM "customers"
         WHERE "organization_id" = ? AND "deleted_at" IS NULL AND "${column}" IS NOT NULL ORDER BY 1`,
      )
      .all(organizationId)
      .map(({ value }) => value);
  return {
    currencies: distinct('currency', `COALESCE("currency", '')`).filter((value) => value !== ''),
    countries: distinct('country', '"country"').filter((value) => value !== ''),
  };
}

export interface ListedAddOnFee {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly units: string;
  readonly amountCents: number;
  readonly currency: string;
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly invoiceStatus: string;
  readonly issuingDate: string;
  readonly createdAtMs: number;
}

const ADD_ON_FEES: ListSource = {
  columns: `"fees"."id" AS "id", COALESCE("fees"."invoice_display_name", "fees"."item_name") AS "name", "fees"."item_code" AS "code",
    "fees"."units" AS "units", "fees"."amount_cents" AS "amountCents", "fees"."currency" AS "currency", "fees"."created_at" AS "createdAtMs",
    "invoices"."id" AS "invoiceId", "invoices"."number" AS "invoiceNumber", "invoices"."status" AS "invoiceStatus", "invoices"."issuing_date" AS "issuingDate"`,
  from: `"fees" JOIN "invoices" ON "invoices"."id" = "fees"."invoice_id"`,
  sorts: { created_at: `"fees"."created_at"`, amount_cents: `"fees"."amount_cents"` },
  unique: `"fees"."sequence"`,
};

/** The add-ons on a customer's invoices: applied ones and those of one-off invoices. */
export function readAddOnFees(db: ReadDatabase, customerId: string, wish: Omit<ListWish, 'conditions'>): ListPage<ListedAddOnFee> {
  const conditions = [
    {
      sql: `"fees"."customer_id" = ? AND "fees"."fee_type" = 'add_on' AND "invoices"."status" IN ('draft', 'finalized', 'voided')`,
      values: [customerId],
    },
  ];
  return readListPage(db, ADD_ON_FEES, { ...wish, conditions });
}
