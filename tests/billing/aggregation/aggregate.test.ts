import { describe, expect, test } from 'vitest';
import {
  aggregateDays,
  aggregateEvents,
  aggregatePartials,
  aggregateUniqueValues,
  aggregationTerms,
  nothingCarried,
} from '../../../main/billing/aggregation/aggregate.ts';
import { mergeUniqueValues, uniqueValuesOf } from '../../../main/billing/aggregation/unique-values.ts';
import { emptyPartial, mergePartials, partialOf } from '../../../main/billing/aggregation/usage-partial.ts';
import { Temporal } from '../../../shared/dates.ts';
import { decimal } from '../../../shared/decimal.ts';
import type { ChargeTerms, MeteredEvent, UsageWindow } from '../../../main/billing/facts.ts';
import { charge, events, instant, metric, window, withPrices } from '../../support/usage-builders.ts';

const MARCH = window('2023-03-01', '2023-03-31', 31);
const APRIL = window('2023-04-01', '2023-04-30', 30);

function aggregate(terms: ChargeTerms, span: UsageWindow, list: readonly MeteredEvent[]) {
  return aggregateEvents(aggregationTerms(terms, span), list);
}

describe('count', () => {
  test('counts events, also without a value', () => {
    const usage = aggregate(charge({ metric: metric('count_agg') }), MARCH, events(['2023-03-02', null], ['2023-03-02', null]));
    expect(usage.units.toFixed()).toBe('2');
    expect(usage.eventsCount).toBe(2);
  });
});

describe('sum', () => {
  test.each([
    { name: 'adds exactly', values: ['0.1', '0.2'], units: '0.3' },
    { name: 'takes negative values', values: ['10', '-4', '8'], units: '14' },
    { name: 'is 0 without events', values: [], units: '0' },
  ])('$name', ({ values, units }) => {
    const usage = aggregate(charge(), MARCH, events(...values.map((value) => ['2023-03-02', value] as const)));
    expect(usage.units.toFixed()).toBe(units);
    expect(usage.totalAggregatedUnits.toFixed()).toBe(units);
    expect(usage.eventsCount).toBe(values.length);
  });

  test('adds the prices that came with the events', () => {
    const list = withPrices(events(['2023-03-02', '5'], ['2023-03-03', '1'], ['2023-03-04', '4']), '1234.56', '2.1');
    expect(aggregate(charge(), MARCH, list).preciseAmountCents?.toFixed()).toBe('1236.66');
  });

  test('does not restart when the metric is recurring: all history counts', () => {
    const list = events(['2022-11-05', '10'], ['2023-03-02', '5'], ['2023-04-01T00:00:00Z', '7']);
    const usage = aggregate(charge({ metric: metric('sum_agg', { recurring: true }) }), MARCH, list);
    expect(usage.units.toFixed()).toBe('15');
    expect(usage.eventsCount).toBe(2);
  });

  test('restarts at 0 when it is not', () => {
    expect(aggregate(charge(), MARCH, events(['2022-11-05', '10'], ['2023-03-02', '5'])).units.toFixed()).toBe('5');
  });
});

describe('the window', () => {
  test.each([
    { when: '2023-02-28T23:59:59.999Z', counts: '0' },
    { when: '2023-03-01T00:00:00Z', counts: '1' },
    { when: '2023-03-31T23:59:59.999Z', counts: '1' },
    { when: '2023-04-01T00:00:00.000Z', counts: '0' },
  ])('an event at $when counts $counts', ({ when, counts }) => {
    expect(aggregate(charge(), MARCH, events([when, '1'])).units.toFixed()).toBe(counts);
  });

  test('follows the time zone of the customer', () => {
    const tokyo = window('2023-03-01', '2023-03-31', 31, 'Asia/Tokyo');
    expect(aggregate(charge(), tokyo, events(['2023-02-28T15:00:00Z', '1'], ['2023-03-31T15:00:00Z', '2'])).units.toFixed()).toBe('1');
  });
});

describe('max', () => {
  test.each([
    { values: ['5', '20', '3'], units: '20' },
    { values: ['9', '10'], units: '10' },
    { values: ['-5', '-3'], units: '-3' },
    { values: [], units: '0' },
  ])('of $values is $units', ({ values, units }) => {
    const usage = aggregate(charge({ metric: metric('max_agg') }), MARCH, events(...values.map((value) => ['2023-03-02', value] as const)));
    expect(usage.units.toFixed()).toBe(units);
    expect(usage.eventsCount).toBe(values.length);
  });
});

