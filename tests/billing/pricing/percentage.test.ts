import { describe, expect, test } from 'vitest';
import { priceWith, usageOf, usageOfEvents } from './usage-of.ts';

describe('percentage: rate 1, fixed 5, free events n and free units T', () => {
  const n3 = { free_units_per_events: 3 };
  const t15 = { free_units_per_total_aggregation: '15' };
  test.each([
    { name: 'n = 3: three events are free', free: n3, events: ['10', '10', '10'], expected: '0' },
    { name: 'n = 3: the fourth is paid', free: n3, events: ['10', '10', '10', '10'], expected: '5.1' },
    { name: 'T = 15: below it all is free', free: t15, events: ['4', '4', '4'], expected: '0' },
    { name: 'T = 15: the event that passes it is paid', free: t15, events: ['4', '4', '4', '4'], expected: '5.01' },
    { name: 'T = 15: two events are paid', free: t15, events: ['4', '4', '4', '4', '10'], expected: '10.11' },
    { name: 'T = 15: a total equal to T is not below it', free: t15, events: ['10', '5'], expected: '5' },
    { name: 'n = 3 and T = 15: the events run out first', free: { ...n3, ...t15 }, events: ['1', '1', '1', '1'], expected: '5.01' },
    { name: 'n = 3 and T = 15: the units run out first', free: { ...n3, ...t15 }, events: ['10', '10'], expected: '5.05' },
    { name: 'no free part', free: {}, events: ['10', '20'], expected: '10.3' },
    { name: 'no events', free: {}, events: [], expected: '0' },
    { name: 'the fixed part is 0 when the units are', free: {}, events: ['4', '-4'], expected: '0' },
    {
      name: 'absent and null mean the same',
      free: { free_units_per_events: null, free_units_per_total_aggregation: null },
      events: ['10'],
      expected: '5.1',
    },
  ])('$name', ({ free, events, expected }) => {
    const properties = { rate: '1', fixed_amount: '5', ...free };
    expect(priceWith('percentage', properties, usageOfEvents(...events)).amount.toFixed()).toBe(expected);
  });

  test.each([
    { free: n3, count: 3, expected: '0' },
    { free: n3, count: 5, expected: '10.02' },
    { free: t15, count: 14, expected: '0' },
    { free: t15, count: 15, expected: '5' },
    { free: t15, count: 16, expected: '10.01' },
    { free: { ...n3, ...t15 }, count: 20, expected: '85.17' },
    { free: { free_units_per_total_aggregation: '14.5' }, count: 15, expected: '5.005' },
  ])('a count of $count events needs no list: $expected', ({ free, count, expected }) => {
    const usage = usageOf(String(count), { eventsCount: count });
    const priced = priceWith('percentage', { rate: '1', fixed_amount: '5', ...free }, usage, { aggregationType: 'count_agg' });
    expect(priced.amount.toFixed()).toBe(expected);
  });

  test('a sum with neither free part nor limits needs only the number of its events', () => {
    const usage = usageOf('150', { eventsCount: 2 });
    expect(priceWith('percentage', { rate: '2', fixed_amount: '0.10' }, usage).amount.toFixed()).toBe('3.2');
  });

  test('a sum with free events and no list of them is a bug', () => {
    expect(() => priceWith('percentage', { rate: '1', free_units_per_events: 3 }, usageOf('10'))).toThrow('events in order');
  });
});

