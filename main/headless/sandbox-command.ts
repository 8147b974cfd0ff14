import { resolve } from 'node:path';
import { copyToSandbox } from '../engine.ts';
import type { CommandOptions } from './command-options.ts';
import { dataFolder } from './data-folder.ts';
import { EXIT } from './exit-status.ts';
import { refusalOfWorkspace } from './open-engine.ts';
import { pinoLogger } from './pino-logger.ts';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

const PRIVATE_FILES_UMASK = 0o077;

/** `meterbook sandbox`: reads the books only, so that it works while they are open. */
export async function runSandboxCommand(options: CommandOptions): Promise<number> {
  process.umask(PRIVATE_FILES_UMASK);
  const isSandbox = options.sandbox === true;
  const folder = dataFolder({ asked: options['data-dir'], isSandbox, environment: process.env, platform: process.platform });
  const target = options.to === undefined ? null : resolve(options.to);
  const writeProblem = (line: string): void => {
    process.stderr.write(line);
  };
  const logger = pinoLogger({ write: () => undefined, writeProblem });
  try {
    const made = await copyToSandbox({ folder, target, systemClock, random: systemRandom(systemClock), logger });
    if (options.json === true) process.stdout.write(`${JSON.stringify({ folder: made, is_sandbox: true })}\n`);
    else process.stdout.write(`The sandbox is in ${made}\nServe it with: meterbook serve --sandbox --data-dir "${made}"\n`);
    return EXIT.done;
  } catch (error) {
    throw refusalOfWorkspace(error) ?? error;
  }
}
