import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('./bench-server.ts', import.meta.url));

/** A server in a process of its own, on books of its own. */
export interface StartedServer {
  readonly port: number;
  readonly key: string;
  readonly folder: string;
  /** Calls the API and expects 200. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Ends the process; its folder stays. */
  pause(): Promise<void>;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

export async function startServer(folder = mkdtempSync(join(tmpdir(), 'meterbook-bench-'))): Promise<StartedServer> {
  const child = spawn(process.execPath, [SERVER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { port, key } = JSON.parse(line) as { port: number; key: string };
  const pause = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return {
    port,
    key,
    folder,
    call: async (method, path, body) => {
      const answer = await fetch(`http://127.0.0.1:${String(port)}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (answer.status !== 200) throw new Error(`${method} ${path}: ${await answer.text()}`);
      return answer.json();
    },
    pause,
    stop: async () => {
      await pause();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
