import { closeSync, openSync } from 'node:fs';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { MIGRATIONS } from '../../migrations/index.ts';

const FILE_MODE = 0o600;
/** 1 MB: other work gets its turn in between. */
const PAGES_AT_A_TIME = 256;

/** What must be the same in a copy. Tables that an older schema does not have are left out. */
const COUNTED = [
  'organizations',
  'customers',
  'subscriptions',
  'billable_metrics',
  'plans',
  'charges',
  'coupons',
  'add_ons',
  'wallets',
  'wallet_transactions',
  'invoices',
  'fees',
  'credit_notes',
  'payments',
] as const;
const SUMS: Readonly<Record<string, string>> = { invoices: `SELECT COALESCE(SUM("total_amount_cents"), 0) FROM "invoices"` };

/** Why a copy does not count. */
export class CopyFault extends Error {}

export interface CopyWishes {
  readonly from: string;
  /** A file that is not there yet. */
  readonly to: string;
  /** Reads every page of the copy and counts the events too, which keeps everything else waiting: for when nothing else runs. */
  readonly isThorough: boolean;
}

/**
 * Copies a database as it is at one moment, also while others write to it, by SQLite's online backup; never a copy of the file. The copy is one
 * file, for its owner alone, and is compared with the original before this resolves. Rule: reliability-and-security.md § 1 "Backup".
 */
export async function copyDatabase({ from, to, isThorough }: CopyWishes): Promise<void> {
  const source = new Sqlite(from, { readonly: true });
  try {
    // The open read keeps the copy at one moment: a write elsewhere would otherwise begin it anew.
    source.exec('BEGIN');
    const expected = contentsOf(source, isThorough);
    closeSync(openSync(to, 'wx', FILE_MODE));
    await source.backup(to, { progress: () => PAGES_AT_A_TIME });
    compare(to, { expected, isThorough });
  } finally {
    source.close();
  }
}

/** Sets a database back to what a copy of it holds, all of it or nothing. Nobody has it open. */
export async function putBack(copy: string, database: string): Promise<void> {
  const source = new Sqlite(copy, { readonly: true });
  try {
    await source.backup(database);
  } finally {
    source.close();
  }
}

function compare(copy: string, like: { readonly expected: string; readonly isThorough: boolean }): void {
  const connection = new Sqlite(copy);
  try {
    if (like.isThorough && connection.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new CopyFault('its pages are damaged');
    if (contentsOf(connection, like.isThorough) !== like.expected) throw new CopyFault('it does not hold the same rows');
    // Of a database that writes ahead its log files would be part too.
    connection.pragma('journal_mode = DELETE');
  } finally {
    connection.close();
  }
}

function contentsOf(connection: Connection, isThorough: boolean): string {
  const read = (sql: string): unknown => connection.prepare(sql).safeIntegers(true).pluck().get();
  const tables = [...COUNTED, ...(isThorough ? ['events'] : [])].filter((table) => hasTable(connection, table));
  const counts = tables.map((table) => `${table} ${String(read(`SELECT COUNT(*) FROM "${table}"`))}`);
  const sums = tables.flatMap((table) => (SUMS[table] === undefined ? [] : [`${table} worth ${String(read(SUMS[table]))}`]));
  return [...counts, ...sums].join(', ');
}

/** What stands between a database file and the schema of this program. */
export interface SchemaState {
  /** The last migration it has been through; `none` before the first. */
  readonly schema: string;
  readonly pending: number;
  /** It was made by a program that knows more migrations. */
  readonly isNewer: boolean;
}

export function readSchemaState(file: string): SchemaState {
  const connection = new Sqlite(file, { readonly: true });
  try {
    if (!hasTable(connection, 'migrations')) return { schema: 'none', pending: MIGRATIONS.length, isNewer: false };
    const applied = connection.prepare(`SELECT "name" FROM "migrations" ORDER BY "timestamp"`).pluck().all().map(String);
    const known = MIGRATIONS.map((Migration): string => new Migration().name);
    const pending = known.filter((name) => !applied.includes(name)).length;
    return { schema: applied.at(-1) ?? 'none', pending, isNewer: applied.some((name) => !known.includes(name)) };
  } finally {
    connection.close();
  }
}

function hasTable(connection: Connection, name: string): boolean {
  return connection.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;
}
