/** A larger body is refused with 413. Rule: api.md § 1, traps 10. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** A body that is read before anybody is known to have sent it, as signed ones are. */
export const MAX_SIGNED_BODY_BYTES = 1024 * 1024;
/** What all bodies being read or worked on may hold together; beyond it callers are asked to come again. */
export const MAX_BODY_BYTES_IN_FLIGHT = 64 * 1024 * 1024;
/**
 * The last part of that room is kept for small bodies, so that a flood of large ones cannot stop events. What remains is three of the
 * largest: read and parsed, a body takes five times its own size.
 */
export const ROOM_KEPT_FOR_SMALL_BODIES_BYTES = 34 * 1024 * 1024;
export const SMALL_BODY_BYTES = 256 * 1024;
/** How many lists and objects may stand inside each other, the outermost included. */
export const MAX_JSON_DEPTH = 20;

export const MAX_HEADER_BYTES = 16 * 1024;
export const MAX_SOCKETS = 256;
export const HEADERS_TIMEOUT_MS = 10_000;
/** For receiving the request; the answer may take longer, as a clock move does. */
export const REQUEST_TIMEOUT_MS = 30_000;
export const KEEP_ALIVE_TIMEOUT_MS = 5_000;
export const TIMEOUT_CHECK_INTERVAL_MS = 1_000;

export const MAX_FAILED_KEYS_PER_MINUTE = 20;
export const FAILED_KEYS_SPAN_MS = 60_000;

/** Counts the bytes of all bodies in flight. */
export class BodyRoom {
  #usedBytes = 0;

  /** Takes room for bytes that are about to be read, of a body that holds some already; false when there is none. */
  take(bytes: number, heldBytes = 0): boolean {
    const kept = heldBytes + bytes <= SMALL_BODY_BYTES ? 0 : ROOM_KEPT_FOR_SMALL_BODIES_BYTES;
    if (this.#usedBytes + bytes > MAX_BODY_BYTES_IN_FLIGHT - kept) return false;
    this.#usedBytes += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#usedBytes -= bytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }
}
