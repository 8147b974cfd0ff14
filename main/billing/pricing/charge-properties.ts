import { assert, assertNever } from '../../../shared/assert.ts';
import { ZERO, type Decimal } from '../../../shared/decimal.ts';
import type { AggregationType, ChargeModel, ChargeProperties } from '../facts.ts';
import { isAmountText, readAmount, readOptionalAmount } from './amount-text.ts';
import { isRawRange, readTiers, tierErrors, type Tier } from './tiers.ts';

// The properties of a charge: defaults and known keys, the codes of what is wrong with them, and the terms that the models price with.

export interface PackageTerms {
  /** Price of one package, in currency units. */
  readonly amount: Decimal;
  readonly packageSize: number;
  readonly freeUnits: number;
}

/** Whom the fixed amount of a percentage charge is paid for. */
export type FixedAmountTarget = 'event' | 'each_unit' | 'all_units';

export interface PercentageTerms {
  /** Percent: 1.5 means 1.5 %. */
  readonly rate: Decimal;
  readonly fixedAmount: Decimal;
  readonly fixedAmountTarget: FixedAmountTarget;
  /** 0 when there are none. */
  readonly freeEvents: number;
  readonly freeUnits: Decimal;
  readonly minimumPerEvent: Decimal | null;
  readonly maximumPerEvent: Decimal | null;
}

const KNOWN_KEYS: Readonly<Record<ChargeModel, readonly string[]>> = {
  standard: ['amount'],
  package: ['amount', 'package_size', 'free_units'],
  graduated: ['graduated_ranges'],
  volume: ['volume_ranges'],
  graduated_percentage: ['graduated_percentage_ranges'],
  percentage: [
    'rate',
    'fixed_amount',
    'fixed_amount_target',
    'free_units_per_events',
    'free_units_per_total_aggregation',
    'per_transaction_min_amount',
    'per_transaction_max_amount',
  ],
  dynamic: [],
};

const RANGE_KEYS = ['from_value', 'to_value', 'per_unit_amount', 'flat_amount'] as const;
const PERCENTAGE_RANGE_KEYS = ['from_value', 'to_value', 'rate', 'flat_amount'] as const;

/** What empty or absent properties stand for. Rule: pricing.md § 4. */
export function defaultChargeProperties(chargeModel: ChargeModel): ChargeProperties {
  const openRange = { from_value: 0, to_value: null, flat_amount: '0' };
  switch (chargeModel) {
    case 'standard':
      return { amount: '0' };
    case 'package':
      return { package_size: 1, amount: '0', free_units: 0 };
    case 'percentage':
      return { rate: '0' };
    case 'graduated':
      return { graduated_ranges: [{ ...openRange, per_unit_amount: '0' }] };
    case 'volume':
      return { volume_ranges: [{ ...openRange, per_unit_amount: '0' }] };
    case 'graduated_percentage':
      return { graduated_percentage_ranges: [{ ...openRange, rate: '0' }] };
    case 'dynamic':
      return {};
    default:
      return assertNever(chargeModel, 'charge model');
  }
}

/**
 * Properties as they are stored and answered: the model's default when empty or absent, keys that the model does not know
 * dropped silently, group keys under both of their names. Does not judge: wrong values stay as they are. Rule: pricing.md §§ 4, 7.
 */
export function normalizeChargeProperties(chargeModel: ChargeModel, properties: ChargeProperties | null | undefined): ChargeProperties {
  if (properties === null || properties === undefined || Object.keys(properties).length === 0) return defaultChargeProperties(chargeModel);
  const known: Record<string, unknown> = {};
  for (const key of KNOWN_KEYS[chargeModel]) {
    if (properties[key] !== undefined) known[key] = key.endsWith('_ranges') ? knownRanges(key, properties[key]) : properties[key];
  }
  const groupKeys = properties['pricing_group_keys'] ?? properties['grouped_by'] ?? null;
  return groupKeys === null ? known : { ...known, pricing_group_keys: groupKeys, grouped_by: groupKeys };
}

function knownRanges(key: string, ranges: unknown): unknown {
  if (!Array.isArray(ranges)) return ranges;
  const keys: readonly string[] = key === 'graduated_percentage_ranges' ? PERCENTAGE_RANGE_KEYS : RANGE_KEYS;
  return ranges.map((range: unknown) => {
    if (!isRawRange(range)) return range;
    return Object.fromEntries(keys.filter((name) => range[name] !== undefined).map((name) => [name, range[name]]));
  });
}

/** The codes that the field `properties` gets, each once; empty when nothing is wrong. Rule: pricing.md § 10. */
export function chargePropertiesErrors(
  chargeModel: ChargeModel,
  properties: ChargeProperties | null | undefined,
  aggregationType: AggregationType,
): readonly string[] {
  const known = normalizeChargeProperties(chargeModel, properties);
  const isPercent = chargeModel === 'percentage' || chargeModel === 'graduated_percentage';
  const onLatest = isPercent && aggregationType === 'latest_agg' ? ['invalid_value'] : [];
  return [...new Set([...onLatest, ...modelErrors(chargeModel, known), ...groupKeyErrors(known)])];
}

