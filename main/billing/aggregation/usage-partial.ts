import { assert } from '../../../shared/assert.ts';
import type { Instant } from '../../../shared/dates.ts';
import { Decimal, isDecimalText, ZERO } from '../../../shared/decimal.ts';
import type { MeteredEvent } from '../facts.ts';

/** A value and its place in time order. */
export interface LatestValue {
  readonly value: Decimal;
  readonly at: Instant;
  readonly sequence: number;
}

/**
 * What some events of one bucket add up to. Partials of any split of the events, merged in any order, say the same as the events:
 * enough for count, sum, max, latest and weighted sum. Rule: pricing.md § 3.
 */
export interface UsagePartial {
  readonly eventsCount: number;
  readonly sum: Decimal;
  readonly max: Decimal | null;
  /** Events with a negative value: while there are none, a level's highest point is its end. */
  readonly fallsCount: number;
  readonly latest: LatestValue | null;
  /** Σ value × epoch milliseconds of the event. */
  readonly weightedMs: Decimal;
  /** Σ of the prices that came with the events, in cents with fractions. */
  readonly preciseAmountCents: Decimal;
}

const EMPTY: UsagePartial = {
  eventsCount: 0,
  sum: ZERO,
  max: null,
  fallsCount: 0,
  latest: null,
  weightedMs: ZERO,
  preciseAmountCents: ZERO,
};

/** The partial of no event. */
export function emptyPartial(): UsagePartial {
  return EMPTY;
}

/** The partial with one more event, whose value is numeric or (for counts) absent. */
export function addEvent(partial: UsagePartial, event: MeteredEvent): UsagePartial {
  const eventsCount = partial.eventsCount + 1;
  const preciseAmountCents =
    event.preciseAmountCents === null ? partial.preciseAmountCents : partial.preciseAmountCents.plus(event.preciseAmountCents);
  if (event.value === null) return { ...partial, eventsCount, preciseAmountCents };
  assert(isDecimalText(event.value), 'only events with a numeric value are counted');
  const value = new Decimal(event.value);
  return {
    eventsCount,
    sum: sumOf(partial.sum, value),
    max: largerOf(partial.max, value),
    fallsCount: partial.fallsCount + (value.isNegative() && !value.isZero() ? 1 : 0),
    latest: laterOf(partial.latest, { value, at: event.at, sequence: event.sequence }),
    weightedMs: sumOf(partial.weightedMs, value.times(event.at.epochMilliseconds)),
    preciseAmountCents,
  };
}

/** The partial of the events of both. */
export function mergePartials(one: UsagePartial, other: UsagePartial): UsagePartial {
  if (one.eventsCount === 0) return other;
  if (other.eventsCount === 0) return one;
  return {
    eventsCount: one.eventsCount + other.eventsCount,
    sum: sumOf(one.sum, other.sum),
    max: other.max === null ? one.max : largerOf(one.max, other.max),
    fallsCount: one.fallsCount + other.fallsCount,
    latest: other.latest === null ? one.latest : laterOf(one.latest, other.latest),
    weightedMs: sumOf(one.weightedMs, other.weightedMs),
    preciseAmountCents: sumOf(one.preciseAmountCents, other.preciseAmountCents),
  };
}

/** The partial of a list of events, in whatever order. */
export function partialOf(events: Iterable<MeteredEvent>): UsagePartial {
  let partial = EMPTY;
  for (const event of events) partial = addEvent(partial, event);
  return partial;
}

/** Most partials leave most sums at zero, and thousands are merged every second. */
function sumOf(one: Decimal, other: Decimal): Decimal {
  if (other === ZERO) return one;
  return one === ZERO ? other : one.plus(other);
}

function largerOf(one: Decimal | null, other: Decimal): Decimal {
  return one === null || other.gt(one) ? other : one;
}

function laterOf(one: LatestValue | null, other: LatestValue): LatestValue {
  return one === null || compareInTime(one, other) < 0 ? other : one;
}

/** Orders by timestamp, then by arrival. Rule: pricing.md § 2. */
export function compareInTime(
  one: { readonly at: Instant; readonly sequence: number },
  other: { readonly at: Instant; readonly sequence: number },
): number {
  return one.at.epochMilliseconds - other.at.epochMilliseconds || one.sequence - other.sequence;
}
