import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, WorkspaceError, type Workspace, type WorkspaceKind } from '../../main/workspace/index.ts';
import { organizations } from '../../main/database/tables/organizations.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { silentLogger } from '../support/silent-logger.ts';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'meterbook-workspace-'));
  folder = join(parent, 'books');
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

function open(kind: WorkspaceKind = 'live'): Promise<Workspace> {
  const systemClock = new FakeClock('2023-01-01T00:00:00Z');
  return openWorkspace({ folder, kind, systemClock, random: seededRandom('workspace'), logger: silentLogger });
}

async function openAndClose(kind: WorkspaceKind = 'live'): Promise<void> {
  await (await open(kind)).close();
}

async function refusal(opening: Promise<Workspace>): Promise<readonly [string, string]> {
  try {
    await opening;
  } catch (error) {
    if (error instanceof WorkspaceError) return [error.problem, error.message];
    throw error;
  }
  throw new Error('the workspace opened');
}

/** Every file and folder of the workspace with its rights, in octal. */
function rights(path: string = folder): Readonly<Record<string, string>> {
  const own = { [path.slice(parent.length + 1)]: (statSync(path).mode & 0o777).toString(8) };
  if (!statSync(path).isDirectory()) return own;
  return Object.assign(own, ...readdirSync(path).map((name) => rights(join(path, name)))) as Record<string, string>;
}

describe('a new workspace', () => {
  it('is for its owner alone', async () => {
    const workspace = await open();
    const found = rights();
    await workspace.close();
    const expected: Record<string, string> = { books: '700', 'books/files': '700', 'books/backups': '700', 'books/logs': '700' };
    for (const file of ['meterbook.sqlite', 'meterbook.sqlite-shm', 'meterbook.sqlite-wal', 'workspace.lock', 'workspace.lock-journal'])
      expected[`books/${file}`] = '600';
    expect(found).toEqual(expected);
  });

  it('takes away the rights of others on a folder that was open to them', async () => {
    mkdirSync(folder, { mode: 0o755 });
    await openAndClose();
    expect(rights()['books']).toBe('700');
  });

  it('holds one organization: in dollars, in UTC, without tax, numbered by its name and id', async () => {
    const workspace = await open();
    const found = await workspace.database.read.manager.find(organizations);
    await workspace.close();
    expect(found).toHaveLength(1);
    const [organization] = found;
    expect(organization).toMatchObject({
      name: 'My organization',
      defaultCurrency: 'USD',
      timezone: 'UTC',
      documentLocale: 'en',
      netPaymentTerm: 0,
    });
    expect(organization?.documentNumberPrefix).toBe(`MYO-${organization?.id.slice(-4).toUpperCase() ?? ''}`);
    expect(String(organization?.createdAt)).toBe('2023-01-01T00:00:00Z');
  });

  it('is found again with the same organization', async () => {
    const first = await open();
    await first.close();
    const second = await open();
    await second.close();
    expect([first.isNew, second.isNew]).toEqual([true, false]);
    expect(second.organizationId).toBe(first.organizationId);
  });

  it('is made anew where the first attempt was cut off', async () => {
    await openAndClose();
    writeFileSync(join(folder, 'meterbook.sqlite.unfinished'), '');
    truncateSync(join(folder, 'meterbook.sqlite'), 5000);
    rmSync(join(folder, 'files'), { recursive: true });
    const workspace = await open();
    await workspace.close();
    expect([workspace.isNew, existsSync(join(folder, 'meterbook.sqlite.unfinished'))]).toEqual([true, false]);
  });
});

