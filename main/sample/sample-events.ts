import { startOfDay, type Instant } from '../../shared/dates.ts';
import { HISTORY_DAYS, type SampleDays } from './sample-days.ts';
import { SeededDraws } from './seeded-draws.ts';
import { FAULTY_SENDER, INDEXES, SEAT_CHANGES, USAGE_HABITS, type UsageHabit } from './usage-habits.ts';

/** One event as a sender would post it, and when it arrives. */
export interface SampleEvent {
  readonly atMs: number;
  readonly receivedAtMs: number;
  readonly transactionId: string;
  readonly externalSubscriptionId: string;
  readonly code: string;
  readonly properties: Readonly<Record<string, string | number>>;
}

/** How often each hour of the day is drawn. */
const HOUR_WEIGHTS = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 13, 12, 12, 13, 13, 12, 11, 10, 9, 8, 7, 5, 3];
const HOUR_MS = 3_600_000;
const SATURDAY = 6;

/** Every event of the sample's history up to its last instant, in order of arrival. */
export function sampleEvents(days: SampleDays, seed: string): readonly SampleEvent[] {
  const events = [
    ...USAGE_HABITS.flatMap((habit) => eventsOfHabit(days, habit, seed)),
    ...indexEvents(days, seed),
    ...seatEvents(days),
    ...faultyEvents(days, seed),
  ];
  const lastMs = days.now.epochMilliseconds;
  return events
    .filter((event) => event.receivedAtMs <= lastMs)
    .sort((one, other) => one.receivedAtMs - other.receivedAtMs || byKey(one, other));
}

function byKey(one: SampleEvent, other: SampleEvent): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}

const keyOf = (event: SampleEvent): string => `${event.externalSubscriptionId} ${event.transactionId}`;

function eventsOfHabit(days: SampleDays, habit: UsageHabit, seed: string): readonly SampleEvent[] {
  const last = Math.min(habit.untilDay ?? HISTORY_DAYS, HISTORY_DAYS);
  const made: SampleEvent[] = [];
  for (let day = habit.fromDay; day <= last; day += 1) {
    const draws = new SeededDraws(seed, habit.externalSubscriptionId, habit.code, String(day));
    const startMs = startOfDayMs(days, day, habit.timeZone);
    const count = eventsOn(habit, { day, isWeekend: days.date(day).dayOfWeek >= SATURDAY }, draws);
    for (let number = 1; number <= count; number += 1) {
      const labels = Object.entries(habit.labels ?? {}).map(
        ([name, values]) => [name, values[draws.integer(0, values.length - 1)] ?? ''] as const,
      );
      made.push(
        eventOf(draws, startMs + timeOfDayMs(draws), {
          transactionId: transactionId(habit.code, days, { day, number }),
          externalSubscriptionId: habit.externalSubscriptionId,
          code: habit.code,
          properties: { [habit.property]: draws.integer(...habit.values), ...Object.fromEntries(labels) },
        }),
      );
    }
  }
  return made;
}

/** A day's number of events: fewer or more at weekends, growing, and a little different each day. */
function eventsOn(
  habit: UsageHabit,
  { day, isWeekend }: { readonly day: number; readonly isWeekend: boolean },
  draws: SeededDraws,
): number {
  const weekday = isWeekend ? habit.weekendPercent : 100;
  const growth = 100 + Math.trunc(((habit.growthPercent ?? 0) * day) / HISTORY_DAYS);
  const usual = Math.trunc((habit.eventsPerDay * weekday * growth * draws.integer(85, 115)) / 1_000_000);
  return habit.spike?.day === day ? usual * habit.spike.factor : usual;
}

function startOfDayMs(days: SampleDays, day: number, timeZone: string): number {
  return startOfDay(days.date(day), timeZone).epochMilliseconds;
}

function timeOfDayMs(draws: SeededDraws): number {
  return draws.weighted(HOUR_WEIGHTS) * HOUR_MS + draws.integer(0, HOUR_MS - 1);
}

/** Senders are a blink away. */
function eventOf(draws: SeededDraws, atMs: number, said: Omit<SampleEvent, 'atMs' | 'receivedAtMs'>): SampleEvent {
  return { ...said, atMs, receivedAtMs: atMs + draws.integer(40, 420) };
}

function transactionId(code: string, days: SampleDays, place: { readonly day: number; readonly number: number }): string {
  const date = days.date(place.day).toString().replaceAll('-', '');
  return `${code.slice(0, 3)}-${date}-${String(place.number).padStart(4, '0')}`;
}

/** Once a night each index says how large it is. */
function indexEvents(days: SampleDays, seed: string): readonly SampleEvent[] {
  return INDEXES.flatMap(({ externalSubscriptionId, fromDay, documents, daily }) =>
    Array.from({ length: HISTORY_DAYS + 1 - fromDay }, (_, index) => {
      const day = fromDay + index;
      const draws = new SeededDraws(seed, externalSubscriptionId, 'documents', String(day));
      return eventOf(draws, days.at(day, '09:15').epochMilliseconds, {
        transactionId: transactionId('indexed', days, { day, number: 1 }),
        externalSubscriptionId,
        code: 'indexed_documents',
        properties: { documents: documents + daily * index + draws.integer(0, daily) },
      });
    }),
  );
}

function seatEvents(days: SampleDays): readonly SampleEvent[] {
  return SEAT_CHANGES.flatMap(({ externalSubscriptionId, day, operation, people }) =>
    people.map((person, index) => {
      const atMs = minuteAfter(days.at(day, '15:05'), index);
      return {
        atMs,
        receivedAtMs: atMs + 180,
        transactionId: `seat-${operation}-${person}`,
        externalSubscriptionId,
        code: 'console_seats',
        properties: { user_id: person, operation_type: operation },
      };
    }),
  );
}

function minuteAfter(start: Instant, minutes: number): number {
  return start.add({ minutes }).epochMilliseconds;
}

/** One misspelt code and one misspelt property each day, a value that is no number, and an unknown subscription. */
function faultyEvents(days: SampleDays, seed: string): readonly SampleEvent[] {
  const { externalSubscriptionId, timeZone, fromDay } = FAULTY_SENDER;
  const made: SampleEvent[] = [];
  for (let day = fromDay; day <= HISTORY_DAYS; day += 1) {
    const draws = new SeededDraws(seed, 'faulty', String(day));
    const startMs = startOfDayMs(days, day, timeZone);
    const say = (name: string, said: Pick<SampleEvent, 'code' | 'properties'>, by: string = externalSubscriptionId): void => {
      const id = transactionId(name, days, { day, number: 1 });
      made.push(eventOf(draws, startMs + timeOfDayMs(draws), { ...said, transactionId: id, externalSubscriptionId: by }));
    };
    say('typ', { code: 'serach_requests', properties: { volume: draws.integer(20, 110), region: 'us-east' } });
    say('vol', { code: 'search_requests', properties: { vol: draws.integer(20, 110), region: 'us-east' } });
    if (day % 4 === 0) say('nan', { code: 'search_requests', properties: { volume: 'many', region: 'us-east' } });
    if (day % 5 === 0) say('lost', { code: 'search_requests', properties: { volume: draws.integer(20, 110) } }, 'papaya-ap');
  }
  return made;
}
