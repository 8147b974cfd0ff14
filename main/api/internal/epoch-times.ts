import { formatInstant, Temporal } from '../../../shared/dates.ts';

/** A time as lists read it from the database, as the wire has it. */
export function timeOf(epochMs: number): string {
  return formatInstant(Temporal.Instant.fromEpochMilliseconds(epochMs));
}

export function timeOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : timeOf(epochMs);
}
