import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineHost, type HostPort } from '../../main/desktop/engine-host.ts';
import type { FromEngineHost, ToEngineHost } from '../../main/desktop/engine-messages.ts';

let folder: string;
let port: EventEmitter;
let heard: FromEngineHost[];
let exits: number[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meterbook-engine-host-'));
  port = new EventEmitter();
  heard = [];
  exits = [];
  const hostPort = {
    on: (event: string, listener: (...all: unknown[]) => void) => port.on(event, listener),
    postMessage: (message: FromEngineHost) => {
      heard.push(message);
      port.emit('heard', message);
    },
  };
  new EngineHost(hostPort as unknown as HostPort, (status) => exits.push(status));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tell = (message: ToEngineHost): boolean => port.emit('message', { data: message });
const next = (type: FromEngineHost['type']): Promise<FromEngineHost> =>
  new Promise((resolve) => {
    port.on('heard', (message: FromEngineHost) => {
      if (message.type === type) resolve(message);
    });
  });

const START = { type: 'start', isSandbox: true, token: 'right', hasKeychain: false } as const;

test('a workspace is served to our windows and to keys, and closed when it is told to', async () => {
  const ready = next('ready');
  tell({ ...START, folder, port: 0 });
  const { url, organizationName } = (await ready) as Extract<FromEngineHost, { readonly type: 'ready' }>;
  expect(organizationName).toBe('My organization');
  const get = async (headers: Record<string, string>) => (await fetch(`${url}/api/internal/capabilities`, { headers })).status;
  expect([await get({ 'x-meterbook-desktop': 'right' }), await get({ 'x-meterbook-desktop': 'wrong' }), await get({})]).toEqual([
    200, 401, 401,
  ]);
  const stopped = next('stopped');
  tell({ type: 'stop' });
  await stopped;
  expect(exits).toEqual([0]);
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

test('a port that is taken is refused in a sentence, never silently another', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', () => resolve()));
  const taken = (other.address() as AddressInfo).port;
  const refused = next('refused');
  tell({ ...START, folder, port: taken });
  expect(await refused).toMatchObject({
    sentence: `Port ${String(taken)} is taken by another program. Choose another in Settings → Server, or end that program.`,
  });
  expect(exits).toEqual([69]);
  other.close();
});

test('a workspace that is open elsewhere is refused with its folder', async () => {
  const ready = next('ready');
  tell({ ...START, folder, port: 0 });
  await ready;
  const second = new EventEmitter();
  const refused = new Promise<FromEngineHost>((resolve) => {
    const hostPort = { on: (event: string, listener: (...all: unknown[]) => void) => second.on(event, listener), postMessage: resolve };
    new EngineHost(hostPort as unknown as HostPort, () => undefined);
  });
  second.emit('message', { data: { ...START, folder, port: 0 } });
  expect(await refused).toMatchObject({ type: 'refused', status: 75, sentence: expect.stringContaining(folder) as string });
  const stopped = next('stopped');
  tell({ type: 'stop' });
  await stopped;
});
