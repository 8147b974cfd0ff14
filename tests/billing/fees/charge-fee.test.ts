import { describe, expect, test } from 'vitest';
import { aggregateEvents, aggregationTerms } from '../../../main/billing/aggregation/aggregate.ts';
import { isStoredOnInvoice, priceChargeUsage, withChargeMinimum } from '../../../main/billing/fees/charge-fee.ts';
import type { BucketKey, BucketUsage, ChargeTerms } from '../../../main/billing/facts.ts';
import { currencyCode } from '../../../shared/currency.ts';
import { cents } from '../../../shared/money.ts';
import { charge, events, filter, metric, USD, window } from '../../support/usage-builders.ts';

const MARCH = window('2023-03-01', '2023-03-31', 31);
const DEFAULT: BucketKey = { filterId: null, groupedBy: {} };

function bucket(terms: ChargeTerms, key: BucketKey, ...values: readonly string[]): BucketUsage {
  return { key, ...aggregateEvents(aggregationTerms(terms, MARCH), events(...values.map((value) => ['2023-03-05', value] as const))) };
}

describe('money is rounded once, for each bucket, half away from zero', () => {
  test.each([
    { price: '0.125', currency: 'USD', amountCents: 13n },
    { price: '0.135', currency: 'USD', amountCents: 14n },
    { price: '2.675', currency: 'USD', amountCents: 268n },
    { price: '0.0049', currency: 'USD', amountCents: 0n },
    { price: '12.3456', currency: 'JPY', amountCents: 12n },
    { price: '12.3456', currency: 'USD', amountCents: 1235n },
    { price: '12.3456', currency: 'KWD', amountCents: 12346n },
    { price: '12.3456', currency: 'CLF', amountCents: 123456n },
    { price: '1.005', currency: 'USD', amountCents: 101n },
  ])('$price $currency is $amountCents', ({ price, currency, amountCents }) => {
    const terms = charge({ properties: { amount: price } });
    const [fee] = priceChargeUsage(terms, [bucket(terms, DEFAULT, '1')], currencyCode(currency));
    expect(fee?.amountCents).toBe(amountCents);
    expect(fee?.preciseAmount.toFixed()).toBe(price);
  });

  test('three groups of 0.335 bill 34 + 34 + 34', () => {
    const terms = charge({ properties: { amount: '0.0335', pricing_group_keys: ['agent'] } });
    const buckets = ['a', 'b', null].map((agent) => bucket(terms, { filterId: null, groupedBy: { agent } }, '6', '4'));
    expect(priceChargeUsage(terms, buckets, USD).map((fee) => fee.amountCents)).toEqual([34n, 34n, 34n]);
  });
});

describe('buckets', () => {
  const hours = charge({
    properties: { amount: '0.12' },
    filters: [
      filter('eu', { region: ['eu'] }, { amount: '0.10' }),
      filter('eu-aws', { region: ['eu'], cloud: ['aws'] }, { amount: '0.08' }),
    ],
  });

  test('each filter prices its own, the default bucket comes last', () => {
    const buckets = [
      bucket(hours, DEFAULT, '10'),
      bucket(hours, { filterId: 'eu-aws', groupedBy: {} }, '100'),
      bucket(hours, { filterId: 'eu', groupedBy: {} }, '200'),
    ];
    expect(priceChargeUsage(hours, buckets, USD).map((fee) => [fee.key.filterId, fee.amountCents])).toEqual([
      ['eu', 2000n],
      ['eu-aws', 800n],
      [null, 120n],
    ]);
  });

  test('every bucket starts its own free units', () => {
    const terms = charge({
      chargeModel: 'package',
      properties: { amount: '1', package_size: 1, free_units: 5, pricing_group_keys: ['agent'] },
    });
    const buckets = ['a', 'b'].map((agent) => bucket(terms, { filterId: null, groupedBy: { agent } }, '5'));
    expect(priceChargeUsage(terms, buckets, USD).map((fee) => fee.amountCents)).toEqual([0n, 0n]);
  });

  test('without events there is a zero fee for each filter and the default', () => {
    const fees = priceChargeUsage(hours, [], USD);
    expect(fees.map((fee) => [fee.key.filterId, fee.amountCents, fee.eventsCount])).toEqual([
      ['eu', 0n, 0],
      ['eu-aws', 0n, 0],
      [null, 0n, 0],
    ]);
    expect(fees.some(isStoredOnInvoice)).toBe(false);
  });

  test('without events the groups are null', () => {
    const terms = charge({ properties: { amount: '1', pricing_group_keys: ['agent'] } });
    expect(priceChargeUsage(terms, [], USD).map((fee) => fee.key.groupedBy)).toEqual([{ agent: null }]);
  });

  test('the first flat is due without any event', () => {
    const ranges = [{ from_value: 0, to_value: null, per_unit_amount: '1', flat_amount: '2' }];
    const flat = (chargeModel: 'graduated' | 'volume') => charge({ chargeModel, properties: { [`${chargeModel}_ranges`]: ranges } });
    for (const terms of [flat('graduated'), flat('volume')]) {
      const [fee] = priceChargeUsage(terms, [], USD);
      expect([fee?.amountCents, fee?.eventsCount, fee?.units.toFixed()]).toEqual([200n, 0, '0']);
      expect(fee !== undefined && isStoredOnInvoice(fee)).toBe(true);
    }
  });
});

