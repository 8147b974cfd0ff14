import type { BillingInterval, BillingTime } from '../../shared/billing-interval.ts';
import { Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import { decimal } from '../../shared/decimal.ts';
import { cents } from '../../shared/money.ts';
import type { GridTerms, PlanTerms, SubscriptionTerms, TaxTerms } from '../../main/billing/facts.ts';
import { USD } from './usage-builders.ts';

export const day = (text: string): PlainDate => Temporal.PlainDate.from(text);
export const at = (text: string): Instant => Temporal.Instant.from(text);

/** A monthly plan in arrears at 10.00 without charges. */
export function plan(more: Partial<PlanTerms> = {}): PlanTerms {
  return {
    id: 'plan-1',
    code: 'starter',
    name: 'Starter',
    invoiceDisplayName: null,
    interval: 'monthly',
    amountCents: cents(1000),
    currency: USD,
    payInAdvance: false,
    billChargesMonthly: false,
    trialPeriodDays: null,
    minimumCommitment: null,
    charges: [],
    taxes: [],
    ...more,
  };
}

/** A calendar subscription in UTC that starts, and is made, at this instant. */
export function subscription(startedAt: string, more: Partial<SubscriptionTerms> = {}): SubscriptionTerms {
  return {
    id: 'subscription-1',
    externalId: 'acme-1',
    billingTime: 'calendar',
    subscriptionAt: at(startedAt),
    startedAt: at(startedAt),
    createdAt: at(startedAt),
    terminatedAt: null,
    endsBeforeTermination: false,
    trialEndsAt: null,
    timeZone: 'UTC',
    chargesBilledUntil: null,
    ...more,
  };
}

export function grid(interval: BillingInterval, billingTime: BillingTime, anchor: string): GridTerms {
  return { interval, billingTime, anchor: day(anchor) };
}

export function tax(code: string, rate: string): TaxTerms {
  return { id: `tax-${code}`, code, name: code.toUpperCase(), description: null, rate: decimal(rate) };
}
