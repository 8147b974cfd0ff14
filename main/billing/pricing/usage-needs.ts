import type { AggregationType, ChargeModel, ChargeProperties, ChargeTerms } from '../facts.ts';
import { percentageTerms } from './charge-properties.ts';

/**
 * What aggregation must be given for a charge, cheapest first.
 * - `totals`: one mergeable partial of the window (and one of what came before, for recurring metrics).
 * - `day_totals`: the same, one partial for each calendar day of the window.
 * - `unique_values`: the last operation of each value.
 * - `totals_unless_falls`: paid in advance; totals suffice while no value of the window is negative, else the window's events.
 * - `window_events`: the events of the window in time order (and totals or last operations of what came before).
 * - `all_events`: every counted event in time order; for recurring metrics from the first one on.
 */
export type UsageNeeds = 'totals' | 'day_totals' | 'unique_values' | 'totals_unless_falls' | 'window_events' | 'all_events';

/**
 * Says what one charge needs, looking at all its buckets' properties: only percentage with free units or limits per transaction (on
 * values, not on counts), prorated graduated, prorated unique counts and marks of unique counts need ordered events.
 */
export function usageNeeds(charge: ChargeTerms): UsageNeeds {
  const { aggregationType } = charge.metric;
  const listsEvents = [charge.properties, ...charge.filters.map((filter) => filter.properties)].some((properties) =>
    needsListedEvents({ aggregationType, chargeModel: charge.chargeModel, properties }),
  );
  if (charge.payInAdvance) return advanceNeeds(charge, listsEvents);
  if (aggregationType === 'unique_count_agg') return charge.prorated ? 'window_events' : 'unique_values';
  if (charge.prorated) return charge.chargeModel === 'graduated' ? 'window_events' : 'day_totals';
  return listsEvents ? 'all_events' : 'totals';
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
  const { freeEvents, freeUnits, minimumPerEvent, maximumPerEvent } = percentageTerms(terms.properties);
  return freeEvents > 0 || freeUnits.gt(0) || minimumPerEvent !== null || maximumPerEvent !== null;
}
