import { Temporal } from 'temporal-polyfill';

export { Temporal };
export type Instant = Temporal.Instant;
export type PlainDate = Temporal.PlainDate;

/** The calendar day that an instant falls on in a zone. */
export function dateIn(instant: Instant, timeZone: string): PlainDate {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate();
}

/** The first instant of a day in a zone: 00:00, or later where a clock change removes midnight. */
export function startOfDay(date: PlainDate, timeZone: string): Instant {
  return date.toZonedDateTime(timeZone).startOfDay().toInstant();
}

/** Whole calendar days from `from` up to, not including, `until`. */
export function daysBetween(from: PlainDate, until: PlainDate): number {
  return from.until(until, { largestUnit: 'day' }).days;
}

/** Cuts to the whole second that holds the instant. */
export function wholeSecond(instant: Instant): Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(instant.epochMilliseconds / 1000) * 1000);
}

/** Wire form of a date-time: UTC, whole seconds, `2023-01-31T23:59:59Z`. */
export function formatInstant(instant: Instant): string {
  return instant.toString({ smallestUnit: 'second' });
}

/** Wire form with milliseconds: `2023-03-06T10:00:00.000Z`. */
export function formatInstantMs(instant: Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' });
}

/** The wire's inclusive end of a half-open span: one millisecond earlier, so `…:59:59Z`. */
export function inclusiveEnd(end: Instant): Instant {
  return end.subtract({ milliseconds: 1 });
}

export function isBefore(a: Instant, b: Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

export function laterOf(a: Instant, b: Instant): Instant {
  return isBefore(a, b) ? b : a;
}

export function earlierOf(a: Instant, b: Instant): Instant {
  return isBefore(a, b) ? a : b;
}

export function laterDate(a: PlainDate, b: PlainDate): PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? b : a;
}

export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value === '') return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value);
    return !/^[+-]/.test(value);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const ISO_DATE_TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Reads ISO 8601 text: a date-time with or without offset, or a bare date (UTC, midnight). Null when it is neither. */
export function parseInstant(text: unknown): Instant | null {
  if (typeof text !== 'string' || !ISO_DATE_TIME.test(text.trim())) return null;
  try {
    const value = text
      .trim()
      .replace(' ', 'T')
      .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
    if (/(Z|[+-]\d\d:\d\d)$/.test(value)) return Temporal.Instant.from(value);
    return Temporal.PlainDateTime.from(value).toZonedDateTime('UTC').toInstant();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads `YYYY-MM-DD`; null when it is not a day of the calendar. */
export function parseDate(text: unknown): PlainDate | null {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