describe('a folder', () => {
  it('with something else in it is left as it is', async () => {
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(join(folder, 'thesis.doc'), 'years of work');
    expect(await refusal(open())).toEqual([
      'not_a_workspace',
      `${folder} is not a Meterbook workspace and not empty (it holds "thesis.doc"). Choose an empty folder.`,
    ]);
    expect(rights()).toMatchObject({ books: '755' });
    expect(readdirSync(folder)).toEqual(['thesis.doc']);
  });

  it('with hidden files only, or a fresh disk, may become one', async () => {
    mkdirSync(join(folder, 'lost+found'), { recursive: true });
    writeFileSync(join(folder, '.keep'), '');
    await openAndClose();
  });

  it('without a workspace is not made one by a command that needs one', async () => {
    expect(await refusal(open('existing'))).toMatchObject([
      'not_a_workspace',
      expect.stringContaining('There is no Meterbook workspace in'),
    ]);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('live books and sandboxes', () => {
  it.each([
    ['live', 'sandbox', 'holds live books: open it without --sandbox'],
    ['sandbox', 'live', 'is a sandbox: open it with --sandbox'],
  ] as const)('are not mixed up: %s opened as %s', async (made, opened, words) => {
    await openAndClose(made);
    expect(await refusal(open(opened))).toMatchObject(['wrong_kind', expect.stringContaining(words)]);
    await openAndClose(made);
  });

  it('are both opened by a command that takes either', async () => {
    await openAndClose('sandbox');
    const workspace = await open('existing');
    await workspace.close();
    expect(workspace.isSandbox).toBe(true);
  });
});

describe('a damaged database is never an empty start', () => {
  const database = (): string => join(folder, 'meterbook.sqlite');

  /** Makes it look as after a power cut: then the pages are checked. */
  function forgetCleanStop(): void {
    const connection = new Sqlite(database());
    connection.prepare(`UPDATE "workspace_settings" SET "value" = 'false' WHERE "name" = 'clean_stop'`).run();
    connection.close();
  }

  function overwrite(at: number, bytes: Buffer): void {
    const descriptor = openSync(database(), 'r+');
    writeSync(descriptor, bytes, 0, bytes.length, at);
    closeSync(descriptor);
  }

  it.each([
    ['a garbage header', () => overwrite(0, Buffer.alloc(100, 0x58))],
    ['no byte left', () => truncateSync(database(), 0)],
    ['half of the file', () => truncateSync(database(), Math.floor(statSync(database()).size / 2 / 4096) * 4096)],
    ['garbage in the middle', () => overwrite(4096 * 5, Buffer.alloc(4096 * 40, 0x58))],
  ])('%s', async (_name, damage) => {
    await openAndClose();
    forgetCleanStop();
    damage();
    const before = readFileSync(database());
    expect(await refusal(open())).toMatchObject(['corrupt', expect.stringContaining('is damaged and was left as it is')]);
    expect(readFileSync(database()).equals(before)).toBe(true);
  });

  it('that is gone', async () => {
    await openAndClose();
    rmSync(database());
    expect(await refusal(open())).toMatchObject(['corrupt', expect.stringContaining('has lost its database')]);
    expect(existsSync(database())).toBe(false);
  });

  it('made by a newer version is left alone', async () => {
    await openAndClose();
    const connection = new Sqlite(database());
    connection.prepare(`INSERT INTO "migrations" ("timestamp", "name") VALUES (9999999999999, 'FromTheFuture9999999999999')`).run();
    connection.close();
    expect(await refusal(open())).toMatchObject(['newer', expect.stringContaining('was made by a newer Meterbook')]);
  });
});

describe('an open workspace', () => {
  it('is refused to a second one, which says where', async () => {
    const first = await open();
    const problem = await refusal(open());
    await first.close();
    expect(problem).toEqual([
      'locked',
      `The workspace in ${folder} is already open in another Meterbook. Close that one first, or choose another folder.`,
    ]);
    await openAndClose();
  });

  it('is free again after a start that failed', async () => {
    await openAndClose('sandbox');
    await refusal(open('live'));
    await openAndClose('sandbox');
  });

  it('notes that it is open, and at the end that it was closed', async () => {
    const noted = (): unknown => {
      const connection = new Sqlite(join(folder, 'meterbook.sqlite'), { readonly: true });
      const value: unknown = connection.prepare(`SELECT "value" FROM "workspace_settings" WHERE "name" = 'clean_stop'`).pluck().get();
      connection.close();
      return value;
    };
    const first = await open();
    expect(noted()).toBe('false');
    await first.close();
    expect(noted()).toBe('true');
    const second = await open();
    expect(noted()).toBe('false');
    await second.close();
  });
});
