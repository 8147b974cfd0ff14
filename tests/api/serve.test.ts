import { connect, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp, type RunningServer } from '../../main/api/serve.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

let books: TestEngine;
let server: RunningServer;

beforeAll(async () => {
  books = await createTestEngine();
  server = await serveHttp({ host: '127.0.0.1', port: 0, fetch: (request) => books.engine.fetch(request), onError: () => undefined });
});
afterAll(async () => {
  await server.close(0);
  await books.close();
});

/** Sends bytes as they are and reads until the server closes; the status is the first one answered. */
function sendRaw(text: string | Buffer, port: number = server.port): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const answer = Buffer.concat(chunks).toString('utf8');
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]), text: answer });
    });
    socket.write(text);
  });
}

const get = (target: string, headers: readonly string[], version = '1.1'): string =>
  [`GET ${target} HTTP/${version}`, ...headers, 'Connection: close', '', ''].join('\r\n');

describe('the host that is asked for', () => {
  it.each([
    ['its address', () => [`Host: 127.0.0.1:${server.port}`], 200],
    ['its name', () => [`Host: localhost:${server.port}`], 200],
    ['its IPv6 address', () => [`Host: [::1]:${server.port}`], 200],
    ['another name', () => ['Host: evil.example'], 421],
    ['another name with the port', () => [`Host: evil.example:${server.port}`], 421],
    ['no port', () => ['Host: 127.0.0.1'], 421],
    ['another port', () => ['Host: 127.0.0.1:1'], 421],
    ['capitals', () => [`Host: LOCALHOST:${server.port}`], 421],
    ['a trailing dot', () => [`Host: localhost.:${server.port}`], 421],
    ['two hosts', () => [`Host: 127.0.0.1:${server.port}`, 'Host: evil.example'], 421],
    ['the same host twice', () => [`Host: 127.0.0.1:${server.port}`, `Host: 127.0.0.1:${server.port}`], 421],
    ['no host', () => [], 421],
  ])('is %s', async (_name, headers, status) => {
    expect((await sendRaw(get('/health', headers()))).status).toBe(status);
  });

  it('is missing in an old request', async () => {
    expect((await sendRaw(get('/health', [], '1.0'))).status).toBe(421);
  });

  it('is in the request line, then that one counts', async () => {
    const own = `Host: 127.0.0.1:${server.port}`;
    expect((await sendRaw(get(`http://127.0.0.1:${server.port}/health`, [own]))).status).toBe(200);
    expect((await sendRaw(get('http://evil.example/health', [own]))).status).toBe(421);
    expect((await sendRaw(get(`http://127.0.0.1:${server.port}/health`, ['Host: evil.example']))).status).toBe(421);
  });

  it('is refused with a JSON body, before the key is looked at', async () => {
    const answer = await sendRaw(get('/api/v1/test_clock', ['Host: evil.example', `Authorization: Bearer ${books.key}`]));
    expect(answer.text).toContain('{"status":421,"error":"Misdirected Request","code":"host_not_allowed"}');
    expect(answer.text.toLowerCase()).toContain('x-content-type-options: nosniff');
  });
});

describe('a page of another origin', () => {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];
  const origins = ['https://evil.example', 'null', 'http://localhost:1', 'file://'];

  it.each(methods.flatMap((method) => origins.map((origin) => [method, origin] as const)))(
    'is refused: %s from %s',
    async (method, origin) => {
      const headers = { origin, authorization: `Bearer ${books.key}` };
      const answer = await fetch(`${server.url}/api/v1/test_clock`, { method, headers });
      expect(answer.status).toBe(403);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  it('cannot send a form either', async () => {
    const headers = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(`${server.url}/api/v1/plans`, { method: 'POST', headers, body: 'plan[name]=x' })).status).toBe(403);
  });

  it('is another thing than a page of ours', async () => {
    const headers = { origin: server.url, authorization: `Bearer ${books.key}` };
    expect((await fetch(`${server.url}/api/v1/test_clock`, { headers })).status).toBe(200);
  });
});

describe('what is no proper request', () => {
  const host = (): string => `Host: 127.0.0.1:${server.port}`;

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a path with a backslash', () => get('/api\\v1', [host()]), 404],
    ['the whole server', () => `OPTIONS * HTTP/1.1\r\n${host()}\r\nConnection: close\r\n\r\n`, 404],
    ['headers beyond 16 KB', () => get('/health', [host(), `X-Long: ${'x'.repeat(17_000)}`]), 431],
    ['a length that lies', () => `POST /api/v1/plans HTTP/1.1\r\n${host()}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, 400],
    [
      'a length beside chunks',
      () => `POST /api/v1/plans HTTP/1.1\r\n${host()}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
  ])('is answered in JSON: %s', async (_name, text, status) => {
    const answer = await sendRaw(typeof text === 'string' ? text : text());
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`{"status":${status},`);
  });

  it('has letters that were not escaped', async () => {
    expect((await sendRaw(Buffer.from(get('/api/v1/nothing/é', [host()]), 'utf8'))).status).toBe(400);
  });
});

