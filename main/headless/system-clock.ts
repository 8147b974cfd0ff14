import { Temporal } from '../../shared/dates.ts';
import type { Clock } from '../ports/clock.ts';

/** The computer's own clock, in whole milliseconds: what is stored is what was seen. */
export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Temporal.Now.instant().epochMilliseconds),
};
