import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('./bench-server.ts', import.meta.url));

/** A server in a process of its own. */
export interface StartedServer {
  readonly port: number;
  readonly key: string;
  /** Calls the API and expects 200. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** A folder for the time of some work. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'meterbook-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A server on a folder for the time of some work; it never outlives it. */
export async function withServer<T>(folder: string, work: (server: StartedServer) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [SERVER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
    const { port, key } = JSON.parse(String(line[0])) as { port: number; key: string };
    return await work({ port, key, call: (method, path, body) => call({ port, key }, { method, path, body }) });
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function call(
  server: { readonly port: number; readonly key: string },
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: unknown },
): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${String(server.port)}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer.json();
}
