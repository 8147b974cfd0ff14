import { describe, expect, test } from 'vitest';
import { aggregateEvents, aggregationTerms, nothingCarried, type CarriedUsage } from '../../../main/billing/aggregation/aggregate.ts';
import { uniqueValuesOf } from '../../../main/billing/aggregation/unique-values.ts';
import { partialOf } from '../../../main/billing/aggregation/usage-partial.ts';
import { advanceEvent, advanceFee, priceAdvanceUsage } from '../../../main/billing/fees/advance-fee.ts';
import { advanceUsage, advanceUsageOfTotals, nextAdvanceUsage, openingAdvanceUsage } from '../../../main/billing/fees/advance-usage.ts';
import type { BucketKey, ChargeTerms, MeteredEvent } from '../../../main/billing/facts.ts';
import { charge, events, metric, USD, window, withPrices } from '../../support/usage-builders.ts';

const APRIL = window('2023-04-01', '2023-04-30', 30);
const DEFAULT: BucketKey = { filterId: null, groupedBy: {} };
const inAdvance = (more: Partial<ChargeTerms>) => charge({ payInAdvance: true, ...more });

/** The fee of each event of a period, one after the other. */
function feesOf(terms: ChargeTerms, list: readonly MeteredEvent[], carried: CarriedUsage = nothingCarried()) {
  const aggregation = aggregationTerms(terms, APRIL);
  return list.map((_, index) => advanceFee(terms, advanceEvent(aggregation, DEFAULT, { carried, events: list.slice(0, index + 1) }), USD));
}
const sums = (...values: readonly string[]) => events(...values.map((value, index) => [`2023-04-${10 + index}`, value] as const));
const counts = (count: number) => events(...Array.from({ length: count }, (_, index) => [`2023-04-${10 + index}`, null] as const));
const amounts = (...args: Parameters<typeof feesOf>) => feesOf(...args).map((fee) => fee.amountCents);
const tiers = (first: string, flat: string) => ({
  graduated_ranges: [
    { from_value: 0, to_value: 2, per_unit_amount: first, flat_amount: flat },
    { from_value: 3, to_value: null, per_unit_amount: '1', flat_amount: '5' },
  ],
});

describe('a sum in advance', () => {
  test('+10, -4, +8 at 1.00 bills 10.00, nothing and 4.00', () => {
    const fees = feesOf(inAdvance({}), sums('10', '-4', '8'));
    expect(fees.map((fee) => [fee.amountCents, fee.units.toFixed(), fee.eventsCount])).toEqual([
      [1000n, '10', 1],
      [0n, '0', 1],
      [400n, '4', 1],
    ]);
  });

  test('climbing back to the mark is free', () => {
    expect(amounts(inAdvance({}), sums('10', '-4', '4', '1'))).toEqual([1000n, 0n, 0n, 100n]);
  });

  test('a first fall bills nothing and starts no credit above 0', () => {
    expect(amounts(inAdvance({}), sums('-4', '3', '5'))).toEqual([0n, 0n, 400n]);
  });

  test('each fee is rounded by itself', () => {
    expect(amounts(inAdvance({ properties: { amount: '0.335' } }), sums('1', '1', '1'))).toEqual([34n, 34n, 34n]);
  });

  test('the rounding function of the metric is left out', () => {
    const terms = inAdvance({ metric: metric('sum_agg', { roundingFunction: 'ceil' }) });
    expect(feesOf(terms, sums('0.4')).map((fee) => [fee.units.toFixed(), fee.amountCents])).toEqual([['0.4', 40n]]);
  });

  test('a recurring one starts its mark at the carried level', () => {
    const terms = inAdvance({ metric: metric('sum_agg', { recurring: true }) });
    const carried = { ...nothingCarried(), partial: partialOf(events(['2023-02-01', '12'], ['2023-02-02', '-2'])) };
    expect(amounts(terms, sums('-4', '3', '2'), carried)).toEqual([0n, 0n, 100n]);
  });

  test('one that is not recurring starts at 0', () => {
    const carried = { ...nothingCarried(), partial: partialOf(events(['2023-02-01', '10'])) };
    expect(amounts(inAdvance({}), sums('4'), carried)).toEqual([400n]);
  });
});

