import { Temporal } from '../../shared/dates.ts';
import { windowLocale } from './money.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(windowLocale(), options);
  formats.set(key, format);
  return format;
}

/** The zone of the computer that the window is on. */
export function windowTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A day, `2026-03-01`: never an instant, so no zone can move it. `Mar 1, 2026`. */
export function formatDay(day: string): string {
  const { epochMilliseconds } = Temporal.PlainDate.from(day.slice(0, 10)).toZonedDateTime('UTC');
  return formatOf({ dateStyle: 'medium', timeZone: 'UTC' }).format(epochMilliseconds);
}

/** A day with its weekday: `Sun, Mar 1`. */
export function formatWeekday(day: string): string {
  const { epochMilliseconds } = Temporal.PlainDate.from(day.slice(0, 10)).toZonedDateTime('UTC');
  return formatOf({ weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(epochMilliseconds);
}

/** The name of a month, `2026-03`: `March`. */
export function formatMonth(month: string): string {
  const { epochMilliseconds } = Temporal.PlainDate.from(`${month}-01`).toZonedDateTime('UTC');
  return formatOf({ month: 'long', timeZone: 'UTC' }).format(epochMilliseconds);
}

/** An instant in a zone: `Mar 1, 2026, 9:05 AM`. */
export function formatTime(instant: string, timeZone = windowTimeZone()): string {
  return formatOf({ dateStyle: 'medium', timeStyle: 'short', timeZone }).format(epochMs(instant));
}

/** To the millisecond, for logs: `09:05:12.044`. */
export function formatClock(instant: string, timeZone = windowTimeZone()): string {
  return formatOf({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23', timeZone }).format(
    epochMs(instant),
  );
}

/** `5 minutes ago`, `in 3 days`, against the engine's clock or the window's. */
export function formatDistance(instant: string, nowMs: number): string {
  const difference = epochMs(instant) - nowMs;
  const relative = new Intl.RelativeTimeFormat(windowLocale(), { numeric: 'auto' });
  const size = Math.abs(difference);
  if (size < MINUTE_MS) return relative.format(Math.round(difference / 1000), 'second');
  if (size < HOUR_MS) return relative.format(Math.round(difference / MINUTE_MS), 'minute');
  if (size < DAY_MS) return relative.format(Math.round(difference / HOUR_MS), 'hour');
  return relative.format(Math.round(difference / DAY_MS), 'day');
}

/** Milliseconds since 1970 of `2026-03-01T09:05:12Z`. */
export function epochMs(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}
