import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
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
  parent = mkdtempSync(join(tmpdir(), 'meterbook-host-'));
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

describe('meterbook serve', () => {
  it('says in its first line where it is and how to get in', async () => {
    const host = await start('--sandbox');
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(host.signInUrl).toMatch(new RegExp(`^${host.url}/sign-in/[\\w-]{22}$`));
    expect(await (await fetch(`${host.url}/health`)).json()).toEqual({ version: packageJson.version, message: 'Success' });
    expect(await read(host.url, host.apiKey)).toBe(200);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with status 0 at %s', async (signal) => {
    const host = await start();
    host.child.kill(signal);
    expect(await host.ended).toMatchObject({ status: 0, signal: null, errors: '' });
  });

  it('forgets the key of the run, and keeps the sandbox a sandbox', async () => {
    const first = await start('--sandbox');
    first.child.kill('SIGTERM');
    await first.ended;
    const second = await start('--sandbox');
    expect(await read(second.url, first.apiKey)).toBe(401);
    second.child.kill('SIGTERM');
    await second.ended;
    const live = await run(['serve', '--data-dir', folder, '--port', '0']);
    expect([live.status, live.errors]).toEqual([64, expect.stringContaining('is a sandbox: open it with --sandbox')]);
  });

  it('is refused on an open workspace, and starts at once after a kill', async () => {
    const first = await start();
    const second = await run(['serve', '--data-dir', folder, '--port', '0']);
    expect([second.status, second.errors]).toEqual([75, expect.stringContaining(`The workspace in ${folder} is already open`)]);
    first.child.kill('SIGKILL');
    await first.ended;
    const third = await start();
    expect(await read(third.url, third.apiKey)).toBe(200);
  });

  it('says that a port is taken, and takes no other', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { readonly port: number };
    const ended = await run(['serve', '--data-dir', folder, '--port', String(port), '--json']);
    other.close();
    expect(ended).toMatchObject({ status: 69, output: '' });
    expect(ended.errors).toContain(`Port ${String(port)} on 127.0.0.1 is taken`);
  });

  it('shows people a key at the first start only', async () => {
    const first = keep(runCommand(['serve', '--data-dir', folder, '--port', '0']));
    const lines = [await first.line(), await first.line(), await first.line(), await first.line(), await first.line()];
    expect(lines).toEqual([
      'Meterbook is ready.',
      expect.stringMatching(/^ {2}API {6}http:\/\/127\.0\.0\.1:\d+\/api\/v1$/),
      expect.stringMatching(/^ {2}Browser {2}http:\/\/127\.0\.0\.1:\d+\/sign-in\/[\w-]{22} {3}\(works once, for 10 minutes\)$/),
      `  Data     ${folder}`,
      expect.stringMatching(/^ {2}API key {2}mbk_[\w-]{43} {3}\(shown this once: only its hash is stored\)$/),
    ]);
    const url = /http:\S+(?=\/api)/.exec(lines[1] ?? '')?.[0] ?? '';
    const key = /mbk_\S+/.exec(lines[4] ?? '')?.[0] ?? '';
    expect(await read(url, key)).toBe(200);
    first.child.kill('SIGTERM');
    await first.ended;
    const second = keep(runCommand(['serve', '--data-dir', folder, '--port', '0']));
    for (let line = 0; line < 4; line += 1) await second.line();
    expect(await second.line()).toContain('make another one with: meterbook keys create');
  });

  it('takes the folder from the environment when none is named', async () => {
    const host = keep(runCommand(['serve', '--port', '0', '--json'], { environment: { METERBOOK_DATA_DIR: folder } }));
    await host.line();
    expect(readdirSync(folder)).toContain('meterbook.sqlite');
  });

  it('listens elsewhere only when that is said twice', async () => {
    const refused = await run(['serve', '--data-dir', folder, '--port', '0', '--host', '0.0.0.0']);
    expect([refused.status, refused.errors]).toEqual([64, expect.stringContaining('Add --allow-remote')]);
    const host = await start('--host', '0.0.0.0', '--allow-remote');
    expect((await fetch(host.url.replace('0.0.0.0', '127.0.0.1') + '/health')).status).toBe(200);
    host.child.kill('SIGTERM');
    expect((await host.ended).errors).toContain('Warning: listening on 0.0.0.0');
  });

  it('leaves files for their owner alone, and no key in them', async () => {
    const host = await start('--sandbox');
    host.child.kill('SIGTERM');
    await host.ended;
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
    for (const path of paths) expect([path, (statSync(path).mode & 0o077).toString(8)]).toEqual([path, '0']);
    const files = paths.filter((path) => statSync(path).isFile());
    expect(files.filter((file) => readFileSync(file).includes(host.apiKey))).toEqual([]);
  });

  it('refuses a damaged workspace with status 65', async () => {
    const host = await start();
    host.child.kill('SIGTERM');
    await host.ended;
    rmSync(join(folder, 'meterbook.sqlite'));
    const ended = await run(['serve', '--data-dir', folder, '--port', '0']);
    expect(ended.status).toBe(65);
    expect(ended.errors).toContain('has lost its database');
  });
});