describe('a count in advance', () => {
  test('each event is one unit', () => {
    const terms = inAdvance({ metric: metric('count_agg'), properties: { amount: '0.5' } });
    expect(feesOf(terms, counts(2)).map((fee) => [fee.units.toFixed(), fee.amountCents])).toEqual([
      ['1', 50n],
      ['1', 50n],
    ]);
  });

  test('graduated: the first event also pays the first flat, the third enters the next tier', () => {
    const terms = inAdvance({ metric: metric('count_agg'), chargeModel: 'graduated', properties: tiers('10', '2') });
    expect(amounts(terms, counts(4))).toEqual([1200n, 1000n, 600n, 100n]);
  });

  test('graduated percentage: the same', () => {
    const properties = { graduated_percentage_ranges: [{ from_value: 0, to_value: null, rate: '100', flat_amount: '3' }] };
    const terms = inAdvance({ metric: metric('count_agg'), chargeModel: 'graduated_percentage', properties });
    expect(amounts(terms, counts(2))).toEqual([400n, 100n]);
  });

  test('percentage with free events and a fixed amount', () => {
    const properties = { rate: '1', fixed_amount: '5', free_units_per_events: 2 };
    const terms = inAdvance({ metric: metric('count_agg'), chargeModel: 'percentage', properties });
    expect(amounts(terms, counts(4))).toEqual([0n, 0n, 501n, 501n]);
  });
});

test('package 100.00, size 2, free 3 on a sum: +3, +1, +2', () => {
  const terms = inAdvance({ chargeModel: 'package', properties: { amount: '100', package_size: 2, free_units: 3 } });
  const fees = feesOf(terms, sums('3', '1', '2'));
  expect(fees.map((fee) => fee.amountCents)).toEqual([0n, 10000n, 10000n]);
  expect(fees.map((fee) => fee.amountDetails)).toEqual([
    { free_units: '3.0', paid_units: '0.0', per_package_size: 2, per_package_unit_amount: '100.0' },
    { free_units: '0.0', paid_units: '1.0', per_package_size: 2, per_package_unit_amount: '100.0' },
    { free_units: '0.0', paid_units: '2.0', per_package_size: 2, per_package_unit_amount: '100.0' },
  ]);
  expect(fees.map((fee) => fee.unitAmount.toFixed())).toEqual(['0', '100', '50']);
});

describe('a percentage of a sum in advance', () => {
  test('with limits per transaction each event is priced within them', () => {
    const properties = { rate: '2.99', per_transaction_min_amount: '1.75', per_transaction_max_amount: '12' };
    expect(amounts(inAdvance({ chargeModel: 'percentage', properties }), sums('10', '80', '10000'))).toEqual([175n, 239n, 1200n]);
  });

  test('with free units the event that reaches them pays its fixed amount', () => {
    const properties = { rate: '1', fixed_amount: '5', free_units_per_total_aggregation: '15' };
    expect(amounts(inAdvance({ chargeModel: 'percentage', properties }), sums('4', '4', '4', '4', '10'))).toEqual([0n, 0n, 0n, 501n, 510n]);
  });

  test('the details are those of the one event', () => {
    const properties = { rate: '1', fixed_amount: '5', free_units_per_events: 1 };
    const fees = feesOf(inAdvance({ chargeModel: 'percentage', properties }), sums('10', '20'));
    expect(fees[1]?.amountDetails).toEqual({
      units: '20.0',
      free_units: '0.0',
      paid_units: '20.0',
      free_events: 0,
      paid_events: 1,
      rate: '1.0',
      per_unit_total_amount: '0.2',
      fixed_fee_unit_amount: '5.0',
      fixed_fee_total_amount: '5.0',
      min_max_adjustment_total_amount: '0.0',
    });
  });
});

test('the tiers of one event are those it adds to', () => {
  const terms = inAdvance({ chargeModel: 'graduated', properties: tiers('10', '2') });
  const fees = feesOf(terms, sums('1', '2', '3'));
  const shown = fees.map((fee) =>
    (fee.amountDetails['graduated_ranges'] as readonly Record<string, unknown>[]).map((range) => [
      range['from_value'],
      range['units'],
      range['total_with_flat_amount'],
    ]),
  );
  expect(shown).toEqual([
    [[0, '1.0', '12.0']],
    [
      [0, '1.0', '10.0'],
      [3, '1.0', '6.0'],
    ],
    [[3, '3.0', '3.0']],
  ]);
});

describe('a unique count in advance', () => {
  const unique = metric('unique_count_agg');
  const adds = (...rows: readonly (readonly [string, ('add' | 'remove')?])[]) =>
    events(...rows.map(([value, operation], index) => [`2023-04-${10 + index}`, value, operation] as const));

  test('only values above the most there were are billed', () => {
    const list = adds(['a'], ['a'], ['b'], ['a', 'remove'], ['c'], ['d']);
    expect(amounts(inAdvance({ metric: unique }), list)).toEqual([100n, 0n, 100n, 0n, 0n, 100n]);
  });

  test('a recurring one does not bill a value that is already held', () => {
    const carried = { ...nothingCarried(), values: uniqueValuesOf(events(['2023-02-01', 'a'], ['2023-02-01', 'b', 'remove'])) };
    expect(amounts(inAdvance({ metric: metric('unique_count_agg', { recurring: true }) }), adds(['a'], ['b']), carried)).toEqual([
      0n,
      100n,
    ]);
  });
});

