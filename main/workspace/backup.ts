import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatInstant, type Instant } from '../../shared/dates.ts';
import { copyDatabase, putBack, readSchemaState } from '../database/database-copy.ts';
import type { Logger } from '../ports/logger.ts';
import { WorkspaceError } from './workspace-error.ts';
import type { WorkspacePaths } from './workspace-folder.ts';

const FOLDER_MODE = 0o700;
const KEPT = 3;
/** `pre-migration-AddOnFees0000000000011-2026-01-31T08-00-00Z.sqlite` */
const NAME = /^pre-migration-\w+-(?<at>[\dT-]+Z)\.sqlite$/;

interface Start {
  readonly now: Instant;
  readonly logger: Logger;
}

/**
 * Copies the books before a newer schema is put on them. Answers the copy, which was opened and compared; null when the schema is this
 * program's own. Rule: reliability-and-security.md § 1 "Backup", "Migrations".
 */
export async function backUpBeforeMigration(paths: WorkspacePaths, { now, logger }: Start): Promise<string | null> {
  const { schema, pending } = readSchemaState(paths.database);
  if (pending === 0) return null;
  const backup = join(paths.backups, `pre-migration-${schema}-${formatInstant(now).replaceAll(':', '-')}.sqlite`);
  const unfinished = `${backup}.part`;
  try {
    mkdirSync(paths.backups, { recursive: true, mode: FOLDER_MODE });
    rmSync(unfinished, { force: true });
    await copyDatabase({ from: paths.database, to: unfinished, isThorough: true });
    renameSync(unfinished, backup);
  } catch (error) {
    throw refusedBackup(paths, { error, unfinished });
  }
  logger.info({ migration: schema, pending }, 'backed up before the migration');
  removeOldBackups(paths.backups);
  return backup;
}

/** Books whose migration failed are set back to what they were before it: each migration is a transaction of its own. */
export async function undoMigration(
  paths: WorkspacePaths,
  failed: { readonly backup: string; readonly error: unknown },
): Promise<WorkspaceError> {
  const { backup, error } = failed;
  const start = `This version could not bring the workspace in ${paths.folder} up to date (${wordsOf(error)}).`;
  try {
    await putBack(backup, paths.database);
  } catch (failure) {
    const sentence = `${start} It could not be set back either (${wordsOf(failure)}). As it was before, it is in ${backup}.`;
    return new WorkspaceError('migration_failed', sentence, failure);
  }
  const sentence = `${start} It is as it was before: open it with the version you had. A backup is in ${backup}.`;
  return new WorkspaceError('migration_failed', sentence, error);
}

function refusedBackup(paths: WorkspacePaths, failed: { readonly error: unknown; readonly unfinished: string }): WorkspaceError {
  if (existsSync(failed.unfinished)) rmSync(failed.unfinished);
  const sentence = `The workspace in ${paths.folder} must be backed up before this version can open it, and that failed (${wordsOf(failed.error)}). Nothing was changed. Make room or mend ${paths.backups}, then start again.`;
  return new WorkspaceError('backup_failed', sentence, failed.error);
}

/** The newest stay, among them the one just made. */
function removeOldBackups(folder: string): void {
  const found = readdirSync(folder).flatMap((name) => {
    const at = NAME.exec(name)?.groups?.['at'];
    return at === undefined ? [] : [{ name, at }];
  });
  const oldestFirst = found.sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const { name } of oldestFirst.slice(0, -KEPT)) rmSync(join(folder, name), { force: true });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
