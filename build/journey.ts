// Runs the published client's journey against a sandbox host of the built program, and ends with its status.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_LIMIT_MS = 20_000;
const JOURNEY_LIMIT_MS = 180_000;

const dataDir = mkdtempSync(join(tmpdir(), 'meterbook-journey-'));
const host = spawn(process.execPath, ['dist/main/cli.js', 'serve', '--sandbox', '--data-dir', dataDir, '--port', '0', '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const hostEnd = new Promise<void>((resolve) => host.once('exit', () => resolve()));

let report = '';
try {
  const firstLine = await new Promise<string>((resolve, reject) => {
    createInterface({ input: host.stdout }).once('line', resolve);
    host.once('exit', (status) => reject(new Error(`the host ended with ${status} before it served`)));
    AbortSignal.timeout(START_LIMIT_MS).addEventListener('abort', () =>
      reject(new Error(`the host did not serve in ${START_LIMIT_MS} ms`)),
    );
  });
  const { url, api_key: apiKey } = JSON.parse(firstLine) as { readonly url: string; readonly api_key: string };
  const journey = spawn(process.execPath, ['tests/conformance/lago-client.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LAGO_URL: `${url}/api/v1`, LAGO_KEY: apiKey },
    timeout: JOURNEY_LIMIT_MS,
  });
  journey.stdout.setEncoding('utf8').on('data', (text: string) => (report += text));
  process.exitCode = await new Promise<number>((resolve) => journey.once('close', (status) => resolve(status ?? 1)));
} finally {
  host.kill('SIGTERM');
  await hostEnd;
  rmSync(dataDir, { recursive: true, force: true });
}
// Last of all, after whatever the host says as it ends: the count must be the last line.
process.stdout.write(report);
