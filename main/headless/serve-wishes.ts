import type { CommandOptions } from './command-options.ts';
import { dataFolder } from './data-folder.ts';
import { CommandError, EXIT } from './exit-status.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 3000;
/** Addresses that only this machine reaches. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

/** What `meterbook serve` is asked to do. */
export interface ServeWishes {
  readonly folder: string;
  readonly isSandbox: boolean;
  readonly host: string;
  readonly port: number;
  readonly isJson: boolean;
  /** Whether the books are those of the sample company. */
  readonly isDemo: boolean;
}

/** Reads them, before anything is opened. */
export function readServeWishes(options: CommandOptions): ServeWishes {
  const isSandbox = options.sandbox === true;
  const folder = dataFolder({ asked: options['data-dir'], isSandbox, environment: process.env, platform: process.platform });
  const host = options.host ?? DEFAULT_HOST;
  if (!LOOPBACK_HOSTS.has(host)) {
    if (options['allow-remote'] !== true) {
      const sentence = `--host ${host} lets other machines connect, in clear text. Add --allow-remote if that is what you want.`;
      throw new CommandError(EXIT.usage, sentence);
    }
    process.stderr.write(`Warning: listening on ${host}. Other machines can reach this server, and keys travel in clear text.\n`);
  }
  return { folder, isSandbox, host, port: readPort(options.port), isJson: options.json === true, isDemo: false };
}

/** `meterbook demo`: a sandbox of its own. The folder that the environment names is for the user's own books. */
export function readDemoWishes(options: CommandOptions): ServeWishes {
  const asked = options['data-dir'];
  const { METERBOOK_DATA_DIR: _, ...environment } = process.env;
  const folder = dataFolder({ asked, isSandbox: false, environment, platform: process.platform });
  return { ...readServeWishes({ ...options, 'data-dir': asked === undefined ? `${folder}-demo` : folder, sandbox: true }), isDemo: true };
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new CommandError(EXIT.usage, `--port is a number from 0 to 65535, not "${text}".`);
}
