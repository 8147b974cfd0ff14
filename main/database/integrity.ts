import { closeSync, openSync, readSync } from 'node:fs';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { MIGRATIONS } from '../../migrations/index.ts';

const MAGIC = 'SQLite format 3\0';

/** What is wrong with a database file before anything is done with it; `sound` when nothing is. */
export type FileCondition = 'sound' | 'corrupt' | 'newer';

/**
 * Looks at a database file as it lies there. The page check, which reads all of it, is left out after a stop that was clean.
 * Rule: reliability-and-security.md § 1 "Corrupt file", "Health check", "Migrations".
 */
export function inspectDatabaseFile(file: string): FileCondition {
  if (!hasMagic(file)) return 'corrupt';
  const connection = new Sqlite(file);
  try {
    if (hasUnknownMigration(connection)) return 'newer';
    if (wasStoppedCleanly(connection)) return 'sound';
    return connection.pragma('quick_check(1)', { simple: true }) === 'ok' ? 'sound' : 'corrupt';
  } catch (error) {
    if (isCorruption(error)) return 'corrupt';
    throw error;
  } finally {
    connection.close();
  }
}

function hasMagic(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(MAGIC.length);
    return readSync(descriptor, start, 0, MAGIC.length, 0) === MAGIC.length && start.toString('latin1') === MAGIC;
  } finally {
    closeSync(descriptor);
  }
}

function hasTable(connection: Connection, name: string): boolean {
  return connection.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;
}

function hasUnknownMigration(connection: Connection): boolean {
  if (!hasTable(connection, 'migrations')) return false;
  const known = new Set<string>(MIGRATIONS.map((Migration) => new Migration().name));
  const applied = connection.prepare(`SELECT "name" FROM "migrations"`).pluck().all();
  return applied.some((name) => typeof name === 'string' && !known.has(name));
}

function wasStoppedCleanly(connection: Connection): boolean {
  if (!hasTable(connection, 'workspace_settings')) return false;
  return connection.prepare(`SELECT "value" FROM "workspace_settings" WHERE "name" = 'clean_stop'`).pluck().get() === 'true';
}

function isCorruption(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code.startsWith('SQLITE_NOTADB'));
}