describe('prorated in advance, standard at 3.00, in a month of 30 days', () => {
  const terms = inAdvance({ metric: metric('sum_agg', { recurring: true }), prorated: true, properties: { amount: '3' } });
  test('a rise weighs the days to the end of the period; the units are shown in full', () => {
    const fees = feesOf(terms, events(['2023-04-16', '10'], ['2023-04-20', '-10'], ['2023-04-30', '11']));
    expect(fees.map((fee) => [fee.units.toFixed(), fee.amountCents])).toEqual([
      ['10', 1500n],
      ['0', 0n],
      ['1', 10n],
    ]);
  });
  test('its current usage weighs what was carried with the whole period', () => {
    const aggregation = aggregationTerms(terms, APRIL);
    const carried = { ...nothingCarried(), partial: partialOf(events(['2023-02-01', '10'])) };
    const usage = advanceUsage(aggregation, carried, events(['2023-04-16', '10']));
    const [shown] = priceAdvanceUsage(terms, [{ key: DEFAULT, usage }], { terms: aggregation, currency: USD });
    expect([shown?.units.toFixed(), shown?.amountCents]).toEqual(['20', 4500n]);
  });
});

test('dynamic in advance bills the price that came with the event', () => {
  const terms = inAdvance({ chargeModel: 'dynamic', properties: {} });
  expect(amounts(terms, withPrices(sums('5', '1', '4'), '1234.56', '2.1'))).toEqual([1235n, 2n, 0n]);
});

describe('current usage of a charge in advance', () => {
  const usageShown = (terms: ChargeTerms, list: readonly MeteredEvent[]) => {
    const aggregation = aggregationTerms(terms, APRIL);
    const usage = advanceUsage(aggregation, nothingCarried(), list);
    return priceAdvanceUsage(terms, list.length === 0 ? [] : [{ key: DEFAULT, usage }], { terms: aggregation, currency: USD });
  };

  test.each([
    { list: sums('10'), units: '10', amountCents: 1000n, eventsCount: 1 },
    { list: sums('10', '-4'), units: '6', amountCents: 1000n, eventsCount: 2 },
    { list: sums('10', '-4', '8'), units: '14', amountCents: 1400n, eventsCount: 3 },
    { list: sums('10', '-14'), units: '0', amountCents: 1000n, eventsCount: 2 },
    { list: [], units: '0', amountCents: 0n, eventsCount: 0 },
  ])('after $eventsCount events: $units units, $amountCents', ({ list, units, amountCents, eventsCount }) => {
    const [shown] = usageShown(inAdvance({}), list);
    expect([shown?.units.toFixed(), shown?.amountCents, shown?.eventsCount]).toEqual([units, amountCents, eventsCount]);
  });

  test('is summed and rounded once, so it may differ by a cent from the fees', () => {
    const terms = inAdvance({ properties: { amount: '0.335' } });
    expect(usageShown(terms, sums('1', '1', '1')).map((shown) => shown.amountCents)).toEqual([101n]);
  });

  test('without events owes no first flat', () => {
    const terms = inAdvance({ chargeModel: 'graduated', properties: tiers('10', '2') });
    expect(usageShown(terms, []).map((shown) => shown.amountCents)).toEqual([0n]);
    expect(usageShown(terms, sums('1')).map((shown) => shown.amountCents)).toEqual([1200n]);
  });

  test('rounds units as the metric says', () => {
    const terms = inAdvance({ metric: metric('sum_agg', { roundingFunction: 'ceil' }) });
    expect(usageShown(terms, sums('0.4')).map((shown) => [shown.units.toFixed(), shown.amountCents])).toEqual([['1', 100n]]);
  });
});

describe('running totals instead of events', () => {
  const terms = aggregationTerms(inAdvance({}), APRIL);
  test('say the same while there is no fall', () => {
    const list = sums('10', '0', '4');
    const totals = advanceUsageOfTotals(terms, nothingCarried(), partialOf(list));
    expect(totals).toEqual({ ...advanceUsage(terms, nothingCarried(), list), rises: null });
  });
  test('say nothing when there was one', () => {
    expect(advanceUsageOfTotals(terms, nothingCarried(), partialOf(sums('10', '-1')))).toBeNull();
  });
  test('go on event by event', () => {
    const list = sums('10', '-4', '8');
    const stepped = list.reduce((usage, event) => nextAdvanceUsage(terms, usage, event), openingAdvanceUsage(terms, nothingCarried()));
    expect(stepped).toEqual(advanceUsage(terms, nothingCarried(), list));
  });
});

test('what is held at the end of the period is what the boundary bills', () => {
  const recurring = inAdvance({ metric: metric('sum_agg', { recurring: true }) });
  const terms = aggregationTerms({ ...recurring, payInAdvance: false }, APRIL);
  expect(aggregateEvents(terms, sums('10', '-4')).units.toFixed()).toBe('6');
});
