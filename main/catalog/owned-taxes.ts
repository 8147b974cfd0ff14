import { In, type EntitySchema } from 'typeorm';
import { notFound, ok, type Result } from '../../shared/result.ts';
import type { TaxTerms } from '../billing/facts.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRows, insertRows } from '../database/rows.ts';
import { taxes, type OwnedTax, type Tax } from '../database/tables/catalog.ts';
import type { Transaction } from '../database/unit-of-work.ts';

/** A join table between taxes and what carries them: plans, charges, commitments, customers. */
export type OwnedTaxTable = EntitySchema<OwnedTax>;

/** The living taxes that each owner carries of its own, in the order given. Owners without any are absent. */
export async function readOwnedTaxes(
  db: ReadDatabase,
  table: OwnedTaxTable,
  ownerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Tax[]>> {
  const owned = new Map<string, Tax[]>();
  if (ownerIds.length === 0) return owned;
  const [only, ...others] = ownerIds;
  const links =
    only !== undefined && others.length === 0
      ? findRows(db, table, { ownerId: only }).sort((one, other) => one.position - other.position)
      : await db.manager.find(table, { where: { ownerId: In([...ownerIds]) }, order: { position: 'ASC' } });
  if (links.length === 0) return owned;
  const found = await db.manager.find(taxes, { where: { id: In([...new Set(links.map((link) => link.taxId))]) } });
  const byId = new Map(found.filter((tax) => tax.deletedAt === null).map((tax) => [tax.id, tax]));
  for (const link of links) {
    const tax = byId.get(link.taxId);
    if (tax !== undefined) owned.set(link.ownerId, [...(owned.get(link.ownerId) ?? []), tax]);
  }
  return owned;
}

/** Replaces the owner's list. */
export async function writeOwnedTaxes(
  tx: Transaction,
  table: OwnedTaxTable,
  owned: { readonly ownerId: string; readonly taxes: readonly Tax[] },
): Promise<void> {
  await deleteRows(tx, table, { ownerId: owned.ownerId });
  await insertRows(
    tx,
    table,
    owned.taxes.map((tax, position) => ({ ownerId: owned.ownerId, taxId: tax.id, position })),
  );
}

/** The living taxes of these codes, in the order given; 404 `tax_not_found` when one does not exist. */
export async function findTaxesByCodes(
  db: ReadDatabase,
  organizationId: string,
  codes: readonly string[],
): Promise<Result<readonly Tax[]>> {
  const wanted = [...new Set(codes)];
  if (wanted.length === 0) return ok([]);
  const found = await db.manager.find(taxes, { where: { organizationId, code: In(wanted) } });
  const byCode = new Map(found.filter((tax) => tax.deletedAt === null).map((tax) => [tax.code, tax]));
  const inOrder: Tax[] = [];
  for (const code of wanted) {
    const tax = byCode.get(code);
    if (tax === undefined) return notFound('tax');
    inOrder.push(tax);
  }
  return ok(inOrder);
}

/** What the pure billing functions know of a tax. */
export function taxTerms(tax: Tax): TaxTerms {
  return { id: tax.id, code: tax.code, name: tax.name, description: tax.description, rate: tax.rate };
}
