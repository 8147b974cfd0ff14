import { Decimal, sumDecimals, ZERO } from '../../../shared/decimal.ts';
import type { PricedEvent, PricedUsage } from '../facts.ts';
import { unitAmountOf } from './explain-step.ts';
import { tierDetails, tierStep, tierTotal, type PricedTier } from './graduated.ts';
import { endsIn, type Tier } from './tiers.ts';

/**
 * Each event moves the level; the part of the move inside each tier costs its price x the share of the period from that event on
 * (a fall gives it back). The flats are in full, for every tier up to the highest level reached, the first one even with no usage.
 * The units' part is never below 0. Exact, in currency units. Rule: pricing.md § 4 "Prorated", graduated.
 */
export function priceProratedGraduated(units: Decimal, tiers: readonly Tier[], events: readonly PricedEvent[]): PricedUsage {
  const unitsAmounts = tiers.map(() => ZERO);
  let level = ZERO;
  let highest = ZERO;
  for (const event of events) {
    const next = level.plus(event.value);
    tiers.forEach((tier, index) => {
      const moved = unitsInside(tier, next).minus(unitsInside(tier, level));
      unitsAmounts[index] = (unitsAmounts[index] ?? ZERO).plus(moved.times(event.ratio).times(tier.price));
    });
    level = next;
    highest = Decimal.max(highest, level);
  }
  const lastIndex = tiers.findIndex((tier) => endsIn(tier, highest));
  const priced: readonly PricedTier[] = tiers
    .slice(0, lastIndex + 1)
    .map((tier, index) => ({ tier, units: unitsInside(tier, level), unitsAmount: unitsAmounts[index] ?? ZERO }));
  const flatAmount = sumDecimals(priced.map(({ tier }) => tier.flatAmount));
  const amount = Decimal.max(sumDecimals(priced.map(tierTotal)), flatAmount);
  return {
    amount,
    unitAmount: unitAmountOf(amount, units),
    amountDetails: { graduated_ranges: priced.map(tierDetails) },
    steps: priced.map(tierStep),
  };
}

/** How many units of a level lie inside a tier; a level below zero lies in none. */
function unitsInside(tier: Tier, level: Decimal): Decimal {
  const top = tier.ceiling === null ? level : Decimal.min(level, tier.ceiling);
  return Decimal.max(top.minus(tier.floor), ZERO);
}
