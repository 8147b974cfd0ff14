import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../shared/assert.ts';
import type { WorkspaceFiles } from '../ports/documents.ts';
import type { Random } from '../ports/random.ts';

const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** The workspace's `files/` folder. Names are plain: nothing leads out of it. */
export function workspaceFiles(folder: string, random: Random): WorkspaceFiles {
  const pathOf = (name: string): string => {
    assert(PLAIN_NAME.test(name), 'a file of the workspace has a plain name');
    return join(folder, name);
  };
  return {
    read: async (name) => {
      try {
        return new Uint8Array(await readFile(pathOf(name)));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    write: async (name, bytes) => {
      const path = pathOf(name);
      const unfinished = `${path}.${random.uuid()}.part`;
      await mkdir(folder, { recursive: true });
      await writeFile(unfinished, bytes, { mode: 0o600 });
      await rename(unfinished, path);
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}
