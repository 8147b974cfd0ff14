import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { notAllowed, ok, type Result } from '../../shared/result.ts';
import { copyDatabase, readSchemaState } from '../database/database-copy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { requireDatabase, WorkspaceError, workspacePaths, type WorkspacePaths } from '../workspace/index.ts';
import { becomeSandbox } from './become-sandbox.ts';

export interface SandboxWishes {
  /** The books to copy. They may be open, here or in another process, and are not written to. */
  readonly folder: string;
  /** A folder that is not there yet; null: one beside the books. */
  readonly target: string | null;
  readonly systemClock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const FOLDER_MODE = 0o700;

/** Copies books into a sandbox of their own; answers its folder. Throws a `WorkspaceError`, and then nothing is left of the copy. */
export async function copyToSandbox(wishes: SandboxWishes): Promise<string> {
  const paths = workspacePaths(wishes.folder);
  requireDatabase(paths);
  const target = wishes.target ?? freeFolderBeside(wishes.folder);
  refuseTarget(wishes.folder, target);
  let unfinished: string | null = null;
  try {
    unfinished = await mkdtemp(`${target}.part-`);
    await fill(workspacePaths(unfinished), paths, wishes);
    refuseTarget(wishes.folder, target);
    await rename(unfinished, target);
    return target;
  } catch (error) {
    if (unfinished !== null) await rm(unfinished, { recursive: true, force: true });
    throw error instanceof WorkspaceError ? error : refusedCopy(target, error);
  }
}

/** The same for open books, with a typed refusal. Errors: 405 `sandbox_not_made`. */
export async function duplicateToSandbox(wishes: SandboxWishes): Promise<Result<string>> {
  try {
    return ok(await copyToSandbox(wishes));
  } catch (error) {
    if (!(error instanceof WorkspaceError)) throw error;
    wishes.logger.warn({ reason: error.problem, error }, 'no sandbox was made');
    return notAllowed('sandbox_not_made');
  }
}

async function fill(copy: WorkspacePaths, original: WorkspacePaths, wishes: SandboxWishes): Promise<void> {
  await copyDatabase({ from: original.database, to: copy.database, isThorough: false });
  if (readSchemaState(copy.database).isNewer) {
    throw new WorkspaceError('newer', `The workspace in ${original.folder} was made by a newer Meterbook. Copy it with that version.`);
  }
  for (const folder of [copy.files, copy.backups, copy.logs]) await mkdir(folder, { mode: FOLDER_MODE });
  if (existsSync(original.files)) {
    await cp(original.files, copy.files, { recursive: true, filter: (name) => !name.endsWith('.part') });
  }
  await becomeSandbox(copy.database, wishes);
}

function freeFolderBeside(folder: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${folder}-sandbox-${String(number)}`;
    if (!existsSync(name)) return name;
  }
}

function refuseTarget(folder: string, target: string): void {
  if (existsSync(target)) {
    throw new WorkspaceError('target_exists', `${target} is there already. Choose a folder that is not.`);
  }
  const way = relative(folder, target);
  if (!way.startsWith('..') && !isAbsolute(way)) {
    throw new WorkspaceError('copy_failed', `${target} lies in the workspace that is copied. Choose a folder elsewhere.`);
  }
}

function refusedCopy(target: string, error: unknown): WorkspaceError {
  const words = error instanceof Error ? error.message : String(error);
  return new WorkspaceError('copy_failed', `The sandbox ${target} could not be made (${words}). Nothing was left behind.`, error);
}
