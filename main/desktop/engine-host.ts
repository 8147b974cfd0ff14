// The engine's own process on the desktop: what `meterbook serve` is elsewhere. Electron runs it as a utility process.
import type { ParentPort } from 'electron';
import { serveHttp, type RunningServer } from '../api/serve.ts';
import { UNKNOWN_CALLER, type Engine } from '../engine.ts';
import { CommandError, EXIT } from '../headless/exit-status.ts';
import { FileSecrets } from '../headless/file-secrets.ts';
import { openEngine } from '../headless/open-engine.ts';
import { systemClock } from '../headless/system-clock.ts';
import { systemRandom } from '../headless/system-random.ts';
import { secretKeyFile } from '../headless/system-ports.ts';
import { desktopCaller } from './desktop-callers.ts';
import type { FromEngineHost, ToEngineHost } from './engine-messages.ts';
import { KeychainSecrets } from './keychain-secrets.ts';

const ANSWERS_GRACE_MS = 2_000;
const STATUS_INTERVAL_MS = 2_000;
const LOOPBACK = '127.0.0.1';

type Start = Extract<ToEngineHost, { readonly type: 'start' }>;

/** As much of Electron's port to the main process as is needed here. */
export type HostPort = Pick<ParentPort, 'on' | 'postMessage'>;

/** Runs one workspace for the main process at the other end of the port. */
export class EngineHost {
  readonly #port: HostPort;
  readonly #exit: (status: number) => void;
  #engine: Engine | null = null;
  #server: RunningServer | null = null;
  #secrets: KeychainSecrets | null = null;

  /** `exit` ends the process. */
  constructor(port: HostPort, exit: (status: number) => void) {
    this.#port = port;
    this.#exit = exit;
    port.on('message', ({ data: message }) => {
      void this.#hear(message as ToEngineHost);
    });
  }

  async #hear(message: ToEngineHost): Promise<void> {
    switch (message.type) {
      case 'start':
        await this.#start(message);
        break;
      case 'stop':
        await this.#stop();
        break;
      case 'woke':
        // What fell due while the computer slept is done now, not at the next minute.
        await this.#engine?.runDueWork(systemClock.now());
        break;
      case 'pause':
        this.#engine?.pauseDueWork(message.isPaused);
        break;
      case 'sealed':
      case 'not_sealed':
        this.#secrets?.hear(message);
        break;
    }
  }

  async #start(start: Start): Promise<void> {
    try {
      const secrets = start.hasKeychain ? this.#openKeychain(start) : undefined;
      const { engine, address, logger } = await openEngine({
        folder: start.folder,
        kind: start.isSandbox ? 'sandbox' : 'live',
        secrets,
        host: 'desktop',
      });
      this.#engine = engine;
      const server = await serveHttp({
        host: LOOPBACK,
        port: start.port,
        fetch: (request) => engine.fetch(request, request.url.includes('/api/') ? desktopCaller(request, start.token) : UNKNOWN_CALLER),
        onError: (error) => {
          logger.error({ error }, 'the HTTP server reported an error');
        },
      });
      this.#server = server;
      address.set(server);
      engine.start();
      this.#say({ type: 'ready', url: server.url, port: server.port, organizationName: await engine.organizationName() });
      this.#tellStatus();
    } catch (error) {
      await this.#engine?.close();
      this.#say(refusalOf(error, start));
      this.#exit(EXIT.unavailable);
    }
  }

  #openKeychain(start: Start): KeychainSecrets {
    const keyFile = new FileSecrets({
      chosenKey: process.env['METERBOOK_SECRET_KEY'],
      file: secretKeyFile(start.folder),
      random: systemRandom(systemClock),
    });
    this.#secrets = new KeychainSecrets((message) => {
      this.#say(message);
    }, keyFile);
    return this.#secrets;
  }

  /** For the tray: how many events arrive, and how many of them match nothing. */
  #tellStatus(): void {
    setInterval(() => {
      const status = this.#engine?.eventStatus();
      if (status !== undefined) this.#say({ type: 'status', eventsPerSecond: status.rate, problems: status.problems });
    }, STATUS_INTERVAL_MS).unref();
  }

  async #stop(): Promise<void> {
    this.#engine?.closeStreams();
    await this.#server?.close(ANSWERS_GRACE_MS);
    await this.#engine?.close();
    this.#say({ type: 'stopped' });
    this.#exit(EXIT.done);
  }

  #say(message: FromEngineHost): void {
    this.#port.postMessage(message);
  }
}

function refusalOf(error: unknown, { port }: Start): FromEngineHost {
  if (error instanceof CommandError) return { type: 'refused', status: error.status, sentence: error.message };
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const sentence =
    code === 'EADDRINUSE'
      ? `Port ${String(port)} is taken by another program. Choose another in Settings → Server, or end that program.`
      : `The workspace cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
  return { type: 'refused', status: EXIT.unavailable, sentence };
}
