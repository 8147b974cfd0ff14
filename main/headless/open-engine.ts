import { join } from 'node:path';
import {
  createEngine,
  WorkspaceError,
  workspacePaths,
  type Engine,
  type EngineConfig,
  type WorkspaceKind,
  type WorkspaceProblem,
} from '../engine.ts';
import type { Logger } from '../ports/logger.ts';
import { CommandError, EXIT } from './exit-status.ts';
import { FileSecrets } from './file-secrets.ts';
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
  const paths = workspacePaths(workspace.folder);
  const file = new RotatingFile(join(paths.logs, 'meterbook.log'));
  const logger = pinoLogger({
    write: (line) => {
      file.write(line);
    },
    writeProblem: (line) => {
      process.stderr.write(line);
    },
  });
  const random = systemRandom(systemClock);
  const secrets = new FileSecrets({ chosenKey: process.env['METERBOOK_SECRET_KEY'], file: paths.secretKey, random });
  return { engine: await openOrRefuse({ dataDir: workspace.folder, kind: workspace.kind, systemClock, random, logger, secrets }), logger };
}

const STATUS_OF_PROBLEM: Readonly<Record<WorkspaceProblem, number>> = {
  wrong_kind: EXIT.usage,
  not_a_workspace: EXIT.usage,
  corrupt: EXIT.badData,
  newer: EXIT.badData,
  locked: EXIT.locked,
};

async function openOrRefuse(config: EngineConfig): Promise<Engine> {
  try {
    return await createEngine(config);
  } catch (error) {
    if (error instanceof WorkspaceError) throw new CommandError(STATUS_OF_PROBLEM[error.problem], error.message);
    throw error;
  }
}
