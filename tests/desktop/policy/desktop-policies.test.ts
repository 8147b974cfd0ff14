import { describe, expect, test } from 'vitest';
import { keepsRunningAtFirst, whenLastWindowCloses } from '../../../main/desktop/policy/closing.ts';
import { proposedFileName } from '../../../main/desktop/policy/file-names.ts';
import { isPermissionGranted } from '../../../main/desktop/policy/permissions.ts';
import { restartDelayMs } from '../../../main/desktop/policy/restarts.ts';
import { windowOptions } from '../../../main/desktop/policy/window-options.ts';

test('windows are sandboxed, isolated and without Node', () => {
  expect(windowOptions({ name: 'main', preload: '/p.cjs', isDark: false }).webPreferences).toEqual({
    preload: '/p.cjs',
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    experimentalFeatures: false,
    allowRunningInsecureContent: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    plugins: true,
  });
  expect(windowOptions({ name: 'main', preload: '/p.cjs', isDark: true })).toMatchObject({
    name: 'main',
    windowStatePersistence: true,
    backgroundColor: '#16191f',
  });
});

/** Every permission that Electron 45 knows. */
const PERMISSIONS = [
  'accessibility-events',
  'background-sync',
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'payment-handler',
  'pointerLock',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'unknown',
  'usb',
  'window-management',
];

test.each(PERMISSIONS)('the permission %s is denied', (permission) => {
  expect(isPermissionGranted(permission)).toBe(false);
});

describe('closing the last window', () => {
  test.each([
    { platform: 'win32', keepsRunning: true, hasTray: true, isQuitting: false, expected: 'stay' },
    { platform: 'win32', keepsRunning: true, hasTray: false, isQuitting: false, expected: 'quit' },
    { platform: 'win32', keepsRunning: false, hasTray: true, isQuitting: false, expected: 'quit' },
    { platform: 'linux', keepsRunning: true, hasTray: true, isQuitting: false, expected: 'stay' },
    { platform: 'darwin', keepsRunning: true, hasTray: false, isQuitting: false, expected: 'stay' },
    { platform: 'darwin', keepsRunning: true, hasTray: true, isQuitting: true, expected: 'quit' },
  ] as const)('$platform, keeps running $keepsRunning, tray $hasTray, quitting $isQuitting: $expected', ({ expected, ...facts }) => {
    expect(whenLastWindowCloses(facts)).toBe(expected);
  });

  test('the setting starts off on Linux alone', () => {
    expect((['darwin', 'linux', 'win32'] as const).map(keepsRunningAtFirst)).toEqual([true, false, true]);
  });
});

describe('a dead engine is started again', () => {
  const minutes = (...all: readonly number[]): readonly number[] => all.map((one) => one * 60_000);
  test.each([
    { name: 'soon after its first death', diedAtMs: minutes(0), nowMs: 0, expected: 500 },
    { name: 'later each time', diedAtMs: minutes(0, 1, 2), nowMs: 120_000, expected: 2000 },
    { name: 'five times in ten minutes', diedAtMs: minutes(0, 1, 2, 3, 4), nowMs: 240_000, expected: 8000 },
    { name: 'not a sixth time', diedAtMs: minutes(0, 1, 2, 3, 4, 5), nowMs: 300_000, expected: null },
    { name: 'deaths of long ago do not count', diedAtMs: minutes(0, 1, 2, 3, 4, 11), nowMs: 660_000, expected: 4000 },
  ])('$name', ({ diedAtMs, nowMs, expected }) => {
    expect(restartDelayMs(diedAtMs, nowMs)).toBe(expected);
  });
});

describe('a proposed file name', () => {
  test.each([
    ['INV-0042 Hooli 2026-01.pdf', 'INV-0042 Hooli 2026-01.pdf'],
    ['../../etc/passwd', 'etc passwd'],
    ['C:\\Windows\\system32.pdf', 'C Windows system32.pdf'],
    ['/Users/a/b.pdf', 'Users a b.pdf'],
    ['con.pdf', '_con.pdf'],
    ['LPT1', '_LPT1'],
    ['a\u0000b\u202Efdp.exe', 'abfdp.exe'],
    ['  ..hidden. . ', 'hidden'],
    ['', 'file'],
    ['.pdf', 'pdf'],
    ['a<b>:"c|d?*.pdf', 'a b c d.pdf'],
    [`${'é'.repeat(300)}.pdf`, `${'é'.repeat(116)}.pdf`],
    ['Łódź 株式会社.pdf', 'Łódź 株式会社.pdf'],
  ])('of %j is %j', (name, expected) => {
    expect(proposedFileName(name)).toBe(expected);
  });
});
