import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine, type StripeSettings, type TelemetryChoice } from '../../main/engine.ts';
import { FileSecrets } from '../../main/headless/file-secrets.ts';
import { NodeOutgoingHttp } from '../../main/headless/node-outgoing-http.ts';
import type { Logger } from '../../main/ports/logger.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeTimer } from './fake-timer.ts';
import { apiClient, type ApiClient } from './http-client.ts';
import { seededRandom } from './seeded-random.ts';
import { silentLogger } from './silent-logger.ts';

export interface TestEngineOptions {
  /** What the computer's clock says. A sandbox follows it until its own clock is moved. */
  readonly now?: string;
  /** Live books instead of a sandbox. */
  readonly isLive?: boolean;
  readonly logger?: Logger;
  readonly seed?: string;
  /** Where Stripe is, and keys that are not stored. */
  readonly stripe?: StripeSettings;
  /** Whether and where usage is told. */
  readonly telemetry?: TelemetryChoice;
  /** An existing workspace; without it a new one is made, and removed when the engine is closed. */
  readonly folder?: string;
}

/** The real engine on real files, with its clock and randomness in the test's hand and no socket. */
export interface TestEngine {
  readonly engine: Engine;
  readonly folder: string;
  readonly key: string;
  readonly api: ApiClient;
  readonly systemClock: FakeClock;
  /** Waits of real time: they pass together with the system's clock. */
  readonly timer: FakeTimer;
  /** Moves the sandbox's clock through the API; everything that falls due on the way is done. */
  moveClock(now: string): Promise<void>;
  close(): Promise<void>;
}

/** An engine that opens an existing folder must not draw the ids again that the one before it drew. */
let openings = 0;

export async function createTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  openings += 1;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'meterbook-test-'));
  const systemClock = new FakeClock(options.now ?? '2023-01-01T00:00:00Z');
  const timer = new FakeTimer(systemClock);
  const random = seededRandom(options.seed ?? (options.folder === undefined ? 'meterbook' : `meterbook ${String(openings)}`));
  const engine = await createEngine({
    dataDir: folder,
    kind: options.isLive === true ? 'live' : 'sandbox',
    systemClock,
    random,
    logger: options.logger ?? silentLogger,
    secrets: new FileSecrets({ chosenKey: undefined, file: join(folder, 'secret.key'), random }),
    timer,
    outgoingHttp: new NodeOutgoingHttp({ timer, ownPort: () => 3000 }),
    baseUrl: () => 'http://127.0.0.1:3000',
    ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
    ...(options.stripe === undefined ? {} : { stripe: options.stripe }),
  });
  const key = engine.mintKeyForThisRun();
  const api = apiClient((request) => engine.fetch(request), key);
  return {
    engine,
    folder,
    key,
    api,
    systemClock,
    timer,
    moveClock: async (now) => {
      const answer = await api.put('/test_clock', { test_clock: { now } });
      if (answer.status !== 200) throw new Error(`the clock did not move: ${JSON.stringify(answer.body)}`);
    },
    close: async () => {
      await engine.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
