// Starts the built program three times on one workspace: the fastest start must answer within a second, and the program at rest stays small.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const STARTS = 3;
const FIRST_ANSWER_LIMIT_MS = 1_000;
const REST_LIMIT_MB = 150;
/** What a start leaves behind is collected by then. */
const REST_MS = 2_000;

const dataDir = mkdtempSync(join(tmpdir(), 'meterbook-start-'));

async function start(): Promise<{ readonly answeredMs: number; readonly restMb: number | null }> {
  const startedAt = performance.now();
  const host = spawn(process.execPath, ['dist/main/cli.js', 'serve', '--sandbox', '--data-dir', dataDir, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => host.once('exit', () => resolve()));
  const firstLine = await new Promise<string>((resolve, reject) => {
    createInterface({ input: host.stdout }).once('line', resolve);
    host.once('exit', (status) => reject(new Error(`the host ended with ${status} before it served`)));
  });
  const { url } = JSON.parse(firstLine) as { readonly url: string };
  await (await fetch(`${url}/health`)).json();
  const answeredMs = performance.now() - startedAt;
  await wait(REST_MS);
  const restMb = process.platform === 'linux' ? residentMb(host.pid ?? 0) : null;
  host.kill('SIGTERM');
  await ended;
  return { answeredMs, restMb };
}

function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

try {
  const starts = [];
  for (let count = 0; count < STARTS; count++) starts.push(await start());
  const fastestMs = Math.round(Math.min(...starts.map(({ answeredMs }) => answeredMs)));
  const restMb = starts.at(-1)?.restMb ?? null;
  const isFast = fastestMs < FIRST_ANSWER_LIMIT_MS;
  const isSmall = restMb === null || restMb < REST_LIMIT_MB;
  console.log(`first answer after ${fastestMs} ms; ${restMb === null ? 'memory is read on Linux only' : `${restMb} MB at rest`}`);
  const passed = [isFast, isSmall].filter(Boolean).length;
  console.log(`${passed} passed, ${2 - passed} failed`);
  process.exitCode = passed === 2 ? 0 : 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
