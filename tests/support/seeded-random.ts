import { createHash } from 'node:crypto';
import type { Random } from '../../main/ports/random.ts';

/** Randomness that is the same on every run: ids count upwards, bytes come from a hash of the seed. */
export function seededRandom(seed: string): Random {
  let drawn = 0;
  const next = (): Buffer => {
    drawn += 1;
    return createHash('sha256')
      .update(`${seed}:${String(drawn)}`)
      .digest();
  };
  return {
    uuid: () => {
      const hex = next().toString('hex');
      const counter = drawn.toString(16).padStart(12, '0');
      return `${counter.slice(0, 8)}-${counter.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
    },
    bytes: (length) => {
      const parts: Buffer[] = [];
      for (let missing = length; missing > 0; missing -= 32) parts.push(next());
      return new Uint8Array(Buffer.concat(parts).subarray(0, length));
    },
  };
}
