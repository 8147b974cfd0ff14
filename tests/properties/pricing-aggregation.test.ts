import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aggregateDays,
  aggregateEvents,
  aggregatePartials,
  aggregateUniqueValues,
  aggregationTerms,
  nothingCarried,
} from '../../main/billing/aggregation/aggregate.ts';
import { mergeUniqueValues, uniqueValuesOf } from '../../main/billing/aggregation/unique-values.ts';
import { emptyPartial, mergePartials, partialOf } from '../../main/billing/aggregation/usage-partial.ts';
import type { MeteredEvent } from '../../main/billing/facts.ts';
import { dateIn, Temporal } from '../../shared/dates.ts';
import { charge, metric, window } from '../support/usage-builders.ts';

const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'] as const;
const SLOT_MS = 15 * 60 * 1000;

const amounts = fc.tuple(fc.integer({ min: -10_000, max: 10_000 }), fc.integer({ min: 0, max: 4 })).map(([whole, decimals]) => {
  const digits = String(Math.abs(whole)).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return whole < 0 ? `-${text}` : text;
});
const msOf = (day: string) => Temporal.Instant.from(`${day}T00:00Z`).epochMilliseconds;
const marchMs = fc.integer({ min: msOf('2023-02-20'), max: msOf('2023-04-05') });

/** Events with distinct timestamps around March, in time order, with few distinct values. */
function eventLists(values: fc.Arbitrary<string>): fc.Arbitrary<readonly MeteredEvent[]> {
  const rows = fc.uniqueArray(fc.tuple(marchMs, values, fc.constantFrom('add' as const, 'remove' as const)), {
    selector: ([ms]) => ms,
    maxLength: 30,
  });
  return rows.map((list) =>
    [...list]
      .sort(([one], [other]) => one - other)
      .map(([ms, value, operation], index) => ({
        at: Temporal.Instant.fromEpochMilliseconds(ms),
        sequence: index,
        transactionId: `t${index}`,
        value,
        operation,
        preciseAmountCents: null,
      })),
  );
}

const isBefore = (event: MeteredEvent, limit: Temporal.Instant) => event.at.epochMilliseconds < limit.epochMilliseconds;

describe('any split of events into slots', () => {
  test('says the same as the events: count, sum, max, latest, weighted sum', () => {
    const types = fc.constantFrom('count_agg', 'sum_agg', 'max_agg', 'latest_agg', 'weighted_sum_agg');
    fc.assert(
      fc.property(types, fc.boolean(), eventLists(amounts), (type, recurring, list) => {
        const march = window('2023-03-01', '2023-03-31', 31);
        const isRecurring = recurring && (type === 'sum_agg' || type === 'weighted_sum_agg');
        const terms = aggregationTerms(charge({ metric: metric(type, { recurring: isRecurring }) }), march);
        const slots = new Map<number, MeteredEvent[]>();
        for (const event of list.filter((candidate) => !isBefore(candidate, march.from) && isBefore(candidate, march.end))) {
          const slot = Math.floor(event.at.epochMilliseconds / SLOT_MS);
          slots.set(slot, [event, ...(slots.get(slot) ?? [])]);
        }
        const inside = [...slots.values()].reverse().map(partialOf).reduce(mergePartials, emptyPartial());
        const before = partialOf(list.filter((event) => isBefore(event, march.from)));
        expect(aggregatePartials(terms, inside, before)).toEqual(aggregateEvents(terms, list));
      }),
    );
  });

  test('says the same of distinct values', () => {
    fc.assert(
      fc.property(fc.boolean(), eventLists(fc.constantFrom('a', 'b', 'c')), fc.integer({ min: 1, max: 5 }), (recurring, list, parts) => {
        const march = window('2023-03-01', '2023-03-31', 31);
        const terms = aggregationTerms(charge({ metric: metric('unique_count_agg', { recurring }) }), march);
        const counted = list.filter((event) => (recurring || !isBefore(event, march.from)) && isBefore(event, march.end));
        const split = Array.from({ length: parts }, (_, part) => uniqueValuesOf(counted.filter((_event, index) => index % parts === part)));
        expect(aggregateUniqueValues(mergeUniqueValues(...split))).toEqual(aggregateEvents(terms, list));
      }),
    );
  });

  test('into calendar days of any zone weighs a prorated sum the same', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), eventLists(amounts), (zone, list) => {
        const march = window('2023-03-05', '2023-03-31', 31, zone);
        const terms = aggregationTerms(charge({ metric: metric('sum_agg', { recurring: true }), prorated: true }), march);
        const counted = list.filter((event) => !isBefore(event, march.from) && isBefore(event, march.end));
        const days = counted.map((event) => ({ day: dateIn(event.at, zone), partial: partialOf([event]) }));
        const before = partialOf(list.filter((event) => isBefore(event, march.from)));
        expect(aggregateDays(terms, days, before)).toEqual(aggregateEvents(terms, list));
      }),
    );
  });
});

test('the order in which events arrive changes nothing while their timestamps differ', () => {
  const types = fc.constantFrom('sum_agg', 'max_agg', 'latest_agg', 'weighted_sum_agg', 'unique_count_agg');
  const shuffled = eventLists(amounts).chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
  );
  fc.assert(
    fc.property(types, shuffled, (type, [list, arrived]) => {
      const terms = aggregationTerms(charge({ metric: metric(type) }), window('2023-03-01', '2023-03-31', 31));
      const renumbered = arrived.map((event, sequence) => ({ ...event, sequence }));
      expect(aggregateEvents(terms, renumbered).units.toFixed()).toBe(aggregateEvents(terms, list).units.toFixed());
    }),
  );
});

test('history that is carried as totals and last operations says the same as history that is listed', () => {
  const types = fc.constantFrom('sum_agg', 'weighted_sum_agg', 'unique_count_agg');
  fc.assert(
    fc.property(types, fc.boolean(), eventLists(fc.constantFrom('1', '2', '-1')), (type, prorated, list) => {
      const march = window('2023-03-01', '2023-03-31', 31);
      const isProrated = prorated && type !== 'weighted_sum_agg';
      const terms = aggregationTerms(charge({ metric: metric(type, { recurring: true }), prorated: isProrated }), march);
      const earlier = list.filter((event) => isBefore(event, march.from));
      const carried =
        type === 'unique_count_agg'
          ? { ...nothingCarried(), values: uniqueValuesOf(earlier) }
          : { ...nothingCarried(), partial: partialOf(earlier) };
      const later = list.filter((event) => !isBefore(event, march.from));
      expect(aggregateEvents(terms, later, carried)).toEqual(aggregateEvents(terms, list));
    }),
  );
});

test('consecutive months of a level weigh as much as both together', () => {
  fc.assert(
    fc.property(eventLists(amounts), (list) => {
      const terms = (first: string, last: string) =>
        aggregationTerms(charge({ metric: metric('weighted_sum_agg', { recurring: true }) }), window(first, last, 59));
      const units = (first: string, last: string) => aggregateEvents(terms(first, last), list).units;
      const together = units('2023-02-01', '2023-03-31');
      const apart = units('2023-02-01', '2023-02-28').plus(units('2023-03-01', '2023-03-31'));
      expect(apart.toDecimalPlaces(30).toFixed()).toBe(together.toDecimalPlaces(30).toFixed());
    }),
  );
});
