import type { SelectQueryBuilder } from 'typeorm';
import type { Page } from '../../shared/page.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { customers, type Customer } from '../database/tables/customers.ts';

/** Which customers are wanted; an absent filter keeps all, and all that are given must hold. */
export interface CustomerFilters {
  readonly externalId?: string;
  /** Looked for in names, external id and email, in any case; ignored beside an external id. */
  readonly searchTerm?: string;
  readonly accountTypes?: readonly string[];
  readonly currencies?: readonly string[];
  readonly countries?: readonly string[];
  readonly states?: readonly string[];
  readonly zipcodes?: readonly string[];
  readonly customerType?: string;
  readonly hasCustomerType?: boolean;
  readonly hasTaxIdentificationNumber?: boolean;
  /** An empty value asks for customers without that key. */
  readonly metadata?: ReadonlyMap<string, string>;
}

const SEARCHED = ['name', 'firstname', 'lastname', 'legalName', 'externalId', 'email'] as const;

/** Newest first. */
export async function listCustomers(
  db: ReadDatabase,
  organizationId: string,
  asked: { readonly filters: CustomerFilters; readonly page: Page },
): Promise<{ readonly rows: readonly Customer[]; readonly totalCount: number }> {
  const query = db.manager
    .createQueryBuilder(customers, 'customer')
    .where('customer.organizationId = :organizationId AND customer.deletedAt IS NULL', { organizationId });
  narrow(query, asked.filters);
  const [rows, totalCount] = await query
    .orderBy('customer.createdAt', 'DESC')
    .addOrderBy('customer.sequence', 'DESC')
    .offset(asked.page.offset)
    .limit(asked.page.limit)
    .getManyAndCount();
  return { rows, totalCount };
}

function narrow(query: SelectQueryBuilder<Customer>, filters: CustomerFilters): void {
  const { externalId, searchTerm, customerType } = filters;
  if (externalId !== undefined) query.andWhere('customer.externalId = :externalId', { externalId });
  else if (searchTerm !== undefined && searchTerm !== '') search(query, searchTerm);
  if (customerType !== undefined) query.andWhere('customer.customerType = :customerType', { customerType });
  narrowToLists(query, filters);
  narrowToPresence(query, 'customerType', filters.hasCustomerType);
  narrowToPresence(query, 'taxIdentificationNumber', filters.hasTaxIdentificationNumber);
  let index = 0;
  for (const [key, value] of filters.metadata ?? []) narrowToMetadata(query, { key, value, index: index++ });
}

function search(query: SelectQueryBuilder<Customer>, term: string): void {
  const pattern = `%${term.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const anywhere = SEARCHED.map((column) => `customer.${column} LIKE :pattern ESCAPE '\\'`).join(' OR ');
  query.andWhere(`(${anywhere})`, { pattern });
}

function narrowToLists(query: SelectQueryBuilder<Customer>, filters: CustomerFilters): void {
  const { accountTypes, currencies, countries, states, zipcodes } = filters;
  const lists = { accountType: accountTypes, currency: currencies, country: countries, state: states, zipcode: zipcodes };
  for (const [column, values] of Object.entries(lists)) {
    if (values !== undefined) query.andWhere(`customer.${column} IN (:...${column}List)`, { [`${column}List`]: values });
  }
}

function narrowToPresence(
  query: SelectQueryBuilder<Customer>,
  column: 'customerType' | 'taxIdentificationNumber',
  isWanted: boolean | undefined,
): void {
  if (isWanted === undefined) return;
  query.andWhere(isWanted ? `COALESCE(customer.${column}, '') <> ''` : `COALESCE(customer.${column}, '') = ''`);
}

function narrowToMetadata(
  query: SelectQueryBuilder<Customer>,
  pair: { readonly key: string; readonly value: string; readonly index: number },
): void {
  const [keyName, valueName] = [`metadataKey${String(pair.index)}`, `metadataValue${String(pair.index)}`];
  const named = `SELECT 1 FROM customer_metadata pair WHERE pair.customer_id = customer.id AND pair.key = :${keyName}`;
  const condition = pair.value === '' ? `NOT EXISTS (${named})` : `EXISTS (${named} AND pair.value = :${valueName})`;
  query.andWhere(condition, { [keyName]: pair.key, [valueName]: pair.value });
}