describe('percentage with a minimum or maximum per transaction: rate 2.99, min 1.75, max 12', () => {
  const limits = { rate: '2.99', per_transaction_min_amount: '1.75', per_transaction_max_amount: '12' };
  test.each([
    { name: 'plain', more: {}, expected: '16.142' },
    { name: 'fixed 2', more: { fixed_amount: '2' }, expected: '18.691' },
    { name: 'n = 2', more: { free_units_per_events: 2 }, expected: '12' },
    { name: 'T = 30', more: { free_units_per_total_aggregation: '30' }, expected: '13.794' },
    {
      name: 'n = 1 and T = 30: only T decides',
      more: { free_units_per_events: 1, free_units_per_total_aggregation: '30' },
      expected: '13.794',
    },
    {
      name: 'T = 90: the event that reaches it is priced on 0, so the minimum',
      more: { free_units_per_total_aggregation: '90' },
      expected: '13.75',
    },
    { name: 'T above all', more: { free_units_per_total_aggregation: '20000' }, expected: '0' },
    { name: 'only a minimum', more: { per_transaction_max_amount: null }, expected: '303.142' },
  ])('$name', ({ more, expected }) => {
    expect(priceWith('percentage', { ...limits, ...more }, usageOfEvents('10', '80', '10000')).amount.toFixed()).toBe(expected);
  });

  test('a count prices each of its events', () => {
    const properties = { rate: '0', fixed_amount: '1', per_transaction_max_amount: '0.8' };
    const usage = usageOf('5', { eventsCount: 5 });
    expect(priceWith('percentage', properties, usage, { aggregationType: 'count_agg' }).amount.toFixed()).toBe('4');
    const free = { ...properties, free_units_per_total_aggregation: '2.5' };
    expect(priceWith('percentage', free, usage, { aggregationType: 'count_agg' }).amount.toFixed()).toBe('2.4');
  });

  test('the details say what the limits changed', () => {
    expect(priceWith('percentage', { ...limits, fixed_amount: '2' }, usageOfEvents('10', '80', '10000')).amountDetails).toEqual({
      units: '10090.0',
      free_units: '0.0',
      paid_units: '10090.0',
      free_events: 0,
      paid_events: 3,
      rate: '2.99',
      per_unit_total_amount: '301.691',
      fixed_fee_unit_amount: '2.0',
      fixed_fee_total_amount: '6.0',
      min_max_adjustment_total_amount: '-289.0',
    });
  });
});

describe('fixed_amount_target: 150 units of two events, rate 2, fixed 0.10', () => {
  test.each([
    { target: 'each_unit', expected: '18' },
    { target: 'all_units', expected: '3.1' },
    { target: null, expected: '3.2' },
    { target: undefined, expected: '3.2' },
  ])('$target costs $expected', ({ target, expected }) => {
    const properties = { rate: '2', fixed_amount: '0.10', fixed_amount_target: target };
    expect(priceWith('percentage', properties, usageOfEvents('100', '50')).amount.toFixed()).toBe(expected);
  });

  test('the free units are taken off first', () => {
    const free = { rate: '2', fixed_amount: '0.10', free_units_per_total_aggregation: '140' };
    const usage = usageOfEvents('100', '50');
    expect(priceWith('percentage', { ...free, fixed_amount_target: 'each_unit' }, usage).amount.toFixed()).toBe('1.2');
    expect(priceWith('percentage', { ...free, fixed_amount_target: 'all_units' }, usage).amount.toFixed()).toBe('0.3');
    const allFree = { ...free, free_units_per_total_aggregation: '150', fixed_amount_target: 'all_units' };
    expect(priceWith('percentage', allFree, usage).amount.toFixed()).toBe('0');
  });
});

test('the details of a percentage show units, events and both parts', () => {
  const properties = { rate: '1', fixed_amount: '5', free_units_per_events: 3 };
  const priced = priceWith('percentage', properties, usageOfEvents('10', '10', '10', '10'));
  expect(priced.amountDetails).toEqual({
    units: '40.0',
    free_units: '30.0',
    paid_units: '10.0',
    free_events: 3,
    paid_events: 1,
    rate: '1.0',
    per_unit_total_amount: '0.1',
    fixed_fee_unit_amount: '5.0',
    fixed_fee_total_amount: '5.0',
    min_max_adjustment_total_amount: '0.0',
  });
  expect(priced.unitAmount.toFixed()).toBe('0.1275');
  expect(priced.steps).toEqual([
    { kind: 'free_units', values: { units: '40', freeUnits: '30', freeEvents: 3 }, result: '10' },
    { kind: 'rate', values: { units: '10', rate: '1' }, result: '0.1' },
    { kind: 'fixed_amount', values: { target: 'event', units: '10', events: 1, fixedAmount: '5' }, result: '5' },
  ]);
});

test('fewer events than are free leave no paid and no negative ones', () => {
  const priced = priceWith('percentage', { rate: '1', free_units_per_events: 5 }, usageOfEvents('10', '10'));
  expect(priced.amountDetails).toMatchObject({ free_events: 2, paid_events: 0, paid_units: '0.0' });
});
