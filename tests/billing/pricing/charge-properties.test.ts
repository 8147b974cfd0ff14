import { describe, expect, test } from 'vitest';
import { chargePropertiesErrors, normalizeChargeProperties, pricingGroupKeys } from '../../../main/billing/pricing/charge-properties.ts';
import type { AggregationType, ChargeModel, ChargeProperties } from '../../../main/billing/facts.ts';

const graduated = (...bounds: readonly (readonly [unknown, unknown])[]) => ({ graduated_ranges: ranges(bounds) });
const volume = (...bounds: readonly (readonly [unknown, unknown])[]) => ({ volume_ranges: ranges(bounds) });
const percentageTiers = (...bounds: readonly (readonly [unknown, unknown])[]) => ({
  graduated_percentage_ranges: bounds.map(([from, to]) => ({ from_value: from, to_value: to, rate: '1', flat_amount: '0' })),
});
function ranges(bounds: readonly (readonly [unknown, unknown])[]) {
  return bounds.map(([from, to]) => ({ from_value: from, to_value: to, per_unit_amount: '1', flat_amount: '0' }));
}

interface Row {
  readonly name: string;
  readonly model: ChargeModel;
  readonly properties: ChargeProperties | null;
  readonly codes: readonly string[];
  readonly on?: AggregationType;
}

const AMOUNTS: readonly Row[] = [5, '-1', 'x', '', null, 'NaN', 'Infinity', '-Infinity', '1,5', ' 5', true, '9'.repeat(101)].map(
  (amount) => ({
    name: `amount ${JSON.stringify(amount)}`,
    model: 'standard',
    properties: { amount },
    codes: ['invalid_amount'],
  }),
);

const PERCENTAGE: readonly Row[] = (
  [
    ['a rate that is no number', { rate: 'x' }, ['invalid_rate']],
    ['a rate that is a JSON number', { rate: 1 }, ['invalid_rate']],
    ['a negative rate', { rate: '-1' }, ['invalid_rate']],
    ['no rate beside another property', { fixed_amount: '1' }, ['invalid_rate']],
    ['a fixed amount that is a JSON number', { rate: '1', fixed_amount: 2 }, ['invalid_fixed_amount']],
    ['a negative fixed amount', { rate: '1', fixed_amount: '-2' }, ['invalid_fixed_amount']],
    ['no free events', { rate: '1', free_units_per_events: 0 }, ['invalid_free_units_per_events']],
    ['half a free event', { rate: '1', free_units_per_events: 1.5 }, ['invalid_free_units_per_events']],
    ['free events as text', { rate: '1', free_units_per_events: '3' }, ['invalid_free_units_per_events']],
    ['free units as a JSON number', { rate: '1', free_units_per_total_aggregation: 15 }, ['invalid_free_units_per_total_aggregation']],
    ['a minimum that is no amount', { rate: '1', per_transaction_min_amount: 'x' }, ['invalid_amount']],
    [
      'a maximum below the minimum',
      { rate: '1', per_transaction_min_amount: '5', per_transaction_max_amount: '4' },
      ['per_transaction_max_lower_than_per_transaction_min'],
    ],
    ['a maximum equal to the minimum', { rate: '1', per_transaction_min_amount: '5', per_transaction_max_amount: '5' }, []],
    ['a maximum that is longer text but larger', { rate: '1', per_transaction_min_amount: '5', per_transaction_max_amount: '12' }, []],
    ['an unknown target', { rate: '1', fixed_amount: '1', fixed_amount_target: 'both' }, ['invalid_fixed_amount_target']],
    [
      'a target beside a minimum',
      { rate: '1', fixed_amount: '1', fixed_amount_target: 'all_units', per_transaction_min_amount: '1' },
      ['invalid_fixed_amount_target'],
    ],
    ['a target beside absent limits', { rate: '1', fixed_amount_target: 'each_unit', per_transaction_max_amount: null }, []],
    ['a null target', { rate: '1', fixed_amount_target: null, per_transaction_max_amount: '1' }, []],
    ['two problems', { rate: 'x', fixed_amount: 'y' }, ['invalid_rate', 'invalid_fixed_amount']],
    ['everything at once', { rate: '1.5', fixed_amount: '2', free_units_per_events: 3, free_units_per_total_aggregation: '15' }, []],
  ] as const
).map(([name, properties, codes]) => ({ name, model: 'percentage', properties, codes }));

