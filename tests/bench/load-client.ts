import { connect, type Socket } from 'node:net';

/** Longer than any answer takes: whoever waits that long waits for ever. */
const ANSWER_TIMEOUT_MS = 60_000;

/** What a load came to. */
export interface LoadOutcome {
  readonly requests: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Milliseconds from the last byte sent to the last byte received, in ascending order. */
  readonly latenciesMs: readonly number[];
}

export interface Load {
  readonly port: number;
  /** Requests as they go over the wire; each is sent once, in order, whichever connection is free. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
}

/** A request as bytes, ready before the clock runs. */
export function httpRequest(request: {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly port: number;
  readonly body?: unknown;
}): Buffer {
  const body = request.body === undefined ? '' : JSON.stringify(request.body);
  const head = [
    `${request.method} /api/v1${request.path} HTTP/1.1`,
    `host: 127.0.0.1:${String(request.port)}`,
    `authorization: Bearer ${request.key}`,
    ...(body === '' ? [] : ['content-type: application/json', `content-length: ${String(Buffer.byteLength(body))}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * Sends requests over kept-alive connections, one at a time on each, and expects 200. It does nothing else: the faster the client, the less of
 * the machine it takes from the server.
 */
export async function sendLoad(load: Load): Promise<LoadOutcome> {
  const latenciesMs: number[] = [];
  let next = 0;
  const sockets = await Promise.all(Array.from({ length: load.connections }, () => open(load.port)));
  const started = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      const answers = new AnswerReader(socket);
      for (let request = load.requests[next++]; request !== undefined; request = load.requests[next++]) {
        const sentAt = performance.now();
        socket.write(request);
        const status = await answers.nextStatus();
        latenciesMs.push(performance.now() - sentAt);
        if (status !== 200) throw new Error(`the server answered ${String(status)}: ${answers.lastText}`);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const socket of sockets) socket.destroy();
  latenciesMs.sort((one, other) => one - other);
  return { requests: load.requests.length, seconds, perSecond: load.requests.length / seconds, latenciesMs };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Reads answers that tell their length, or come in chunks. */
class AnswerReader {
  lastText = '';
  #received = Buffer.alloc(0);
  #waiting: { readonly resolve: (status: number) => void; readonly reject: (error: unknown) => void } | null = null;

  constructor(socket: Socket) {
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error('no answer came')));
    socket.on('data', (chunk) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      this.#settle();
    });
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')));
  }

  nextStatus(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#settle();
    });
  }

  #settle(): void {
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (this.#waiting === null || headEnd === -1) return;
    const head = this.#received.toString('latin1', 0, headEnd).toLowerCase();
    const end = this.#endOfBody(head, headEnd + 4);
    if (end === null) return;
    this.lastText = this.#received.toString('utf8', headEnd + 4, end);
    this.#received = this.#received.subarray(end);
    const { resolve } = this.#waiting;
    this.#waiting = null;
    resolve(Number(head.slice(9, 12)));
  }

  #endOfBody(head: string, from: number): number | null {
    const length = /content-length: (\d+)/.exec(head)?.[1];
    if (length !== undefined) return this.#received.length >= from + Number(length) ? from + Number(length) : null;
    const last = this.#received.indexOf('0\r\n\r\n', from);
    return last === -1 ? null : last + 5;
  }
}

/** The value that so many of a hundred do not exceed. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
}
