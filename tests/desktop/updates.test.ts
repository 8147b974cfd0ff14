import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { feedOf, openReleaseFeed } from '../../main/desktop/release-feed.ts';
import { Updates, type ReleaseFeed } from '../../main/desktop/updates.ts';
import type { FoundUpdate } from '../../main/desktop/policy/updates.ts';
import type { DesktopState } from '../../main/desktop/desktop-settings.ts';
import type { UpdateCommand, UpdateState } from '../../shared/desktop-bridge.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeTimer } from '../support/fake-timer.ts';

const DAY_MS = 86_400_000;
const NEWER: FoundUpdate = { version: '2.0.0', releaseNotes: '<p>Faster</p>' };

class FakeFeed implements ReleaseFeed {
  looks = 0;
  fetches = 0;
  found: FoundUpdate | null = null;
  failure: Error | null = null;
  percents: readonly number[] = [];

  find(): Promise<FoundUpdate | null> {
    this.looks += 1;
    return this.failure === null ? Promise.resolve(this.found) : Promise.reject(this.failure);
  }

  fetch(onPercent: (percent: number) => void): Promise<void> {
    this.fetches += 1;
    for (const percent of this.percents) onPercent(percent);
    return this.failure === null ? Promise.resolve() : Promise.reject(this.failure);
  }
}

let feed: FakeFeed;
let timer: FakeTimer;
let told: UpdateState[];
let checksForUpdates: boolean;
let updates: Updates;

/** Lets promises that are already settled do what hangs on them. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const say = (what: UpdateCommand['what']): Promise<UpdateState> => updates.run({ what });

async function open(opened: ReleaseFeed | null): Promise<void> {
  const clock = new FakeClock('2026-03-01T08:00:00Z');
  timer = new FakeTimer(clock);
  told = [];
  updates = new Updates({
    openFeed: () => Promise.resolve(opened),
    settings: {
      get state() {
        return { checksForUpdates } as DesktopState;
      },
      change: (changes) => {
        checksForUpdates = changes.checksForUpdates ?? checksForUpdates;
      },
    },
    clock,
    timer,
    tell: ({ state }) => told.push(state),
  });
  updates.start();
  await settle();
}

beforeEach(async () => {
  feed = new FakeFeed();
  checksForUpdates = true;
  await open(feed);
});

test('looks a minute after the start and then daily', async () => {
  expect(timer.delaysMs).toEqual([60_000]);
  timer.advance(60_000);
  await settle();
  expect(feed.looks).toBe(1);
  expect(await say('state')).toEqual({ kind: 'idle', checkedAt: '2026-03-01T08:01:00Z', isDaily: true });
  timer.advance(DAY_MS - 1);
  expect(feed.looks).toBe(1);
  timer.advance(1);
  await settle();
  expect(feed.looks).toBe(2);
  expect(timer.delaysMs).toEqual([DAY_MS]);
});

test('switched off it looks when asked only; switched on again it looks daily', async () => {
  expect(await say('switch_off')).toEqual({ kind: 'idle', checkedAt: null, isDaily: false });
  expect(checksForUpdates).toBe(false);
  expect(timer.delaysMs).toEqual([]);
  expect(await say('check')).toEqual({ kind: 'idle', checkedAt: '2026-03-01T08:00:00Z', isDaily: false });
  expect(feed.looks).toBe(1);
  await say('switch_on');
  expect(timer.delaysMs).toEqual([DAY_MS]);
});

test('shows what it found with its notes, downloads when asked only, and is ready for when the app quits', async () => {
  feed.found = NEWER;
  feed.percents = [0.4, 12.7, 12.9, 100];
  expect(await say('check')).toEqual({ kind: 'available', version: '2.0.0', notes: 'Faster' });
  expect(feed.fetches).toBe(0);
  await say('download');
  await settle();
  expect(told.slice(3)).toEqual([
    { kind: 'downloading', version: '2.0.0', percent: 0 },
    { kind: 'downloading', version: '2.0.0', percent: 12 },
    { kind: 'downloading', version: '2.0.0', percent: 100 },
    { kind: 'ready', version: '2.0.0', notes: 'Faster' },
  ]);
});

test('an update that is ready stays ready, whatever is asked', async () => {
  feed.found = NEWER;
  await say('check');
  await say('install_on_quit');
  await settle();
  for (const what of ['check', 'download', 'install_on_quit'] as const) expect((await say(what)).kind).toBe('ready');
  expect([feed.looks, feed.fetches]).toEqual([1, 1]);
});

test('nothing is downloaded that was not found', async () => {
  expect((await say('download')).kind).toBe('idle');
  expect(feed.fetches).toBe(0);
});

test('a failed look says so and is tried again the next day; what was found before stays', async () => {
  feed.failure = new Error('getaddrinfo ENOTFOUND updates.example');
  timer.advance(60_000);
  await settle();
  expect((await say('state')).kind).toBe('failed');
  expect(timer.delaysMs).toEqual([DAY_MS]);
  feed.failure = null;
  feed.found = NEWER;
  expect((await say('check')).kind).toBe('available');
  feed.failure = new Error('500');
  expect((await say('check')).kind).toBe('available');
});

test('a failed download can be tried again', async () => {
  feed.found = NEWER;
  await say('check');
  feed.failure = new Error('sha512 checksum mismatch');
  await say('download');
  await settle();
  const state = await say('state');
  expect(state.kind === 'failed' && state.sentence).toMatch(/^The update was not what its publisher signed/);
  feed.failure = null;
  expect((await say('check')).kind).toBe('available');
});

test('a build without a feed is off and asks nobody', async () => {
  await open(await openReleaseFeed(mkdtempSync(join(tmpdir(), 'meterbook-resources-'))));
  expect(timer.delaysMs).toEqual([]);
  for (const what of ['state', 'check', 'download', 'switch_off', 'switch_on'] as const) expect(await say(what)).toEqual({ kind: 'off' });
  expect(told).toEqual([]);
});

test('a feed that cannot be opened counts as none', async () => {
  updates = new Updates({
    openFeed: () => Promise.reject(new Error('damaged')),
    settings: { state: { checksForUpdates: true } as DesktopState, change: () => undefined },
    clock: new FakeClock('2026-03-01T08:00:00Z'),
    timer,
    tell: () => undefined,
  });
  updates.start();
  await settle();
  expect(await say('check')).toEqual({ kind: 'off' });
});

test('electron-updater is told to wait for requests and to install on quit, and never to go back to an older version', async () => {
  const events = new EventEmitter();
  const fake = Object.assign(events, {
    autoDownload: true,
    autoInstallOnAppQuit: false,
    allowDowngrade: true,
    fullChangelog: false,
    logger: console,
    checkForUpdates: () => Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '2.0.0', releaseNotes: null } }),
    downloadUpdate: () => {
      events.emit('download-progress', { percent: 50 });
      return Promise.resolve([]);
    },
  });
  const opened = feedOf(fake as unknown as Parameters<typeof feedOf>[0]);
  expect(fake).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: true, allowDowngrade: false, fullChangelog: true, logger: null });
  expect(await opened.find()).toEqual({ version: '2.0.0', releaseNotes: null });
  const percents: number[] = [];
  await opened.fetch((percent) => percents.push(percent));
  expect(percents).toEqual([50]);
  expect(fake.listenerCount('download-progress')).toBe(0);
  expect(() => fake.emit('error', new Error('shown by the promise'))).not.toThrow();
});
