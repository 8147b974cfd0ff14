import type { TestEngine } from './test-engine.ts';

/** What is noted of calls and changes is written a moment later. */
const LOGS: ReadonlySet<string> = new Set(['activity_entries', 'api_requests', 'event_post_counts']);

/** Everything that is stored, table by table, but for the logs: two dumps are equal when nothing was written in between. */
export function dumpBooks({ engine }: TestEngine): Readonly<Record<string, readonly unknown[]>> {
  const { read } = engine.services.context.database;
  const tables = read.select<{ readonly name: string }>(`SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' ORDER BY "name"`).all();
  return Object.fromEntries(
    tables.filter(({ name }) => !LOGS.has(name)).map(({ name }) => [name, read.select<object>(`SELECT * FROM "${name}"`).all()]),
  );
}
