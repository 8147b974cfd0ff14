import { Decimal, formatDecimal, isDecimalText, ZERO } from '../../../shared/decimal.ts';
import type { ChargeModel } from '../facts.ts';

type AmountDetails = Readonly<Record<string, unknown>>;

/** Prices and sizes, which are what they are with and without an event. */
const FIXED_KEYS: readonly string[] = [
  'from_value',
  'to_value',
  'per_unit_amount',
  'rate',
  'fixed_fee_unit_amount',
  'per_package_size',
  'per_package_unit_amount',
];

/** The `amount_details` of one event paid in advance: those with it less those without it. Rule: pricing.md §§ 5, 6. */
export function subtractDetails(
  chargeModel: ChargeModel,
  units: Decimal,
  details: { readonly before: AmountDetails; readonly after: AmountDetails },
): AmountDetails {
  const rest = subtractEntries(details.after, details.before);
  if (chargeModel !== 'package') return rest;
  return { ...rest, free_units: formatDecimal(units.minus(decimalOf(rest['paid_units']))) };
}

function subtractEntries(after: AmountDetails, before: AmountDetails): AmountDetails {
  return Object.fromEntries(Object.entries(after).map(([key, value]) => [key, subtractValue(key, value, before[key])]));
}

function subtractValue(key: string, after: unknown, before: unknown): unknown {
  if (FIXED_KEYS.includes(key)) return after;
  if (Array.isArray(after)) return subtractRanges(after as readonly AmountDetails[], (before ?? []) as readonly AmountDetails[]);
  if (typeof after === 'number') return after - (typeof before === 'number' ? before : 0);
  return formatDecimal(decimalOf(after).minus(decimalOf(before)));
}

/** Tiers that the event adds to; the flat of a tier that was entered before is not paid again. */
function subtractRanges(after: readonly AmountDetails[], before: readonly AmountDetails[]): readonly AmountDetails[] {
  return after
    .map((range, index) => subtractEntries(range, before[index] ?? {}))
    .filter((range, index) => before[index] === undefined || !decimalOf(range['units']).isZero());
}

function decimalOf(value: unknown): Decimal {
  return isDecimalText(value) ? new Decimal(value) : ZERO;
}
