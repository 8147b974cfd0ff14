import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../main/database/connections.ts';
import { TABLES } from '../../main/database/tables/index.ts';
import { silentLogger } from '../support/silent-logger.ts';

describe('the schema', () => {
  let folder: string;
  let database: Database;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meterbook-'));
    database = await openDatabase(join(folder, 'meterbook.sqlite'), silentLogger);
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(TABLES.map((table) => [table.options.name, table] as const))(
    'has exactly the columns that the row type of %s names',
    (name, table) => {
      const handle = new Sqlite(join(folder, 'meterbook.sqlite'), { readonly: true });
      const actual = (handle.pragma(`table_info("${name}")`) as { name: string; notnull: number; pk: number }[]).map((column) => ({
        name: column.name,
        nullable: column.notnull === 0 && column.pk === 0,
      }));
      handle.close();
      const named = Object.entries(table.options.columns).map(([property, column]) => ({
        name: column?.name ?? property,
        nullable: column?.nullable === true,
      }));
      const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
      expect(actual.sort(byName)).toEqual(named.sort(byName));
    },
  );
});