describe('units', () => {
  test('are rounded before they are priced, in each bucket', () => {
    const terms = charge({ metric: metric('sum_agg', { roundingFunction: 'ceil' }), properties: { amount: '2' } });
    const [fee] = priceChargeUsage(terms, [bucket(terms, DEFAULT, '12.3')], USD);
    expect([fee?.units.toFixed(), fee?.totalAggregatedUnits.toFixed(), fee?.amountCents]).toEqual(['13', '13', 2600n]);
  });

  test('are shown in full when the charge is prorated; the amount is not', () => {
    const terms = charge({ metric: metric('sum_agg', { recurring: true }), prorated: true, properties: { amount: '3' } });
    const april = aggregationTerms(terms, window('2023-04-01', '2023-04-30', 30));
    const [fee] = priceChargeUsage(terms, [{ key: DEFAULT, ...aggregateEvents(april, events(['2023-04-16', '10'])) }], USD);
    expect([fee?.units.toFixed(), fee?.amountCents, fee?.unitAmount.toFixed()]).toEqual(['10', 1500n, '1.5']);
  });

  test('of a weighted sum stand beside the level', () => {
    const terms = charge({ metric: metric('weighted_sum_agg'), properties: { amount: '1' } });
    const [fee] = priceChargeUsage(
      terms,
      [{ key: DEFAULT, ...aggregateEvents(aggregationTerms(terms, MARCH), events(['2023-03-05T00:00:00Z', '2500'])) }],
      USD,
    );
    expect([fee?.totalAggregatedUnits.toFixed(), fee?.amountCents]).toEqual(['2500', 217742n]);
  });

  test('that are negative make a fee of nothing that keeps its events', () => {
    const terms = charge({
      chargeModel: 'graduated',
      properties: { graduated_ranges: [{ from_value: 0, to_value: null, per_unit_amount: '1', flat_amount: '9' }] },
    });
    const [fee] = priceChargeUsage(terms, [bucket(terms, DEFAULT, '3', '-5')], USD);
    expect([fee?.units.toFixed(), fee?.amountCents, fee?.eventsCount, fee?.preciseAmount.toFixed()]).toEqual(['0', 0n, 2, '0']);
    expect(fee !== undefined && isStoredOnInvoice(fee)).toBe(true);
  });

  test('a negative amount makes a fee of nothing too', () => {
    const terms = charge({ metric: metric('sum_agg', { recurring: true }), prorated: true });
    const april = aggregationTerms(terms, window('2023-04-01', '2023-04-30', 30));
    const usage = aggregateEvents(april, events(['2023-04-01', '-10'], ['2023-04-30', '11']));
    const [fee] = priceChargeUsage(terms, [{ key: DEFAULT, ...usage }], USD);
    expect([fee?.units.toFixed(), fee?.amountCents, fee?.eventsCount]).toEqual(['0', 0n, 2]);
  });
});

test('the steps lead from the events to the rounded amount', () => {
  const terms = charge({
    metric: metric('sum_agg', { roundingFunction: 'ceil', code: 'searches' }),
    chargeModel: 'package',
    properties: { amount: '1.50', package_size: 1000, free_units: 10000 },
  });
  const [fee] = priceChargeUsage(terms, [bucket(terms, DEFAULT, '30000.2', '411.3')], USD);
  expect(fee?.steps).toEqual([
    { kind: 'aggregation', values: { aggregationType: 'sum_agg', fieldName: 'value', eventsCount: 2 }, result: '30411.5' },
    { kind: 'unit_rounding', values: { units: '30411.5', roundingFunction: 'ceil', roundingPrecision: 0 }, result: '30412' },
    { kind: 'free_units', values: { units: '30412', freeUnits: 10000 }, result: '20412' },
    { kind: 'package', values: { units: '20412', packageSize: 1000, packages: '21', packageAmount: '1.5' }, result: '31.5' },
    { kind: 'rounding', values: { amount: '31.5', currency: 'USD', decimals: 2 }, result: '31.5' },
  ]);
});

