import type { Database as Handle, Statement } from 'better-sqlite3';

/** Prepares each text once per connection. */
export function cachedStatements(handle: Handle): (sql: string) => Statement<unknown[]> {
  const cache = new Map<string, Statement<unknown[]>>();
  return (sql) => {
    const known = cache.get(sql);
    if (known !== undefined) return known;
    const statement = handle.prepare(sql);
    cache.set(sql, statement);
    return statement;
  };
}
