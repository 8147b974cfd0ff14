import { mergeFieldErrors, type FieldErrors } from '../../../shared/result.ts';
import type { AggregationType, ChargeModel, ChargeProperties } from '../facts.ts';
import { isAmountText } from './amount-text.ts';
import { chargePropertiesErrors, normalizeChargeProperties } from './charge-properties.ts';
import { isRawRange } from './tiers.ts';

/** Codes that always mean the same property. */
const PROPERTY_OF_CODE: Readonly<Record<string, string>> = {
  invalid_fixed_amount: 'fixed_amount',
  invalid_fixed_amount_target: 'fixed_amount_target',
  invalid_free_units: 'free_units',
  invalid_free_units_per_events: 'free_units_per_events',
  invalid_free_units_per_total_aggregation: 'free_units_per_total_aggregation',
  invalid_package_size: 'package_size',
  invalid_type: 'pricing_group_keys',
  per_transaction_max_lower_than_per_transaction_min: 'per_transaction_max_amount',
};

type RangesKey = 'graduated_ranges' | 'volume_ranges' | 'graduated_percentage_ranges';

const RANGES_OF_MODEL: Readonly<Partial<Record<ChargeModel, RangesKey>>> = {
  graduated: 'graduated_ranges',
  volume: 'volume_ranges',
  graduated_percentage: 'graduated_percentage_ranges',
};

/**
 * The codes of `chargePropertiesErrors`, each under the property that it is about: `volume_ranges.1.flat_amount`. One that is about the
 * properties as a whole stands under the empty path. Rule: pricing.md § 10.
 */
export function propertyErrorsByPath(
  chargeModel: ChargeModel,
  properties: ChargeProperties | null | undefined,
  aggregationType: AggregationType,
): FieldErrors {
  const known = normalizeChargeProperties(chargeModel, properties);
  const located = chargePropertiesErrors(chargeModel, properties, aggregationType).map((code): FieldErrors => {
    const paths = pathsOf(code, chargeModel, known);
    return Object.fromEntries((paths.length === 0 ? [''] : paths).map((path) => [path, [code]]));
  });
  return mergeFieldErrors(...located);
}

function pathsOf(code: string, chargeModel: ChargeModel, properties: ChargeProperties): readonly string[] {
  const property = PROPERTY_OF_CODE[code];
  if (property !== undefined) return [property];
  const rangesKey = RANGES_OF_MODEL[chargeModel];
  if (rangesKey !== undefined) return rangePaths(code, rangesKey, properties[rangesKey]);
  if (code === 'invalid_rate') return ['rate'];
  if (code !== 'invalid_amount') return [];
  if (chargeModel !== 'percentage') return ['amount'];
  const limits = ['per_transaction_min_amount', 'per_transaction_max_amount'];
  return limits.filter((key) => (properties[key] ?? null) !== null && !isAmountText(properties[key]));
}

function rangePaths(code: string, rangesKey: RangesKey, ranges: unknown): readonly string[] {
  if (!Array.isArray(ranges)) return [rangesKey];
  if (code === `invalid_${rangesKey}`) return [wrongBoundPath(rangesKey, ranges)];
  const amounts = rangesKey === 'graduated_percentage_ranges' ? ['flat_amount'] : ['per_unit_amount', 'flat_amount'];
  const keys = code === 'invalid_rate' ? ['rate'] : code === 'invalid_amount' ? amounts : [];
  return ranges.flatMap((range: unknown, index) =>
    isRawRange(range) ? keys.filter((key) => !isAmountText(range[key])).map((key) => `${rangesKey}.${String(index)}.${key}`) : [],
  );
}

/** The first tier whose end is no number above its start, or is missing, or stands where the last tier is open. */
function wrongBoundPath(rangesKey: RangesKey, ranges: readonly unknown[]): string {
  const index = ranges.findIndex((range, position) => {
    if (!isRawRange(range)) return true;
    const { from_value: from, to_value: to } = range;
    if (position === ranges.length - 1) return (to ?? null) !== null;
    return typeof from !== 'number' || typeof to !== 'number' || to <= from;
  });
  return index === -1 ? rangesKey : `${rangesKey}.${String(index)}.to_value`;
}
