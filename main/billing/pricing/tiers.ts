import { Decimal, ONE, ZERO } from '../../../shared/decimal.ts';
import { isAmountText, readAmount } from './amount-text.ts';

// The ranges of graduated, volume and graduated_percentage charges: how they are read, checked and split.

/** One range of a tiered charge. */
export interface Tier {
  /** The bounds as they were written, for `amount_details`. */
  readonly fromValue: number;
  readonly toValue: number | null;
  /** Units below the tier: the previous tier's `to_value`, 0 for the first one, whichever way `from_value` was written. */
  readonly floor: Decimal;
  /** Last unit of the tier; null when it is open. */
  readonly ceiling: Decimal | null;
  /** Per unit, in currency units; in percent for graduated_percentage. */
  readonly price: Decimal;
  /** In currency units. */
  readonly flatAmount: Decimal;
}

/** How the next tier's `from_value` may be written: `previous to + 1` only, or also `previous to` itself. */
export type TierWriting = 'classic' | 'classic_or_adjacent';

type RawRange = Readonly<Record<string, unknown>>;

export function isRawRange(value: unknown): value is RawRange {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads ranges that were checked when the charge was saved. Rule: pricing.md § 5 "graduated", both writings. */
export function readTiers(ranges: unknown, priceKey: 'per_unit_amount' | 'rate'): readonly Tier[] {
  let floor = ZERO;
  return (ranges as readonly RawRange[]).map((range) => {
    const toValue = (range['to_value'] ?? null) as number | null;
    const tier: Tier = {
      fromValue: range['from_value'] as number,
      toValue,
      floor,
      ceiling: toValue === null ? null : decimalFromBound(toValue),
      price: readAmount(range, priceKey),
      flatAmount: readAmount(range, 'flat_amount'),
    };
    floor = tier.ceiling ?? floor;
    return tier;
  });
}

/** A bound is a JSON number; its shortest text is the number that was written, so no float enters arithmetic. */
function decimalFromBound(bound: number): Decimal {
  return new Decimal(String(bound));
}

/** Whether units fill a tier so that no later one is reached. Units exactly on a bound stay in the lower tier. */
export function endsIn(tier: Tier, units: Decimal): boolean {
  return tier.ceiling === null || tier.ceiling.gte(units);
}

/** The tiers that units reach, each with its own share of them. Rule: pricing.md § 5 "graduated". */
export function splitByTier(tiers: readonly Tier[], units: Decimal): readonly { readonly tier: Tier; readonly units: Decimal }[] {
  const shares: { tier: Tier; units: Decimal }[] = [];
  for (const tier of tiers) {
    const top = tier.ceiling === null ? units : Decimal.min(units, tier.ceiling);
    shares.push({ tier, units: top.minus(tier.floor) });
    if (endsIn(tier, units)) break;
  }
  return shares;
}

/** Codes of wrong ranges: none at all, wrong bounds, wrong prices. Rule: pricing.md § 10. */
export function tierErrors(ranges: unknown, kind: 'graduated_ranges' | 'volume_ranges' | 'graduated_percentage_ranges'): readonly string[] {
  if (!Array.isArray(ranges) || ranges.length === 0) return [`missing_${kind}`];
  const writing: TierWriting = kind === 'volume_ranges' ? 'classic' : 'classic_or_adjacent';
  const codes = ranges.every(isRawRange) && areBoundsRight(ranges, writing) ? [] : [`invalid_${kind}`];
  const isPercentage = kind === 'graduated_percentage_ranges';
  for (const range of ranges.filter(isRawRange)) {
    if (!isPercentage && !isAmountText(range['per_unit_amount'])) codes.push('invalid_amount');
    if (isPercentage && !isAmountText(range['rate'])) codes.push('invalid_rate');
    if (!isAmountText(range['flat_amount'])) codes.push('invalid_amount');
  }
  return codes;
}

function areBoundsRight(ranges: readonly RawRange[], writing: TierWriting): boolean {
  let previousTo: Decimal | null = null;
  for (const [index, range] of ranges.entries()) {
    const isLast = index === ranges.length - 1;
    const from = range['from_value'];
    const to = range['to_value'] ?? null;
    if (typeof from !== 'number' || !Number.isFinite(from) || !isNextFrom(decimalFromBound(from), previousTo, writing)) return false;
    if (isLast) return to === null;
    if (typeof to !== 'number' || !Number.isFinite(to) || to <= from) return false;
    previousTo = decimalFromBound(to);
  }
  return false;
}

function isNextFrom(from: Decimal, previousTo: Decimal | null, writing: TierWriting): boolean {
  if (previousTo === null) return from.isZero() || from.eq(ONE);
  return from.eq(previousTo.plus(1)) || (writing === 'classic_or_adjacent' && from.eq(previousTo));
}
