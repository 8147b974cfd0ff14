import { dateIn, earlierOf, inclusiveEnd, laterDate, startOfDay, Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import type { BillingItem, FeeSpan, UsageSpan } from './billing-item.ts';
import type { PlanTerms, SubscriptionTerms } from './facts.ts';
import { chargePeriodContaining, feeGrid, isBoundary, periodContaining, trialEndDate, type ChargePeriod } from './periods/index.ts';

/**
 * What a row bills on one of its billing dates: the usage of the elapsed charge period and, on a boundary of the fee grid, the fee of the
 * elapsed period (in arrears) or of the new one (in advance, unless its trial ends later). Rule: subscriptions.md §§ 4, 5.
 */
export function periodicItem(subscription: SubscriptionTerms, plan: PlanTerms, billingDate: PlainDate): BillingItem {
  const lastDay = billingDate.subtract({ days: 1 });
  const elapsed = chargePeriodContaining(subscription, plan, lastDay);
  const isFeeBoundary = isBoundary(feeGrid(subscription, plan), billingDate);
  const running = feeSpan(subscription, plan, { date: billingDate });
  const finished = feeSpan(subscription, plan, { date: lastDay });
  const trialEnds = trialEndDate(subscription);
  const isBilledAhead = trialEnds === null || Temporal.PlainDate.compare(trialEnds, billingDate) <= 0;
  return {
    reason: 'subscription_periodic',
    subscriptionFee: isFeeBoundary ? (plan.payInAdvance ? (isBilledAhead ? running : null) : finished) : null,
    usage: usageSpan(elapsed, []),
    advanceUsage: usageSpan(beginningPeriod(subscription, plan, billingDate), []),
    commitment: isFeeBoundary ? finished : null,
    shown: shownDates(plan.payInAdvance ? running : finished, elapsed),
  };
}

/** What a row paid in advance bills when it starts, or when its trial ends: the fee of the rest of the running period. Rule: subscriptions.md § 5. */
export function startingItem(subscription: SubscriptionTerms, plan: PlanTerms, date: PlainDate): BillingItem {
  const running = feeSpan(subscription, plan, { date, from: date });
  return {
    reason: 'subscription_starting',
    subscriptionFee: running,
    usage: null,
    advanceUsage: null,
    commitment: null,
    shown: shownDates(running, chargePeriodContaining(subscription, plan, date)),
  };
}

/** The dates that an in-advance usage invoice shows: the periods that hold the day of its event. Nothing else is billed on it. */
export function advanceUsageItem(subscription: SubscriptionTerms, plan: PlanTerms, date: PlainDate): BillingItem {
  const charges = chargePeriodContaining(subscription, plan, date);
  return {
    reason: 'in_advance_charge',
    subscriptionFee: null,
    usage: null,
    advanceUsage: null,
    commitment: null,
    shown: shownDates(feeSpan(subscription, plan, { date }), charges),
  };
}

/** How a row ends. */
export type Ending =
  /** At an instant of a day that still counts: termination, or an `ending_at` inside a day. */
  | { readonly kind: 'termination'; readonly at: Instant }
  /** At an instant of a day that belongs to the dearer plan. */
  | { readonly kind: 'upgrade'; readonly at: Instant; readonly excludedMetricIds: readonly string[] }
  /** Exactly at the start of a billing date: a downgrade, or an `ending_at` there. No extra day. */
  | { readonly kind: 'boundary'; readonly at: Instant; readonly excludedMetricIds: readonly string[] };

/**
 * What a row bills when it ends: its usage to that instant and, in arrears, its fee to the last billed day (the day of a termination counts,
 * the day of an upgrade does not). `subscription` already carries the end. Rule: subscriptions.md §§ 3, 5, 6.
 */
export function terminatingItem(subscription: SubscriptionTerms, plan: PlanTerms, ending: Ending): BillingItem {
  const { periodDate, lastDay } = endOfSpan(subscription, ending);
  const charges = chargePeriodContaining(subscription, plan, periodDate);
  const span = feeSpan(subscription, plan, { date: periodDate, lastDay });
  const isEmpty = charges.window.from.epochMilliseconds >= charges.window.end.epochMilliseconds;
  return {
    reason: 'subscription_terminating',
    subscriptionFee: plan.payInAdvance ? null : span,
    usage: isEmpty ? null : usageSpan(charges, ending.kind === 'termination' ? [] : ending.excludedMetricIds),
    advanceUsage: null,
    commitment: span,
    shown: shownDates(span, charges),
  };
}

/**
 * The recurring metrics that an ended row leaves to the row that follows: those that the new plan charges in arrears and not prorated.
 * Prorated charges of the old row are billed for their part all the same. Rule: subscriptions.md § 4.
 */
export function metricsBilledByNextPlan(nextPlan: PlanTerms): readonly string[] {
  const taken = nextPlan.charges.filter((charge) => charge.metric.recurring && !charge.payInAdvance && !charge.prorated);
  return [...new Set(taken.map((charge) => charge.metric.id))];
}

interface EndOfSpan {
  /** A day of the periods that the end belongs to. */
  readonly periodDate: PlainDate;
  readonly lastDay: PlainDate;
}

function endOfSpan(subscription: SubscriptionTerms, ending: Ending): EndOfSpan {
  const endDate = dateIn(ending.at, subscription.timeZone);
  if (ending.kind === 'termination') return { periodDate: endDate, lastDay: endDate };
  if (ending.kind === 'upgrade') return { periodDate: endDate, lastDay: endDate.subtract({ days: 1 }) };
  // The day that was lived last: where a zone skipped a day, the boundary is the first instant of the day after the skipped one.
  const lastDay = dateIn(inclusiveEnd(ending.at), subscription.timeZone);
  return { periodDate: lastDay, lastDay };
}

interface SpanOf {
  /** A day of the fee period. */
  readonly date: PlainDate;
  /** First day that can be billed, when the occasion is inside the period. */
  readonly from?: PlainDate;
  /** Last billed day, when it is before the end of the period. */
  readonly lastDay?: PlainDate;
}

function feeSpan(subscription: SubscriptionTerms, plan: PlanTerms, of: SpanOf): FeeSpan {
  const zone = subscription.timeZone;
  const period = periodContaining(feeGrid(subscription, plan), of.date);
  const startedOn = dateIn(subscription.startedAt, zone);
  const shownFrom = laterDate(period.start, startedOn);
  const firstDay = [of.from, trialEndDate(subscription)].reduce<PlainDate>(
    (first, day) => (day ? laterDate(first, day) : first),
    shownFrom,
  );
  const periodEnd = inclusiveEnd(startOfDay(period.next, zone));
  const end = subscription.terminatedAt;
  return {
    firstDay,
    lastDay: of.lastDay ?? period.next.subtract({ days: 1 }),
    period,
    fromAt: startOfDay(shownFrom, zone),
    toAt: end === null ? periodEnd : earlierOf(end, periodEnd),
  };
}

/** The charge period that begins on a billing date, where the one before it ended. */
function beginningPeriod(subscription: SubscriptionTerms, plan: PlanTerms, billingDate: PlainDate): ChargePeriod {
  return chargePeriodContaining({ ...subscription, chargesBilledUntil: startOfDay(billingDate, subscription.timeZone) }, plan, billingDate);
}

function usageSpan(period: ChargePeriod, excludedMetricIds: readonly string[]): UsageSpan {
  return { window: period.window, fromAt: period.fromAt, toAt: period.toAt, excludedMetricIds };
}

function shownDates(span: FeeSpan, charges: ChargePeriod): BillingItem['shown'] {
  return { subscriptionFrom: span.fromAt, subscriptionTo: span.toAt, chargesFrom: charges.fromAt, chargesTo: charges.toAt };
}