describe('latest', () => {
  const latest = charge({ metric: metric('latest_agg') });
  test('takes the value with the last timestamp, whatever arrived last', () => {
    const list = events(['2023-03-05', '10'], ['2023-03-09', '3'], ['2023-03-07', '50']);
    expect(aggregate(latest, MARCH, list).units.toFixed()).toBe('3');
    expect(aggregate(latest, MARCH, list).eventsCount).toBe(3);
  });
  test('takes the later arrival when timestamps are equal', () => {
    expect(aggregate(latest, MARCH, events(['2023-03-05', '10'], ['2023-03-05', '4'])).units.toFixed()).toBe('4');
  });
  test('is 0 when it is negative, and without events', () => {
    expect(aggregate(latest, MARCH, events(['2023-03-05', '10'], ['2023-03-06', '-4'])).units.toFixed()).toBe('0');
    expect(aggregate(latest, MARCH, []).units.toFixed()).toBe('0');
  });
});

describe('unique count', () => {
  const unique = charge({ metric: metric('unique_count_agg') });
  const recurring = charge({ metric: metric('unique_count_agg', { recurring: true }) });
  type Step = readonly [string, ('add' | 'remove')?];
  const steps = (...list: readonly Step[]) =>
    events(...list.map(([value, operation], index) => [`2023-03-0${index + 1}`, value, operation] as const));

  test.each([
    { name: 'a, b, a', list: steps(['a'], ['b'], ['a']), units: '2' },
    { name: 'a, b, remove a', list: steps(['a'], ['b'], ['a', 'remove']), units: '1' },
    { name: 'remove a, a', list: steps(['a', 'remove'], ['a']), units: '1' },
    { name: 'a, remove a, remove a, a', list: steps(['a'], ['a', 'remove'], ['a', 'remove'], ['a']), units: '1' },
    { name: 'a, remove a', list: steps(['a'], ['a', 'remove']), units: '0' },
    { name: 'a, a, remove a', list: steps(['a'], ['a'], ['a', 'remove']), units: '0' },
    { name: 'remove a', list: steps(['a', 'remove']), units: '0' },
    { name: 'nothing', list: [], units: '0' },
  ])('$name: $units, and as many events', ({ list, units }) => {
    const usage = aggregate(unique, MARCH, list);
    expect(usage.units.toFixed()).toBe(units);
    expect(String(usage.eventsCount)).toBe(units);
  });

  test('time decides, not arrival', () => {
    const list = events(['2023-03-05', 'b'], ['2023-03-09', 'b'], ['2023-03-07', 'b', 'remove']);
    expect(aggregate(unique, MARCH, list).units.toFixed()).toBe('1');
  });

  test('a recurring one carries values over, and a later period may remove them', () => {
    const list = events(['2023-01-10', 'a'], ['2023-02-10', 'b'], ['2023-03-10', 'c'], ['2023-03-11', 'a', 'remove']);
    expect(aggregate(recurring, MARCH, list).units.toFixed()).toBe('2');
    expect(aggregate(unique, MARCH, list).units.toFixed()).toBe('1');
  });

  test('last operations of slots, merged in any order, say the same', () => {
    const list = steps(['a'], ['b'], ['a', 'remove'], ['c'], ['a'], ['c', 'remove']);
    const slots = list.map((event) => uniqueValuesOf([event]));
    expect(aggregateUniqueValues(mergeUniqueValues(...slots)).units.toFixed()).toBe('2');
    expect(aggregateUniqueValues(mergeUniqueValues(...slots.reverse())).units.toFixed()).toBe('2');
  });
});

describe('weighted sum', () => {
  const storage = charge({ metric: metric('weighted_sum_agg', { recurring: true }) });
  const fromFifth = { ...window('2023-03-05', '2023-03-31', 31) };

  test('+2500 on 5 March 00:00, subscription from 5 March', () => {
    const usage = aggregate(storage, fromFifth, events(['2023-03-05T00:00:00Z', '2500']));
    expect(usage.units.toDecimalPlaces(6).toFixed()).toBe('2177.419355');
    expect(usage.totalAggregatedUnits.toFixed()).toBe('2500');
    expect(usage.eventsCount).toBe(1);
  });

  const april = events(['2023-03-05T00:00:00Z', '2500'], ['2023-04-04T00:00:00Z', '-2000'], ['2023-04-06T00:00:00Z', '-200']);
  test('recurring: April starts at the level of March', () => {
    const usage = aggregate(storage, APRIL, april);
    expect(usage.units.toDecimalPlaces(6).toFixed()).toBe('533.333333');
    expect(usage.totalAggregatedUnits.toFixed()).toBe('300');
    expect(usage.eventsCount).toBe(2);
  });

  test('not recurring: April starts at 0', () => {
    const usage = aggregate(charge({ metric: metric('weighted_sum_agg') }), APRIL, april);
    expect(usage.units.toDecimalPlaces(6).toFixed()).toBe('-1966.666667'); // (−2000×27 − 200×25)/30
  });

  test('a level held all period is the level itself', () => {
    expect(aggregate(storage, APRIL, events(['2023-03-05', '30'])).units.toFixed()).toBe('30');
  });

  test('milliseconds count', () => {
    const usage = aggregate(storage, APRIL, events(['2023-04-30T23:59:59.500Z', '5184000'])); // half a second of 2 592 000
    expect(usage.units.toFixed()).toBe('1');
  });

  test('a termination ends the level at its instant, not at the end of its second', () => {
    const terminated = {
      ...APRIL,
      end: instant('2023-04-16T00:00:01Z'),
      heldUntil: instant('2023-04-16T00:00:00Z'),
      lastDay: Temporal.PlainDate.from('2023-04-16'),
    };
    expect(aggregate(storage, terminated, events(['2023-03-05', '30'])).units.toFixed()).toBe('15');
  });
});

