import type { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DesktopApp } from '../../main/desktop/desktop-app.ts';
import { fakeElectron, type Asked, type FakeContents, type MenuItem } from './fake-electron.ts';

// The shell's wiring, with Electron's module replaced: what it asks of Electron, not what Electron makes of it.
const current: { module: Readonly<Record<string, unknown>> } = vi.hoisted(() => ({ module: {} }));
vi.mock(
  'electron',
  () =>
    new Proxy(
      {},
      {
        get: (_, name) => current.module[name as string],
        has: () => true,
        ownKeys: () => Object.keys(current.module),
        getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
      },
    ),
);

let asked: Asked;
let engine: Server;
let calls: { readonly url: string | undefined; readonly token: string | string[] | undefined }[];
let folder: string;
let answers: { readonly status: number; readonly body: string }[];
let desktop: DesktopApp;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-desktop-books-'));
  vi.stubEnv('METERBOOK_DATA_DIR', folder);
  const fake = fakeElectron();
  asked = fake.asked;
  current.module = fake.module;
  calls = [];
  answers = [];
  engine = createServer((incoming, outgoing) => {
    calls.push({ url: incoming.url, token: incoming.headers['x-meterbook-desktop'] });
    const answer = answers.shift() ?? { status: 200, body: '%PDF-1.7' };
    outgoing.statusCode = answer.status;
    outgoing.end(answer.body);
  });
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', () => resolve()));
  const shell = await import('../../main/desktop/desktop-app.ts');
  desktop = new shell.DesktopApp({ main: '/app/dist/main', preload: '/app/dist/main/preload.cjs' }, null);
  desktop.start(['/app/meterbook']);
});
afterEach(() => {
  engine.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  rmSync(asked.userData, { recursive: true, force: true });
});

function engineIsReady(): void {
  const { port } = engine.address() as AddressInfo;
  asked.forks.at(-1)?.emit('message', { type: 'ready', url: `http://127.0.0.1:${String(port)}`, port, organizationName: 'Acme' });
}

const ask = async (channel: string, command: unknown, contents?: FakeContents, frame?: unknown): Promise<unknown> => {
  const sender = contents ?? asked.windows[0]!.webContents;
  return asked.channels.get(channel)?.({ sender, senderFrame: frame === undefined ? sender.mainFrame : frame }, command);
};

const item = (menu: readonly MenuItem[], label: string): MenuItem | undefined =>
  menu.flatMap((one) => [one, ...(one.submenu ?? [])]).find((one) => one.label === label);

describe('the start', () => {
  test('opens the user’s own workspace in an engine of its own, and one guarded window', () => {
    expect(asked.forks[0]?.file).toBe('/app/dist/main/engine-host.js');
    expect(asked.forks[0]?.told).toMatchObject([{ type: 'start', folder, isSandbox: false, port: 3000, hasKeychain: false }]);
    expect(asked.windows).toHaveLength(1);
    expect(asked.windows[0]?.url).toBe('app://meterbook/');
    expect(asked.windows[0]?.options).toMatchObject({
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, preload: '/app/dist/main/preload.cjs' },
    });
  });

  test('denies every permission, asked for or checked, and every device', () => {
    const answers: boolean[] = [];
    asked.permissionRequest?.(null, 'geolocation', (isGranted) => answers.push(isGranted));
    asked.permissionRequest?.(null, 'notifications', (isGranted) => answers.push(isGranted));
    expect([answers, asked.permissionCheck?.(null, 'media'), asked.devicePermission?.()]).toEqual([[false, false], false, false]);
  });

  test('lets a window go nowhere else, and hands web links to the system', () => {
    const contents = asked.windows[0]!.webContents;
    const went = ['will-navigate', 'will-redirect', 'will-frame-navigate'].flatMap((event) =>
      ['https://evil.example/', 'app://meterbook/customers', 'file:///etc/passwd'].map((url) => {
        let isAllowed = true;
        contents.emit(event, { url, preventDefault: () => (isAllowed = false) });
        return isAllowed;
      }),
    );
    expect(went).toEqual([false, true, false, false, true, false, false, true, false]);
    expect([contents.openHandler?.({ url: 'https://docs.example/' }), contents.openHandler?.({ url: 'file:///etc/passwd' })]).toEqual([
      { action: 'deny' },
      { action: 'deny' },
    ]);
    expect(asked.openedOutside).toEqual(['https://docs.example/']);
  });

  test('started at login it shows no window, only its tray', async () => {
    const shell = await import('../../main/desktop/desktop-app.ts');
    asked.windows.splice(0);
    asked.channels.clear();
    new shell.DesktopApp({ main: '/app/dist/main', preload: '/p' }, null).start(['/app/meterbook', '--hidden']);
    expect([asked.windows.length, asked.trayTitle]).toEqual([0, 'Meterbook is starting']);
  });
});

