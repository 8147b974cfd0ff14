import type { ReadDatabase } from './read-database.ts';

/** Tables whose size says how large the books are. */
const COUNTED = [
  'customers',
  'subscriptions',
  'plans',
  'charges',
  'billable_metrics',
  'add_ons',
  'coupons',
  'applied_coupons',
  'wallets',
  'invoices',
  'fees',
  'credit_notes',
  'payments',
  'api_keys',
  'webhook_endpoints',
  'webhook_deliveries',
  'jobs',
] as const;

/** How many rows there are of what. Events are counted as they come: nobody walks through all of them. */
export function countRows(db: ReadDatabase): Readonly<Record<string, number>> {
  const counts = COUNTED.map((table) => [table, countOf(db, `SELECT COUNT(*) AS "count" FROM "${table}"`)] as const);
  return { ...Object.fromEntries(counts), events: countOf(db, `SELECT COALESCE(SUM("events_count"), 0) AS "count" FROM "event_codes"`) };
}

function countOf(db: ReadDatabase, sql: string): number {
  return db.select<{ count: number }>(sql).get()?.count ?? 0;
}

/** The last migration that the file has been through, and the version of SQLite that reads it. */
export function fileFacts(db: ReadDatabase): { readonly schemaVersion: string; readonly sqliteVersion: string } {
  const migration = db.select<{ name: string }>(`SELECT "name" FROM "migrations" ORDER BY "timestamp" DESC LIMIT 1`).get();
  const sqlite = db.select<{ version: string }>(`SELECT sqlite_version() AS "version"`).get();
  return { schemaVersion: migration?.name ?? 'none', sqliteVersion: sqlite?.version ?? 'unknown' };
}