describe('prorated, in a month of 30 days', () => {
  const prorated = (more: Partial<ChargeTerms> = {}) => charge({ metric: metric('sum_agg', { recurring: true }), prorated: true, ...more });
  test.each([
    { name: '10 added on the 16th', list: events(['2023-04-16', '10']), full: '10', units: '5' },
    { name: '10 carried and 10 added on the 16th', list: events(['2023-02-01', '10'], ['2023-04-16', '10']), full: '20', units: '15' },
    { name: 'added on the first day', list: events(['2023-04-01T00:00:00Z', '10']), full: '10', units: '10' },
    { name: 'added on the last day', list: events(['2023-04-30T23:59:59Z', '10']), full: '10', units: '0.33334' },
    { name: 'thirds are rounded up once, not each', list: events(['2023-04-30', '10'], ['2023-04-30', '20']), full: '30', units: '1' },
    { name: 'a fall weighs the days that are left', list: events(['2023-02-01', '10'], ['2023-04-16', '-4']), full: '6', units: '8' },
  ])('$name', ({ list, full, units }) => {
    const usage = aggregate(prorated(), APRIL, list);
    expect(usage.units.toFixed()).toBe(full);
    expect(usage.proratedUnits?.toFixed()).toBe(units);
  });

  test('7 days of 29, 1 unit held since before', () => {
    const usage = aggregate(prorated(), window('2024-02-01', '2024-02-07', 29), events(['2024-01-05', '1']));
    expect(usage.proratedUnits?.toFixed()).toBe('0.24138');
  });

  test('the date is that of the customer, not of UTC', () => {
    const tokyo = window('2023-04-01', '2023-04-30', 30, 'Asia/Tokyo');
    expect(aggregate(prorated(), tokyo, events(['2023-04-15T15:00:00Z', '10'])).proratedUnits?.toFixed()).toBe('5');
    expect(aggregate(prorated(), tokyo, events(['2023-04-15T14:59:59Z', '15'])).proratedUnits?.toFixed()).toBe('8');
  });

  test('days of a clock change are whole days', () => {
    const newYork = window('2023-03-01', '2023-03-31', 31, 'America/New_York');
    expect(aggregate(prorated(), newYork, events(['2023-03-12T05:00:00Z', '31'])).proratedUnits?.toFixed()).toBe('20');
    expect(aggregate(prorated(), newYork, events(['2023-03-13T03:59:59Z', '31'])).proratedUnits?.toFixed()).toBe('20');
    expect(aggregate(prorated(), newYork, events(['2023-03-13T04:00:00Z', '31'])).proratedUnits?.toFixed()).toBe('19');
  });

  test('partials of calendar days say the same', () => {
    const terms = aggregationTerms(prorated(), APRIL);
    const day = (date: string, value: string) => ({ day: Temporal.PlainDate.from(date), partial: partialOf(events([date, value])) });
    const usage = aggregateDays(terms, [day('2023-04-16', '10'), day('2023-04-30', '3')], partialOf(events(['2023-01-01', '2'])));
    expect(usage.units.toFixed()).toBe('15');
    expect(usage.proratedUnits?.toFixed()).toBe('7.1'); // 2 + 10×15/30 + 3/30
    expect(usage.eventsCount).toBe(3);
  });

  test('graduated lists the moves: what was carried first, each with its share', () => {
    const tiered = prorated({
      chargeModel: 'graduated',
      properties: { graduated_ranges: [{ from_value: 0, to_value: null, per_unit_amount: '1', flat_amount: '0' }] },
    });
    const usage = aggregate(tiered, APRIL, events(['2023-02-01', '10'], ['2023-02-02', '5'], ['2023-04-16', '-4']));
    expect(usage.events?.map(({ value, ratio }) => [value.toFixed(), ratio.toFixed()])).toEqual([
      ['15', '1'],
      ['-4', '0.5'],
    ]);
  });
});

