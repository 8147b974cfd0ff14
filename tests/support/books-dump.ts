import type { TestEngine } from './test-engine.ts';

/** Everything that is stored, table by table: two dumps are equal when nothing was written in between. */
export function dumpBooks({ engine }: TestEngine): Readonly<Record<string, readonly unknown[]>> {
  const { read } = engine.services.context.database;
  const tables = read.select<{ readonly name: string }>(`SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' ORDER BY "name"`).all();
  return Object.fromEntries(tables.map(({ name }) => [name, read.select<object>(`SELECT * FROM "${name}"`).all()]));
}