describe('windows ask over channels', () => {
  test('of which there are no more than six', () => {
    expect([...asked.channels.keys()].sort()).toEqual(['files', 'menus', 'notices', 'updates', 'workspaces']);
  });

  test.each([
    ['a frame inside of the page', { url: 'app://meterbook/' }],
    ['no frame', null],
  ])('not %s', async (_, frame) => {
    await expect(ask('files', { what: 'reveal_last' }, undefined, frame)).rejects.toThrow('files: refused');
  });

  test('not a page that is not ours', async () => {
    const contents = asked.windows[0]!.webContents;
    Object.assign(contents.mainFrame, { url: 'https://evil.example/' });
    await expect(ask('workspaces', { what: 'list' })).rejects.toThrow('workspaces: refused');
  });

  test.each([
    ['files', { what: 'save', path: 'file:///etc/passwd', name: 'x' }],
    ['files', { what: 'save', path: '/api/v1/../../x\\y', name: 'x' }],
    ['files', { what: 'remove', path: '/files/x' }],
    ['menus', { what: 'context', items: 'all' }],
    ['notices', { kind: 'anything', about: '', title: '', body: '', route: '' }],
    ['workspaces', 'open'],
    ['updates', { what: 'run', file: '/bin/sh' }],
  ])('%s does not understand %j', async (channel, command) => {
    await expect(ask(channel, command)).rejects.toThrow(`${channel}: not understood`);
  });

  test('to save a file where its user says, under a clean name', async () => {
    engineIsReady();
    asked.savePath = join(folder, 'INV-1.pdf');
    expect(await ask('files', { what: 'save', path: '/files/invoices/1/invoice.pdf?token=t', name: '../INV:1.pdf' })).toBe(true);
    expect(readFileSync(asked.savePath, 'utf8')).toBe('%PDF-1.7');
    expect(calls).toEqual([{ url: '/files/invoices/1/invoice.pdf?token=t', token: expect.any(String) as string }]);
    asked.savePath = '';
    expect(await ask('files', { what: 'save', path: '/files/x', name: 'x' })).toBe(false);
  });

  test('to drag a file out, which then lies in a folder of the app’s own', async () => {
    engineIsReady();
    await ask('files', { what: 'drag', path: '/files/invoices/1/invoice.pdf', name: '..\\..\\evil/INV-0042 Hooli.pdf' });
    expect(asked.windows[0]?.webContents.drags).toEqual([
      { file: join(asked.userData, 'opened-files', 'evil INV-0042 Hooli.pdf'), icon: '/app/dist/main/icons/document.png' },
    ]);
  });

  test('for notices, of which one about the same thing is shown an hour', async () => {
    const notice = { kind: 'payment_failed', about: 'invoice-1', title: 'Payment failed', body: 'INV-1', route: '/invoices/1' };
    await ask('notices', notice);
    await ask('notices', notice);
    await ask('notices', { ...notice, about: 'invoice-2' });
    expect(asked.notifications).toHaveLength(2);
  });
});

describe('menus', () => {
  test('come from the actions of the window, and run them there', async () => {
    await ask('menus', {
      what: 'show_actions',
      actions: [
        { id: 'go-customers', label: 'Customers & co', group: 'go', keys: 'g c' },
        { id: 'open-palette', label: 'Palette', group: 'view', keys: 'mod+k' },
      ],
    });
    expect(item(asked.menu, 'Palette')).toMatchObject({ id: 'open-palette', accelerator: 'CmdOrCtrl+K', registerAccelerator: false });
    item(asked.menu, 'Customers && co')?.click?.();
    expect(asked.windows[0]?.webContents.sent.at(-1)).toEqual(['commands', { type: 'run_action', id: 'go-customers' }]);
  });

  test('the tray tells how billing is, pauses it, and quits only after a question', async () => {
    engineIsReady();
    asked.forks[0]?.emit('message', { type: 'status', eventsPerSecond: 42, problems: 2 });
    expect(asked.trayTitle).toBe('Acme: 42 events/s');
    expect(item(asked.trayMenu, '2 events with problems')).toBeDefined();
    item(asked.trayMenu, 'Pause billing')?.click?.();
    expect([asked.forks[0]?.told.at(-1), asked.trayTitle]).toEqual([
      { type: 'pause', isPaused: true },
      'Acme: 42 events/s, billing paused',
    ]);
    asked.answerButton = 1;
    await desktop.quit();
    expect(asked.exits).toEqual([]);
    asked.answerButton = 0;
    await desktop.quit();
    expect([asked.forks[0]?.told.at(-1), asked.exits]).toEqual([{ type: 'stop' }, [0]]);
  });
});

