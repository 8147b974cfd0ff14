import { Decimal, ONE, ZERO } from '../../shared/decimal.ts';
import type { AggregatedUsage, AggregationType, BucketUsage, ChargeTerms } from '../billing/facts.ts';

/** Units of one bucket that somebody wants to know the price of. */
export interface UnitsWish {
  readonly units: Decimal;
  /** Null where it was not said: one event then, except where events are what is counted. */
  readonly eventsCount: number | null;
  /** Dynamic charges: what the events carry, in cents. */
  readonly preciseAmountCents: Decimal | null;
}

/** What one charge is asked about. */
export interface ChargeWish {
  /** Events that no filter takes. */
  readonly everythingElse: UnitsWish;
  /** Nobody said how many units: an example is taken that shows what the prices are about. */
  readonly wantsExample?: boolean;
  /** In the order of the charge's filters; those that are missing are at nothing. */
  readonly filters: readonly UnitsWish[];
  /** How far curves go; null lets the prices decide. */
  readonly maxUnits: Decimal | null;
}

export const NOTHING_WISHED: UnitsWish = { units: ZERO, eventsCount: null, preciseAmountCents: null };

/** Whether one unit is one event (or one value), so that there are no fractions of it. */
export function isCounted(aggregationType: AggregationType): boolean {
  return aggregationType === 'count_agg' || aggregationType === 'unique_count_agg';
}

/** Usage as if so many units had been received and, where days held matter, held for the whole period. */
export function imaginedUsage(terms: ChargeTerms, wish: UnitsWish): AggregatedUsage {
  const { units } = wish;
  const counts = isCounted(terms.metric.aggregationType);
  const eventsCount = counts ? units.toNumber() : (wish.eventsCount ?? (units.isZero() ? 0 : 1));
  const isShared = terms.chargeModel === 'percentage' && !counts;
  return {
    units,
    totalAggregatedUnits: units,
    eventsCount,
    proratedUnits: terms.prorated ? units : null,
    preciseAmountCents: wish.preciseAmountCents ?? ZERO,
    events: isShared || !terms.prorated ? null : units.isZero() ? [] : [{ value: units, ratio: ONE }],
    ...(terms.chargeModel === 'percentage' ? { hasEvenEvents: true } : {}),
  };
}

/** One bucket of each filter, then the one of everything else. */
export function imaginedBuckets(terms: ChargeTerms, wish: ChargeWish): readonly BucketUsage[] {
  const filtered = terms.filters.map((filter, index) => ({
    key: { filterId: filter.id, groupedBy: {} },
    ...imaginedUsage(terms, wish.filters[index] ?? NOTHING_WISHED),
  }));
  return [...filtered, { key: { filterId: null, groupedBy: {} }, ...imaginedUsage(terms, wish.everythingElse) }];
}

/** The same usage grown or shrunk to other units: each event stays as large as it was. */
export function scaledWish(wish: UnitsWish, units: Decimal): UnitsWish {
  const { eventsCount, preciseAmountCents } = wish;
  if (wish.units.isZero()) return { units, eventsCount: units.isZero() ? 0 : 1, preciseAmountCents };
  const scaled = (value: Decimal): Decimal => value.times(units).div(wish.units);
  return {
    units,
    eventsCount: eventsCount === null ? null : scaled(new Decimal(eventsCount)).ceil().toNumber(),
    preciseAmountCents: preciseAmountCents === null ? null : scaled(preciseAmountCents),
  };
}
