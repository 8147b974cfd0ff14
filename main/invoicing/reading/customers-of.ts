import { In } from 'typeorm';
import type { ReadDatabase } from '../../database/read-database.ts';
import { customers, type Customer } from '../../database/tables/customers.ts';

/** The customers of these rows by our id, deleted ones too. */
export async function readCustomersOf(
  db: ReadDatabase,
  rows: readonly { readonly customerId: string }[],
): Promise<ReadonlyMap<string, Customer>> {
  const ids = [...new Set(rows.map((row) => row.customerId))];
  const found = ids.length === 0 ? [] : await db.manager.findBy(customers, { id: In(ids) });
  return new Map(found.map((customer) => [customer.id, customer]));
}
