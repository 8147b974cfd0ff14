import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorkspaceError } from './workspace-error.ts';

/** Where things lie in a workspace. */
export interface WorkspacePaths {
  readonly folder: string;
  readonly database: string;
  /** Stands only while a new database is being made: what lies beside it then holds nothing anybody was told about. */
  readonly unfinished: string;
  readonly lock: string;
  /** The key to sealed secrets, where the host keeps it in a file. No backup takes it along. */
  readonly secretKey: string;
  readonly files: string;
  readonly backups: string;
  readonly logs: string;
}

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** What may lie in a folder that is about to become a workspace. */
const HARMLESS_NAME =
  /^(\..*|lost\+found|logs|secret\.key|workspace\.lock(-journal)?|meterbook\.sqlite(-wal|-shm|-journal|\.unfinished)?)$/;

export function workspacePaths(folder: string): WorkspacePaths {
  return {
    folder,
    database: join(folder, 'meterbook.sqlite'),
    unfinished: join(folder, 'meterbook.sqlite.unfinished'),
    lock: join(folder, 'workspace.lock'),
    secretKey: join(folder, 'secret.key'),
    files: join(folder, 'files'),
    backups: join(folder, 'backups'),
    logs: join(folder, 'logs'),
  };
}

/** Makes the folder, for its owner alone. One that already holds something else is left as it is. */
export function prepareFolder(paths: WorkspacePaths): void {
  mkdirSync(paths.folder, { recursive: true, mode: FOLDER_MODE });
  if (!existsSync(paths.database)) refuseForeignFolder(paths);
  chmodSync(paths.folder, FOLDER_MODE);
  closeSync(openSync(paths.lock, 'a', FILE_MODE));
}

/** For commands that work on a workspace but must not make one by a mistyped name. */
export function requireDatabase(paths: WorkspacePaths): void {
  if (existsSync(paths.database) && !existsSync(paths.unfinished)) return;
  throw new WorkspaceError(
    'not_a_workspace',
    `There is no Meterbook workspace in ${paths.folder}. Start one with: meterbook serve --data-dir DIR`,
  );
}

function refuseForeignFolder(paths: WorkspacePaths): void {
  // A workspace whose database was moved away must not come back empty.
  if (existsSync(paths.files) || existsSync(paths.backups)) {
    const sentence = `The workspace in ${paths.folder} has lost its database, meterbook.sqlite. Put the file back, or choose another folder.`;
    throw new WorkspaceError('corrupt', sentence);
  }
  const stranger = readdirSync(paths.folder).find((name) => !HARMLESS_NAME.test(name));
  if (stranger === undefined) return;
  const sentence = `${paths.folder} is not a Meterbook workspace and not empty (it holds "${stranger}"). Choose an empty folder.`;
  throw new WorkspaceError('not_a_workspace', sentence);
}

/** Whether the database has still to be made. What an unfinished attempt left is removed first. */
export function isDatabaseMissing(paths: WorkspacePaths): boolean {
  if (existsSync(paths.unfinished)) {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${paths.database}${suffix}`, { force: true });
  }
  return !existsSync(paths.database);
}

/** Creates the empty database file with its owner's rights alone; its log files take them over. */
export function beginDatabase(paths: WorkspacePaths): void {
  closeSync(openSync(paths.unfinished, 'a', FILE_MODE));
  closeSync(openSync(paths.database, 'a', FILE_MODE));
}

/** From here on the database counts. */
export function finishDatabase(paths: WorkspacePaths): void {
  for (const folder of [paths.files, paths.backups, paths.logs]) mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  rmSync(paths.unfinished, { force: true });
}
