import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { distFolder } from '../../build/dist-folder.ts';
import { packHost, stageHostPackage } from '../../build/package-host.ts';

const root = join(import.meta.dirname, '../..');
const MAX_TARBALL_BYTES = 12 * 1024 * 1024;

const work = mkdtempSync(join(tmpdir(), 'meterbook-host-package-'));
const staged = join(work, 'staged');
const empty = mkdtempSync(join(work, 'empty-'));
let tarball: string;
let installation: string;
let host: ChildProcess | null = null;

/** As a server has it: nothing of this project on the path but the pinned Node, and nothing to compile with. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|METERBOOK_|NODE_)/i.test(name))),
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  npm_config_python: '/nonexistent/python',
};

beforeAll(() => {
  stageHostPackage(join(root, distFolder()), staged);
  tarball = packHost(staged, work);
  const words = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--foreground-scripts', '--loglevel', 'verbose', tarball];
  const options = { cwd: empty, encoding: 'utf8', env: environment, shell: process.platform === 'win32', stdio: 'pipe' } as const;
  installation = execFileSync('npm', words, options);
}, 120_000);
afterAll(async () => {
  if (host !== null && host.exitCode === null) {
    const ended = new Promise((resolve) => host?.once('exit', resolve));
    host.kill('SIGTERM');
    await ended;
  }
  rmSync(work, { recursive: true, force: true });
});

test('the package has one dependency, at one version, and no script', () => {
  const manifest = JSON.parse(readFileSync(join(staged, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
  expect(manifest).toMatchObject({
    name: 'meterbook',
    version: packageJson.version,
    bin: { meterbook: 'dist/main/cli.js' },
    dependencies: { 'better-sqlite3': '13.2.0' },
  });
  for (const field of ['scripts', 'devDependencies', 'overrides', 'private', 'allowScripts']) expect(manifest).not.toHaveProperty(field);
});

test('the tarball holds what a server runs, nothing of the desktop, and is small', () => {
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  expect(files).toEqual(
    expect.arrayContaining([
      'package/dist/main/cli.js',
      'package/dist/main/pdf-worker.js',
      'package/dist/renderer/index.html',
      'package/LICENSE',
    ]),
  );
  const expected =
    /^package\/(?:dist\/main\/[\w.-]+\.js|dist\/main\/fonts\/.+|dist\/renderer\/.+|package\.json|LICENSE|README\.md|meterbook\.service|Containerfile)$/;
  expect(files.filter((name) => !expected.test(name))).toEqual([]);
  expect(files.filter((name) => /desktop|engine-host|preload|icons\/|\.map$/.test(name.replace('package/dist/renderer/', '')))).toEqual([]);
  expect(statSync(tarball).size).toBeLessThan(MAX_TARBALL_BYTES);
});

test('a plain npm install in an empty folder runs no script and brings one SQLite driver', () => {
  // With --foreground-scripts npm prints `> name@version install` before each script.
  expect(installation).not.toMatch(/^> /m);
  expect(
    readdirSync(join(empty, 'node_modules'))
      .filter((name) => !name.startsWith('.'))
      .sort(),
  ).toEqual(['better-sqlite3', 'meterbook', 'node-addon-api']);
  const inner = readdirSync(join(empty, 'node_modules'), { recursive: true, encoding: 'utf8' });
  expect(inner.filter((name) => name.endsWith('better-sqlite3'))).toEqual(['better-sqlite3']);
});

test('the installed command serves the API and the screens', async () => {
  const command = join(empty, 'node_modules/.bin/meterbook');
  const words = ['serve', '--sandbox', '--json', '--port', '0', '--data-dir', join(work, 'books')];
  const served = spawn(command, words, { cwd: empty, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  host = served;
  let errors = '';
  served.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: served.stdout }).once('line', resolve);
    served.once('exit', (status) => reject(new Error(`it ended with ${status ?? 'a signal'}: ${errors}`)));
  });
  const { url, api_key: apiKey, sign_in_url: signIn } = JSON.parse(first) as Readonly<Record<string, string>>;
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ version: packageJson.version, message: 'Success' });
  const plans = await fetch(`${url}/api/v1/plans`, { headers: { authorization: `Bearer ${apiKey}` } });
  expect(plans.status).toBe(200);
  const entered = await fetch(signIn ?? '', { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await (await fetch(`${url}/`, { headers: { cookie } })).text();
  const script = /<script[^>]* src="([^"]+)"/.exec(page)?.[1] ?? '';
  const answer = await fetch(new URL(script, url), { headers: { cookie } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
}, 30_000);
