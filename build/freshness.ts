import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that the built folder is made from. */
const SOURCES = ['main', 'renderer', 'shared', 'migrations', 'build', 'package-lock.json'];

/** The newest change below a path, in epoch milliseconds; 0 where there is nothing. */
function newestChangeMs(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestChangeMs(join(path, name))));
}

/** Whether the built entry is missing, or a source is newer than it. */
export function isBuildNeeded(root: string): boolean {
  const builtAtMs = newestChangeMs(join(root, 'dist/main/cli.js'));
  return SOURCES.some((source) => newestChangeMs(join(root, source)) > builtAtMs);
}
