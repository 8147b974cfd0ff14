import { readListPage, type ListCondition, type ListPage, type ListSource, type ListWish } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';

/** A tax as its list shows it. */
export interface TaxListRow {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly description: string | null;
  /** Per cent, decimal text. */
  readonly rate: string;
  readonly appliedToOrganization: number;
  /** Customers with this tax of their own. */
  readonly customersCount: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

const TAXES: ListSource = {
  columns: `"taxes"."id" AS "id", "taxes"."name" AS "name", "taxes"."code" AS "code", "taxes"."description" AS "description",
    "taxes"."rate" AS "rate", "taxes"."applied_to_organization" AS "appliedToOrganization", "taxes"."created_at" AS "createdAt",
    (SELECT COUNT(*) FROM "customer_taxes" WHERE "customer_taxes"."tax_id" = "taxes"."id") AS "customersCount"`,
  from: '"taxes"',
  sorts: {
    name: `lower("taxes"."name")`,
    code: `"taxes"."code"`,
    rate: `CAST("taxes"."rate" AS REAL)`,
    created: `"taxes"."created_at"`,
  },
  unique: '"taxes"."sequence"',
};

export const TAX_SORTS = ['name', 'code', 'rate', 'created'] as const;

/** Taxes that exist, under the list's own conditions. */
export function readTaxRows(db: ReadDatabase, organizationId: string, wish: ListWish): ListPage<TaxListRow> {
  const ours: ListCondition = { sql: `"taxes"."organization_id" = ? AND "taxes"."deleted_at" IS NULL`, values: [organizationId] };
  return readListPage(db, TAXES, { ...wish, conditions: [ours, ...wish.conditions] });
}
