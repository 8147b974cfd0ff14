import { assert, assertNever } from '../../../shared/assert.ts';
import type { Instant, PlainDate } from '../../../shared/dates.ts';
import { Decimal, decimal, ONE, sumDecimals, ZERO } from '../../../shared/decimal.ts';
import type { AggregatedUsage, ChargeTerms, MeteredEvent, MetricTerms, PricedEvent, UsageWindow } from '../facts.ts';
import { usageNeeds, type UsageNeeds } from '../pricing/usage-needs.ts';
import { billedDays, dayIndexReader, daysHeldFrom, proratedUnits, shareOfPeriod } from './held-days.ts';
import { walkHeldValues } from './held-values.ts';
import { countActive, mergeUniqueValues, noUniqueValues, uniqueValuesOf, type UniqueValues } from './unique-values.ts';
import { compareInTime, emptyPartial, mergePartials, partialOf, type UsagePartial } from './usage-partial.ts';

/** How the usage of one charge is aggregated over one window. */
export interface AggregationTerms {
  readonly metric: MetricTerms;
  readonly prorated: boolean;
  readonly needs: UsageNeeds;
  readonly window: UsageWindow;
}

/** What happened before the window, of which only recurring metrics take notice. */
export interface CarriedUsage {
  readonly partial: UsagePartial;
  /** Unique counts only. */
  readonly values: UniqueValues;
}

/** The partial of one calendar day of the window's time zone. */
export interface DayPartial {
  readonly day: PlainDate;
  readonly partial: UsagePartial;
}

const DAY_MS = 86_400_000;

/** The terms by which a charge is aggregated. */
export function aggregationTerms(charge: ChargeTerms, window: UsageWindow): AggregationTerms {
  return { metric: charge.metric, prorated: charge.prorated, needs: usageNeeds(charge), window };
}

/** Nothing before the window. */
export function nothingCarried(): CarriedUsage {
  return { partial: emptyPartial(), values: noUniqueValues() };
}

/**
 * Aggregates one bucket from its events. Events before the window's first second are carried in by recurring metrics and left out by others,
 * and those after its end count for nothing. `carried` holds earlier events that are not listed. Rule: pricing.md §§ 2–4.
 */
export function aggregateEvents(
  terms: AggregationTerms,
  events: readonly MeteredEvent[],
  carried: CarriedUsage = nothingCarried(),
): AggregatedUsage {
  const { earlier, inside } = splitAtWindow(terms, inTimeOrder(events));
  if (terms.metric.aggregationType === 'unique_count_agg') {
    const before = terms.metric.recurring ? mergeUniqueValues(carried.values, uniqueValuesOf(earlier)) : noUniqueValues();
    if (terms.prorated) return aggregateHeldValues(terms, inside, before);
    return aggregateUniqueValues(mergeUniqueValues(before, uniqueValuesOf(inside)));
  }
  const before = terms.metric.recurring ? mergePartials(carried.partial, partialOf(earlier)) : emptyPartial();
  if (terms.prorated) return aggregateProratedEvents(terms, inside, before);
  const usage = aggregatePartials(terms, partialOf(inside), before);
  if (terms.needs !== 'all_events' && terms.needs !== 'first_events') return usage;
  const listed = terms.metric.aggregationType === 'sum_agg' ? [...earlier, ...inside] : inside;
  assert(listed.length === usage.eventsCount, 'a charge that needs all events is given all of them');
  return { ...usage, events: listed.map((event) => ({ value: valueOf(event), ratio: ONE })) };
}

/**
 * Aggregates one bucket of a charge that is not prorated from the partial of the window and, for recurring metrics, of all that came before.
 * Not for unique counts. Rule: pricing.md § 3.
 */
export function aggregatePartials(terms: AggregationTerms, inside: UsagePartial, before: UsagePartial = emptyPartial()): AggregatedUsage {
  const carried = terms.metric.recurring ? before : emptyPartial();
  switch (terms.metric.aggregationType) {
    case 'count_agg':
      return usageOf(decimal(inside.eventsCount), inside.eventsCount);
    case 'sum_agg': {
      const { sum, eventsCount, preciseAmountCents } = mergePartials(carried, inside);
      return { ...usageOf(sum, eventsCount), preciseAmountCents };
    }
    case 'max_agg':
      return usageOf(inside.max ?? ZERO, inside.eventsCount);
    case 'latest_agg':
      return usageOf(Decimal.max(inside.latest?.value ?? ZERO, ZERO), inside.eventsCount);
    case 'weighted_sum_agg':
      return weightedSum(terms.window, inside, carried.sum);
    case 'unique_count_agg':
      throw new Error('broken belief: unique counts are aggregated from their values');
    default:
      return assertNever(terms.metric.aggregationType, 'aggregation type');
  }
}

