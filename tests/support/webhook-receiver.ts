import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it came: the body is its raw text. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly message: { readonly webhook_type: string; readonly object_type: string; readonly organization_id: string } & Readonly<
    Record<string, unknown>
  >;
}

/** What the receiver does with a request. */
export type Reaction =
  | { readonly kind: 'answer'; readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Sends its status and then a body without end. */
  | { readonly kind: 'stream'; readonly status: number }
  /** Sends its status and the beginning of a body, and nothing more. */
  | { readonly kind: 'stall'; readonly status: number; readonly body: string }
  /** Closes the connection. */
  | { readonly kind: 'drop' };

/** Tokens carry the whole body in a header. */
const MAX_HEADER_BYTES = 8 * 2 ** 20;
const CHUNK = 'x'.repeat(16 * 1024);

/** A real HTTP server that receives webhooks, well or badly. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #reactions: Reaction[] = [];
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  usual: Reaction = { kind: 'answer', status: 200, body: 'thanks' };

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<WebhookReceiver> {
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => void receiver.#receive(request, response));
    server.on('connection', (socket) => {
      receiver.#sockets.add(socket);
      socket.once('close', () => receiver.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}/hooks`;
  }

  get types(): readonly string[] {
    return this.received.map(({ message }) => message.webhook_type);
  }

  /** What it does with the next requests, one after the other; with all others it does the usual. */
  reactOnce(...reactions: readonly Reaction[]): void {
    this.#reactions.push(...reactions);
  }

  /** Resolves when so many requests have come in all. */
  async hasReceived(count: number): Promise<readonly ReceivedWebhook[]> {
    if (this.received.length < count) await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    return this.received;
  }

  /** Forgets the first requests: the next ones are counted from there. */
  forget(count: number): void {
    this.received.splice(0, count);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const message = JSON.parse(body) as ReceivedWebhook['message'];
    react(this.#reactions.shift() ?? this.usual, response);
    this.received.push({ path: request.url ?? '', headers: request.headers, body, message });
    for (const { count, resolve } of this.#waiting) if (this.received.length >= count) resolve();
  }
}

function react(reaction: Reaction, response: ServerResponse): void {
  switch (reaction.kind) {
    case 'answer':
      response.writeHead(reaction.status, reaction.headers).end(reaction.body ?? '');
      return;
    case 'hang':
      return;
    case 'stream':
      response.writeHead(reaction.status);
      streamForever(response);
      return;
    case 'stall':
      response.writeHead(reaction.status);
      response.write(reaction.body);
      return;
    case 'drop':
      response.destroy();
      return;
  }
}

function streamForever(response: ServerResponse): void {
  if (response.destroyed) return;
  if (response.write(CHUNK)) setImmediate(streamForever, response);
  else response.once('drain', () => streamForever(response));
}
