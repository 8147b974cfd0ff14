import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { customers } from '../../database/tables/customers.ts';
import { containing } from './selected-columns.ts';

const SEARCHED_COLUMNS = ['name', 'firstname', 'lastname', 'legalName', 'externalId', 'email'];

/**
 * Keeps the rows of the customers with this external id, deleted ones too: their invoices stay readable after the id became free.
 * The query already names its `organizationId`.
 */
export function narrowToExternalCustomer<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  ownerColumn: string,
  externalCustomerId: string,
): void {
  const named = query
    .subQuery()
    .select('named.id')
    .from(customers, 'named')
    .where('named.organizationId = :organizationId AND named.externalId = :externalCustomerId')
    .getQuery();
  query.andWhere(`${ownerColumn} IN ${named}`, { externalCustomerId });
}

/** Where a search term is looked for: `columns` of the row, and the customer's own words where `ownerColumn` is given. */
export interface Search {
  readonly term: string;
  readonly columns: readonly string[];
  readonly ownerColumn: string | null;
}

/** Keeps the rows that contain the term, in any case. */
export function narrowBySearch<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>, search: Search): void {
  const like = (column: string): string => `${column} LIKE :searched ESCAPE '\\'`;
  const conditions = search.columns.map(like);
  if (search.ownerColumn !== null) {
    const words = SEARCHED_COLUMNS.map((column) => like(`searched.${column}`)).join(' OR ');
    const owners = query.subQuery().select('searched.id').from(customers, 'searched').where(words);
    conditions.push(`${search.ownerColumn} IN ${owners.getQuery()}`);
  }
  query.andWhere(`(${conditions.join(' OR ')})`, { searched: containing(search.term) });
}
