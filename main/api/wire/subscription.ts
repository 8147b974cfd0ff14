import { formatInstant, formatInstantMs, laterOf, type Instant } from '../../../shared/dates.ts';
import { centsToWire } from '../../../shared/money.ts';
import type { LifetimeUsageAnswer, SubscriptionAnswer, SubscriptionWithPlanAnswer } from '../../../shared/wire/subscription.ts';
import type { PlanDetails } from '../../catalog/index.ts';
import type { LifetimeUsageView, SubscriptionView } from '../../subscriptions/index.ts';
import { serializePlan } from './plan.ts';

/** A subscription as lists and invoices show it. Rule: api.md § 8 "Output". */
export function serializeSubscription(view: SubscriptionView): SubscriptionAnswer {
  const { subscription, plan, currentPeriod } = view;
  return {
    lago_id: subscription.id,
    external_id: subscription.externalId,
    lago_customer_id: subscription.customerId,
    external_customer_id: view.externalCustomerId,
    name: subscription.name,
    plan_code: plan.code,
    plan_amount_cents: centsToWire(plan.amountCents),
    plan_amount_currency: plan.amountCurrency,
    status: subscription.status,
    billing_time: subscription.billingTime,
    subscription_at: formatInstant(subscription.subscriptionAt),
    started_at: subscription.startedAt === null ? null : formatInstantMs(subscription.startedAt),
    trial_ended_at: timeOrNull(subscription.trialEndedAt),
    ending_at: timeOrNull(subscription.endingAt),
    terminated_at: timeOrNull(subscription.terminatedAt),
    canceled_at: timeOrNull(subscription.canceledAt),
    created_at: formatInstant(subscription.createdAt),
    previous_plan_code: view.previousPlanCode,
    next_plan_code: view.nextPlanCode,
    downgrade_plan_date: view.downgradePlanDate?.toString() ?? null,
    current_billing_period_started_at: timeOrNull(currentPeriod?.startedAt ?? null),
    current_billing_period_ending_at: timeOrNull(currentPeriod?.endingAt ?? null),
    on_termination_credit_note: plan.payInAdvance ? (subscription.onTerminationCreditNote ?? 'credit') : null,
    on_termination_invoice: subscription.onTerminationInvoice,
    progressive_billing_disabled: false,
    consolidate_invoice: true,
    purchase_order_number: null,
    cancellation_reason: null,
    activated_at: timeOrNull(activatedAt(view)),
    payment_method: { payment_method_id: null, payment_method_type: 'provider' },
    activation_rules: [],
  };
}

/** A subscription as a single answer shows it: with its plan. */
export function serializeSubscriptionWithPlan(view: SubscriptionView, plan: PlanDetails): SubscriptionWithPlanAnswer {
  return { ...serializeSubscription(view), plan: serializePlan(plan) };
}

export function serializeLifetimeUsage(view: LifetimeUsageView): LifetimeUsageAnswer {
  return {
    lago_id: view.id,
    lago_subscription_id: view.subscription.id,
    external_subscription_id: view.subscription.externalId,
    external_historical_usage_amount_cents: centsToWire(view.externalHistoricalUsageAmountCents),
    invoiced_usage_amount_cents: centsToWire(view.invoicedUsageAmountCents),
    current_usage_amount_cents: centsToWire(view.currentUsageAmountCents),
    from_datetime: formatInstant(view.from),
    to_datetime: formatInstant(view.to),
  };
}

/** A row with a start in the past became active when it was made. */
function activatedAt({ subscription }: SubscriptionView): Instant | null {
  return subscription.startedAt === null ? null : laterOf(subscription.startedAt, subscription.createdAt);
}

function timeOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
