import { dateIn, daysBetween, earlierOf, inclusiveEnd, type Instant, type PlainDate } from '../../shared/dates.ts';
import { decimal } from '../../shared/decimal.ts';
import { roundCents, type Cents } from '../../shared/money.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import type { BillingInterval } from '../../shared/billing-interval.ts';
import type { PlanTerms, UsageWindow } from '../billing/facts.ts';
import { chargeGrid, currentChargePeriod, periodContaining } from '../billing/periods/index.ts';
import { readPlanTerms } from '../catalog/index.ts';
import { customerTimeZone, readCustomer, readOrganization, subscriptionTerms, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { ServiceContext } from '../service-context.ts';
import { currentUsage } from './current-usage.ts';
import type { PeriodUsage } from './usage-view.ts';

/** Before a hundredth of a period has gone, its pace says nothing. */
const LEAST_SHARE_GONE = 100;

/** The running charge period in days of the customer's zone. */
export interface UsagePeriod {
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  /** The whole period of the grid, both ends included. */
  readonly gridFirstDay: PlainDate;
  readonly gridLastDay: PlainDate;
  readonly interval: BillingInterval;
  readonly timeZone: string;
  /** Today counts. */
  readonly daysLeft: number;
}

/** A subscription row by our id, with what its running period has come to. */
export interface SubscriptionUsage {
  readonly subscription: Subscription;
  readonly customer: Customer;
  readonly plan: PlanTerms;
  readonly timeZone: string;
  /** Null unless the row is active. */
  readonly current: { readonly period: UsagePeriod; readonly usage: PeriodUsage; readonly projectedAmountCents: Cents | null } | null;
}

/** What a subscription has used in the charge period that holds now, and where that leads at the pace so far. Errors: 404. */
export async function subscriptionUsage(context: ServiceContext, subscriptionId: string): Promise<Result<SubscriptionUsage>> {
  const db = context.database.read;
  const line = await readLine(db, context.organizationId, subscriptionId);
  if (line === null) return notFound('subscription');
  const { subscription, customer, plan, timeZone } = line;
  if (subscription.status !== 'active') return ok({ subscription, customer, plan, timeZone, current: null });
  const usage = await currentUsage(context, {
    externalCustomerId: customer.externalId,
    subscriptionId: subscription.externalId,
    applyTaxes: true,
  });
  if (!usage.ok) return usage;
  const now = context.clock.now();
  const terms = subscriptionTerms(subscription, timeZone);
  const { window } = currentChargePeriod(terms, plan, now);
  const grid = chargeGrid(terms, plan);
  const whole = periodContaining(grid, window.firstDay);
  const period: UsagePeriod = {
    firstDay: window.firstDay,
    lastDay: window.lastDay,
    gridFirstDay: whole.start,
    gridLastDay: whole.next.subtract({ days: 1 }),
    interval: grid.interval,
    timeZone,
    daysLeft: Math.max(daysBetween(dateIn(now, timeZone), window.lastDay) + 1, 0),
  };
  return ok({
    subscription,
    customer,
    plan,
    timeZone,
    current: { period, usage: usage.value, projectedAmountCents: projected(usage.value.amountCents, window, now) },
  });
}

/** A subscription row with its customer, plan and zone; null for an unknown id. */
export async function readLine(
  db: ReadDatabase,
  organizationId: string,
  subscriptionId: string,
): Promise<{
  readonly subscription: Subscription;
  readonly customer: Customer;
  readonly plan: PlanTerms;
  readonly timeZone: string;
} | null> {
  const subscription = findRow(db, subscriptions, { id: subscriptionId, organizationId });
  if (subscription === null) return null;
  const customer = await readCustomer(db, subscription.customerId);
  const timeZone = customerTimeZone(customer, await readOrganization(db, organizationId));
  return { subscription, customer, plan: await readPlanTerms(db, subscription.planId), timeZone };
}

/** Linear: amount so far × length of the period ÷ time gone. An estimate: prices by tiers or packages do not grow evenly. */
function projected(amountCents: Cents, window: UsageWindow, now: Instant): Cents | null {
  const lengthMs = window.end.epochMilliseconds - window.from.epochMilliseconds;
  const goneMs = earlierOf(now, inclusiveEnd(window.end)).epochMilliseconds - window.from.epochMilliseconds;
  if (goneMs <= 0 || goneMs * LEAST_SHARE_GONE < lengthMs) return null;
  return roundCents(decimal(amountCents).times(lengthMs).div(goneMs));
}
