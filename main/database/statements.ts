import type { Database as Connection, Statement } from 'better-sqlite3';

/** Prepares each text once per connection. */
export function cachedStatements(connection: Connection): (sql: string) => Statement<unknown[]> {
  const cache = new Map<string, Statement<unknown[]>>();
  return (sql) => {
    const known = cache.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql);
    cache.set(sql, statement);
    return statement;
  };
}
