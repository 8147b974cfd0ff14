import type { Instant } from '../../shared/dates.ts';

/** The only source of "now". A sandbox's clock is moved by its user; a live workspace's is the system's. */
export interface Clock {
  now(): Instant;
}