/**
 * Aggregates one bucket of a prorated sum from the partials of its calendar days: each day's sum weighs the days from that day to the
 * window's last one, what came before weighs the whole window. Rule: pricing.md § 4 "Prorated".
 */
export function aggregateDays(terms: AggregationTerms, days: readonly DayPartial[], before: UsagePartial): AggregatedUsage {
  const inside = days.reduce((merged, { partial }) => mergePartials(merged, partial), emptyPartial());
  const carriedDays = before.sum.times(billedDays(terms.window));
  const unitDays = days.map(({ day, partial }) => partial.sum.times(daysHeldFrom(day, terms.window)));
  return {
    ...aggregatePartials(terms, inside, before),
    proratedUnits: proratedUnits(carriedDays.plus(sumDecimals(unitDays)), terms.window),
  };
}

/** Aggregates one bucket of a unique count that is not prorated from last operations. Rule: pricing.md § 3 "unique_count". */
export function aggregateUniqueValues(values: UniqueValues): AggregatedUsage {
  const active = countActive(values);
  return usageOf(decimal(active), active);
}

/** The usage of a bucket without events, for first flats and for buckets that are shown empty. */
export function emptyUsage(prorated: boolean): AggregatedUsage {
  return { ...usageOf(ZERO, 0), proratedUnits: prorated ? ZERO : null, preciseAmountCents: ZERO, events: [] };
}

function aggregateProratedEvents(terms: AggregationTerms, inside: readonly MeteredEvent[], before: UsagePartial): AggregatedUsage {
  const { window } = terms;
  const windowDays = billedDays(window);
  const dayIndex = dayIndexReader(window);
  const held = inside.map((event) => ({ value: valueOf(event), days: windowDays - dayIndex(event.at) }));
  const unitDays = before.sum.times(windowDays).plus(sumDecimals(held.map(({ value, days }) => value.times(days))));
  const usage = { ...aggregatePartials(terms, partialOf(inside), before), proratedUnits: proratedUnits(unitDays, window) };
  if (terms.needs !== 'window_events') return usage;
  const opening: readonly PricedEvent[] = before.sum.isZero() ? [] : [{ value: before.sum, ratio: shareOfPeriod(windowDays, window) }];
  return { ...usage, events: [...opening, ...held.map(({ value, days }) => ({ value, ratio: shareOfPeriod(days, window) }))] };
}

function aggregateHeldValues(terms: AggregationTerms, inside: readonly MeteredEvent[], before: UniqueValues): AggregatedUsage {
  const held = walkHeldValues(terms.window, before, inside);
  return {
    ...usageOf(decimal(held.active), held.active),
    proratedUnits: proratedUnits(decimal(held.valueDays), terms.window),
    events: held.events,
  };
}

/** Level x time held, over the days of the full period x 24 hours. Rule: pricing.md § 3 "weighted_sum". */
function weightedSum(window: UsageWindow, inside: UsagePartial, openingLevel: Decimal): AggregatedUsage {
  const endMs = (window.heldUntil ?? window.end).epochMilliseconds;
  const opening = openingLevel.times(endMs - window.from.epochMilliseconds);
  const changes = inside.sum.times(endMs).minus(inside.weightedMs); // Σ value × (end − its instant)
  const units = opening.plus(changes).div(decimal(window.fullPeriodDays).times(DAY_MS));
  return { ...usageOf(units, inside.eventsCount), totalAggregatedUnits: openingLevel.plus(inside.sum) };
}

function usageOf(units: Decimal, eventsCount: number): AggregatedUsage {
  return { units, totalAggregatedUnits: units, eventsCount, proratedUnits: null, preciseAmountCents: null, events: null };
}

function valueOf(event: MeteredEvent): Decimal {
  assert(event.value !== null, 'an event of a metric of values has a value');
  return new Decimal(event.value);
}

function splitAtWindow(terms: AggregationTerms, events: readonly MeteredEvent[]) {
  const { from, end } = terms.window;
  const isBefore = (event: MeteredEvent, instant: Instant): boolean => event.at.epochMilliseconds < instant.epochMilliseconds;
  return {
    earlier: terms.metric.recurring ? events.filter((event) => isBefore(event, from)) : [],
    inside: events.filter((event) => !isBefore(event, from) && isBefore(event, end)),
  };
}

/** Events by timestamp, then by arrival; a list already in order is not copied. */
export function inTimeOrder(events: readonly MeteredEvent[]): readonly MeteredEvent[] {
  const isOrdered = events.every((event, index) => index === 0 || compareInTime(events[index - 1] ?? event, event) <= 0);
  return isOrdered ? events : [...events].sort(compareInTime);
}