describe('the units held at a boundary, for a charge paid in advance', () => {
  const held = metric('sum_agg', { recurring: true });
  test('are billed in full and unprorated', () => {
    const terms = charge({ metric: held, payInAdvance: true, prorated: true, properties: { amount: '3' } });
    const usage = aggregateEvents(
      aggregationTerms({ ...terms, payInAdvance: false, prorated: false }, MARCH),
      events(['2023-03-20', '10']),
    );
    expect(priceChargeUsage(terms, [{ key: DEFAULT, ...usage }], USD).map((fee) => fee.amountCents)).toEqual([3000n]);
  });
  test('cost nothing when there are none, not even a first flat', () => {
    const properties = { graduated_ranges: [{ from_value: 0, to_value: null, per_unit_amount: '1', flat_amount: '2' }] };
    const terms = charge({ metric: held, payInAdvance: true, chargeModel: 'graduated', properties });
    expect(priceChargeUsage(terms, [], USD).map((fee) => fee.amountCents)).toEqual([0n]);
  });
});

describe('the spending minimum', () => {
  const terms = charge({ minAmountCents: cents(1000), properties: { amount: '1' } });
  const trueUps = (usage: string | null, billedDays: number, fullPeriodDays: number, of: ChargeTerms = terms) =>
    withChargeMinimum(of, priceChargeUsage(of, usage === null ? [] : [bucket(of, DEFAULT, usage)], USD), { billedDays, fullPeriodDays })
      .filter((fee) => fee.isTrueUp)
      .map((fee) => fee.amountCents);

  test.each([
    { name: 'usage 8.00 in a full month', usage: '8', billedDays: 28, fullPeriodDays: 28, expected: [200n] },
    { name: 'usage 8.00 on 25 of 28 days', usage: '8', billedDays: 25, fullPeriodDays: 28, expected: [93n] },
    { name: 'usage 12.00', usage: '12', billedDays: 28, fullPeriodDays: 28, expected: [] },
    { name: 'usage of exactly the minimum', usage: '10', billedDays: 28, fullPeriodDays: 28, expected: [] },
    { name: 'usage 5.00 on 17 of 31 days', usage: '5', billedDays: 17, fullPeriodDays: 31, expected: [48n] },
    { name: 'no usage', usage: null, billedDays: 28, fullPeriodDays: 28, expected: [1000n] },
    { name: 'less than half a cent is missing', usage: '8.93', billedDays: 25, fullPeriodDays: 28, expected: [] },
  ])('$name: $expected', ({ usage, billedDays, fullPeriodDays, expected }) => {
    expect(trueUps(usage, billedDays, fullPeriodDays)).toEqual(expected);
  });

  test('is not asked of charges paid in advance, nor without a minimum', () => {
    expect(trueUps('8', 28, 28, charge({ ...terms, payInAdvance: true }))).toEqual([]);
    expect(trueUps('8', 28, 28, charge({ minAmountCents: cents(0) }))).toEqual([]);
  });

  test('counts the rounded fees of all buckets', () => {
    const of = charge({ minAmountCents: cents(105), properties: { amount: '0.335', pricing_group_keys: ['agent'] } });
    const buckets = ['a', 'b', 'c'].map((agent) => bucket(of, { filterId: null, groupedBy: { agent } }, '1'));
    const fees = withChargeMinimum(of, priceChargeUsage(of, buckets, USD), { billedDays: 30, fullPeriodDays: 30 });
    expect(fees.map((fee) => [fee.isTrueUp, fee.amountCents])).toEqual([
      [false, 34n],
      [false, 34n],
      [false, 34n],
      [true, 3n],
    ]);
  });

  test('makes a fee of one unit and no event, outside filters and groups', () => {
    const trueUp = withChargeMinimum(terms, priceChargeUsage(terms, [], USD), { billedDays: 25, fullPeriodDays: 28 })[1];
    expect(trueUp).toMatchObject({ chargeId: 'charge-1', key: DEFAULT, eventsCount: 0, amountCents: 893n, amountDetails: {} });
    expect(trueUp?.units.toFixed()).toBe('1');
    expect(trueUp?.preciseAmount.toDecimalPlaces(6).toFixed()).toBe('8.928571');
    expect(trueUp !== undefined && isStoredOnInvoice(trueUp)).toBe(true);
    expect(trueUp?.steps).toEqual([
      { kind: 'minimum', values: { minAmountCents: '1000', billedDays: 25, fullPeriodDays: 28, feesAmountCents: '0' }, result: '8.93' },
    ]);
  });
});

test('a fee with events but no amount is stored', () => {
  const terms = charge({ properties: { amount: '0' } });
  const [fee] = priceChargeUsage(terms, [bucket(terms, DEFAULT, '0')], USD);
  expect(fee !== undefined && isStoredOnInvoice(fee)).toBe(true);
});
