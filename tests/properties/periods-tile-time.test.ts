import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GridTerms, SubscriptionTerms } from '../../main/billing/facts.ts';
import {
  boundaryAt,
  chargePeriodContaining,
  isBoundary,
  lengthInDays,
  nextBoundary,
  periodContaining,
} from '../../main/billing/periods/index.ts';
import { BILLING_INTERVALS, BILLING_TIMES } from '../../shared/billing-interval.ts';
import { startOfDay, Temporal, type PlainDate } from '../../shared/dates.ts';
import { plan, subscription } from '../support/subscription-builders.ts';

const dates = fc.integer({ min: 0, max: 36_524 }).map((days) => Temporal.PlainDate.from('2000-01-01').add({ days }));
const grids = fc.record<GridTerms>({
  interval: fc.constantFrom(...BILLING_INTERVALS),
  billingTime: fc.constantFrom(...BILLING_TIMES),
  anchor: dates,
});
const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Europe/Paris',
  'Pacific/Apia',
  'Pacific/Honolulu',
);

test('a period holds the day that was asked for, and the next one begins where it ends', () => {
  fc.assert(
    fc.property(grids, dates, (grid, date) => {
      const period = periodContaining(grid, date);
      expect(Temporal.PlainDate.compare(period.start, date)).toBeLessThanOrEqual(0);
      expect(Temporal.PlainDate.compare(date, period.next)).toBeLessThan(0);
      expect(periodContaining(grid, period.next).start.toString()).toBe(period.next.toString());
      expect(periodContaining(grid, period.start.subtract({ days: 1 })).next.toString()).toBe(period.start.toString());
      expect(nextBoundary(grid, date).toString()).toBe(period.next.toString());
    }),
  );
});

test('every day of a period is in it, and only its first is a boundary', () => {
  fc.assert(
    fc.property(grids, dates, (grid, date) => {
      const { start, next } = periodContaining(grid, date);
      const days: PlainDate[] = [];
      for (let day = start; Temporal.PlainDate.compare(day, next) < 0; day = day.add({ days: 1 })) days.push(day);
      expect(days).toHaveLength(lengthInDays({ start, next }));
      expect(days.filter((day) => !periodContaining(grid, day).start.equals(start))).toEqual([]);
      expect(days.filter((day) => isBoundary(grid, day)).map(String)).toEqual([start.toString()]);
    }),
    { numRuns: 30 },
  );
});

test('an anniversary boundary is the day of the anchor, or the last day of a shorter month', () => {
  fc.assert(
    fc.property(dates, dates, fc.constantFrom('monthly', 'quarterly', 'semiannual', 'yearly'), (anchor, date, interval) => {
      const { start } = periodContaining({ interval, billingTime: 'anniversary', anchor }, date);
      expect(start.day).toBe(Math.min(anchor.day, start.daysInMonth));
    }),
  );
});

test('a calendar week begins on a Sunday and has seven days', () => {
  fc.assert(
    fc.property(dates, (date) => {
      const week = periodContaining({ interval: 'weekly', billingTime: 'calendar', anchor: date }, date);
      expect([week.start.dayOfWeek, lengthInDays(week)]).toEqual([7, 7]);
    }),
  );
});

/** The counted spans of a row from its start on, each taken at the billing date of the one before it. */
function spansFrom(terms: SubscriptionTerms, grid: GridTerms, count: number): readonly (readonly [number, number])[] {
  const of = plan({ interval: grid.interval });
  const spans: (readonly [number, number])[] = [];
  let row = terms;
  let date = row.startedAt.toZonedDateTimeISO(row.timeZone).toPlainDate();
  while (spans.length < count) {
    const { window, nextDate } = chargePeriodContaining(row, of, date);
    spans.push([window.from.epochMilliseconds, window.end.epochMilliseconds]);
    row = { ...row, chargesBilledUntil: window.end };
    date = nextDate;
  }
  return spans;
}

const starts = fc.tuple(dates, fc.integer({ min: 0, max: 86_399 }), zones).map(([date, second, timeZone]) => ({
  timeZone,
  startedAt: startOfDay(date, timeZone).add({ seconds: second }),
}));

test('the charge periods of a row tile time in every zone, from its start on', () => {
  fc.assert(
    fc.property(starts, grids, ({ startedAt, timeZone }, { interval, billingTime }) => {
      const terms = subscription(startedAt.toString(), { timeZone, billingTime });
      const grid = { interval, billingTime, anchor: startedAt.toZonedDateTimeISO(timeZone).toPlainDate() };
      const spans = spansFrom(terms, grid, 8);
      expect(spans[0]?.[0]).toBe(startedAt.epochMilliseconds);
      for (const [index, [from, end]] of spans.entries()) {
        expect(from).toBeLessThan(end);
        if (index > 0) expect(from).toBe(spans[index - 1]?.[1]);
      }
    }),
  );
});

test('they tile time across a change of zone too', () => {
  fc.assert(
    fc.property(starts, zones, grids, ({ startedAt, timeZone }, moved, { interval, billingTime }) => {
      const terms = subscription(startedAt.toString(), { timeZone, billingTime });
      const of = plan({ interval });
      const grid = { interval, billingTime, anchor: startedAt.toZonedDateTimeISO(timeZone).toPlainDate() };
      const first = chargePeriodContaining(terms, of, grid.anchor);
      const row = { ...terms, timeZone: moved, chargesBilledUntil: first.window.end };
      expect(chargePeriodContaining(row, of, first.nextDate).window.from.toString()).toBe(first.window.end.toString());
    }),
  );
});

test('the boundary that begins at an instant is the one whose start that instant is', () => {
  fc.assert(
    fc.property(grids, dates, zones, (grid, date, timeZone) => {
      const { next } = periodContaining(grid, date);
      expect(boundaryAt(grid, startOfDay(next, timeZone), timeZone).toString()).toBe(next.toString());
    }),
  );
});
