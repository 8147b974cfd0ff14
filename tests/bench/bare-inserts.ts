import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database as Connection, type Statement } from 'better-sqlite3';
import { CHECKPOINT_PAGES, openDatabase } from '../../main/database/connections.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { makeEvent } from './catalogue.ts';

const BATCH = 100;

/**
 * A loop of prepared inserts into the same table with the same durability, a hundred to a commit: nothing is checked, summed, parsed or
 * answered. It keeps its file between rounds, since a table that grows gets slower.
 */
export class BareInserts {
  readonly #folder: string;
  readonly #connection: Connection;
  readonly #insert: Statement<unknown[]>;
  #inserted = 0;

  private constructor(folder: string, connection: Connection) {
    this.#folder = folder;
    this.#connection = connection;
    this.#insert =
      connection.prepare(`INSERT INTO "events" ("id", "organization_id", "transaction_id", "external_subscription_id", "code", "timestamp",
      "properties", "precise_total_amount_cents", "created_at") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  }

  static async open(): Promise<BareInserts> {
    const folder = mkdtempSync(join(tmpdir(), 'meterbook-bench-'));
    const file = join(folder, 'bare.sqlite');
    await (await openDatabase(file, silentLogger)).close();
    const connection = new Sqlite(file);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma(`wal_autocheckpoint = ${String(CHECKPOINT_PAGES)}`);
    return new BareInserts(folder, connection);
  }

  /** Events a second. */
  run(batches: number, subscriptionsCount: number): number {
    const rows = Array.from({ length: batches * BATCH }, () => this.#row(subscriptionsCount));
    const started = performance.now();
    for (let start = 0; start < rows.length; start += BATCH) {
      this.#connection.exec('BEGIN IMMEDIATE');
      for (const row of rows.slice(start, start + BATCH)) this.#insert.run(...row);
      this.#connection.exec('COMMIT');
    }
    return rows.length / ((performance.now() - started) / 1000);
  }

  close(): void {
    this.#connection.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #row(subscriptionsCount: number): readonly unknown[] {
    this.#inserted += 1;
    const event = makeEvent(subscriptionsCount);
    const id = `0198c5c0-0000-7000-8000-${String(this.#inserted).padStart(12, '0')}`;
    const atMs = 1_700_000_000_000 + this.#inserted;
    const names = [event['transaction_id'], event['external_subscription_id'], event['code']];
    return [id, '0198c5c0-0000-7000-8000-000000000001', ...names, atMs, JSON.stringify(event['properties']), null, atMs];
  }
}