function modelErrors(chargeModel: ChargeModel, properties: ChargeProperties): readonly string[] {
  switch (chargeModel) {
    case 'standard':
      return isAmountText(properties['amount']) ? [] : ['invalid_amount'];
    case 'package':
      return packageErrors(properties);
    case 'graduated':
      return tierErrors(properties['graduated_ranges'], 'graduated_ranges');
    case 'volume':
      return tierErrors(properties['volume_ranges'], 'volume_ranges');
    case 'graduated_percentage':
      return tierErrors(properties['graduated_percentage_ranges'], 'graduated_percentage_ranges');
    case 'percentage':
      return percentageErrors(properties);
    case 'dynamic':
      return [];
    default:
      return assertNever(chargeModel, 'charge model');
  }
}

function packageErrors(properties: ChargeProperties): readonly string[] {
  const codes: string[] = [];
  if (!isAmountText(properties['amount'])) codes.push('invalid_amount');
  if (!isWholeFrom(properties['package_size'], 1)) codes.push('invalid_package_size');
  if (!isWholeFrom(properties['free_units'], 0)) codes.push('invalid_free_units');
  return codes;
}

function percentageErrors(properties: ChargeProperties): readonly string[] {
  const isRightOrAbsent = (key: string, isRight: (value: unknown) => boolean): boolean =>
    properties[key] === undefined || properties[key] === null || isRight(properties[key]);
  const codes: string[] = [];
  if (!isAmountText(properties['rate'])) codes.push('invalid_rate');
  if (!isRightOrAbsent('fixed_amount', isAmountText)) codes.push('invalid_fixed_amount');
  if (!isFixedAmountTargetRight(properties)) codes.push('invalid_fixed_amount_target');
  if (!isRightOrAbsent('free_units_per_events', (value) => isWholeFrom(value, 1))) codes.push('invalid_free_units_per_events');
  if (!isRightOrAbsent('free_units_per_total_aggregation', isAmountText)) codes.push('invalid_free_units_per_total_aggregation');
  const areLimitsRight =
    isRightOrAbsent('per_transaction_min_amount', isAmountText) && isRightOrAbsent('per_transaction_max_amount', isAmountText);
  if (!areLimitsRight) return [...codes, 'invalid_amount'];
  const minimum = readOptionalAmount(properties, 'per_transaction_min_amount');
  const maximum = readOptionalAmount(properties, 'per_transaction_max_amount');
  if (minimum !== null && maximum !== null && maximum.lt(minimum)) codes.push('per_transaction_max_lower_than_per_transaction_min');
  return codes;
}

/** A limit per transaction prices event by event, which a fixed amount per unit or for all units contradicts. */
function isFixedAmountTargetRight(properties: ChargeProperties): boolean {
  const target = properties['fixed_amount_target'] ?? null;
  if (target === null) return true;
  const hasLimit = (properties['per_transaction_min_amount'] ?? properties['per_transaction_max_amount'] ?? null) !== null;
  return (target === 'each_unit' || target === 'all_units') && !hasLimit;
}

function groupKeyErrors(properties: ChargeProperties): readonly string[] {
  const keys = properties['pricing_group_keys'] ?? null;
  if (keys === null) return [];
  const isRight = Array.isArray(keys) && keys.every((key) => typeof key === 'string' && key.trim() !== '');
  return isRight ? [] : ['invalid_type'];
}

function isWholeFrom(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

/** Event properties that split a bucket into pricing groups; empty without groups. Rule: pricing.md § 7. */
export function pricingGroupKeys(properties: ChargeProperties): readonly string[] {
  const keys = properties['pricing_group_keys'] ?? properties['grouped_by'] ?? [];
  return [...new Set(keys as readonly string[])];
}

/** Unit price of a standard charge, in currency units. */
export function standardPrice(properties: ChargeProperties): Decimal {
  return readAmount(properties, 'amount');
}

/** Terms of a package charge, as checked when it was saved. */
export function packageTerms(properties: ChargeProperties): PackageTerms {
  const { package_size: packageSize, free_units: freeUnits } = properties;
  assert(isWholeFrom(packageSize, 1) && isWholeFrom(freeUnits, 0), 'package size and free units were checked when the charge was saved');
  return { amount: readAmount(properties, 'amount'), packageSize, freeUnits };
}

/** Tiers of a graduated, volume or graduated_percentage charge, in order. */
export function tierTerms(chargeModel: 'graduated' | 'volume' | 'graduated_percentage', properties: ChargeProperties): readonly Tier[] {
  return readTiers(properties[`${chargeModel}_ranges`], chargeModel === 'graduated_percentage' ? 'rate' : 'per_unit_amount');
}

/** Terms of a percentage charge, as checked when it was saved; absent parts are zero, absent limits null. */
export function percentageTerms(properties: ChargeProperties): PercentageTerms {
  return {
    rate: readAmount(properties, 'rate'),
    fixedAmount: readOptionalAmount(properties, 'fixed_amount') ?? ZERO,
    fixedAmountTarget: (properties['fixed_amount_target'] ?? 'event') as FixedAmountTarget,
    freeEvents: (properties['free_units_per_events'] ?? 0) as number,
    freeUnits: readOptionalAmount(properties, 'free_units_per_total_aggregation') ?? ZERO,
    minimumPerEvent: readOptionalAmount(properties, 'per_transaction_min_amount'),
    maximumPerEvent: readOptionalAmount(properties, 'per_transaction_max_amount'),
  };
}
