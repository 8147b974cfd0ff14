import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerAppRequest, type AppProtocolParts, type EngineAddress } from '../../main/desktop/app-protocol.ts';
import { desktopCaller } from '../../main/desktop/desktop-callers.ts';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const FILES: AppProtocolParts['files'] = {
  find: (path) => (path === '/assets/app.js' ? { bytes: encode('run()'), contentType: 'text/javascript; charset=utf-8' } : null),
  page: (nonce) => `<html nonce="${nonce}">`,
};

let server: Server;
let engine: EngineAddress | null;
let seen: IncomingMessage[] = [];
let sent = '';

beforeEach(async () => {
  seen = [];
  sent = '';
  server = createServer((incoming, outgoing) => {
    seen.push(incoming);
    incoming.setEncoding('utf8').on('data', (text: string) => (sent += text));
    incoming.on('end', () => {
      outgoing.setHeader('content-type', 'text/event-stream');
      outgoing.write('data: 1\n\n');
      if (incoming.url === '/api/internal/stream') return;
      outgoing.statusCode = 200;
      outgoing.end('data: 2\n\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  engine = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'secret-token' };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const answer = (address: string, init: RequestInit = {}): Promise<Response> =>
  answerAppRequest(new Request(address, init), {
    files: FILES,
    engine: () => engine,
    fetch: (to, how) => fetch(to, how),
    newNonce: () => 'n0nce',
  });

describe('files', () => {
  test('each screen is the one page, with a nonce and the same policy as in the browser', async () => {
    const page = await answer('app://meterbook/customers/1/usage?x=1');
    expect([page.status, await page.text()]).toEqual([200, '<html nonce="n0nce">']);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-n0nce'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'",
    );
  });

  test('a file of the build is served as what it is', async () => {
    const file = await answer('app://meterbook/assets/app.js');
    expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([200, 'text/javascript; charset=utf-8', 'run()']);
  });

  test.each([
    'app://meterbook/assets/other.js',
    'app://meterbook/assets/..%2f..%2fmain%2fcli.js',
    'app://meterbook/assets/%2e%2e/%2e%2e/secret.key',
    'app://meterbook/assets/..%5c..%5csecret.key',
    'app://meterbook/assets/app.js%00.png',
    'app://meterbook/ASSETS/app.js',
    'app://meterbook/../package.json',
    'app://evil/assets/app.js',
  ])('%s is not there', async (address) => {
    expect((await answer(address)).status).toBe(404);
  });

  test('nothing is written to files', async () => {
    expect((await answer('app://meterbook/assets/app.js', { method: 'POST', body: 'x' })).status).toBe(405);
  });
});

describe('calls', () => {
  test('go on with the token that no window sees, and without what the window says of itself', async () => {
    const { status } = await answer('app://meterbook/api/v1/plans?page=2', {
      method: 'POST',
      headers: {
        'x-meterbook-session': '1',
        'content-type': 'application/json',
        origin: 'app://meterbook',
        cookie: 'a=b',
        'x-meterbook-desktop': 'forged',
      },
      body: '{"plan":{}}',
    });
    expect([status, seen[0]?.method, seen[0]?.url, sent]).toEqual([200, 'POST', '/api/v1/plans?page=2', '{"plan":{}}']);
    expect(seen[0]?.headers).toMatchObject({ 'x-meterbook-desktop': 'secret-token', 'content-type': 'application/json' });
    expect([seen[0]?.headers.origin, seen[0]?.headers.cookie]).toEqual([undefined, undefined]);
  });

  test('a change without the pages’ own header stops here', async () => {
    expect((await answer('app://meterbook/api/v1/plans', { method: 'DELETE' })).status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('a stream comes through message by message', async () => {
    const stop = new AbortController();
    const stream = await answer('app://meterbook/api/internal/stream', { signal: stop.signal });
    const reader = stream.body!.getReader();
    const { value } = (await reader.read()) as { readonly value: Uint8Array };
    expect(new TextDecoder().decode(value)).toBe('data: 1\n\n');
    await reader.cancel();
    stop.abort();
  });

  test('while the engine is away they are refused with a code, to be tried again', async () => {
    const gone = engine;
    engine = null;
    const away = await answer('app://meterbook/api/v1/plans');
    expect([away.status, await away.json()]).toEqual([503, { status: 503, error: 'engine_restarting', code: 'engine_restarting' }]);
    engine = { url: 'http://127.0.0.1:1', token: gone!.token };
    expect((await answer('app://meterbook/api/v1/plans')).status).toBe(503);
  });
});

test('the engine knows a window by the token, and a change by the header beside it', () => {
  const asked = (method: string, headers: Record<string, string>) =>
    desktopCaller(new Request('http://127.0.0.1:3000/api/v1/plans', { method, headers }), 'right').isSignedIn;
  expect([
    asked('GET', { 'x-meterbook-desktop': 'right' }),
    asked('GET', { 'x-meterbook-desktop': 'wrong' }),
    asked('GET', {}),
    asked('POST', { 'x-meterbook-desktop': 'right' }),
    asked('POST', { 'x-meterbook-desktop': 'right', 'x-meterbook-session': '1' }),
    asked('POST', { 'x-meterbook-session': '1' }),
  ]).toEqual([true, false, false, false, true, false]);
});
