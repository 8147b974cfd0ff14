import type { CurrencyCode } from '../../shared/currency.ts';
import { Decimal, ONE, ZERO } from '../../shared/decimal.ts';
import { present } from '../../shared/assert.ts';
import type { Cents } from '../../shared/money.ts';
import type { ChargeFeeDraft, ChargeTerms } from '../billing/facts.ts';
import { bucketProperties, priceChargeUsage } from '../billing/fees/charge-fee.ts';
import { tierTerms } from '../billing/pricing/charge-properties.ts';
import type { Tier } from '../billing/pricing/tiers.ts';
import { imaginedUsage, isCounted, scaledWish, type UnitsWish } from './imagined-usage.ts';
import { curveEdges, curveEnd, sampleUnits, type CurveEdge } from './sample-units.ts';

/** What so many units cost. */
export interface CurvePoint {
  readonly units: Decimal;
  readonly amountCents: Cents;
  /** Exact, in currency units. */
  readonly amount: Decimal;
  /** Amount over units, in currency units; 0 without units. */
  readonly unitAmount: Decimal;
}

/** A higher volume that costs less than a lower one. */
export interface PriceDrop {
  readonly from: CurvePoint;
  readonly to: CurvePoint;
  /** The volume that costs as much as `from` again; null when a later tier decides that. */
  readonly evenAgainUnits: Decimal | null;
}

/** The price of one bucket over its volume. */
export interface PriceCurve {
  /** Position of the filter; null is everything else. */
  readonly filterIndex: number | null;
  readonly endUnits: Decimal;
  readonly points: readonly CurvePoint[];
  readonly edges: readonly CurveEdge[];
  readonly drops: readonly PriceDrop[];
}

export interface CurveWish {
  readonly filterIndex: number | null;
  readonly units: UnitsWish;
  readonly maxUnits: Decimal | null;
}

/** Reads the price of one bucket at many volumes, with the code that bills them. */
export function priceCurve(charge: ChargeTerms, wish: CurveWish, currency: CurrencyCode): PriceCurve {
  const terms = bucketTerms(charge, wish.filterIndex);
  const endUnits = wish.maxUnits === null || wish.maxUnits.isZero() ? curveEnd(terms, wish.units.units) : wish.maxUnits;
  const pointAt = (units: Decimal): CurvePoint => curvePoint(units, feeAt(terms, scaledWish(wish.units, units), currency));
  return {
    filterIndex: wish.filterIndex,
    endUnits,
    points: sampleUnits(terms, endUnits, wish.units.units).map(pointAt),
    edges: curveEdges(terms).filter(({ units }) => units.lte(endUnits)),
    drops: terms.chargeModel === 'volume' ? priceDrops(terms, pointAt) : [],
  };
}

/** The charge as if the bucket were all it has. */
function bucketTerms(charge: ChargeTerms, filterIndex: number | null): ChargeTerms {
  const filterId = filterIndex === null ? null : present(charge.filters[filterIndex], 'a curve is asked for a filter that is there').id;
  return { ...charge, properties: bucketProperties(charge, { filterId, groupedBy: {} }), filters: [] };
}

function feeAt(terms: ChargeTerms, wish: UnitsWish, currency: CurrencyCode): ChargeFeeDraft {
  const [fee] = priceChargeUsage(terms, [{ key: { filterId: null, groupedBy: {} }, ...imaginedUsage(terms, wish) }], currency);
  return present(fee, 'one bucket makes one fee');
}

function curvePoint(units: Decimal, fee: ChargeFeeDraft): CurvePoint {
  const { amountCents, preciseAmount: amount } = fee;
  return { units, amountCents, amount, unitAmount: units.isZero() ? ZERO : amount.div(units) };
}

/** Where the next tier of a volume charge begins with a lower total than the one before ended with. Rule: pricing.md § 5 "volume". */
function priceDrops(terms: ChargeTerms, pointAt: (units: Decimal) => CurvePoint): readonly PriceDrop[] {
  const tiers = tierTerms('volume', terms.properties);
  return tiers.flatMap((tier, index) => {
    const next = tiers[index + 1];
    if (tier.ceiling === null || next === undefined) return [];
    const from = pointAt(tier.ceiling);
    const to = pointAt(tier.ceiling.plus(ONE));
    return to.amount.lt(from.amount) ? [{ from, to, evenAgainUnits: evenAgain(next, from.amount, terms) }] : [];
  });
}

function evenAgain(tier: Tier, amount: Decimal, terms: ChargeTerms): Decimal | null {
  if (tier.price.isZero()) return null;
  const exact = amount.minus(tier.flatAmount).div(tier.price);
  const units = isCounted(terms.metric.aggregationType) ? exact.ceil() : exact;
  return tier.ceiling === null || units.lte(tier.ceiling) ? units.toDecimalPlaces(2, Decimal.ROUND_CEIL) : null;
}
