import { join } from 'node:path';
import { createEngine, workspacePaths, type Engine, type WorkspaceKind } from '../engine.ts';
import type { Logger } from '../ports/logger.ts';
import { pinoLogger } from './pino-logger.ts';
import { RotatingFile } from './rotating-file.ts';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

const PRIVATE_FILES_UMASK = 0o077;

/** An engine on the real ports, and the log that both it and its host write. */
export interface OpenEngine {
  readonly engine: Engine;
  readonly logger: Logger;
}

export async function openEngine(workspace: { readonly folder: string; readonly kind: WorkspaceKind }): Promise<OpenEngine> {
  // Whatever is written from here on is for its owner alone.
  process.umask(PRIVATE_FILES_UMASK);
  const file = new RotatingFile(join(workspacePaths(workspace.folder).logs, 'meterbook.log'));
  const logger = pinoLogger({
    write: (line) => {
      file.write(line);
    },
    writeProblem: (line) => {
      process.stderr.write(line);
    },
  });
  const random = systemRandom(systemClock);
  const engine = await createEngine({ dataDir: workspace.folder, kind: workspace.kind, systemClock, random, logger });
  return { engine, logger };
}
