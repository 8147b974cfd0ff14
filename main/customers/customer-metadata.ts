import { In } from 'typeorm';
import type { FieldErrors } from '../../shared/result.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRows, insertRow, updateRows } from '../database/rows.ts';
import { customerMetadata, type CustomerMetadata } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { CustomerMetadataInput } from './customer-input.ts';

const MAX_METADATA = 5;

/** Metadata of these customers, in order of creation. */
export async function readCustomersMetadata(
  db: ReadDatabase,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CustomerMetadata[]>> {
  const byCustomer = new Map<string, CustomerMetadata[]>(customerIds.map((id) => [id, []]));
  if (customerIds.length === 0) return byCustomer;
  const [only, ...others] = customerIds;
  const rows =
    only !== undefined && others.length === 0
      ? findRows(db, customerMetadata, { customerId: only })
      : await db.manager.find(customerMetadata, { where: { customerId: In([...customerIds]) }, order: { sequence: 'ASC' } });
  for (const row of rows) byCustomer.get(row.customerId)?.push(row);
  return byCustomer;
}

export function metadataErrors(items: readonly CustomerMetadataInput[] | null | undefined): FieldErrors {
  if (items === null || items === undefined) return {};
  if (items.length > MAX_METADATA) return { metadata: ['invalid_count'] };
  const keys = new Set(items.map((item) => item.key));
  return keys.size < items.length ? { metadata: ['value_already_exist'] } : {};
}

/** Makes `items` the customer's whole list: rows named by their id are changed, the others are new, rows not named are removed. */
export async function writeCustomerMetadata(
  context: ServiceContext,
  tx: Transaction,
  list: { readonly customerId: string; readonly items: readonly CustomerMetadataInput[] },
): Promise<void> {
  const { customerId, items } = list;
  const rows = (await readCustomersMetadata(tx, [customerId])).get(customerId) ?? [];
  const kept = new Set(items.map((item) => item.id));
  const removed = rows.filter((row) => !kept.has(row.id)).map((row) => row.id);
  if (removed.length > 0) await deleteRows(tx, customerMetadata, { id: In(removed) });
  for (const item of items) {
    const row = rows.find((each) => each.id === item.id);
    const set = { key: item.key, value: item.value, displayInInvoice: item.displayInInvoice ?? row?.displayInInvoice ?? false };
    if (row !== undefined) await updateRows(tx, customerMetadata, { where: { id: row.id }, set });
    else await insertRow(tx, customerMetadata, { id: context.random.uuid(), customerId, ...set, createdAt: context.clock.now() });
  }
}
