import { containsText, type ListPage } from '../database/list-query.ts';
import { readTaxRows, type TaxListRow } from '../database/lists/taxes.ts';
import type { ServiceContext } from '../service-context.ts';

export { TAX_SORTS, type TaxListRow } from '../database/lists/taxes.ts';

export interface TaxRowsWish {
  readonly sortBy: string;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
  /** In name or code. */
  readonly search: string | null;
}

/** Taxes as their list shows them. */
export function listTaxRows(context: ServiceContext, { search, ...wish }: TaxRowsWish): ListPage<TaxListRow> {
  const conditions = search === null ? [] : [containsText(`"taxes"."name" || ' ' || "taxes"."code"`, search)];
  return readTaxRows(context.database.read, context.organizationId, { ...wish, conditions });
}
