import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { electronBinary, fetchElectron, fetchFailedMsAgo, runWindow } from '../../build/electron-binary.ts';
import { chooseOpening, type OpeningFacts } from '../../build/window-choice.ts';

const DESK: OpeningFacts = {
  words: [],
  platform: 'linux',
  environment: { DISPLAY: ':0' },
  isRoot: false,
  hasElectron: true,
  failedMsAgo: null,
};

describe('npm start', () => {
  test.each<[string, Partial<OpeningFacts>]>([
    ['Linux with X', {}],
    ['Linux with Wayland', { environment: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['macOS, which always has a display', { platform: 'darwin', environment: {} }],
    ['Windows', { platform: 'win32', environment: {} }],
    ['CI=false', { environment: { DISPLAY: ':0', CI: 'false' } }],
    ['an old failure, with Electron there by now', { failedMsAgo: 5 }],
  ])('opens the window on %s', (_name, facts) => {
    expect(chooseOpening({ ...DESK, ...facts })).toEqual({ kind: 'window' });
  });

  test.each<[string, Partial<OpeningFacts>, string]>([
    ['Linux without a display', { environment: { DISPLAY: '' } }, 'There is no display for a window'],
    ['Linux as root', { isRoot: true }, "Electron's sandbox does not run for root"],
    ['CI', { environment: { DISPLAY: ':0', CI: 'true' } }, 'No window under CI'],
    ['a failure of this day', { hasElectron: false, failedMsAgo: 86_399_999 }, 'Electron could not be fetched'],
  ])('takes the browser on %s and says why in one line', (_name, facts, why) => {
    const opening = chooseOpening({ ...DESK, ...facts });
    expect(opening).toMatchObject({ kind: 'browser', words: [], line: expect.stringMatching(`^${why}`) as string });
    expect(opening.kind === 'browser' && opening.line).toMatch(/at the link below\. Ctrl\+C ends it\.$/);
    expect(opening.kind === 'browser' && opening.line).not.toContain('\n');
  });

  test('fetches Electron where it is missing, and again a day after it failed', () => {
    expect(chooseOpening({ ...DESK, hasElectron: false })).toEqual({ kind: 'fetch' });
    expect(chooseOpening({ ...DESK, hasElectron: false, failedMsAgo: 86_400_000 })).toEqual({ kind: 'fetch' });
  });

  test('takes the browser with --browser and with any option of the server, and passes those on', () => {
    expect(chooseOpening({ ...DESK, words: ['--browser'] })).toMatchObject({ kind: 'browser', words: [] });
    expect(chooseOpening({ ...DESK, words: ['--browser', '--port', '8080'] })).toMatchObject({
      kind: 'browser',
      words: ['--port', '8080'],
    });
    expect(chooseOpening({ ...DESK, words: ['--sandbox'] })).toMatchObject({ kind: 'browser', words: ['--sandbox'] });
  });
});

/** Scripts stand in for Electron and its installer: what is tested is how they are called. */
describe.skipIf(process.platform === 'win32')("Electron's program", () => {
  let folder: string;
  let electron: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meterbook-electron-'));
    electron = join(folder, 'node_modules/electron');
    mkdirSync(electron, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function putBinary(script: string): string {
    mkdirSync(join(electron, 'dist'), { recursive: true });
    const file = join(electron, 'dist/electron');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    writeFileSync(join(electron, 'path.txt'), 'electron');
    return file;
  }

  test('is found where the package says, and only when it is there', () => {
    expect(electronBinary(electron)).toBeNull();
    const file = putBinary('exit 0');
    expect(electronBinary(electron)).toBe(file);
    rmSync(file);
    expect(electronBinary(electron)).toBeNull();
  });

  test('is fetched by its own installer', async () => {
    const made = `const fs = require('fs'); fs.mkdirSync(__dirname + '/dist'); fs.writeFileSync(__dirname + '/dist/electron', '');`;
    writeFileSync(join(electron, 'install.js'), `${made} fs.writeFileSync(__dirname + '/path.txt', 'electron');`);
    expect(await fetchElectron(electron)).toBe(true);
    expect(fetchFailedMsAgo(electron, 0)).toBeNull();
  });

  test.each([
    ['fails', 'process.exit(1)', 60_000],
    ['ends well but leaves nothing', '', 60_000],
    ['hangs', 'setInterval(() => {}, 1000)', 300],
  ])('that %s to come is remembered', async (_name, script, limitMs) => {
    writeFileSync(join(electron, 'install.js'), script);
    expect(await fetchElectron(electron, limitMs)).toBe(false);
    const mark = join(folder, 'node_modules/.cache/meterbook-electron-fetch-failed');
    utimesSync(mark, 1_000, 1_000);
    expect(fetchFailedMsAgo(electron, 1_005_000)).toBe(5_000);
  });

  test('runs the built entry, and its status is passed on', async () => {
    const file = putBinary(`echo "$1 $ELECTRON_RUN_AS_NODE" > ${join(folder, 'called')}`);
    expect(await runWindow(file, '/dist/main/desktop.js')).toEqual({ hasOpened: true, status: 0 });
    expect(readFileSync(join(folder, 'called'), 'utf8')).toBe('/dist/main/desktop.js \n');
  });

  test('that ends with an error at once counts as no window', async () => {
    expect(await runWindow(putBinary('exit 127'), 'entry')).toEqual({ hasOpened: false, status: 127 });
    expect(await runWindow(join(folder, 'missing'), 'entry')).toEqual({ hasOpened: false, status: 1 });
  });
});
