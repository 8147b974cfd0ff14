import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { workspacePaths } from './workspace-folder.ts';

/** How many bytes the parts of a workspace take. */
export async function folderSizes(folder: string): Promise<Readonly<Record<'database' | 'log_of_writes' | 'files' | 'logs', number>>> {
  const paths = workspacePaths(folder);
  return {
    database: await sizeOf(paths.database),
    log_of_writes: await sizeOf(`${paths.database}-wal`),
    files: await sizeOfFiles(paths.files),
    logs: await sizeOfFiles(paths.logs),
  };
}

async function sizeOfFiles(folder: string): Promise<number> {
  const names = await readdir(folder).catch(nothingThere([]));
  let sum = 0;
  for (const name of names) sum += await sizeOf(join(folder, name));
  return sum;
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(nothingThere(null));
  return found?.size ?? 0;
}

/** A file may go while it is looked for. */
function nothingThere<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return nothing;
    throw error;
  };
}
