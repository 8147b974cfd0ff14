import { join } from 'node:path';
import {
  createEngine,
  WorkspaceError,
  workspacePaths,
  type Engine,
  type EngineConfig,
  type TelemetryChoice,
  type WorkspaceKind,
  type WorkspaceProblem,
} from '../engine.ts';
import type { Logger } from '../ports/logger.ts';
import type { Secrets } from '../ports/secrets.ts';
import { CommandError, EXIT } from './exit-status.ts';
import { pinoLogger } from './pino-logger.ts';
import { RotatingFile } from './rotating-file.ts';
import { ServedAddress } from './served-address.ts';
import { systemPorts } from './system-ports.ts';
import { readTelemetryChoice } from './telemetry-settings.ts';

const PRIVATE_FILES_UMASK = 0o077;

/** An engine on the real ports, and the log that both it and its host write. */
export interface OpenEngine {
  readonly engine: Engine;
  readonly logger: Logger;
  /** To be told where the host listens. */
  readonly address: ServedAddress;
}

export interface WorkspaceToOpen {
  readonly folder: string;
  readonly kind: WorkspaceKind;
  /** What seals secrets, where the host has something better than a key file. */
  readonly secrets?: Secrets | undefined;
  /** Left out: a plain Node process. */
  readonly host?: TelemetryChoice['host'];
}

export async function openEngine(workspace: WorkspaceToOpen): Promise<OpenEngine> {
  // Whatever is written from here on is for its owner alone.
  process.umask(PRIVATE_FILES_UMASK);
  const { folder, kind, secrets } = workspace;
  const file = new RotatingFile(join(workspacePaths(folder).logs, 'meterbook.log'));
  const logger = pinoLogger({
    write: (line) => {
      file.write(line);
    },
    writeProblem: (line) => {
      process.stderr.write(line);
    },
  });
  const address = new ServedAddress();
  const ports = systemPorts(folder, address);
  const telemetry = readTelemetryChoice(process.env, workspace.host ?? 'headless');
  const engine = await openOrRefuse({ ...ports, telemetry, ...(secrets === undefined ? {} : { secrets }), dataDir: folder, kind, logger });
  return { engine, logger, address };
}

const STATUS_OF_PROBLEM: Readonly<Record<WorkspaceProblem, number>> = {
  wrong_kind: EXIT.usage,
  not_a_workspace: EXIT.usage,
  corrupt: EXIT.badData,
  newer: EXIT.badData,
  locked: EXIT.locked,
  backup_failed: EXIT.unavailable,
  migration_failed: EXIT.badData,
  copy_failed: EXIT.unavailable,
  target_exists: EXIT.usage,
};

async function openOrRefuse(config: EngineConfig): Promise<Engine> {
  try {
    return await createEngine(config);
  } catch (error) {
    throw refusalOfWorkspace(error) ?? error;
  }
}

/** What the shell is told of a workspace that cannot be opened or copied; null for every other error. */
export function refusalOfWorkspace(error: unknown): CommandError | null {
  return error instanceof WorkspaceError ? new CommandError(STATUS_OF_PROBLEM[error.problem], error.message) : null;
}
