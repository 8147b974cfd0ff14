import type { EntitySchema, EntityTarget, FindOptionsWhere, ObjectLiteral, QueryPartialEntity } from 'typeorm';
import type { Transaction } from './unit-of-work.ts';

/** SQLite binds at most 32,766 values in one statement. */
const BOUND_VALUES_PER_STATEMENT = 30_000;

/** A row as it is inserted: the database fills the insertion counter. */
export type NewRow<Row> = Omit<Row, 'sequence'>;

/** Inserts whole rows; every column is named. TypeORM's own `save` is banned: it opens a transaction of its own. */
export async function insertRows<Row extends ObjectLiteral>(
  tx: Transaction,
  table: EntitySchema<Row>,
  rows: readonly NewRow<Row>[],
): Promise<void> {
  const perStatement = Math.max(1, Math.floor(BOUND_VALUES_PER_STATEMENT / Object.keys(table.options.columns).length));
  for (let start = 0; start < rows.length; start += perStatement) {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(table as EntityTarget<Row>)
      .values(rows.slice(start, start + perStatement).map((row) => ({ ...row })) as unknown as QueryPartialEntity<Row>[] as never)
      .updateEntity(false)
      .execute();
  }
}

export async function insertRow<Row extends ObjectLiteral>(tx: Transaction, table: EntitySchema<Row>, row: NewRow<Row>): Promise<void> {
  await insertRows(tx, table, [row]);
}

/** Changes the named columns of the rows that match. */
export async function updateRows<Row extends ObjectLiteral>(
  tx: Transaction,
  table: EntitySchema<Row>,
  change: { readonly where: FindOptionsWhere<Row>; readonly set: Partial<NewRow<Row>> },
): Promise<void> {
  if (Object.keys(change.set).length === 0) return;
  await tx.manager.update(table as EntityTarget<Row>, change.where, { ...change.set } as never);
}

export async function deleteRows<Row extends ObjectLiteral>(
  tx: Transaction,
  table: EntitySchema<Row>,
  where: FindOptionsWhere<Row>,
): Promise<void> {
  await tx.manager.delete(table as EntityTarget<Row>, where);
}
