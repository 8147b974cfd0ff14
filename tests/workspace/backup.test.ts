import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { DataSource, type QueryRunner } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MIGRATIONS } from '../../migrations/index.ts';
import { openWorkspace, WorkspaceError, type Workspace } from '../../main/workspace/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { silentLogger } from '../support/silent-logger.ts';

interface OneMigration {
  readonly name: string;
  up(runner: QueryRunner): Promise<void>;
  down(): Promise<void>;
}
type Known = (new () => OneMigration)[];

/** What the program of a test knows: the real list, until it is cut short or made longer. */
vi.mock('../../migrations/index.ts', async (original) => ({
  MIGRATIONS: [...(await original<{ readonly MIGRATIONS: readonly unknown[] }>()).MIGRATIONS],
}));
const known = MIGRATIONS as unknown as Known;
const all = [...known];

class Notes {
  readonly name: string = 'Notes0000000009001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "notes" ("text" TEXT NOT NULL)`);
    await runner.query(`UPDATE "organizations" SET "name" = 'Renamed by a migration'`);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('forward only'));
  }
}

class Broken extends Notes {
  override readonly name: string = 'Broken0000000009002';
  override async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE "organizations" SET "city" = 'Half done'`);
    await runner.query(`INSERT INTO "no_such_table" VALUES (1)`);
  }
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-backup-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  know(...all);
});

function know(...migrations: Known): void {
  known.splice(0, known.length, ...migrations);
}

function open(now = '2026-01-31T08:00:00Z'): Promise<Workspace> {
  const systemClock = new FakeClock(now);
  return openWorkspace({ folder, kind: 'live', systemClock, random: seededRandom('backup'), logger: silentLogger });
}

async function openAndClose(now?: string): Promise<void> {
  await (await open(now)).close();
}

async function refusal(): Promise<readonly [string, string]> {
  try {
    await openAndClose();
  } catch (error) {
    if (error instanceof WorkspaceError) return [error.problem, error.message];
    throw error;
  }
  throw new Error('the workspace opened');
}

const backups = (): readonly string[] => readdirSync(join(folder, 'backups')).sort();

/** Puts the organization and the settings of the workspace into a database that went through the first migrations only. */
async function goBackTo(migrations: number): Promise<void> {
  const file = join(folder, 'meterbook.sqlite');
  const newer = join(folder, '.newer');
  renameSync(file, newer);
  const source = new DataSource({ type: 'better-sqlite3', driver: Sqlite, database: file, migrations: all.slice(0, migrations) });
  await source.initialize();
  await source.runMigrations({ transaction: 'each' });
  await source.destroy();
  const connection = new Sqlite(file);
  connection.prepare('ATTACH ? AS "newer"').run(newer);
  for (const table of ['organizations', 'workspace_settings']) {
    const columns = connection.pragma(`main.table_info("${table}")`) as { readonly name: string }[];
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    connection.exec(`INSERT INTO main."${table}" (${names}) SELECT ${names} FROM "newer"."${table}"`);
  }
  connection.close();
}

/** Every row of every table, and the schema. */
function dump(file: string): unknown {
  const connection = new Sqlite(file, { readonly: true });
  const schema = connection.prepare(`SELECT "name", "type", "sql" FROM sqlite_schema ORDER BY "name"`).all() as {
    readonly name: string;
    readonly type: string;
  }[];
  const tables = schema.filter(({ type, name }) => type === 'table' && !name.startsWith('sqlite_'));
  const rows = tables.map(({ name }) => [name, connection.prepare(`SELECT * FROM "${name}"`).all()]);
  connection.close();
  return { schema, rows };
}

describe('before a migration', () => {
  it('books of an older schema are copied as they are, for their owner alone', async () => {
    await openAndClose();
    await goBackTo(7);
    const before = dump(join(folder, 'meterbook.sqlite'));
    await openAndClose();
    expect(backups()).toEqual(['pre-migration-Logs0000000000007-2026-01-31T08-00-00Z.sqlite']);
    const backup = join(folder, 'backups', backups()[0] ?? '');
    expect([(statSync(backup).mode & 0o777).toString(8), dump(backup)]).toEqual(['600', before]);
  });

  it('nothing is copied where the schema is this program’s own, or is made now', async () => {
    await openAndClose();
    await openAndClose();
    expect(backups()).toEqual([]);
  });

  it('the newest three copies stay, and what else lies there', async () => {
    await openAndClose('2026-01-01T08:00:00Z');
    writeFileSync(join(folder, 'backups', 'mine.sqlite'), '');
    for (const number of [1, 2, 3, 4]) {
      know(...known, named(`Step${String(number)}000000000900${String(number)}`));
      await openAndClose(`2026-0${String(number + 1)}-01T08:00:00Z`);
    }
    const last = new (all.at(-1) ?? Notes)().name;
    expect(backups()).toEqual([
      'mine.sqlite',
      'pre-migration-Step10000000009001-2026-03-01T08-00-00Z.sqlite',
      'pre-migration-Step20000000009002-2026-04-01T08-00-00Z.sqlite',
      'pre-migration-Step30000000009003-2026-05-01T08-00-00Z.sqlite',
    ]);
    expect(existsSync(join(folder, 'backups', `pre-migration-${last}-2026-02-01T08-00-00Z.sqlite`))).toBe(false);
  });

  it('a copy that cannot be written stops the start, and nothing is changed', async () => {
    await openAndClose();
    const before = dump(join(folder, 'meterbook.sqlite'));
    rmSync(join(folder, 'backups'), { recursive: true });
    writeFileSync(join(folder, 'backups'), 'not a folder');
    know(...all, Notes);
    const [problem, sentence] = await refusal();
    expect(problem).toBe('backup_failed');
    expect(sentence).toMatch(/must be backed up before this version can open it, and that failed \(.+\)\. Nothing was changed\./);
    expect(dump(join(folder, 'meterbook.sqlite'))).toEqual(before);
    rmSync(join(folder, 'backups'));
    mkdirSync(join(folder, 'backups'));
    await openAndClose();
    expect(backups()).toHaveLength(1);
  });

  it('what an attempt that was cut off left is written over', async () => {
    await openAndClose();
    const last = new (all.at(-1) ?? Notes)().name;
    const name = `pre-migration-${last}-2026-01-31T08-00-00Z.sqlite`;
    writeFileSync(join(folder, 'backups', `${name}.part`), 'half a copy');
    know(...all, Notes);
    await openAndClose();
    expect(backups()).toEqual([name]);
  });
});

describe('a migration that fails', () => {
  it('leaves the books as they were, also what migrations before it did, and says where the copy is', async () => {
    await openAndClose();
    const before = dump(join(folder, 'meterbook.sqlite'));
    know(...all, Notes, Broken);
    const [problem, sentence] = await refusal();
    const backup = join(folder, 'backups', backups()[0] ?? '');
    expect(problem).toBe('migration_failed');
    expect(sentence).toContain('no such table: no_such_table');
    expect(sentence).toContain(`It is as it was before: open it with the version you had. A backup is in ${backup}.`);
    expect([dump(join(folder, 'meterbook.sqlite')), dump(backup)]).toEqual([before, before]);
    know(...all);
    await openAndClose();
  });

  it('is not in the way of a version that mends it', async () => {
    await openAndClose();
    know(...all, Notes, Broken);
    await refusal();
    know(...all, Notes);
    const workspace = await open('2026-02-01T08:00:00Z');
    const found = workspace.database.read.select<{ name: string }>(`SELECT "name" FROM "organizations"`).all();
    await workspace.close();
    expect(found).toEqual([{ name: 'Renamed by a migration' }]);
  });
});

function named(name: string): new () => OneMigration {
  return class extends Notes {
    override readonly name: string = name;
    override async up(runner: QueryRunner): Promise<void> {
      await runner.query(`CREATE TABLE "${name}" ("text" TEXT NOT NULL)`);
    }
  };
}
