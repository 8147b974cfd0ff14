import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { runCommand, serve, type CommandRun } from '../support/headless-host.ts';

// Each test starts processes, which a busy machine makes wait.
vi.setConfig({ testTimeout: 30_000 });

let parent: string;
let folder: string;
let runs: CommandRun[];
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'meterbook-command-'));
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

function keep<Run extends CommandRun>(run: Run): Run {
  runs.push(run);
  return run;
}
const start = async (...words: readonly string[]) => keep(await serve(['--data-dir', folder, ...words]));
const run = (words: readonly string[], options?: Parameters<typeof runCommand>[1]) => keep(runCommand(words, options)).ended;
const read = async (url: string, key: string): Promise<number> =>
  (await fetch(`${url}/api/v1/plans`, { headers: { authorization: `Bearer ${key}` } })).status;

describe('meterbook keys', () => {
  it('makes, lists and revokes keys of a workspace that is not open', async () => {
    const host = await start();
    const open = await run(['keys', 'create', '--data-dir', folder]);
    expect(open.status).toBe(75);
    host.child.kill('SIGTERM');
    await host.ended;
    const created = await run(['keys', 'create', '--name', 'backend', '--data-dir', folder]);
    const key = created.output.trim();
    expect([created.status, key]).toEqual([0, expect.stringMatching(/^mbk_[\w-]{43}$/)]);
    const listed = await run(['keys', 'list', '--data-dir', folder]);
    expect(listed.output).toMatch(new RegExp(`^[0-9a-f-]{36} {2}…${key.slice(-4)} {2}backend, since .*Z\\n$`));
    const again = await start();
    expect(await read(again.url, key)).toBe(200);
    again.child.kill('SIGTERM');
    await again.ended;
    expect((await run(['keys', 'revoke', listed.output.slice(0, 36), '--data-dir', folder])).status).toBe(0);
    expect((await run(['keys', 'list', '--data-dir', folder])).output).toBe('');
  });

  it('makes no workspace by a mistyped name', async () => {
    const ended = await run(['keys', 'create', '--data-dir', folder]);
    expect([ended.status, ended.errors]).toEqual([64, expect.stringContaining('There is no Meterbook workspace in')]);
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe('the command line', () => {
  it.each([
    [['--version'], `${packageJson.version}\n`],
    [['--help'], 'meterbook serve [--data-dir DIR]'],
    [['help'], 'meterbook keys create'],
  ])('answers %j', async (words, text) => {
    const ended = await run(words);
    expect([ended.status, ended.errors]).toEqual([0, '']);
    expect(ended.output).toContain(text);
  });

  it.each([
    [[], 'Say what to do.'],
    [['dance'], 'There is no command "dance".'],
    [['serve', 'now'], 'There is no command "serve now".'],
    [['serve', '--colour', 'red'], "Unknown option '--colour'"],
    [['serve', '--port', 'high'], '--port is a number from 0 to 65535, not "high".'],
    [['serve', '--port', '65536'], '--port is a number from 0 to 65535, not "65536".'],
    [['keys', 'dance'], 'Say: meterbook keys create | list | revoke ID'],
  ])('refuses %j with status 64', async (words, sentence) => {
    const ended = await run(words);
    expect([ended.status, ended.output, ended.errors]).toEqual([64, '', expect.stringContaining(sentence)]);
  });

  it('says in one line that a Node is too old, before anything native is loaded', async () => {
    const pretend = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.1' } })";
    const ended = await run(['serve', '--data-dir', folder], {
      nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`],
    });
    expect(ended).toMatchObject({
      status: 69,
      output: '',
      errors: 'Meterbook needs Node 22 or newer; this is Node 20.11.1. See https://nodejs.org.\n',
    });
    expect(readdirSync(parent)).toEqual([]);
  });
});
