import { describe, expect, test } from 'vitest';
import { aggregatedProperty, meteredEvent, type UsageEvent } from '../../../main/billing/aggregation/metered-event.ts';
import { numericText } from '../../../main/billing/aggregation/numeric-property.ts';
import { instant, metric } from '../../support/usage-builders.ts';

const event = (properties: UsageEvent['properties'], preciseTotalAmountCents: string | null = null): UsageEvent => ({
  at: instant('2023-03-05'),
  sequence: 7,
  transactionId: 't7',
  properties,
  preciseTotalAmountCents,
});

describe('a numeric property', () => {
  test.each([
    { value: 12.5, text: '12.5' },
    { value: 0.1, text: '0.1' },
    { value: -3, text: '-3' },
    { value: 1e21, text: '1000000000000000000000' },
    { value: 1e-7, text: '0.0000001' },
    { value: '12.50', text: '12.50' },
    { value: '-4', text: '-4' },
    { value: '007', text: '007' },
    { value: '1e3', text: null },
    { value: '1,000', text: null },
    { value: ' 5', text: null },
    { value: '+5', text: null },
    { value: '.5', text: null },
    { value: '5.', text: null },
    { value: '', text: null },
    { value: '5\n', text: null },
    { value: true, text: null },
    { value: null, text: null },
    { value: [5], text: null },
    { value: { amount: 5 }, text: null },
  ])('$value is $text', ({ value, text }) => {
    expect(numericText(value)).toBe(text);
  });

  test('that is missing is none, whatever objects inherit', () => {
    expect(aggregatedProperty(metric('sum_agg'), event({}))).toBeNull();
    expect(aggregatedProperty(metric('sum_agg', { fieldName: 'constructor' }), event({}))).toBeNull();
  });
});

describe('an event counts', () => {
  test.each([
    { type: 'count_agg', properties: {}, value: null, counts: true },
    { type: 'sum_agg', properties: { value: '2.5' }, value: '2.5', counts: true },
    { type: 'sum_agg', properties: { value: 'x' }, value: null, counts: false },
    { type: 'sum_agg', properties: {}, value: null, counts: false },
    { type: 'max_agg', properties: { value: true }, value: null, counts: false },
    { type: 'latest_agg', properties: { value: '' }, value: null, counts: false },
    { type: 'weighted_sum_agg', properties: { value: -1 }, value: '-1', counts: true },
    { type: 'unique_count_agg', properties: { value: 7 }, value: '7', counts: true },
    { type: 'unique_count_agg', properties: { value: '7' }, value: '7', counts: true },
    { type: 'unique_count_agg', properties: { value: false }, value: 'false', counts: true },
    { type: 'unique_count_agg', properties: { value: null }, value: null, counts: false },
    { type: 'unique_count_agg', properties: { value: ' ' }, value: null, counts: false },
    { type: 'unique_count_agg', properties: { other: 'a' }, value: null, counts: false },
  ] as const)('$type of $properties: $counts', ({ type, properties, value, counts }) => {
    const metered = meteredEvent(metric(type), event(properties));
    expect(metered !== null).toBe(counts);
    expect(metered?.value ?? null).toBe(value);
  });
});

describe('a metric with an expression', () => {
  test.each([
    { type: 'sum_agg', expression: 'event.properties.ms / 1000', properties: { ms: '1500', value: 9 }, value: '1.5' },
    { type: 'sum_agg', expression: 'round(event.properties.ms / 3, 2)', properties: { ms: 10 }, value: '3.33' },
    { type: 'sum_agg', expression: 'event.properties.ms / 3', properties: { ms: 2 }, value: '0.666666666666666666666666666667' },
    { type: 'max_agg', expression: 'event.properties.value * 2', properties: { value: 4 }, value: '8' },
    { type: 'latest_agg', expression: 'event.timestamp', properties: {}, value: '1678017600' },
    { type: 'sum_agg', expression: 'event.properties.ms / event.properties.count', properties: { ms: 1, count: 0, value: 9 }, value: null },
    { type: 'sum_agg', expression: 'event.properties.ms', properties: { value: 9 }, value: null },
    { type: 'sum_agg', expression: 'event.properties.ms', properties: { ms: '1e3' }, value: null },
    {
      type: 'unique_count_agg',
      expression: "concat(event.properties.region, '-', event.properties.id)",
      properties: { region: 'eu', id: 7, value: 'x' },
      value: 'eu-7',
    },
    { type: 'unique_count_agg', expression: 'event.properties.region', properties: { value: 'x' }, value: null },
  ] as const)('counts $expression of $properties as $value', ({ type, expression, properties, value }) => {
    expect(meteredEvent(metric(type, { expression }), event(properties))?.value ?? null).toBe(value);
  });

  test('still counts each event where events are counted', () => {
    expect(meteredEvent(metric('count_agg', { expression: 'event.properties.ms' }), event({}))).not.toBeNull();
  });
});

describe('the operation of a unique count', () => {
  test.each([
    { properties: { value: 'a' }, operation: 'add' },
    { properties: { value: 'a', operation_type: 'add' }, operation: 'add' },
    { properties: { value: 'a', operation_type: 'remove' }, operation: 'remove' },
    { properties: { value: 'a', operation_type: null }, operation: 'add' },
  ])('of $properties is $operation', ({ properties, operation }) => {
    expect(meteredEvent(metric('unique_count_agg'), event(properties))?.operation).toBe(operation);
  });
});

test('an event keeps its time, arrival, transaction and price', () => {
  const metered = meteredEvent(metric('sum_agg'), event({ value: 5 }, '1234.56'));
  expect(metered).toMatchObject({ sequence: 7, transactionId: 't7' });
  expect(metered?.at.toString()).toBe('2023-03-05T12:00:00Z');
  expect(metered?.preciseAmountCents?.toFixed()).toBe('1234.56');
});
