import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCommand, type CommandRun, type Ended } from '../support/headless-host.ts';

// Each test starts processes, which a busy machine makes wait.
vi.setConfig({ testTimeout: 60_000 });

let parent: string;
let folder: string;
let runs: CommandRun[];
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'meterbook-sandbox-command-'));
  folder = join(parent, 'books');
  runs = [];
});
afterEach(async () => {
  for (const run of runs) {
    run.child.kill('SIGKILL');
    await run.ended;
  }
  rmSync(parent, { recursive: true, force: true });
});

interface Greeting {
  readonly url: string;
  readonly api_key: string;
}

async function serve(...words: readonly string[]): Promise<Greeting> {
  const run = runCommand(['serve', '--port', '0', '--json', ...words]);
  runs.push(run);
  return JSON.parse(await run.line()) as Greeting;
}

function sandbox(...words: readonly string[]): Promise<Ended> {
  const run = runCommand(['sandbox', '--data-dir', folder, ...words]);
  runs.push(run);
  return run.ended;
}

async function call({ url, api_key: key }: Greeting, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, ...((await answer.json()) as object) };
}

it('copies books that are being served, and the copy is served beside them', async () => {
  const books = await serve('--data-dir', folder);
  await call(books, 'POST', '/customers', { customer: { external_id: 'acme' } });
  const copied = await sandbox('--json');
  expect([copied.status, JSON.parse(copied.output)]).toEqual([0, { folder: `${folder}-sandbox-1`, is_sandbox: true }]);
  const copy = await serve('--sandbox', '--data-dir', `${folder}-sandbox-1`);
  expect(await call(copy, 'GET', '/customers/acme')).toMatchObject({ status: 200, customer: { external_id: 'acme' } });
  const later = { test_clock: { now: '2099-01-01T00:00:00Z' } };
  expect(await call(copy, 'PUT', '/test_clock', later)).toMatchObject({ status: 200, ...later });
  expect(await call(books, 'GET', '/test_clock')).toMatchObject({ status: 404 });
});

it('says where the copy is and how to serve it, and refuses in a sentence', async () => {
  const missing = await sandbox();
  expect([missing.status, missing.errors]).toEqual([64, expect.stringContaining(`There is no Meterbook workspace in ${folder}.`)]);
  const first = runCommand(['serve', '--data-dir', folder, '--port', '0', '--json']);
  runs.push(first);
  await first.line();
  first.child.kill('SIGTERM');
  await first.ended;
  const target = join(parent, 'trial');
  const made = await sandbox('--to', target);
  expect([made.status, made.output]).toEqual([
    0,
    `The sandbox is in ${target}\nServe it with: meterbook serve --sandbox --data-dir "${target}"\n`,
  ]);
  const taken = await sandbox('--to', target);
  expect([taken.status, taken.errors]).toEqual([64, `${target} is there already. Choose a folder that is not.\n`]);
  expect(readdirSync(parent).sort()).toEqual(['books', 'trial']);
});
