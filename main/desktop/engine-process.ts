import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import type { EngineAddress } from './app-protocol.ts';
import type { FromEngineHost, ToEngineHost } from './engine-messages.ts';
import { restartDelayMs } from './policy/restarts.ts';

/** As much of Electron's `UtilityProcess` as is needed here. */
export interface HostProcess {
  postMessage(message: ToEngineHost): void;
  on(event: 'message', listener: (message: FromEngineHost) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly url: string; readonly organizationName: string }
  | { readonly kind: 'restarting' }
  /** It says why it will not open the workspace: no restart would change that. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** It died too often. */
  | { readonly kind: 'given_up' }
  | { readonly kind: 'stopped' };

/** Seals and opens texts with the operating system's keychain. */
export interface Keychain {
  seal(text: string): Promise<string>;
  unseal(text: string): Promise<string>;
}

export interface EngineProcessParts {
  readonly fork: () => HostProcess;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Null where the system has no store that deserves the name. */
  readonly keychain: Keychain | null;
  readonly newToken: () => string;
  readonly onState: (state: EngineState) => void;
  readonly onMessage: (message: FromEngineHost) => void;
}

export interface OpenedWorkspace {
  readonly folder: string;
  readonly isSandbox: boolean;
  readonly port: number;
}

/** What an open transaction gets to end in. */
const STOP_DEADLINE_MS = 5_000;

/** Keeps the engine running in a process of its own: a window that hangs stops no billing. Rule: ui.md § 5 "Process", "Crash". */
export class EngineProcess {
  readonly #parts: EngineProcessParts;
  #workspace: OpenedWorkspace | null = null;
  #host: HostProcess | null = null;
  #address: EngineAddress | null = null;
  #token = '';
  #state: EngineState = { kind: 'stopped' };
  #diedAtMs: readonly number[] = [];
  #isEnding = false;
  #cancelRestart: (() => void) | null = null;

  constructor(parts: EngineProcessParts) {
    this.#parts = parts;
  }

  /** Where windows' requests go; null while the engine is not running. */
  get address(): EngineAddress | null {
    return this.#address;
  }

  get state(): EngineState {
    return this.#state;
  }

  get workspace(): OpenedWorkspace | null {
    return this.#workspace;
  }

  /** Opens a workspace; the one that was open has to be stopped first. */
  start(workspace: OpenedWorkspace): void {
    this.#workspace = workspace;
    this.#isEnding = false;
    this.#diedAtMs = [];
    this.#fork({ kind: 'starting' });
  }

  /** Tells the engine something; nothing while it is not running. */
  tell(message: ToEngineHost): void {
    this.#host?.postMessage(message);
  }

  /** Resolves when the engine has ended: by itself, or cut off after five seconds. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    this.#cancelRestart?.();
    const host = this.#host;
    this.#address = null;
    if (host !== null) {
      await new Promise<void>((resolve) => {
        const cancel = this.#parts.timer.after(STOP_DEADLINE_MS, () => host.kill());
        host.on('exit', () => {
          cancel();
          resolve();
        });
        host.postMessage({ type: 'stop' });
      });
    }
    this.#become({ kind: 'stopped' });
  }

  #fork(state: EngineState): void {
    const workspace = this.#workspace;
    if (workspace === null) return;
    this.#become(state);
    this.#token = this.#parts.newToken();
    const host = this.#parts.fork();
    this.#host = host;
    host.on('message', (message) => {
      this.#hear(message);
    });
    host.on('exit', () => {
      this.#buried(host);
    });
    host.postMessage({ type: 'start', ...workspace, token: this.#token, hasKeychain: this.#parts.keychain !== null });
  }

  #hear(message: FromEngineHost): void {
    switch (message.type) {
      case 'ready':
        this.#address = { url: message.url, token: this.#token };
        this.#become({ kind: 'running', url: message.url, organizationName: message.organizationName });
        break;
      case 'refused':
        this.#isEnding = true;
        this.#become({ kind: 'refused', sentence: message.sentence });
        break;
      case 'seal':
      case 'unseal':
        void this.#answerKeychain(message);
        return;
      case 'stopped':
      case 'status':
        break;
    }
    this.#parts.onMessage(message);
  }

  async #answerKeychain({
    type,
    askId,
    text,
  }: {
    readonly type: 'seal' | 'unseal';
    readonly askId: number;
    readonly text: string;
  }): Promise<void> {
    const { keychain } = this.#parts;
    try {
      if (keychain === null) throw new Error('this system has no keychain');
      this.tell({ type: 'sealed', askId, text: await keychain[type](text) });
    } catch (error) {
      this.tell({ type: 'not_sealed', askId, sentence: error instanceof Error ? error.message : String(error) });
    }
  }

  #buried(host: HostProcess): void {
    if (this.#host !== host) return;
    this.#host = null;
    this.#address = null;
    if (this.#isEnding) return;
    const nowMs = this.#parts.clock.now().epochMilliseconds;
    this.#diedAtMs = [...this.#diedAtMs, nowMs];
    const delayMs = restartDelayMs(this.#diedAtMs, nowMs);
    if (delayMs === null) {
      this.#become({ kind: 'given_up' });
      return;
    }
    this.#become({ kind: 'restarting' });
    this.#cancelRestart = this.#parts.timer.after(delayMs, () => {
      this.#fork({ kind: 'restarting' });
    });
  }

  #become(state: EngineState): void {
    this.#state = state;
    this.#parts.onState(state);
  }
}
