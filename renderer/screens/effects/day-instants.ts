import { startOfDay, Temporal } from '../../../shared/dates.ts';

/** The first instant of a day in a customer's zone, as the API takes it. */
export function startOf(day: string, timeZone: string): string {
  return startOfDay(Temporal.PlainDate.from(day), timeZone).toString();
}

/** The last second of a day in a customer's zone. */
export function endOf(day: string, timeZone: string): string {
  const next = startOfDay(Temporal.PlainDate.from(day).add({ days: 1 }), timeZone);
  return next.subtract({ seconds: 1 }).toString();
}
