import { t } from '@lingui/core/macro';
import { ApiError } from './api-client.ts';
import { takeMessages } from './stream-messages.ts';

interface EventStream {
  readonly onOpen: () => void;
  /** The text of one message. */
  readonly onMessage: (text: string) => void;
  /** It ended, or never began; why is in the error, null when the server closed it. */
  readonly onEnd: (error: Error | null) => void;
}

/** Longer than two of the server's signs of life: the other side is gone although the line still stands. */
const SILENCE_MS = 40_000;

/**
 * Reads server-sent events through `fetch`, so that the desktop window's own scheme carries them like any other answer.
 * Calling the answer ends it.
 */
export function openEventStream(path: string, stream: EventStream): () => void {
  const stop = new AbortController();
  void readEvents(path, stream, stop);
  return () => {
    stop.abort();
  };
}

async function readEvents(path: string, stream: EventStream, stop: AbortController): Promise<void> {
  let silence = setTimeout(() => undefined, 0);
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      stop.abort(new Error('silent'));
    }, SILENCE_MS);
  };
  try {
    const response = await fetch(path, { headers: { accept: 'text/event-stream' }, credentials: 'same-origin', signal: stop.signal });
    if (!response.ok || response.body === null) throw refusal(response.status, path);
    stream.onOpen();
    heard();
    let rest = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream()) as unknown as AsyncIterable<string>) {
      heard();
      rest = takeMessages(rest + text, stream.onMessage);
    }
    stream.onEnd(null);
  } catch (error) {
    const wasAskedTo = stop.signal.aborted && !(stop.signal.reason instanceof Error && stop.signal.reason.message === 'silent');
    if (!wasAskedTo) stream.onEnd(error instanceof Error ? error : new Error(String(error)));
  } finally {
    clearTimeout(silence);
  }
}

function refusal(status: number, path: string): ApiError {
  return new ApiError({ status, code: null, fields: {}, requestId: null, path, message: t`The stream was refused.` });
}
