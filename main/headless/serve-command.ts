import { LOOPBACK_HOSTS, serveHttp, type RunningServer } from '../api/serve.ts';
import type { Engine } from '../engine.ts';
import type { Logger } from '../ports/logger.ts';
import { BrowserHost } from './browser-host.ts';
import type { CommandWords } from './command-line.ts';
import { dataFolder } from './data-folder.ts';
import { CommandError, EXIT } from './exit-status.ts';
import { openEngine } from './open-engine.ts';
import { SignIn } from './sign-in.ts';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 3000;
/** Answers under way get this long, and the whole end this long, so that a supervisor's patience of 5 s is enough. */
const ANSWERS_GRACE_MS = 3_000;
const END_DEADLINE_MS = 4_500;

interface Wishes {
  readonly folder: string;
  readonly isSandbox: boolean;
  readonly host: string;
  readonly port: number;
  readonly isJson: boolean;
}

/** `meterbook serve`: resolves when a signal has ended it. */
export async function runServeCommand(options: CommandWords['options']): Promise<number> {
  const wishes = readWishes(options);
  const { engine, logger } = await openEngine({ folder: wishes.folder, kind: wishes.isSandbox ? 'sandbox' : 'live' });
  const ending = waitForSignal();
  exitOnBug(logger);
  let server: RunningServer;
  try {
    server = await startServer(wishes, engine, logger);
  } catch (error) {
    await engine.close();
    throw error;
  }
  engine.start();
  logger.info({ signal: await ending }, 'ending');
  return end(server, engine, logger);
}

function readWishes(options: CommandWords['options']): Wishes {
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
  return { folder, isSandbox, host, port: readPort(options.port), isJson: options.json === true };
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new CommandError(EXIT.usage, `--port is a number from 0 to 65535, not "${text}".`);
}

/** Listens, and says where: the first line is printed when requests are answered, not before. */
async function startServer(wishes: Wishes, engine: Engine, logger: Logger): Promise<RunningServer> {
  const random = systemRandom(systemClock);
  const firstKey = wishes.isJson || (await engine.listApiKeys()).length > 0 ? null : await engine.createApiKey('first start');
  let browser: BrowserHost | null = null;
  const server = await listen(wishes, (request) => (browser === null ? engine.fetch(request) : browser.fetch(request)), logger);
  const signIn = new SignIn({ clock: systemClock, random }, server.port);
  browser = new BrowserHost({ engine, signIn, random, folder: wishes.folder });
  const signInUrl = `${server.url}${signIn.createLink()}`;
  if (wishes.isJson) printLine(JSON.stringify({ url: server.url, api_key: engine.mintKeyForThisRun(), sign_in_url: signInUrl }));
  else printForPeople({ server, wishes, firstKey, signInUrl });
  return server;
}

async function listen(wishes: Wishes, fetch: (request: Request) => Promise<Response>, logger: Logger): Promise<RunningServer> {
  const onError = (error: unknown): void => {
    logger.error({ error }, 'the HTTP server reported an error');
  };
  try {
    return await serveHttp({ host: wishes.host, port: wishes.port, fetch, onError });
  } catch (error) {
    throw refusalOfAddress(error, wishes) ?? error;
  }
}

function refusalOfAddress(error: unknown, { host, port }: Wishes): CommandError | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${String(port)} on ${host} is taken by another program. Choose another with --port, or let --port 0 pick a free one.`,
    EACCES: `Port ${String(port)} on ${host} may not be used by this user. Choose one from 1024 on with --port.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine.`,
    ENOTFOUND: `${host} is not an address of this machine.`,
  };
  const sentence = typeof code === 'string' ? sentences[code] : undefined;
  return sentence === undefined ? null : new CommandError(EXIT.unavailable, sentence);
}

interface Greeting {
  readonly server: RunningServer;
  readonly wishes: Wishes;
  readonly firstKey: string | null;
  readonly signInUrl: string;
}

function printForPeople({ server, wishes, firstKey, signInUrl }: Greeting): void {
  printLine(`Meterbook ${wishes.isSandbox ? 'sandbox ' : ''}is ready.`);
  printLine(`  API      ${server.url}/api/v1`);
  printLine(`  Browser  ${signInUrl}   (works once, for 10 minutes)`);
  printLine(`  Data     ${wishes.folder}`);
  if (firstKey === null) printLine('  API key  make another one with: meterbook keys create   (while Meterbook is stopped)');
  else printLine(`  API key  ${firstKey}   (shown this once: only its hash is stored)`);
  printLine('Ctrl+C ends it.');
}

function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

function waitForSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve(signal);
      });
    }
  });
}

/** A bug that nothing caught: what is on disk is whole, so ending is safe, and going on might not be. */
function exitOnBug(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.error({ error }, 'a bug ended the program');
    process.exit(EXIT.software);
  });
}

/** Finishes what is in flight. What cannot end in time is cut off: it is completed or undone at the next start. */
async function end(server: RunningServer, engine: Engine, logger: Logger): Promise<number> {
  const deadline = setTimeout(() => {
    logger.warn({}, 'ended before all work did; the next start completes it');
    process.exit(EXIT.done);
  }, END_DEADLINE_MS);
  await server.close(ANSWERS_GRACE_MS);
  await engine.close();
  clearTimeout(deadline);
  return EXIT.done;
}
