import { Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';

/** How far back the sample's history goes. */
export const HISTORY_DAYS = 90;

/** The days of the sample's history, numbered: day 90 is the one that the workspace's clock shows, in UTC. */
export class SampleDays {
  readonly now: Instant;
  readonly #first: PlainDate;

  constructor(now: Instant) {
    this.now = now;
    this.#first = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: HISTORY_DAYS });
  }

  date(day: number): PlainDate {
    return this.#first.add({ days: day });
  }

  /** A time of a day, in UTC. */
  at(day: number, time: string): Instant {
    return instantOn(this.date(day), time);
  }

  /** 14:20 on the 15th of the month before the clock's: between day 42 and day 75. */
  middleOfLastMonth(): Instant {
    const day = this.date(HISTORY_DAYS).subtract({ months: 1 }).with({ day: 15 });
    return instantOn(day, '14:20');
  }

  /** The first day of the latest month that began at least three days before the clock's day. */
  latestSettledMonth(): PlainDate {
    return this.date(HISTORY_DAYS - 3).with({ day: 1 });
  }
}

export function instantOn(day: PlainDate, time: string): Instant {
  return day.toZonedDateTime({ timeZone: 'UTC', plainTime: Temporal.PlainTime.from(time) }).toInstant();
}
