import { randomFillSync } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

const MAX_COUNTER = 0xfff;
/** Random bits of many ids are drawn at once: a call of its own for each would cost more than the id. */
const POOL_BYTES = 8 * 512;

/**
 * The operating system's randomness. Its UUIDs are version 7 by the computer's clock; those of one millisecond are numbered in the
 * 12 bits after the version, so that they too stay in order.
 */
export function systemRandom(clock: Clock): Random {
  const pool = Buffer.alloc(POOL_BYTES);
  let usedBytes = POOL_BYTES;
  let lastMs = 0;
  let counter = 0;
  return {
    uuid: () => {
      const nowMs = Math.max(clock.now().epochMilliseconds, lastMs);
      counter = nowMs === lastMs ? counter + 1 : 0;
      // More than 4,096 in one millisecond borrow from the next one.
      lastMs = counter > MAX_COUNTER ? nowMs + 1 : nowMs;
      if (counter > MAX_COUNTER) counter = 0;
      if (usedBytes === POOL_BYTES) {
        randomFillSync(pool);
        usedBytes = 0;
      }
      usedBytes += 8;
      return formatUuid({ epochMs: lastMs, counter, random: pool.subarray(usedBytes - 8, usedBytes) });
    },
    bytes: (length) => randomFillSync(new Uint8Array(length)),
  };
}

/** RFC 9562, version 7: 48 bits of milliseconds, the version, 12 bits of counter, the variant, 62 random bits. */
export function formatUuid(parts: { readonly epochMs: number; readonly counter: number; readonly random: Buffer }): string {
  const time = parts.epochMs.toString(16).padStart(12, '0');
  const counter = parts.counter.toString(16).padStart(3, '0');
  const variant = (0x80 | ((parts.random[0] ?? 0) & 0x3f)).toString(16);
  const rest = parts.random.toString('hex', 1, 8);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
}
