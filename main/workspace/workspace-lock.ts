import { takeExclusiveLock, type ExclusiveLock } from '../database/exclusive-lock.ts';
import { WorkspaceError } from './workspace-error.ts';
import type { WorkspacePaths } from './workspace-folder.ts';

/** One process writes to a workspace. The lock is the operating system's: a killed process leaves none behind. */
export function lockWorkspace(paths: WorkspacePaths): ExclusiveLock {
  const lock = takeExclusiveLock(paths.lock);
  if (lock !== null) return lock;
  throw new WorkspaceError(
    'locked',
    `The workspace in ${paths.folder} is already open in another Meterbook. Close that one first, or choose another folder.`,
  );
}
