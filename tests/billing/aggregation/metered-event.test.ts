import { describe, expect, test } from 'vitest';
import { meteredEvent, type UsageEvent } from '../../../main/billing/aggregation/metered-event.ts';
import { numericProperty } from '../../../main/billing/aggregation/numeric-property.ts';
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
    expect(numericProperty({ value }, 'value')).toBe(text);
  });

  test('that is missing is none, whatever objects inherit', () => {
    expect(numericProperty({}, 'value')).toBeNull();
    expect(numericProperty({}, 'constructor')).toBeNull();
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