describe('links', () => {
  test('from other programs only navigate, and only to screens', () => {
    desktop.startedAgain(['/app/meterbook', 'meterbook://open/customers/018f/usage']);
    expect(asked.windows[0]?.webContents.sent.at(-1)).toEqual(['commands', { type: 'go', route: '/customers/018f/usage' }]);
    const before = asked.windows[0]?.webContents.sent.length;
    desktop.openLink('meterbook://open/api/v1/invoices/1/finalize');
    expect([asked.windows[0]?.webContents.sent.length, asked.windows[0]?.isShown]).toEqual([before, true]);
  });
});

describe('workspaces', () => {
  test('a duplicate is opened in place of the books that it was made of; a refusal changes nothing', async () => {
    engineIsReady();
    // The engine of this test answers every call with a PDF: no folder can be read from that, so its answers are given here.
    answers.push({ status: 405, body: '{}' }, { status: 200, body: JSON.stringify({ folder: `${folder}-sandbox-1`, is_sandbox: true }) });
    expect(await ask('workspaces', { what: 'duplicate' })).toMatchObject({
      open: folder,
      refusal: expect.stringContaining('could not be made') as string,
    });
    expect(await ask('workspaces', { what: 'duplicate' })).toMatchObject({ open: `${folder}-sandbox-1`, refusal: null });
    expect(asked.forks[0]?.told.at(-1)).toEqual({ type: 'stop' });
    expect(asked.forks[1]?.told).toMatchObject([{ type: 'start', folder: `${folder}-sandbox-1`, isSandbox: true }]);
  });

  test('another port restarts the engine on it; starting at login is the system’s to do', async () => {
    engineIsReady();
    expect(await ask('workspaces', { what: 'settings', changes: { port: 4000, startsAtLogin: true } })).toMatchObject({
      settings: { port: 4000, startsAtLogin: true },
    });
    expect(asked.forks[1]?.told).toMatchObject([{ type: 'start', folder, port: 4000 }]);
    expect(asked.loginItems).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
  });

  test('open with a double click on the file in their folder', async () => {
    engineIsReady();
    const books = join(asked.userData, 'books');
    mkdirSync(books);
    writeFileSync(join(books, 'meterbook.sqlite'), '');
    writeFileSync(join(books, 'Open.meterbook'), readFileSync(join(folder, 'Open.meterbook')));
    desktop.startedAgain(['/app/meterbook', join(books, 'Open.meterbook')]);
    await vi.waitFor(() => expect(asked.forks[1]?.told).toMatchObject([{ type: 'start', folder: books, isSandbox: false }]));
    writeFileSync(join(asked.userData, 'other.meterbook'), 'not ours');
    desktop.startedAgain(['/app/meterbook', join(asked.userData, 'other.meterbook')]);
    expect(asked.forks).toHaveLength(2);
  });

  test('a folder without books is not opened', async () => {
    expect(await ask('workspaces', { what: 'open', folder: asked.userData })).toMatchObject({
      refusal: `There is no workspace in ${asked.userData}.`,
    });
    expect(asked.forks).toHaveLength(1);
  });
});

describe('trouble', () => {
  test('a dead engine is told to the windows and restarted; calls meanwhile are refused', async () => {
    engineIsReady();
    const call = () => asked.schemes.get('app')!(new Request('app://meterbook/api/v1/plans'));
    expect((await call()).status).toBe(200);
    asked.forks[0]?.emit('exit', 1);
    expect((await call()).status).toBe(503);
    expect(asked.windows[0]?.webContents.sent.at(-1)).toEqual(['commands', { type: 'engine', state: 'restarting', sentence: null }]);
    await vi.waitFor(() => expect(asked.forks).toHaveLength(2), { timeout: 3_000 });
  });

  test('an engine that refuses the workspace says why', () => {
    asked.forks[0]?.emit('message', { type: 'refused', status: 75, sentence: 'Another program has it open.' });
    expect(asked.errorBoxes).toEqual(['The workspace cannot be opened: Another program has it open.']);
  });

  test('waking up catches up at once, and tells how long it slept', () => {
    const power = current.module['powerMonitor'] as EventEmitter;
    power.emit('suspend');
    power.emit('resume');
    expect(asked.forks[0]?.told.at(-1)).toEqual({ type: 'woke' });
  });
});