const PACKAGES: readonly Row[] = (
  [
    ['a package of no unit', { amount: '1', package_size: 0, free_units: 0 }, ['invalid_package_size']],
    ['a package of half a unit', { amount: '1', package_size: 0.5, free_units: 0 }, ['invalid_package_size']],
    ['a package size as text', { amount: '1', package_size: '10', free_units: 0 }, ['invalid_package_size']],
    ['free units left out', { amount: '1', package_size: 10 }, ['invalid_free_units']],
    ['negative free units', { amount: '1', package_size: 10, free_units: -1 }, ['invalid_free_units']],
    ['the size left out', { amount: '1', free_units: 0 }, ['invalid_package_size']],
    ['the amount left out', { package_size: 10, free_units: 0 }, ['invalid_amount']],
    ['all three said', { amount: '1', package_size: 1, free_units: 0 }, []],
  ] as const
).map(([name, properties, codes]) => ({ name, model: 'package', properties, codes }));

const TIERS: readonly Row[] = [
  { name: 'classic bounds', model: 'graduated', properties: graduated([0, 10], [11, null]), codes: [] },
  { name: 'adjacent bounds', model: 'graduated', properties: graduated([0, 10], [10, null]), codes: [] },
  { name: 'a first tier from 1', model: 'graduated', properties: graduated([1, 10], [11, null]), codes: [] },
  { name: 'decimal bounds', model: 'graduated', properties: graduated([0, 0.5], [0.5, 0.7], [1.7, null]), codes: [] },
  { name: 'a gap', model: 'graduated', properties: graduated([0, 10], [13, null]), codes: ['invalid_graduated_ranges'] },
  { name: 'an overlap', model: 'graduated', properties: graduated([0, 10], [9, null]), codes: ['invalid_graduated_ranges'] },
  { name: 'a start at 2', model: 'graduated', properties: graduated([2, null]), codes: ['invalid_graduated_ranges'] },
  {
    name: 'an end at its start',
    model: 'graduated',
    properties: graduated([0, 10], [11, 11], [12, null]),
    codes: ['invalid_graduated_ranges'],
  },
  { name: 'a closed last tier', model: 'graduated', properties: graduated([0, 10], [11, 20]), codes: ['invalid_graduated_ranges'] },
  {
    name: 'an open tier in the middle',
    model: 'graduated',
    properties: graduated([0, null], [11, null]),
    codes: ['invalid_graduated_ranges'],
  },
  { name: 'bounds as text', model: 'graduated', properties: graduated(['0', null]), codes: ['invalid_graduated_ranges'] },
  { name: 'no tier', model: 'graduated', properties: { graduated_ranges: [] }, codes: ['missing_graduated_ranges'] },
  { name: 'tiers that are no list', model: 'graduated', properties: { graduated_ranges: 'x' }, codes: ['missing_graduated_ranges'] },
  { name: 'only properties of another model', model: 'graduated', properties: { amount: '1' }, codes: ['missing_graduated_ranges'] },
  { name: 'a tier that is no object', model: 'graduated', properties: { graduated_ranges: [1] }, codes: ['invalid_graduated_ranges'] },
  {
    name: 'a price that is a JSON number',
    model: 'graduated',
    properties: { graduated_ranges: [{ from_value: 0, to_value: null, per_unit_amount: 1, flat_amount: '0' }] },
    codes: ['invalid_amount'],
  },
  {
    name: 'no flat',
    model: 'volume',
    properties: { volume_ranges: [{ from_value: 0, to_value: null, per_unit_amount: '1' }] },
    codes: ['invalid_amount'],
  },
  { name: 'classic bounds', model: 'volume', properties: volume([0, 10], [11, null]), codes: [] },
  { name: 'adjacent bounds', model: 'volume', properties: volume([0, 10], [10, null]), codes: ['invalid_volume_ranges'] },
  { name: 'no tier', model: 'volume', properties: { volume_ranges: [] }, codes: ['missing_volume_ranges'] },
  { name: 'adjacent bounds', model: 'graduated_percentage', properties: percentageTiers([0, 10], [10, null]), codes: [] },
  {
    name: 'a gap',
    model: 'graduated_percentage',
    properties: percentageTiers([0, 10], [12, null]),
    codes: ['invalid_graduated_percentage_ranges'],
  },
  {
    name: 'no tier',
    model: 'graduated_percentage',
    properties: { graduated_percentage_ranges: null },
    codes: ['missing_graduated_percentage_ranges'],
  },
  {
    name: 'a wrong rate and a wrong flat',
    model: 'graduated_percentage',
    properties: { graduated_percentage_ranges: [{ from_value: 0, to_value: null, rate: 'x', flat_amount: 1 }] },
    codes: ['invalid_rate', 'invalid_amount'],
  },
];

