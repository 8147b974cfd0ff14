import { serveHttp, type RunningServer } from '../api/serve.ts';
import type { Engine } from '../engine.ts';
import type { Logger } from '../ports/logger.ts';
import { BrowserHost } from './browser-host.ts';
import { CommandError, EXIT } from './exit-status.ts';
import { fillWithSample } from './fill-with-sample.ts';
import { openEngine, type OpenEngine } from './open-engine.ts';
import type { ServeWishes } from './serve-wishes.ts';
import { SignIn } from './sign-in.ts';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

/** Answers under way get this long, and the whole end this long, so that a supervisor's patience of 5 s is enough. */
const ANSWERS_GRACE_MS = 3_000;
const END_DEADLINE_MS = 4_500;

/** `meterbook serve`: resolves when a signal has ended it. */
export async function runServeCommand(wishes: ServeWishes): Promise<number> {
  const { engine, logger, address } = await openEngine({ folder: wishes.folder, kind: wishes.isSandbox ? 'sandbox' : 'live' });
  const ending = waitForSignal();
  exitOnBug(logger);
  let server: RunningServer;
  try {
    if (wishes.isDemo) await fillWithSample(engine, wishes);
    server = await startServer(wishes, { engine, logger, address });
  } catch (error) {
    await engine.close();
    throw error;
  }
  engine.start();
  logger.info({ signal: await ending }, 'ending');
  return end(server, engine, logger);
}

/** Listens, and says where: the first line is printed when requests are answered, not before. */
async function startServer(wishes: ServeWishes, { engine, logger, address }: OpenEngine): Promise<RunningServer> {
  const random = systemRandom(systemClock);
  let browser: BrowserHost | null = null;
  const server = await listen(wishes, (request) => (browser === null ? engine.fetch(request) : browser.fetch(request)), logger);
  address.set(server);
  const signIn = new SignIn({ clock: systemClock, random }, server.port);
  browser = new BrowserHost({ engine, signIn, random });
  const signInUrl = `${server.url}${signIn.createLink()}`;
  if (wishes.isJson) printLine(JSON.stringify({ url: server.url, api_key: engine.mintKeyForThisRun(), sign_in_url: signInUrl }));
  else printForPeople({ server, wishes, firstKey: await makeFirstKey(engine), signInUrl });
  return server;
}

/** The key that a workspace without any gets, so that its owner can begin; null when there is one. */
async function makeFirstKey(engine: Engine): Promise<string | null> {
  return (await engine.listApiKeys()).length > 0 ? null : engine.createApiKey('first start');
}

async function listen(wishes: ServeWishes, fetch: (request: Request) => Promise<Response>, logger: Logger): Promise<RunningServer> {
  const onError = (error: unknown): void => {
    logger.error({ error }, 'the HTTP server reported an error');
  };
  try {
    return await serveHttp({ host: wishes.host, port: wishes.port, fetch, onError });
  } catch (error) {
    throw refusalOfAddress(error, wishes) ?? error;
  }
}

function refusalOfAddress(error: unknown, { host, port }: ServeWishes): CommandError | null {
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
  readonly wishes: ServeWishes;
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
  engine.closeStreams();
  await server.close(ANSWERS_GRACE_MS);
  await engine.close();
  clearTimeout(deadline);
  return EXIT.done;
}
