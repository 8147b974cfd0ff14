import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCommand, type CommandRun } from '../support/headless-host.ts';

// Each test starts processes, which a busy machine makes wait.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let runs: CommandRun[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-demo-'));
  runs = [];
});
afterEach(async () => {
  for (const run of runs) {
    run.child.kill('SIGKILL');
    await run.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Greeting {
  readonly url: string;
  readonly api_key: string;
}

async function start(command: 'demo' | 'serve', ...words: readonly string[]): Promise<CommandRun & { readonly greeting: Greeting }> {
  const run = runCommand([command, '--data-dir', folder, '--port', '0', '--json', ...words]);
  runs.push(run);
  return { ...run, greeting: JSON.parse(await run.line()) as Greeting };
}

async function end(run: CommandRun): Promise<void> {
  run.child.kill('SIGTERM');
  expect((await run.ended).status).toBe(0);
}

async function customersOf({ url, api_key: key }: Greeting): Promise<number> {
  const answer = await fetch(`${url}/api/v1/customers`, { headers: { authorization: `Bearer ${key}` } });
  return ((await answer.json()) as { meta: { total_count: number } }).meta.total_count;
}

it('serves a sandbox with the sample company, and serves it again as it was left', async () => {
  const first = await start('demo');
  expect(await customersOf(first.greeting)).toBe(12);
  const body = JSON.stringify({ customer: { external_id: 'own' } });
  const headers = { authorization: `Bearer ${first.greeting.api_key}`, 'content-type': 'application/json' };
  await fetch(`${first.greeting.url}/api/v1/customers`, { method: 'POST', headers, body });
  await end(first);
  const second = await start('demo');
  expect(await customersOf(second.greeting)).toBe(13);
  await end(second);
});

it('leaves books alone that hold something else', async () => {
  const own = await start('serve', '--sandbox');
  const headers = { authorization: `Bearer ${own.greeting.api_key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ customer: { external_id: 'own' } });
  await fetch(`${own.greeting.url}/api/v1/customers`, { method: 'POST', headers, body });
  await end(own);
  const demo = runCommand(['demo', '--data-dir', folder, '--port', '0']);
  runs.push(demo);
  const ended = await demo.ended;
  expect([ended.status, ended.errors]).toEqual([64, expect.stringContaining('holds other books. Choose an empty folder with --data-dir.')]);
});
