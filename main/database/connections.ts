import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.ts';
import { assert } from '../../shared/assert.ts';
import type { Logger } from '../ports/logger.ts';
import { ChangeNotices } from './change-notices.ts';
import type { ReadDatabase, ReadStatement } from './read-database.ts';
import { cachedStatements } from './statements.ts';
import { TABLES } from './tables/index.ts';
import { UnitOfWork } from './unit-of-work.ts';

/** The driver is synchronous: waiting longer for a foreign lock would freeze the whole engine. */
const BUSY_TIMEOUT_MS = 1000;
const SYNCHRONOUS_FULL = 2;
/** 16 MB of log: pages that are written again and again reach the file once. SQLite's own 1000 made ingestion a third slower. */
export const CHECKPOINT_PAGES = 4000;

/** One workspace's database file: one writer behind one door, and a second connection that cannot write. */
export interface Database {
  readonly read: ReadDatabase;
  readonly unitOfWork: Pick<UnitOfWork, 'write' | 'idle'>;
  /** What each commit changed. */
  readonly changes: Pick<ChangeNotices, 'subscribe'>;
  close(): Promise<void>;
}

/** Opens the file, brings its schema up to date and checks that what was acknowledged will survive a power cut. */
export async function openDatabase(file: string, logger: Logger): Promise<Database> {
  const writer = await connect(file, { readonly: false });
  await migrate(writer);
  const notices = new ChangeNotices();
  notices.watch(connectionOf(writer));
  const reader = await connect(file, { readonly: true });
  const select = cachedStatements(connectionOf(reader));
  return {
    read: { manager: reader.manager, select: <Row>(sql: string) => select(sql) as unknown as ReadStatement<Row> },
    unitOfWork: new UnitOfWork({ connection: connectionOf(writer), manager: writer.manager }, notices, logger),
    changes: notices,
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

async function migrate(writer: DataSource): Promise<void> {
  try {
    await writer.runMigrations({ transaction: 'each' });
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

async function connect(file: string, access: { readonly readonly: boolean }): Promise<DataSource> {
  const source = new DataSource({
    type: 'better-sqlite3',
    driver: Sqlite,
    database: file,
    readonly: access.readonly,
    timeout: BUSY_TIMEOUT_MS,
    entities: [...TABLES],
    migrations: access.readonly ? [] : MIGRATIONS,
    synchronize: false,
    logging: false,
    prepareDatabase: (connection: Connection) => {
      setPragmas(connection, access.readonly);
    },
  });
  await source.initialize();
  checkPragmas(connectionOf(source));
  return source;
}

function connectionOf(source: DataSource): Connection {
  return (source.driver as unknown as { databaseConnection: Connection }).databaseConnection;
}

function setPragmas(connection: Connection, isReadonly: boolean): void {
  if (!isReadonly) connection.pragma('journal_mode = WAL');
  // Switching to WAL silently means NORMAL in this build: the last commits could vanish on a power cut.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('fullfsync = ON');
  connection.pragma(`wal_autocheckpoint = ${String(CHECKPOINT_PAGES)}`);
}

function checkPragmas(connection: Connection): void {
  assert(connection.pragma('journal_mode', { simple: true }) === 'wal', 'the database writes ahead');
  assert(connection.pragma('synchronous', { simple: true }) === SYNCHRONOUS_FULL, 'a commit is on disk before it is acknowledged');
  assert(connection.pragma('foreign_keys', { simple: true }) === 1, 'foreign keys are enforced');
}
