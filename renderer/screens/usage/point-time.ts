import { Temporal } from '../../../shared/dates.ts';
import { formatDay, formatTime } from '../../format/dates.ts';

/** The day that an instant falls on in a zone, as text. */
export function dayIn(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** When a point of a series begins: a day, or a time where steps are shorter. */
export function pointTime(at: string, step: string, timeZone: string): string {
  return step.endsWith('d') ? formatDay(dayIn(at, timeZone)) : formatTime(at, timeZone);
}
