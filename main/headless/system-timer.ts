import type { Timer } from '../ports/timer.ts';

/** Longer waits than Node can count would end at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The computer's own timer. It keeps no program alive. */
export const systemTimer: Timer = {
  after: (delayMs, work) => {
    const timeout = setTimeout(work, Math.min(delayMs, LONGEST_DELAY_MS));
    timeout.unref();
    return () => {
      clearTimeout(timeout);
    };
  },
};