describe('a body', () => {
  const post = (headers: readonly string[], body: string): string =>
    [
      'PUT /api/v1/test_clock HTTP/1.1',
      `Host: 127.0.0.1:${server.port}`,
      `Authorization: Bearer ${books.key}`,
      'Connection: close',
      ...headers,
      '',
      body,
    ].join('\r\n');

  it('that is said to be too large is refused before it is sent', async () => {
    expect((await sendRaw(post(['Content-Length: 10485761'], ''))).status).toBe(413);
  });

  it('whose chunks become too many is cut while it is read', async () => {
    const megabyte = `100000\r\n${'x'.repeat(1_048_576)}\r\n`;
    expect((await sendRaw(post(['Transfer-Encoding: chunked'], megabyte.repeat(11)))).status).toBe(413);
  });

  it('in chunks is read like any other', async () => {
    const json = '{"test_clock":{"now":"2023-02-01T00:00:00Z"}}';
    const chunked = `5\r\n${json.slice(0, 5)}\r\n${(json.length - 5).toString(16)}\r\n${json.slice(5)}\r\n0\r\n\r\n`;
    expect((await sendRaw(post(['Transfer-Encoding: chunked'], chunked))).status).toBe(200);
  });
});

describe('a client that takes its time', () => {
  let impatient: RunningServer;
  beforeAll(async () => {
    const timeouts = { headersMs: 60, requestMs: 120, checkMs: 20 };
    impatient = await serveHttp({
      host: '127.0.0.1',
      port: 0,
      fetch: (request) => books.engine.fetch(request),
      onError: () => undefined,
      timeouts,
    });
  });
  afterAll(() => impatient.close(0));

  it.each([
    ['with its headers', () => `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${impatient.port}\r\n`],
    [
      'with its body',
      () =>
        `PUT /api/v1/test_clock HTTP/1.1\r\nHost: 127.0.0.1:${impatient.port}\r\nAuthorization: Bearer ${books.key}\r\nContent-Length: 50\r\n\r\n{`,
    ],
  ])('%s is cut, and others are served meanwhile', async (_name, text) => {
    const slow = sendRaw(text(), impatient.port);
    expect((await fetch(`${impatient.url}/health`)).status).toBe(200);
    expect((await slow).status).toBe(408);
  });
});

describe('the end', () => {
  /** A server whose answers come when the test says so. */
  async function startSlowServer() {
    let isAsked = (): void => undefined;
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const slow = await serveHttp({
      host: '127.0.0.1',
      port: 0,
      fetch: () => {
        isAsked();
        return new Promise((resolve) => {
          answer = () => {
            resolve(new Response('{}'));
          };
        });
      },
      onError: () => undefined,
    });
    return {
      slow,
      asked,
      answer: () => {
        answer();
      },
    };
  }

  it('waits for the answers under way, and takes no new connection', async () => {
    const { slow, asked, answer } = await startSlowServer();
    const answered = fetch(`${slow.url}/x`);
    await asked;
    const closed = slow.close(10_000);
    await expect(fetch(`${slow.url}/x`)).rejects.toThrow('fetch failed');
    answer();
    expect((await answered).status).toBe(200);
    await closed;
  });

  it('cuts what does not end in time', async () => {
    const { slow, asked } = await startSlowServer();
    const cut = expect(fetch(`${slow.url}/x`)).rejects.toThrow('fetch failed');
    await asked;
    await slow.close(50);
    await cut;
  });

  it('does not wait for connections that only might be used again', async () => {
    const idle = await serveHttp({
      host: '127.0.0.1',
      port: 0,
      fetch: () => Promise.resolve(new Response('{}')),
      onError: () => undefined,
    });
    expect((await fetch(`${idle.url}/x`)).status).toBe(200);
    const startedAt = performance.now();
    await idle.close(10_000);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('the port', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const other of servers) other.close();
  });

  it('is taken or refused, never silently another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    servers.push(other);
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { readonly port: number };
    const start = serveHttp({ host: '127.0.0.1', port, fetch: (request) => books.engine.fetch(request), onError: () => undefined });
    await expect(start).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('is closed on the addresses of the network', async () => {
    const outside = Object.values(networkInterfaces()).flatMap(
      (entries) => entries?.filter((entry) => !entry.internal && entry.family === 'IPv4') ?? [],
    );
    const attempts = outside.map(
      ({ address }) =>
        new Promise<string>((resolve) => {
          const socket = connect({ host: address, port: server.port });
          socket.on('error', (error: NodeJS.ErrnoException) => {
            resolve(error.code ?? 'no code');
          });
          socket.on('connect', () => {
            socket.destroy();
            resolve('connected');
          });
        }),
    );
    expect(await Promise.all(attempts)).toEqual(outside.map(() => 'ECONNREFUSED'));
  });
});
