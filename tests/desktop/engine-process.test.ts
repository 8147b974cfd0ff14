import { beforeEach, describe, expect, test } from 'vitest';
import type { FromEngineHost, ToEngineHost } from '../../main/desktop/engine-messages.ts';
import { EngineProcess, type EngineState, type HostProcess, type Keychain } from '../../main/desktop/engine-process.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeTimer } from '../support/fake-timer.ts';

/** A process that does what the test says. */
class FakeHost implements HostProcess {
  readonly told: ToEngineHost[] = [];
  isKilled = false;
  readonly #messages: ((message: FromEngineHost) => void)[] = [];
  readonly #exits: ((code: number) => void)[] = [];

  postMessage(message: ToEngineHost): void {
    this.told.push(message);
  }

  on(event: 'message' | 'exit', listener: ((message: FromEngineHost) => void) & ((code: number) => void)): unknown {
    if (event === 'message') this.#messages.push(listener);
    else this.#exits.push(listener);
    return this;
  }

  kill(): boolean {
    this.isKilled = true;
    this.exit(137);
    return true;
  }

  say(message: FromEngineHost): void {
    for (const listener of this.#messages) listener(message);
  }

  exit(code: number): void {
    for (const listener of this.#exits) listener(code);
  }
}

const WORKSPACE = { folder: '/books', isSandbox: false, port: 3000 };
const READY: FromEngineHost = { type: 'ready', url: 'http://127.0.0.1:3000', port: 3000, organizationName: 'Acme' };
const KEYCHAIN: Keychain = { seal: (text) => Promise.resolve(`sealed ${text}`), unseal: () => Promise.reject(new Error('locked')) };

let hosts: FakeHost[];
let states: EngineState['kind'][];
let timer: FakeTimer;
let engine: EngineProcess;

beforeEach(() => {
  hosts = [];
  states = [];
  const clock = new FakeClock('2026-01-01T00:00:00Z');
  timer = new FakeTimer(clock);
  let tokens = 0;
  engine = new EngineProcess({
    fork: () => {
      const host = new FakeHost();
      hosts.push(host);
      return host;
    },
    clock,
    timer,
    keychain: KEYCHAIN,
    newToken: () => `token-${(tokens += 1)}`,
    onState: (state) => states.push(state.kind),
    onMessage: () => undefined,
  });
  engine.start(WORKSPACE);
});

describe('the engine’s process', () => {
  test('is told which workspace to open, and can be called once it is ready', () => {
    expect(hosts[0]?.told).toEqual([{ type: 'start', ...WORKSPACE, token: 'token-1', hasKeychain: true }]);
    expect(engine.address).toBeNull();
    hosts[0]?.say(READY);
    expect(engine.address).toEqual({ url: 'http://127.0.0.1:3000', token: 'token-1' });
    expect(states).toEqual(['starting', 'running']);
  });

  test('is started again when it dies, with a new token and on the same workspace', () => {
    hosts[0]?.say(READY);
    hosts[0]?.exit(1);
    expect([engine.address, states.at(-1)]).toEqual([null, 'restarting']);
    timer.advance(499);
    expect(hosts).toHaveLength(1);
    timer.advance(1);
    hosts[1]?.say(READY);
    expect(hosts[1]?.told).toEqual([{ type: 'start', ...WORKSPACE, token: 'token-2', hasKeychain: true }]);
    expect(engine.address?.token).toBe('token-2');
  });

  test('is left dead after six deaths in ten minutes', () => {
    for (let death = 0; death < 6; death += 1) {
      hosts.at(-1)?.exit(1);
      timer.advance(10_000);
    }
    expect(hosts).toHaveLength(6);
    expect(states.at(-1)).toBe('given_up');
  });

  test('is not started again when it says why it will not open the workspace', () => {
    hosts[0]?.say({ type: 'refused', status: 75, sentence: 'Another program has /books open.' });
    hosts[0]?.exit(75);
    timer.advance(60_000);
    expect([hosts.length, engine.state]).toEqual([1, { kind: 'refused', sentence: 'Another program has /books open.' }]);
  });

  test('ends when it is asked to, and is cut off after five seconds when it does not', async () => {
    hosts[0]?.say(READY);
    const stopped = engine.stop();
    expect(hosts[0]?.told.at(-1)).toEqual({ type: 'stop' });
    hosts[0]?.exit(0);
    await stopped;
    expect([hosts[0]?.isKilled, engine.state.kind, hosts.length]).toEqual([false, 'stopped', 1]);

    engine.start(WORKSPACE);
    const cutOff = engine.stop();
    timer.advance(5_000);
    await cutOff;
    expect([hosts[1]?.isKilled, hosts.length]).toEqual([true, 2]);
  });

  test('has its secrets sealed by the keychain, and hears why one cannot be opened', async () => {
    hosts[0]?.say({ type: 'seal', askId: 1, text: 'sk_live' });
    hosts[0]?.say({ type: 'unseal', askId: 2, text: 'x' });
    await Promise.resolve();
    await Promise.resolve();
    expect(hosts[0]?.told.slice(1)).toEqual([
      { type: 'sealed', askId: 1, text: 'sealed sk_live' },
      { type: 'not_sealed', askId: 2, sentence: 'locked' },
    ]);
  });
});
