import { dateIn, type Instant, type PlainDate } from '../../../shared/dates.ts';
import type { Decimal } from '../../../shared/decimal.ts';
import type { SubscriptionTerms } from '../facts.ts';

const MS_PER_DAY = 86_400_000;

/**
 * When a trial ends: the first start of the external id plus 24 hours for each day; a plan change never restarts it. Null without a trial.
 * Rule: subscriptions.md § 9.
 */
export function trialEnd(firstStartedAt: Instant, trialPeriodDays: Decimal | null): Instant | null {
  if (trialPeriodDays === null || trialPeriodDays.lessThanOrEqualTo(0)) return null;
  return firstStartedAt.add({ milliseconds: trialPeriodDays.times(MS_PER_DAY).trunc().toNumber() });
}

/** The day of the trial's end in the customer's zone, which is billed; null without a trial. */
export function trialEndDate(subscription: SubscriptionTerms): PlainDate | null {
  return subscription.trialEndsAt === null ? null : dateIn(subscription.trialEndsAt, subscription.timeZone);
}

/** Whether an instant lies inside the trial. */
export function isInTrial(subscription: SubscriptionTerms, at: Instant): boolean {
  return subscription.trialEndsAt !== null && at.epochMilliseconds < subscription.trialEndsAt.epochMilliseconds;
}
