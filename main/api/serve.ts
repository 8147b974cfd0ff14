import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { getRequestListener } from '@hono/node-server';
import { assert } from '../../shared/assert.ts';
import { refusalAnswer } from './answers.ts';
import { badRequestAnswer, forbiddenAnswer, internalErrorAnswer, misdirectedAnswer, notFoundAnswer, type ErrorAnswer } from './errors.ts';
import * as limits from './limits.ts';
import { LOOPBACK_NAMES, LoopbackGuard } from './loopback-guard.ts';

export interface ServeConfig {
  readonly host: string;
  /** 0 picks a free one; any other is taken or refused, never silently another. */
  readonly port: number;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Hears what cannot be answered any more. */
  readonly onError: (error: unknown) => void;
  readonly timeouts?: Timeouts;
}

/** How long a client may take to send. */
export interface Timeouts {
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often this is looked at. */
  readonly checkMs: number;
}

const TIMEOUTS: Timeouts = {
  headersMs: limits.HEADERS_TIMEOUT_MS,
  requestMs: limits.REQUEST_TIMEOUT_MS,
  checkMs: limits.TIMEOUT_CHECK_INTERVAL_MS,
};

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, waits for the answers under way, and cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Listens on one address. Rejects when it cannot be had. */
export async function serveHttp(config: ServeConfig): Promise<RunningServer> {
  const gate = new Gate(config);
  const timeouts = config.timeouts ?? TIMEOUTS;
  const server = createServer(
    {
      maxHeaderSize: limits.MAX_HEADER_BYTES,
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      keepAliveTimeout: limits.KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: timeouts.checkMs,
      // A request without a Host header gets an answer of ours, like any other wrong one.
      requireHostHeader: false,
    },
    gate.listener,
  );
  server.maxConnections = limits.MAX_SOCKETS;
  server.on('clientError', answerBrokenRequest);
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  gate.open([...LOOPBACK_NAMES, ...otherNames(config.host)], port);
  return { url: `http://${bracketed(config.host)}:${String(port)}`, port, close: (graceMs) => closeServer(server, gate, graceMs) };
}

function listen(server: Server, config: ServeConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: config.host, port: config.port, backlog: limits.MAX_SOCKETS }, () => {
      server.off('error', reject);
      server.on('error', config.onError);
      resolve();
    });
  });
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** A wildcard address is no name to be called by: then it is every address of the machine, and the machine's own name. */
function otherNames(host: string): readonly string[] {
  if (host !== '0.0.0.0' && host !== '::') return [bracketed(host)];
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries?.map((entry) => bracketed(entry.address)) ?? []);
  return [...addresses, hostname().toLowerCase()];
}

/** Looks at each request before anybody else does: who is called, and from where. */
class Gate {
  readonly listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
  #guard: LoopbackGuard | null = null;
  #isClosing = false;

  constructor(config: ServeConfig) {
    const answer = getRequestListener((request) => config.fetch(request), { errorHandler: answerUnreadable(config) });
    this.listener = (incoming, outgoing) => {
      if (this.#isClosing) outgoing.setHeader('connection', 'close');
      const refusal = this.#refuse(incoming);
      if (refusal === null) void answer(incoming, outgoing);
      else sendRefusal(outgoing, refusal);
    };
  }

  open(names: readonly string[], port: number): void {
    this.#guard = new LoopbackGuard(names, port);
  }

  beginClosing(): void {
    this.#isClosing = true;
  }

  #refuse(incoming: IncomingMessage): ErrorAnswer | null {
    assert(this.#guard !== null, 'requests come after the port is known');
    const verdict = this.#guard.judge(incoming.rawHeaders);
    if (verdict === 'foreign_host') return misdirectedAnswer();
    const target = incoming.url ?? '';
    if (!target.startsWith('/')) {
      if (!this.#guard.isOwnAddress(target)) return target === '*' ? notFoundAnswer('resource') : misdirectedAnswer();
      incoming.url = target.replace(/^http:\/\/[^/?#]+/, '').replace(/^(?!\/)/, '/');
    }
    return verdict === 'foreign_origin' ? forbiddenAnswer('origin_not_allowed') : null;
  }
}

function answerUnreadable(config: ServeConfig): (error: unknown) => Response {
  return (error) => {
    // The adapter refuses paths that are no paths, as with a backslash; anything else is a bug.
    if (error instanceof Error && error.name === 'RequestError') return refusalAnswer(notFoundAnswer('resource'));
    config.onError(error);
    return refusalAnswer(internalErrorAnswer());
  };
}

function sendRefusal(outgoing: ServerResponse, refusal: ErrorAnswer): void {
  const answer = refusalAnswer(refusal);
  const body = JSON.stringify(refusal.body);
  // What the stranger still sends is not read.
  outgoing.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  outgoing.end(body);
}

/** What is not HTTP, too large or too slow is cut, with an answer where one can still be sent. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const refusal = refusalOfBroken(error.code);
  const body = JSON.stringify(refusal.body);
  const head = [
    `HTTP/1.1 ${String(refusal.status)} Refused`,
    'content-type: application/json; charset=utf-8',
    'x-content-type-options: nosniff',
  ];
  socket.end(
    [...head, 'cache-control: no-store', `content-length: ${String(Buffer.byteLength(body))}`, 'connection: close', '', body].join('\r\n'),
  );
}

function refusalOfBroken(code: string | undefined): ErrorAnswer {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, body: { status: 408, error: 'Request Timeout' } };
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, body: { status: 431, error: 'Request Header Fields Too Large' } };
  return badRequestAnswer('the request is not HTTP');
}

/** Connections that only wait for a next request are let go at once, also those that begin to wait later. */
async function closeServer(server: Server, gate: Gate, graceMs: number): Promise<void> {
  gate.beginClosing();
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, SWEEP_MS);
  const deadline = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}

const SWEEP_MS = 20;
