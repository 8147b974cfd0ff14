import { Decimal, decimal, ONE, ZERO } from '../../shared/decimal.ts';
import type { ChargeTerms } from '../billing/facts.ts';
import { packageTerms, percentageTerms, tierTerms } from '../billing/pricing/charge-properties.ts';
import { isCounted } from './imagined-usage.ts';

/** Points that every curve has, whatever its prices: even ones, and some that are dense near zero for a logarithmic axis. */
const EVEN_POINTS = 140;
const DENSE_POINTS = 60;
/** More package edges than this are no longer seen one by one. */
const MAX_PACKAGES = 40;
/** The least that a curve of prices without any edge shows. */
const PLAIN_UNITS = decimal(1000);

/** A volume at which the price changes its shape. */
export interface CurveEdge {
  readonly units: Decimal;
  readonly kind: 'tier' | 'free_units';
}

/** Where tiers end and where free units do, in order. */
export function curveEdges(terms: ChargeTerms): readonly CurveEdge[] {
  switch (terms.chargeModel) {
    case 'graduated':
    case 'volume':
    case 'graduated_percentage':
      return tierTerms(terms.chargeModel, terms.properties).flatMap(({ ceiling }) =>
        ceiling === null ? [] : [{ units: ceiling, kind: 'tier' as const }],
      );
    case 'package':
      return freeEdge(decimal(packageTerms(terms.properties).freeUnits));
    case 'percentage':
      return freeEdge(percentageTerms(terms.properties).freeUnits);
    case 'standard':
    case 'dynamic':
      return [];
  }
}

function freeEdge(units: Decimal): readonly CurveEdge[] {
  return units.isZero() ? [] : [{ units, kind: 'free_units' }];
}

/** How far a curve goes by itself: past its last edge, past some packages, and at least to the units that were asked for. */
export function curveEnd(terms: ChargeTerms, askedUnits: Decimal): Decimal {
  const lastEdge = curveEdges(terms).at(-1)?.units ?? ZERO;
  const beyond = lastEdge.isZero() ? PLAIN_UNITS : lastEdge.times('1.5');
  const packages = terms.chargeModel === 'package' ? lastEdge.plus(decimal(packageTerms(terms.properties).packageSize).times(20)) : ZERO;
  const scale = terms.chargeModel === 'package' ? Decimal.max(packages, lastEdge.times('1.5')) : beyond;
  return roundNumberFrom(Decimal.max(scale, askedUnits));
}

/** A volume that shows what the prices are about: past their last edge, and still inside of the curve. */
export function exampleUnits(terms: ChargeTerms): Decimal {
  return curveEnd(terms, ZERO).times('0.8').floor();
}

/** A number of events for the same: some of them beyond the free ones. */
export function exampleEvents(terms: ChargeTerms): number {
  const freeEvents = terms.chargeModel === 'percentage' ? percentageTerms(terms.properties).freeEvents : 0;
  return Math.max(freeEvents * 4, 10);
}

/** The next of 1, 2, 5, 10, 20, 50, … that is not smaller. */
export function roundNumberFrom(units: Decimal): Decimal {
  if (units.lte(ONE)) return ONE;
  const power = new Decimal(10).pow(units.e);
  const factor = ['1', '2', '5', '10'].find((each) => power.times(each).gte(units)) ?? '10';
  return power.times(factor);
}

/**
 * The volumes that a curve is read at, ascending, from nothing to its end: what was asked for, edges and one beside them, package steps,
 * and points between.
 */
export function sampleUnits(terms: ChargeTerms, end: Decimal, asked: Decimal = ZERO): readonly Decimal[] {
  const isWhole = isCounted(terms.metric.aggregationType);
  const between = [...evenUnits(end), ...denseUnits(end)].map((units) => (isWhole || end.gte(EVEN_POINTS) ? units.round() : units));
  const marked = curveEdges(terms).flatMap(({ units }) => [units.minus(ONE), units, units.plus(ONE)]);
  const all = [ZERO, asked, end, ...between, ...marked, ...packageSteps(terms, end)];
  const inside = all.filter((units) => units.gte(ZERO) && units.lte(end) && (!isWhole || units.isInteger()));
  return distinct(inside);
}

function evenUnits(end: Decimal): readonly Decimal[] {
  return Array.from({ length: EVEN_POINTS }, (_, index) => end.times(index + 1).div(EVEN_POINTS));
}

/** From a ten-thousandth of the end on, each a little further than the one before. */
function denseUnits(end: Decimal): readonly Decimal[] {
  const growth = new Decimal('1.166'); // 1.166^60 ≈ 10,000
  let units = end.div(10_000);
  return Array.from({ length: DENSE_POINTS }, () => (units = units.times(growth).toSignificantDigits(6)));
}

/** The last unit of each package and the first of the next, while they can be told apart. */
function packageSteps(terms: ChargeTerms, end: Decimal): readonly Decimal[] {
  if (terms.chargeModel !== 'package') return [];
  const { packageSize, freeUnits } = packageTerms(terms.properties);
  const packages = end.minus(freeUnits).div(packageSize);
  if (packages.gt(MAX_PACKAGES)) return [];
  return Array.from({ length: Math.max(packages.floor().toNumber(), 0) + 1 }, (_, index) =>
    decimal(freeUnits).plus(packageSize * index),
  ).flatMap((units) => [units, units.plus(ONE)]);
}

function distinct(units: readonly Decimal[]): readonly Decimal[] {
  const sorted = [...units].sort((one, other) => one.comparedTo(other));
  return sorted.filter((each, index) => index === 0 || !each.eq(sorted[index - 1] ?? ZERO));
}
