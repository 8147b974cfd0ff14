import { present } from '../../shared/assert.ts';
import { openDatabase, type Database } from '../database/connections.ts';
import type { ExclusiveLock } from '../database/exclusive-lock.ts';
import { inspectDatabaseFile } from '../database/integrity.ts';
import { organizations } from '../database/tables/organizations.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { backUpBeforeMigration, undoMigration } from './backup.ts';
import { createOrganization } from './create-organization.ts';
import { WorkspaceError } from './workspace-error.ts';
import {
  beginDatabase,
  finishDatabase,
  isDatabaseMissing,
  prepareFolder,
  requireDatabase,
  workspacePaths,
  type WorkspacePaths,
} from './workspace-folder.ts';
import { lockWorkspace } from './workspace-lock.ts';
import { readSetting, writeSetting } from './workspace-settings.ts';

export type WorkspaceKind = 'live' | 'sandbox' | 'existing';

export interface WorkspaceConfig {
  readonly folder: string;
  /** Which books are meant. Decided when a workspace is made; `existing` takes either kind, but makes none. */
  readonly kind: WorkspaceKind;
  readonly systemClock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** The open books. One process at a time has them. */
export interface Workspace {
  readonly paths: WorkspacePaths;
  readonly database: Database;
  readonly organizationId: string;
  readonly isSandbox: boolean;
  /** Whether this start made it. */
  readonly isNew: boolean;
  /** Waits for the writes under way, notes that the stop was clean, and lets go of the files. */
  close(): Promise<void>;
}

/** Opens a workspace, or makes one in an empty folder. Throws a `WorkspaceError` that says what is wrong and what to do. */
export async function openWorkspace(config: WorkspaceConfig): Promise<Workspace> {
  const paths = workspacePaths(config.folder);
  if (config.kind === 'existing') requireDatabase(paths);
  prepareFolder(paths);
  const lock = lockWorkspace(paths);
  try {
    return await openLocked(config, paths, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(config: WorkspaceConfig, paths: WorkspacePaths, lock: ExclusiveLock): Promise<Workspace> {
  const isNew = isDatabaseMissing(paths);
  if (isNew) beginDatabase(paths);
  else refuseBrokenFile(paths);
  const backup = isNew ? null : await backUpBeforeMigration(paths, { now: config.systemClock.now(), logger: config.logger });
  const database = await openMigrated(config, paths, backup);
  try {
    if (isNew) await fillDatabase(database, config);
    const books = await readBooks(database, config);
    finishDatabase(paths);
    return { paths, database, ...books, isNew, close: () => closeWorkspace(database, lock) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openMigrated(config: WorkspaceConfig, paths: WorkspacePaths, backup: string | null): Promise<Database> {
  try {
    return await openDatabase(paths.database, config.logger);
  } catch (error) {
    throw backup === null ? error : await undoMigration(paths, { backup, error });
  }
}

function refuseBrokenFile(paths: WorkspacePaths): void {
  const condition = inspectDatabaseFile(paths.database);
  if (condition === 'corrupt') {
    const sentence = `The database ${paths.database} is damaged and was left as it is. Restore a backup from ${paths.backups}, or choose another folder.`;
    throw new WorkspaceError('corrupt', sentence);
  }
  if (condition === 'newer') {
    throw new WorkspaceError('newer', `The workspace in ${paths.folder} was made by a newer Meterbook. Install that version to open it.`);
  }
}

async function fillDatabase(database: Database, config: WorkspaceConfig): Promise<void> {
  await database.unitOfWork.write('create workspace', async (tx) => {
    await writeSetting(tx, 'sandbox', String(config.kind === 'sandbox'));
    await createOrganization(tx, { clock: config.systemClock, random: config.random });
  });
}

async function readBooks(database: Database, config: WorkspaceConfig): Promise<Pick<Workspace, 'organizationId' | 'isSandbox'>> {
  const isSandbox = (await readSetting(database.read, 'sandbox')) === 'true';
  if (config.kind !== 'existing' && isSandbox !== (config.kind === 'sandbox')) throw wrongKind(config.folder, isSandbox);
  const [organization] = await database.read.manager.find(organizations, { order: { sequence: 'ASC' }, take: 1 });
  await database.unitOfWork.write('note the start', (tx) => writeSetting(tx, 'clean_stop', 'false'));
  return { organizationId: present(organization, 'a workspace has its organization').id, isSandbox };
}

function wrongKind(folder: string, isSandbox: boolean): WorkspaceError {
  const sentence = isSandbox
    ? `The workspace in ${folder} is a sandbox: open it with --sandbox, or choose another folder for live books.`
    : `The workspace in ${folder} holds live books: open it without --sandbox, or choose another folder for a sandbox.`;
  return new WorkspaceError('wrong_kind', sentence);
}

async function closeWorkspace(database: Database, lock: ExclusiveLock): Promise<void> {
  await database.unitOfWork.idle();
  await database.unitOfWork.write('note the stop', (tx) => writeSetting(tx, 'clean_stop', 'true'));
  await database.close();
  lock.release();
}
