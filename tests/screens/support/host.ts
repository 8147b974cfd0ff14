import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { distFolder } from '../../../build/dist-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The built program, served for one test file. */
export interface Host {
  readonly url: string;
  readonly apiKey: string;
  readonly signInUrl: string;
  readonly folder: string;
  /** Calls the public API with the key; rejects on a refusal. */
  call<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

export interface HostOptions {
  /** Live books instead of a sandbox. */
  readonly isLive?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** An existing workspace: it stays when the host stops. */
  readonly folder?: string;
  /** 0, or left out: a free one. */
  readonly port?: number;
}

/** Starts `dist/main/cli.js serve` on a folder of its own. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'meterbook-screens-'));
  const words = [
    'serve',
    '--data-dir',
    folder,
    '--port',
    String(options.port ?? 0),
    '--json',
    ...(options.isLive === true ? [] : ['--sandbox']),
  ];
  const child = spawn(process.execPath, [join(ROOT, distFolder(), 'main/cli.js'), ...words], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', TZ: 'UTC', ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { url, api_key: apiKey, sign_in_url: signInUrl } = await firstLine(child);
  return {
    url,
    apiKey,
    signInUrl,
    folder,
    call: async <Answer>(method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${text}`);
      return (text === '' ? null : JSON.parse(text)) as Answer;
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface FirstLine {
  readonly url: string;
  readonly api_key: string;
  readonly sign_in_url: string;
}

function firstLine(child: ChildProcess): Promise<FirstLine> {
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as FirstLine));
    child.once('exit', (status) => reject(new Error(`the host ended with ${String(status)}: ${errors}`)));
  });
}
