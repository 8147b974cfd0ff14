import type { Decimal } from '../../../shared/decimal.ts';
import type { AggregationType, ChargeModel, ChargeProperties, ChargeTerms } from '../facts.ts';
import { percentageTerms } from './charge-properties.ts';

/**
 * What aggregation must be given for a charge, cheapest first.
 * - `totals`: one mergeable partial of the window (and one of what came before, for recurring metrics).
 * - `day_totals`: the same, one partial for each calendar day of the window.
 * - `unique_values`: the last operation of each value.
 * - `totals_unless_falls`: paid in advance; totals suffice while no value of the window is negative, else the window's events.
 * - `window_events`: the events of the window in time order (and totals or last operations of what came before).
 * - `first_events`: totals, and the first events in time order until the free ones are used up; all of them when a value is negative.
 * - `all_events`: every counted event in time order; for recurring metrics from the first one on.
 */
export type UsageNeeds =
  'totals' | 'day_totals' | 'unique_values' | 'totals_unless_falls' | 'window_events' | 'first_events' | 'all_events';

/**
 * Says what one charge needs, looking at all its buckets' properties: only percentage with free units or limits per transaction (on
 * values, not on counts), prorated graduated, prorated unique counts and marks of unique counts need ordered events.
 */
export function usageNeeds(charge: ChargeTerms): UsageNeeds {
  const { aggregationType } = charge.metric;
  const bucketTerms = [charge.properties, ...charge.filters.map((filter) => filter.properties)].map((properties) => ({
    aggregationType,
    chargeModel: charge.chargeModel,
    properties,
  }));
  const listsEvents = bucketTerms.some(needsListedEvents);
  if (charge.payInAdvance) return advanceNeeds(charge, listsEvents);
  if (aggregationType === 'unique_count_agg') return charge.prorated ? 'window_events' : 'unique_values';
  if (charge.prorated) return charge.chargeModel === 'graduated' ? 'window_events' : 'day_totals';
  if (!listsEvents) return 'totals';
  return aggregationType === 'sum_agg' && !bucketTerms.some(({ properties }) => hasLimits(properties)) ? 'first_events' : 'all_events';
}

/** A minimum or maximum per transaction prices each event by itself. */
function hasLimits(properties: ChargeProperties): boolean {
  const { minimumPerEvent, maximumPerEvent } = percentageTerms(properties);
  return minimumPerEvent !== null || maximumPerEvent !== null;
}

/**
 * Whether the first events of a bucket are all that a percentage without limits looks at: its free events or free units are used up, and as
 * no value is negative no later one changes that. Rule: pricing.md § 5 "percentage".
 */
export function areFreeOnesUsedUp(properties: ChargeProperties, listed: { readonly count: number; readonly total: Decimal }): boolean {
  const { freeEvents, freeUnits } = percentageTerms(properties);
  if (freeEvents === 0 && freeUnits.isZero()) return true;
  return (freeEvents > 0 && listed.count >= freeEvents) || (freeUnits.gt(0) && listed.total.gte(freeUnits));
}

/** Charges paid in advance are priced on the high-water mark of the level, which only falls make different from the level itself. */
function advanceNeeds(charge: ChargeTerms, listsEvents: boolean): UsageNeeds {
  if (charge.metric.aggregationType === 'count_agg') return 'totals';
  const isOrdered = charge.metric.aggregationType === 'unique_count_agg' || charge.prorated || listsEvents;
  return isOrdered ? 'window_events' : 'totals_unless_falls';
}

/** Whether a price depends on each event's own value, in time order. For counts each event is 1, so their number says all. */
export function needsListedEvents(terms: {
  readonly aggregationType: AggregationType;
  readonly chargeModel: ChargeModel;
  readonly properties: ChargeProperties;
}): boolean {
  if (terms.chargeModel !== 'percentage') return false;
  if (terms.aggregationType === 'count_agg' || terms.aggregationType === 'unique_count_agg') return false;
  const { freeEvents, freeUnits } = percentageTerms(terms.properties);
  return freeEvents > 0 || freeUnits.gt(0) || hasLimits(terms.properties);
}
