// Starts the real desktop app and looks whether it stands: the packaged one that METERBOOK_PACKAGED_APP names, else the built one in the
// fetched Electron. Where neither can run it says why, and counts nothing; with --required that is a failure. The last line counts.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, chromium, type ElectronApplication, type Page } from 'playwright/test';
import { distFolder } from './dist-folder.ts';
import { electronBinary } from './electron-binary.ts';
import { wrongFuses } from './fuses.ts';
import { chooseSmoke } from './smoke-choice.ts';

const START_LIMIT_MS = 60_000;
/** Nobody's: the user's own Meterbook may have 3000. */
const PORT = 39_471;

const root = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'meterbook-smoke-'));
const profile = join(work, 'profile');
const environment = { ...process.env, METERBOOK_DATA_DIR: join(work, 'books'), METERBOOK_DISABLE_ANALYTICS: '1' };
let [passed, failed] = [0, 0];

async function check(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function assertEqual(found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${one} instead of ${other}`);
}

/** The engine answers through app://, so its process runs and has opened a database. */
async function waitForEngine(page: Page): Promise<void> {
  const isThere = `fetch('/api/internal/capabilities').then((answer) => answer.status === 200, () => false)`;
  await page.waitForFunction(isThere, undefined, { timeout: START_LIMIT_MS, polling: 250 });
}

/** What holds in a packaged and in an unpackaged window. */
async function checkPage(page: Page): Promise<void> {
  await check('the window shows our own page', async () => {
    await page.waitForLoadState('domcontentloaded');
    assertEqual(new URL(page.url()).protocol, 'app:');
    await page.locator('#root > *').first().waitFor({ state: 'attached', timeout: START_LIMIT_MS });
  });
  await check('the engine opens a database and answers', () => waitForEngine(page));
  await check('the page has the bridge, and no Node', async () => {
    const found = await page.evaluate(`[typeof window.meterbook, typeof window.require, typeof window.process]`);
    assertEqual(found, ['object', 'undefined', 'undefined']);
  });
  await check('an injected script does not run', async () => {
    const script = `(() => { const s = document.createElement('script'); s.textContent = 'window.injected = 1'; document.body.append(s); return typeof window.injected; })()`;
    assertEqual(await page.evaluate(script), 'undefined');
  });
}

/** Playwright's own way, which needs Node's inspector: it runs where the fuses are as Electron ships them. */
async function smokeBuilt(binary: string): Promise<void> {
  const entry = join(root, distFolder(), 'main/desktop.js');
  const app = await _electron.launch({ executablePath: binary, args: [entry, `--user-data-dir=${profile}`], env: environment });
  const running = app.process();
  try {
    const page = await app.firstWindow({ timeout: START_LIMIT_MS });
    await checkPage(page);
    await check('an engine that dies is started again', () => checkEngineDeath(app, page));
  } finally {
    await end(running);
  }
}

async function checkEngineDeath(app: ElectronApplication, page: Page): Promise<void> {
  const findEngine = (): Promise<number | undefined> =>
    app.evaluate(({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'Meterbook engine')?.pid);
  const first = await findEngine();
  if (first === undefined) throw new Error('there is no engine process');
  process.kill(first, 'SIGKILL');
  await waitForEngine(page);
  const second = await findEngine();
  if (second === undefined || second === first) throw new Error('the engine was not started again');
}

/** The packaged app has no inspector (its fuse is off): its pages are reached over Chromium's own protocol. */
async function smokePackaged(binary: string): Promise<void> {
  await check('the fuses are set', async () => assertEqual(await wrongFuses(binary), []));
  const child = spawn(binary, ['--remote-debugging-port=0', `--user-data-dir=${profile}`], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const endpoint = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        const found = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('error', reject);
      child.once('exit', (status) => reject(new Error(`the app ended with ${status ?? 'a signal'} before it opened`)));
      AbortSignal.timeout(START_LIMIT_MS).addEventListener('abort', () => reject(new Error('the app opened no window in time')));
    });
    const browser = await chromium.connectOverCDP(endpoint);
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('the app has no pages');
    await checkPage(context.pages()[0] ?? (await context.waitForEvent('page', { timeout: START_LIMIT_MS })));
    await browser.close();
  } finally {
    await end(child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

const choice = chooseSmoke({
  packaged: process.env['METERBOOK_PACKAGED_APP'],
  electron: electronBinary(join(root, 'node_modules/electron')),
  platform: process.platform,
  environment: process.env,
  isRoot: process.getuid?.() === 0,
});
try {
  if (choice.kind === 'none') {
    console.log(`not run: ${choice.why}`);
    if (process.argv.includes('--required')) failed += 1;
  } else {
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'desktop.json'), JSON.stringify({ port: PORT, checksForUpdates: false, keepsRunning: false }));
    await check('the app starts', () => (choice.kind === 'packaged' ? smokePackaged(choice.binary) : smokeBuilt(choice.binary)));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
