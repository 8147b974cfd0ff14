import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { SeededDraws } from './seeded-draws.ts';

const MAX_COUNTER = 0xfff;

/**
 * Ids of the sample: version 7 by its clock, in order, and the same whenever the sample is loaded on the same day. For ids only: nothing
 * secret comes from here.
 */
export function sampleRandom(seed: string, clock: Clock): Random {
  const draws = new SeededDraws(seed);
  let lastMs = 0;
  let counter = 0;
  const hex = (): string => draws.bits32().toString(16).padStart(8, '0');
  return {
    uuid: () => {
      const nowMs = Math.max(clock.now().epochMilliseconds, lastMs);
      counter = nowMs === lastMs ? counter + 1 : 0;
      lastMs = counter > MAX_COUNTER ? nowMs + 1 : nowMs;
      if (counter > MAX_COUNTER) counter = 0;
      const time = lastMs.toString(16).padStart(12, '0');
      const [first, second] = [hex(), hex()];
      return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-8${first.slice(0, 3)}-${first.slice(3, 7)}${second}`;
    },
    bytes: (length) => Uint8Array.from({ length }, () => draws.integer(0, 255)),
  };
}
