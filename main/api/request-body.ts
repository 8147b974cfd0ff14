import { MAX_BODY_BYTES, MAX_JSON_DEPTH, MAX_SIGNED_BODY_BYTES, type BodyRoom } from './limits.ts';

/** Why a body could not be taken. */
export type BodyRefusal = 'too_large' | 'no_room' | 'not_json' | 'cut_off';

export type BodyOutcome =
  { readonly json: unknown; readonly heldBytes: number } | { readonly refusal: BodyRefusal; readonly heldBytes: number };

/**
 * Reads and parses a request's body; `undefined` when there is none. What it holds of `room` is in `heldBytes`, also after a
 * refusal: the caller gives it back when the request is answered.
 */
export async function readJsonBody(request: Request, room: BodyRoom): Promise<BodyOutcome> {
  const length = request.headers.get('content-length');
  if (length === '0' || (length === null && request.headers.get('transfer-encoding') === null && !mayHaveBody(request))) {
    return { json: undefined, heldBytes: 0 };
  }
  if (length === null) return readCounted(request, room);
  const toldBytes = Number(length);
  if (toldBytes > MAX_BODY_BYTES) return { refusal: 'too_large', heldBytes: 0 };
  if (!room.take(toldBytes)) return { refusal: 'no_room', heldBytes: 0 };
  return readWhole(request, toldBytes);
}

export type BytesOutcome =
  | { readonly bytes: Uint8Array; readonly heldBytes: number }
  | { readonly refusal: Exclude<BodyRefusal, 'not_json'>; readonly heldBytes: number };

/** Reads a body as it is; what is held of `room` is given back by the caller, as above. */
export async function readBodyBytes(request: Request, room: BodyRoom): Promise<BytesOutcome> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_SIGNED_BODY_BYTES) return { refusal: 'too_large', heldBytes: 0 };
  const chunks: Uint8Array[] = [];
  let heldBytes = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      if (heldBytes + chunk.byteLength > MAX_SIGNED_BODY_BYTES) return { refusal: 'too_large', heldBytes };
      if (!room.take(chunk.byteLength, heldBytes)) return { refusal: 'no_room', heldBytes };
      heldBytes += chunk.byteLength;
      chunks.push(chunk);
    }
  } catch {
    // The only way to fail here is a sender who left before the end.
    return { refusal: 'cut_off', heldBytes };
  }
  return { bytes: Buffer.concat(chunks), heldBytes };
}

/** The HTTP parser itself stops at the length that was told, so nothing needs counting. */
async function readWhole(request: Request, heldBytes: number): Promise<BodyOutcome> {
  let text: string;
  try {
    text = await request.text();
  } catch {
    // The only way to fail here is a sender who left before the end.
    return { refusal: 'cut_off', heldBytes };
  }
  return parsed(text, heldBytes);
}

function mayHaveBody(request: Request): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD' && request.body !== null;
}

/** Counts while reading: nobody's word is taken for the length. */
async function readCounted(request: Request, room: BodyRoom): Promise<BodyOutcome> {
  if (request.body === null) return { json: undefined, heldBytes: 0 };
  const decoder = new TextDecoder();
  let text = '';
  let heldBytes = 0;
  try {
    for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
      if (heldBytes + chunk.byteLength > MAX_BODY_BYTES) return { refusal: 'too_large', heldBytes };
      if (!room.take(chunk.byteLength, heldBytes)) return { refusal: 'no_room', heldBytes };
      heldBytes += chunk.byteLength;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch {
    return { refusal: 'cut_off', heldBytes };
  }
  return parsed(text + decoder.decode(), heldBytes);
}

function parsed(text: string, heldBytes: number): BodyOutcome {
  if (text.trim() === '') return { json: undefined, heldBytes };
  const json = parseJson(text);
  return json === NOT_JSON ? { refusal: 'not_json', heldBytes } : { json, heldBytes };
}

export const NOT_JSON: unique symbol = Symbol('not JSON');

/** Parses JSON that is not nested too deep; keys named `__proto__` are dropped. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isShallow(value, MAX_JSON_DEPTH) ? value : NOT_JSON;
  } catch (error) {
    if (error instanceof SyntaxError) return NOT_JSON;
    throw error;
  }
}

/** Whether at most `depth` levels of lists and objects stand inside each other. Removes `__proto__` keys on the way. */
function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isShallow(item, depth - 1));
  if (Object.hasOwn(value, '__proto__')) delete (value as Record<string, unknown>)['__proto__'];
  for (const key in value) {
    if (!isShallow((value as Record<string, unknown>)[key], depth - 1)) return false;
  }
  return true;
}