const OTHERS: readonly Row[] = [
  { name: 'absent properties', model: 'standard', properties: null, codes: [] },
  { name: 'empty properties', model: 'percentage', properties: {}, codes: [] },
  { name: 'a small price in exponent form', model: 'standard', properties: { amount: '1e-7' }, codes: [] },
  { name: 'nothing at all', model: 'dynamic', properties: {}, codes: [] },
  { name: 'a latest value', model: 'percentage', properties: { rate: '1' }, codes: ['invalid_value'], on: 'latest_agg' },
  { name: 'a latest value', model: 'graduated_percentage', properties: {}, codes: ['invalid_value'], on: 'latest_agg' },
  { name: 'group keys', model: 'standard', properties: { amount: '1', pricing_group_keys: ['agent'] }, codes: [] },
  {
    name: 'group keys that are no list',
    model: 'standard',
    properties: { amount: '1', pricing_group_keys: 'agent' },
    codes: ['invalid_type'],
  },
  { name: 'a blank group key', model: 'standard', properties: { amount: '1', grouped_by: ['agent', ' '] }, codes: ['invalid_type'] },
  { name: 'a group key that is a number', model: 'dynamic', properties: { grouped_by: [1] }, codes: ['invalid_type'] },
];

describe('codes of properties', () => {
  test.each([...AMOUNTS, ...PERCENTAGE, ...PACKAGES, ...TIERS, ...OTHERS])('$model, $name: $codes', ({ model, properties, codes, on }) => {
    expect(chargePropertiesErrors(model, properties, on ?? 'sum_agg')).toEqual(codes);
  });
});

describe('properties as they are stored', () => {
  test.each([
    { model: 'standard', expected: { amount: '0' } },
    { model: 'package', expected: { package_size: 1, amount: '0', free_units: 0 } },
    { model: 'percentage', expected: { rate: '0' } },
    { model: 'graduated', expected: { graduated_ranges: [{ from_value: 0, to_value: null, per_unit_amount: '0', flat_amount: '0' }] } },
    { model: 'volume', expected: { volume_ranges: [{ from_value: 0, to_value: null, per_unit_amount: '0', flat_amount: '0' }] } },
    {
      model: 'graduated_percentage',
      expected: { graduated_percentage_ranges: [{ from_value: 0, to_value: null, rate: '0', flat_amount: '0' }] },
    },
    { model: 'dynamic', expected: {} },
  ] as const)('absent and empty properties of $model become its default', ({ model, expected }) => {
    expect(normalizeChargeProperties(model, null)).toEqual(expected);
    expect(normalizeChargeProperties(model, undefined)).toEqual(expected);
    expect(normalizeChargeProperties(model, {})).toEqual(expected);
  });

  test('keys that the model does not know are dropped, inside ranges too', () => {
    expect(normalizeChargeProperties('standard', { amount: '1', rate: '2', package_size: 3 })).toEqual({ amount: '1' });
    const range = { from_value: 0, to_value: null, per_unit_amount: '1', flat_amount: '0' };
    expect(normalizeChargeProperties('graduated', { graduated_ranges: [{ ...range, rate: '5' }] })).toEqual({ graduated_ranges: [range] });
  });

  test('the old name of the group keys is accepted and both are answered', () => {
    const both = { amount: '1', pricing_group_keys: ['agent'], grouped_by: ['agent'] };
    expect(normalizeChargeProperties('standard', { amount: '1', grouped_by: ['agent'] })).toEqual(both);
    expect(normalizeChargeProperties('standard', { amount: '1', pricing_group_keys: ['agent'] })).toEqual(both);
    expect(normalizeChargeProperties('standard', both)).toEqual(both);
  });

  test('group keys are read once each; there are none without the property', () => {
    expect(pricingGroupKeys({ pricing_group_keys: ['agent', 'region', 'agent'] })).toEqual(['agent', 'region']);
    expect(pricingGroupKeys({ grouped_by: ['agent'] })).toEqual(['agent']);
    expect(pricingGroupKeys({ amount: '1' })).toEqual([]);
  });
});
