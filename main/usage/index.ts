/**
 * Owns: usage events from the request to the disk, their rollups, and what is read from both: usage of a charge, current and past usage;
 * what became of each event, for people who look (debugger/).
 * Does not own: how usage is aggregated and priced (billing/), charge periods (billing/periods), invoices.
 * Start reading at: ingest-event.ts (the way in), read-charge-usage.ts (the way out), rollups/definitions.ts (what is kept in between).
 */
export type { AdvanceEventHook } from './commit-group.ts';
export { currentUsage, type CurrentUsageRequest } from './current-usage.ts';
export type { ChargeOfEvent, DebuggedDetails } from './debugger/event-details.ts';
export { EventDebugger, type EventNews, type EventStatus } from './debugger/event-debugger.ts';
export type { RefusedEvent } from './debugger/event-feed.ts';
export { subscriptionsOfCustomer, type EventSearch } from './debugger/event-rows.ts';
export type { DescribedProblem, ProblemReport } from './debugger/describe-problems.ts';
export type { DebuggedPage, DebuggedRow, EventsWish } from './debugger/list-debugged.ts';
export type { ListenerGap } from './debugger/listening.ts';
export type { JudgedMetric } from './debugger/verdict-books.ts';
export { estimateFees, estimateInstantFees, estimateInstantFeesOfBatch, type EstimatedFee } from './estimate-fees.ts';
export type { NewEvent } from './event-input.ts';
export { findEvent, listEvents, type EventFilter, type ListedEvent } from './event-list.ts';
export { findEventErrors, type ArrivalSpan, type EventErrorIds } from './event-errors.ts';
export { eventWarnings, type EventWarning } from './event-warnings.ts';
export { EventIngestion, MAX_BATCH_EVENTS } from './ingest-event.ts';
export { readCodeTotals, type CodeTotals } from './metric-facts/code-events.ts';
export { readMetricDays } from './metric-facts/metric-days.ts';
export { readPastedEvents } from './metric-facts/pasted-events.ts';
export { readEventSample, readSeenProperties } from './metric-facts/seen-properties.ts';
export { tryMetric } from './metric-facts/try-metric.ts';
export { readOngoingUsage, type OngoingUsage } from './ongoing-usage.ts';
export { pastUsage, type PastUsageRequest } from './past-usage.ts';
export { advanceFeeDraft, readAdvanceUsage, type AdvanceFeeRequest } from './read-advance-usage.ts';
export { eventWatermark, readChargeUsage, type ChargeUsageRequest } from './read-charge-usage.ts';
export { readRunningUsage, type RunningUsage } from './running-usage.ts';
export { rebuildRollups } from './rollups/build-rollups.ts';
export { bumpDefinitionsVersion } from './rollups/definitions.ts';
export { verifyRollups, type RollupFault } from './rollups/verify-rollups.ts';
export type { StoredEvent } from './stored-event.ts';
export { subscriptionUsage, type SubscriptionUsage, type UsagePeriod } from './subscription-usage.ts';
export { subscriptionAt, type SubscriptionAt } from './subscription-at.ts';
export type { ChargeUsage, PeriodUsage, UsageFee, UsageFilter } from './usage-view.ts';
export { usageSeries, type SubscriptionSeries, type UsageSeries } from './usage-series.ts';
