import type { EntitySchema } from 'typeorm';

/** Every column of a table but the heavy ones: lists never load snapshots, explanations or what a draft is recomputed from. */
export function columnsExcept<Row extends object, Heavy extends keyof Row & string>(
  table: EntitySchema<Row>,
  heavy: readonly Heavy[],
): readonly (Exclude<keyof Row, Heavy> & string)[] {
  const names = Object.keys(table.options.columns) as (keyof Row & string)[];
  return names.filter((name): name is Exclude<keyof Row, Heavy> & string => !(heavy as readonly string[]).includes(name));
}

/** The same columns as a query builder names them: `invoice.id`, `invoice.number` … */
export function qualified(alias: string, columns: readonly string[]): string[] {
  return columns.map((column) => `${alias}.${column}`);
}

/** Text that a `LIKE … ESCAPE '\'` finds anywhere, with its own wildcards made harmless. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (wildcard) => `\\${wildcard}`)}%`;
}

/**
 * Keeps the rows of one organization. A workspace holds one, so its id selects nothing: where something else does (`isNarrowed`), the
 * unary plus keeps SQLite from walking the whole organization in the list's order instead.
 */
export function ofOrganization(alias: string, isNarrowed: boolean): string {
  return isNarrowed ? `+(${alias}.organizationId) = :organizationId` : `${alias}.organizationId = :organizationId`;
}
