import type { ReadDatabase } from './read-database.ts';

// Lists of the screens: sorted by any column that they show, one page after the other by the last row's place.

/** A part of a WHERE clause. The text is a constant of the program; what a user wrote is bound. */
export interface ListCondition {
  readonly sql: string;
  readonly values: readonly (string | number | null)[];
}

/** Where rows come from. Every text is a constant of the program. */
export interface ListSource {
  /** The select list. */
  readonly columns: string;
  /** Table and joins. */
  readonly from: string;
  /** What a user may sort by → its expression, which is never NULL (`COALESCE` it). */
  readonly sorts: Readonly<Record<string, string>>;
  /** Breaks ties: unique, as `"customers"."id"`. */
  readonly unique: string;
}

export interface ListWish {
  readonly conditions: readonly ListCondition[];
  /** A key of the source's `sorts`. */
  readonly sortBy: string;
  readonly isDescending: boolean;
  /** `next` of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

export interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** Gives the following page; null behind the last row. */
  readonly next: string | null;
  /** How many rows the conditions leave, counted up to `COUNTED_ROWS`. */
  readonly total: number;
}

/** Counting further takes longer than anybody wants to wait for a number that nobody reads to its end. */
export const COUNTED_ROWS = 100_000;

interface PlacedRow {
  readonly place_value: string | number;
  readonly place_unique: string | number;
}

/**
 * One page of a list by keyset: as fast at the end as at the start, and no row twice when others are added meanwhile.
 * The sort key must be one of the source's; a place that is none is read as the start.
 */
export function readListPage<Row extends object>(db: ReadDatabase, source: ListSource, wish: ListWish): ListPage<Row> {
  const sort = source.sorts[wish.sortBy];
  if (sort === undefined) throw new Error(`a list is sorted by one of its own columns, not ${wish.sortBy}`);
  const filter = joined(wish.conditions);
  const place = readPlace(wish.after);
  const sign = wish.isDescending ? '<' : '>';
  const order = wish.isDescending ? 'DESC' : 'ASC';
  const behind =
    place === null ? filter : joined([...wish.conditions, { sql: `(${sort}, ${source.unique}) ${sign} (?, ?)`, values: place }]);
  const found = db
    .select<Row & PlacedRow>(
      `SELECT ${source.columns}, ${sort} AS "place_value", ${source.unique} AS "place_unique" FROM ${source.from} WHERE ${behind.sql}
       ORDER BY ${sort} ${order}, ${source.unique} ${order} LIMIT ?`,
    )
    .all(...behind.values, wish.limit + 1);
  const rows = found.slice(0, wish.limit);
  const last = rows.at(-1);
  const next = found.length > wish.limit && last !== undefined ? writePlace(last) : null;
  return { rows, next, total: countRows(db, source, filter) };
}

function countRows(db: ReadDatabase, source: ListSource, filter: ListCondition): number {
  const counted = db
    .select<{ readonly count: number }>(
      `SELECT COUNT(*) AS "count" FROM (SELECT 1 FROM ${source.from} WHERE ${filter.sql} LIMIT ${String(COUNTED_ROWS)})`,
    )
    .get(...filter.values);
  return counted?.count ?? 0;
}

function joined(conditions: readonly ListCondition[]): ListCondition {
  if (conditions.length === 0) return { sql: '1', values: [] };
  return { sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '), values: conditions.flatMap(({ values }) => values) };
}

function writePlace(row: PlacedRow): string {
  return Buffer.from(JSON.stringify([row.place_value, row.place_unique])).toString('base64url');
}

function readPlace(after: string | null): readonly (string | number)[] | null {
  if (after === null) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    const isPlace =
      Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === 'string' || typeof part === 'number');
    return isPlace ? place : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** `text` anywhere in a column: what a user types may hold the wildcards of LIKE. */
export function containsText(column: string, text: string): ListCondition {
  return { sql: `${column} LIKE ? ESCAPE '\\'`, values: [`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`] };
}

/** A column is one of the given values. */
export function isOneOf(column: string, values: readonly string[]): ListCondition {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values };
}