describe('prorated unique count, in a month of 30 days', () => {
  const unique = charge({ metric: metric('unique_count_agg', { recurring: true }), prorated: true });
  test.each([
    { name: 'added on the 16th', list: events(['2023-04-16', 'a']), full: '1', units: '0.5' },
    { name: 'held since before', list: events(['2023-03-16', 'a']), full: '1', units: '1' },
    {
      name: 'removed on the 15th: add date to remove date',
      list: events(['2023-04-01', 'a'], ['2023-04-15', 'a', 'remove']),
      full: '0',
      units: '0.5',
    },
    { name: 'held before, removed on the 3rd', list: events(['2023-03-01', 'a'], ['2023-04-03', 'a', 'remove']), full: '0', units: '0.1' },
    {
      name: 'added and removed on one day is one day',
      list: events(['2023-04-10T01:00:00Z', 'a'], ['2023-04-10T02:00:00Z', 'a', 'remove']),
      full: '0',
      units: '0.03334',
    },
    {
      name: 'removed on the 10th, added again on the 21st',
      list: events(['2023-04-01', 'a'], ['2023-04-10', 'a', 'remove'], ['2023-04-21', 'a']),
      full: '1',
      units: '0.66667',
    },
    {
      name: 'removed and added again on one day does not count that day twice',
      list: events(['2023-04-01', 'a'], ['2023-04-10T01:00:00Z', 'a', 'remove'], ['2023-04-10T02:00:00Z', 'a']),
      full: '1',
      units: '1',
    },
    { name: 'an add of an active value changes nothing', list: events(['2023-04-01', 'a'], ['2023-04-20', 'a']), full: '1', units: '1' },
    {
      name: 'a remove of an inactive value changes nothing',
      list: events(['2023-04-05', 'a', 'remove'], ['2023-04-16', 'a']),
      full: '1',
      units: '0.5',
    },
    { name: 'removed before the period', list: events(['2023-02-05', 'a'], ['2023-03-05', 'a', 'remove']), full: '0', units: '0' },
  ])('$name', ({ list, full, units }) => {
    const usage = aggregate(unique, APRIL, list);
    expect(usage.units.toFixed()).toBe(full);
    expect(String(usage.eventsCount)).toBe(full);
    expect(usage.proratedUnits?.toFixed()).toBe(units);
  });

  test('an add carries its whole held share, a remove moves the level at share 0', () => {
    const usage = aggregate(unique, APRIL, events(['2023-03-01', 'a'], ['2023-04-16', 'b'], ['2023-04-18', 'b', 'remove']));
    expect(usage.events?.map(({ value, ratio }) => [value.toFixed(), ratio.toFixed()])).toEqual([
      ['1', '1'],
      ['1', '0.1'],
      ['-1', '0'],
    ]);
  });
});

describe('events that are listed', () => {
  const percentage = charge({ chargeModel: 'percentage', properties: { rate: '1', free_units_per_events: 1 } });
  test('stand in time order with their values', () => {
    const usage = aggregate(percentage, MARCH, events(['2023-03-09', '3'], ['2023-03-05', '1']));
    expect(usage.events?.map(({ value }) => value.toFixed())).toEqual(['1', '3']);
  });
  test('of a recurring sum begin with the first of all', () => {
    const recurring = charge({ ...percentage, metric: metric('sum_agg', { recurring: true }) });
    const usage = aggregate(recurring, MARCH, events(['2022-03-09', '3'], ['2023-03-05', '1']));
    expect(usage.events?.map(({ value }) => value.toFixed())).toEqual(['3', '1']);
    expect(usage.eventsCount).toBe(2);
  });
  test('are left out where totals suffice', () => {
    expect(aggregate(charge(), MARCH, events(['2023-03-05', '1'])).events).toBeNull();
  });
});

describe('totals instead of events', () => {
  const list = events(['2023-04-02', '5'], ['2023-04-09', '-2'], ['2023-04-20', '7.5']);
  const history = events(['2023-03-02', '4']);
  test.each(['count_agg', 'sum_agg', 'max_agg', 'latest_agg', 'weighted_sum_agg'] as const)(
    'of a %s say the same as its events',
    (type) => {
      for (const recurring of [false, true]) {
        const terms = aggregationTerms(charge({ metric: metric(type, { recurring: recurring && type !== 'count_agg' }) }), APRIL);
        const [first, ...rest] = list.map((event) => partialOf([event]));
        const inside = rest.reduce(mergePartials, first ?? emptyPartial());
        expect(aggregatePartials(terms, inside, partialOf(history))).toEqual(aggregateEvents(terms, [...history, ...list]));
      }
    },
  );

  test('carried totals stand for history that is not listed', () => {
    const terms = aggregationTerms(charge({ metric: metric('sum_agg', { recurring: true }) }), APRIL);
    const usage = aggregateEvents(terms, list, { ...nothingCarried(), partial: partialOf(history) });
    expect(usage.units.eq(decimal('14.5'))).toBe(true);
    expect(usage.eventsCount).toBe(4);
  });
});
