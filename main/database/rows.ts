import type { EntitySchema, FindOptionsWhere, ObjectLiteral, ValueTransformer } from 'typeorm';
import { assert } from '../../shared/assert.ts';
import type { ReadDatabase } from './read-database.ts';
import type { Transaction } from './unit-of-work.ts';

// The everyday reads and writes of whole rows, as prepared statements made from the tables' EntitySchema: a billing run does dozens of them for
// each invoice. TypeORM's own `save` is banned, since it opens a transaction of its own; its query builder is for everything with an operator.

/** A row as it is inserted: the database fills the insertion counter. */
export type NewRow<Row> = Omit<Row, 'sequence'>;

/** Plain values that columns equal; null is `IS NULL`. */
export type Equals<Row> = { readonly [Property in keyof Row]?: Row[Property] | null };

/** Inserts whole rows; every column is named. */
export function insertRows<Row extends ObjectLiteral>(
  tx: Transaction,
  table: EntitySchema<Row>,
  rows: readonly NewRow<Row>[],
): Promise<void> {
  if (rows.length > 0) {
    const { insertSql, inserted } = layoutOf(table);
    const statement = tx.statement(insertSql);
    for (const row of rows) statement.run(...inserted.map((column) => column.toDatabase((row as ObjectLiteral)[column.property])));
  }
  return Promise.resolve();
}

export function insertRow<Row extends ObjectLiteral>(tx: Transaction, table: EntitySchema<Row>, row: NewRow<Row>): Promise<void> {
  return insertRows(tx, table, [row]);
}

/** Changes the named columns of the rows that match. */
export async function updateRows<Row extends ObjectLiteral>(
  tx: Transaction,
  table: EntitySchema<Row>,
  change: { readonly where: FindOptionsWhere<Row>; readonly set: Partial<NewRow<Row>> },
): Promise<void> {
  const set = givenOf(change.set);
  if (set.length === 0) return;
  const where = plainConditions(change.where);
  if (where === null) {
    await tx.manager.update(table, change.where, { ...change.set } as never);
    return;
  }
  const layout = layoutOf(table);
  const assignments = set.map(([property]) => `"${layout.column(property).name}" = ?`).join(', ');
  const condition = layout.condition(where);
  tx.statement(`UPDATE "${layout.name}" SET ${assignments} WHERE ${condition.sql}`).run(...layout.values(set), ...condition.values);
}

export async function deleteRows<Row extends ObjectLiteral>(
  tx: Transaction,
  table: EntitySchema<Row>,
  where: FindOptionsWhere<Row>,
): Promise<void> {
  const plain = plainConditions(where);
  if (plain === null) {
    await tx.manager.delete(table, where);
    return;
  }
  const layout = layoutOf(table);
  const condition = layout.condition(plain);
  tx.statement(`DELETE FROM "${layout.name}" WHERE ${condition.sql}`).run(...condition.values);
}

/** The row whose columns equal these values; null when there is none. */
export function findRow<Row extends ObjectLiteral>(db: ReadDatabase, table: EntitySchema<Row>, where: Equals<Row>): Row | null {
  return findRows(db, table, where)[0] ?? null;
}

/** The rows whose columns equal these values, in order of insertion where the table counts it. */
export function findRows<Row extends ObjectLiteral>(db: ReadDatabase, table: EntitySchema<Row>, where: Equals<Row>): Row[] {
  const layout = layoutOf(table);
  const condition = layout.condition(givenOf(where));
  const found = db
    .select<Readonly<Record<string, unknown>>>(`${layout.selectSql} WHERE ${condition.sql}${layout.orderSql}`)
    .all(...condition.values);
  return found.map((values) => layout.rowOf(values) as Row);
}

interface ColumnLayout {
  readonly property: string;
  readonly name: string;
  readonly toDatabase: (value: unknown) => unknown;
  readonly fromDatabase: (value: unknown) => unknown;
}

type Given = readonly (readonly [string, unknown])[];

/** What the statements of one table are made from. */
class TableLayout {
  readonly name: string;
  readonly inserted: readonly ColumnLayout[];
  readonly insertSql: string;
  readonly selectSql: string;
  readonly orderSql: string;
  readonly #columns: readonly ColumnLayout[];
  readonly #byProperty: ReadonlyMap<string, ColumnLayout>;

  constructor(table: EntitySchema<ObjectLiteral>) {
    this.name = table.options.name;
    const options = Object.entries(table.options.columns);
    this.#columns = options.map(([property, column]) => columnLayout(property, column?.name ?? property, column?.transformer));
    this.#byProperty = new Map(this.#columns.map((column) => [column.property, column]));
    this.inserted = this.#columns.filter((_, position) => options[position]?.[1]?.insert !== false);
    const names = this.inserted.map((column) => `"${column.name}"`).join(', ');
    this.insertSql = `INSERT INTO "${this.name}" (${names}) VALUES (${this.inserted.map(() => '?').join(', ')})`;
    this.selectSql = `SELECT ${this.#columns.map((column) => `"${column.name}"`).join(', ')} FROM "${this.name}"`;
    this.orderSql = this.#byProperty.has('sequence') ? ' ORDER BY "sequence"' : '';
  }

  column(property: string): ColumnLayout {
    const column = this.#byProperty.get(property);
    assert(column !== undefined, `${this.name} has a column for ${property}`);
    return column;
  }

  values(given: Given): readonly unknown[] {
    return given.map(([property, value]) => this.column(property).toDatabase(value));
  }

  condition(given: Given): { readonly sql: string; readonly values: readonly unknown[] } {
    assert(given.length > 0, `rows of ${this.name} are found by something`);
    const parts = given.map(([property, value]) => `"${this.column(property).name}" ${value === null ? 'IS NULL' : '= ?'}`);
    return { sql: parts.join(' AND '), values: this.values(given.filter(([, value]) => value !== null)) };
  }

  rowOf(values: Readonly<Record<string, unknown>>): ObjectLiteral {
    const row: ObjectLiteral = {};
    for (const column of this.#columns) row[column.property] = column.fromDatabase(values[column.name]);
    return row;
  }
}

const layouts = new WeakMap<object, TableLayout>();

function layoutOf<Row extends ObjectLiteral>(table: EntitySchema<Row>): TableLayout {
  const known = layouts.get(table);
  if (known !== undefined) return known;
  const layout = new TableLayout(table);
  layouts.set(table, layout);
  return layout;
}

function columnLayout(property: string, name: string, transformer: ValueTransformer | ValueTransformer[] | undefined): ColumnLayout {
  assert(!Array.isArray(transformer), 'a column has one transformer at most');
  return {
    property,
    name,
    toDatabase: (value) => (transformer === undefined ? value : (transformer.to(value) as unknown)),
    fromDatabase: (value) => (transformer === undefined || value === null ? value : (transformer.from(value) as unknown)),
  };
}

function givenOf(values: object): Given {
  return Object.entries<unknown>(values as Readonly<Record<string, unknown>>).filter(([, value]) => value !== undefined);
}

/** The conditions as plain values; null when one of them is an operator (`In`, `Not` …), which TypeORM writes. */
function plainConditions(where: object): Given | null {
  const given = givenOf(where);
  const isOperator = (value: unknown): boolean => typeof value === 'object' && value !== null && '@instanceof' in value;
  return given.some(([, value]) => isOperator(value)) || given.length === 0 ? null : given;
}
