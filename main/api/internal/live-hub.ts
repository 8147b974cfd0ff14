import { LIVE_WINDOW_MS, type LiveMessage } from '../../../shared/internal/stream.ts';
import type { Timer } from '../../ports/timer.ts';

/** More windows than anybody has open. */
export const MAX_LIVE_STREAMS = 20;
/** Without anything to tell, a line shows that the stream is alive. */
const HEARTBEAT_MS = 15_000;
/** A reader that has this much unread is let go: it comes again and reads everything afresh. */
const MAX_UNREAD_CHUNKS = 64;

/** Builds the message of what has gathered within a window; null when there is nothing to tell. */
export type LiveSource = () => LiveMessage | null;

/** Sends the same messages to every open window, gathered for a quarter of a second. Rule: ui.md § 9 "stream". */
export class LiveHub {
  readonly #timer: Timer;
  readonly #readers = new Set<ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>>();
  readonly #sources: LiveSource[] = [];
  #cancelWindow: (() => void) | null = null;
  #cancelHeartbeat: (() => void) | null = null;
  #isClosed = false;

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  /** Whether anybody listens: without readers nothing has to be gathered. */
  get hasReaders(): boolean {
    return this.#readers.size > 0;
  }

  /** Asked at the end of each window. */
  addSource(source: LiveSource): void {
    this.#sources.push(source);
  }

  /** Something has happened: the window begins, unless one is open. */
  nudge(): void {
    if (!this.hasReaders || this.#isClosed) return;
    this.#cancelWindow ??= this.#timer.after(LIVE_WINDOW_MS, () => {
      this.#cancelWindow = null;
      this.#flush();
    });
  }

  /** A new stream of server-sent events; null when there are too many. */
  open(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (this.#readers.size >= MAX_LIVE_STREAMS || this.#isClosed) return null;
    let reader: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null;
    return new ReadableStream({
      start: (controller) => {
        reader = controller;
        this.#readers.add(controller);
        // Tells the browser how soon to come again, and sends the headers on their way.
        controller.enqueue(encode('retry: 1000\n\n'));
        this.#beat();
      },
      cancel: () => {
        if (reader !== null) this.#readers.delete(reader);
      },
    });
  }

  /** Ends every stream, so that the server can close. */
  close(): void {
    this.#isClosed = true;
    this.#cancelWindow?.();
    this.#cancelHeartbeat?.();
    for (const reader of this.#readers) reader.close();
    this.#readers.clear();
  }

  #flush(): void {
    const messages = this.#sources.map((source) => source()).filter((message) => message !== null);
    if (messages.length > 0) this.#send(messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join(''));
  }

  #beat(): void {
    this.#cancelHeartbeat ??= this.#timer.after(HEARTBEAT_MS, () => {
      this.#cancelHeartbeat = null;
      this.#send(': here\n\n');
      if (this.hasReaders) this.#beat();
    });
  }

  #send(text: string): void {
    const chunk = encode(text);
    for (const reader of this.#readers) {
      if (reader.desiredSize !== null && reader.desiredSize > -MAX_UNREAD_CHUNKS) reader.enqueue(chunk);
      else this.#letGo(reader);
    }
  }

  #letGo(reader: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): void {
    this.#readers.delete(reader);
    reader.error(new Error('the reader does not keep up'));
  }
}

const encoder = new TextEncoder();

function encode(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}
