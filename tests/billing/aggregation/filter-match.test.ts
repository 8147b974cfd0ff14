import { describe, expect, test } from 'vitest';
import { bucketKeyReader, bucketKeyText, emptyBucketKeys } from '../../../main/billing/aggregation/filter-match.ts';
import type { UsageEvent } from '../../../main/billing/aggregation/metered-event.ts';
import { bucketEvents } from '../../support/event-buckets.ts';
import { charge, filter, instant, metric } from '../../support/usage-builders.ts';

const HOURS = charge({
  properties: { amount: '0.12' },
  filters: [
    filter('eu', { region: ['eu'] }, { amount: '0.10' }),
    filter('eu-aws', { region: ['eu'], cloud: ['aws'] }, { amount: '0.08' }),
    { ...filter('any-cloud', { cloud: ['__ALL_FILTER_VALUES__'] }, { amount: '0.07' }), acceptedValues: { cloud: ['aws', 'gcp'] } },
    filter('tier', { tier: ['1'] }, { amount: '0.06' }),
  ],
});

describe('the filter of an event', () => {
  test.each([
    { properties: { region: 'eu' }, filterId: 'eu' },
    { properties: { region: 'eu', cloud: 'aws' }, filterId: 'eu-aws' },
    { properties: { region: 'eu', cloud: 'gcp' }, filterId: 'eu' },
    { properties: { region: 'mars' }, filterId: null },
    { properties: { cloud: 'gcp' }, filterId: 'any-cloud' },
    { properties: { cloud: 'azure' }, filterId: null },
    { properties: { cloud: '__ALL_FILTER_VALUES__' }, filterId: null },
    { properties: { region: 'EU' }, filterId: null },
    { properties: { tier: 1 }, filterId: 'tier' },
    { properties: { tier: '1' }, filterId: 'tier' },
    { properties: { tier: 1.5 }, filterId: null },
    { properties: { region: '' }, filterId: null },
    { properties: {}, filterId: null },
  ])('of $properties is $filterId', ({ properties, filterId }) => {
    expect(bucketKeyReader(HOURS)(properties)).toEqual({ filterId, groupedBy: {} });
  });

  test('text of a boolean is compared too', () => {
    const flagged = charge({ filters: [filter('on', { enabled: ['true'] }, { amount: '1' })] });
    expect(bucketKeyReader(flagged)({ enabled: true }).filterId).toBe('on');
  });
});

describe('pricing groups', () => {
  const grouped = charge({
    properties: { amount: '1', pricing_group_keys: ['agent', 'region'] },
    filters: [filter('eu', { region: ['eu'] }, { amount: '1', grouped_by: ['team'] })],
  });
  const keyOf = bucketKeyReader(grouped);

  test.each([
    { properties: { agent: 'a', region: 'us' }, key: { filterId: null, groupedBy: { agent: 'a', region: 'us' } } },
    { properties: { agent: 7, region: true }, key: { filterId: null, groupedBy: { agent: '7', region: 'true' } } },
    { properties: { agent: '' }, key: { filterId: null, groupedBy: { agent: null, region: null } } },
    { properties: { agent: null }, key: { filterId: null, groupedBy: { agent: null, region: null } } },
    { properties: {}, key: { filterId: null, groupedBy: { agent: null, region: null } } },
    { properties: { agent: 'a', region: 'eu', team: 'x' }, key: { filterId: 'eu', groupedBy: { team: 'x' } } },
  ])('of $properties are $key', ({ properties, key }) => {
    expect(keyOf(properties)).toEqual(key);
  });

  test('a key as text does not depend on the order of its groups', () => {
    const text = bucketKeyText({ filterId: 'f', groupedBy: { b: '2', a: null } });
    expect(text).toBe(bucketKeyText({ filterId: 'f', groupedBy: { a: null, b: '2' } }));
    expect(text).not.toBe(bucketKeyText({ filterId: 'f', groupedBy: { a: 'null', b: '2' } }));
    expect(text).not.toBe(bucketKeyText({ filterId: null, groupedBy: { a: null, b: '2' } }));
  });

  test('without events there is one bucket for each filter and the default one, with null groups', () => {
    expect(emptyBucketKeys(grouped)).toEqual([
      { filterId: 'eu', groupedBy: { team: null } },
      { filterId: null, groupedBy: { agent: null, region: null } },
    ]);
  });
});

test('events are sorted into buckets in their order; those that count for nothing are left out', () => {
  const grouped = charge({ metric: metric('sum_agg'), properties: { amount: '1', pricing_group_keys: ['agent'] } });
  const event = (sequence: number, properties: UsageEvent['properties']): UsageEvent => ({
    at: instant('2023-03-05'),
    sequence,
    transactionId: `t${sequence}`,
    properties,
    preciseTotalAmountCents: null,
  });
  const buckets = bucketEvents(grouped, [
    event(1, { value: 6, agent: 'a' }),
    event(2, { value: 4 }),
    event(3, { value: 'x', agent: 'b' }),
    event(4, { value: 5, agent: 'a' }),
  ]);
  expect(buckets.map(({ key, events }) => [key.groupedBy, events.map(({ value }) => value)])).toEqual([
    [{ agent: 'a' }, ['6', '5']],
    [{ agent: null }, ['4']],
  ]);
});
