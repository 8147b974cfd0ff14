import { z } from 'zod';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import {
  ENDING_SOON_DAYS,
  MAX_RUNNING_AMOUNTS,
  SUBSCRIPTION_SORTS,
  type DaySpan,
  type LineRowAnswer,
  type PeriodAnswer,
  type RunningAmountsAnswer,
  type SubscriptionFactsAnswer,
  type SubscriptionRow,
} from '../../../shared/internal/subscriptions.ts';
import { dateIn, formatInstant, isBefore } from '../../../shared/dates.ts';
import { centsToWire } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import type { ServiceContext } from '../../service-context.ts';
import {
  listSubscriptionPage,
  nextInvoiceDay,
  readSubscriptionFacts,
  readSubscriptionsById,
  retryParked,
  SUBSCRIPTION_STATUSES,
  type ListedSubscription,
  type RuledPeriod,
  type SubscriptionFacts,
  type SubscriptionView,
} from '../../subscriptions/index.ts';
import { currentUsage } from '../../usage/index.ts';
import { route, type Route } from '../route.ts';
import type { QueryValues } from '../query.ts';
import { serializeSubscription, serializeSubscriptionWithPlan } from '../wire/subscription.ts';
import { askedPage } from './list-wish.ts';
import { overridesOf } from './plan-differences.ts';

const internal = { access: 'session', tag: 'internal', answer: z.unknown() } as const;

/** Rule: ui.md § 4.6. */
export const internalSubscriptionRoutes: readonly Route[] = [
  route({
    ...internal,
    method: 'get',
    path: '/lists/subscriptions',
    summary: 'A page of subscriptions in any order that the screens offer',
    respond: async ({ context, query }) => {
      const { rows, next, total } = await listSubscriptionPage(context, {
        filter: readFilter(query),
        page: askedPage(query, SUBSCRIPTION_SORTS),
      });
      const now = context.clock.now();
      const endingUntil = now.add({ hours: HOURS_OF_A_DAY * ENDING_SOON_DAYS });
      const isEndingSoon = ({ subscription: { status, endingAt } }: SubscriptionView): boolean =>
        status === 'active' && endingAt !== null && isBefore(endingAt, endingUntil);
      const answer: ListAnswer<SubscriptionRow> = {
        rows: rows.map((row) => ({ ...serializeRow(row), is_ending_soon: isEndingSoon(row.view) })),
        next,
        total,
      };
      return ok(answer);
    },
  }),
  route({
    ...internal,
    method: 'get',
    path: '/subscriptions/running_amounts',
    summary: 'What subscriptions have used in their running periods',
    respond: async ({ context, services, query }) => {
      void services.ingestion.keepUpRollups();
      return ok(await runningAmounts(context, (query.text('ids') ?? '').split(',').slice(0, MAX_RUNNING_AMOUNTS)));
    },
  }),
  route({
    ...internal,
    method: 'get',
    path: '/subscriptions/:id',
    summary: 'Everything that the page about a subscription says',
    respond: async ({ context, pathValues }) => {
      const facts = await readSubscriptionFacts(context, pathValues['id'] ?? '');
      return facts.ok ? ok(serializeFacts(facts.value)) : facts;
    },
  }),
  route({
    ...internal,
    method: 'post',
    path: '/subscriptions/:id/retry_billing',
    summary: 'Let a parked subscription be billed again',
    respond: async ({ context, pathValues }) => {
      const id = pathValues['id'] ?? '';
      const retried = await retryParked(context, id);
      if (!retried.ok) return retried;
      const facts = await readSubscriptionFacts(context, id);
      return facts.ok ? ok(serializeFacts(facts.value)) : facts;
    },
  }),
];

const HOURS_OF_A_DAY = 24;

function readFilter(query: QueryValues): Parameters<typeof listSubscriptionPage>[1]['filter'] {
  const statuses = (query.text('status') ?? '').split(',').flatMap((asked) => SUBSCRIPTION_STATUSES.find((known) => known === asked) ?? []);
  const text = (name: string): string | undefined => {
    const value = query.text(name)?.trim();
    return value === '' ? undefined : value;
  };
  const customerId = text('customer_id');
  const planId = text('plan_id');
  const search = text('search');
  return {
    ...(customerId === undefined ? {} : { customerId }),
    ...(planId === undefined ? {} : { planId }),
    ...(search === undefined ? {} : { search }),
    ...(statuses.length === 0 ? {} : { statuses }),
    ...(query.text('ending_soon') === 'true' ? { endsWithinDays: ENDING_SOON_DAYS } : {}),
    ...(query.text('parked') === 'true' ? { isParked: true } : {}),
  };
}

function serializeRow({ view, customerName, isOverridden, timeZone }: ListedSubscription): Omit<SubscriptionRow, 'is_ending_soon'> {
  return {
    lago_id: view.subscription.id,
    subscription: serializeSubscription(view),
    customer_name: customerName,
    plan_name: view.plan.name,
    plan_interval: view.plan.interval,
    is_overridden: isOverridden,
    starts_on: startDay(view, timeZone),
    next_invoice_on: nextInvoiceDay(view.subscription, timeZone)?.toString() ?? null,
    current_period: currentPeriod(view, timeZone),
    is_parked: view.subscription.parkedAt !== null,
  };
}

function currentPeriod({ currentPeriod: running }: SubscriptionView, timeZone: string): DaySpan | null {
  if (running === null) return null;
  return { from: dateIn(running.startedAt, timeZone).toString(), to: dateIn(running.endingAt, timeZone).toString() };
}

/** Of those that are running; unknown and ended ones are left out. */
async function runningAmounts(context: ServiceContext, ids: readonly string[]): Promise<RunningAmountsAnswer> {
  const views = await readSubscriptionsById(context, ids);
  const amounts: RunningAmountsAnswer['amounts'][number][] = [];
  for (const { subscription, externalCustomerId } of views) {
    if (subscription.status !== 'active') continue;
    const usage = await currentUsage(context, { externalCustomerId, subscriptionId: subscription.id, applyTaxes: false });
    if (!usage.ok) continue;
    amounts.push({ lago_id: subscription.id, currency: usage.value.currency, amount_cents: centsToWire(usage.value.amountCents) });
  }
  return { amounts };
}

function serializeFacts(facts: SubscriptionFacts): SubscriptionFactsAnswer {
  const { view, plan, customer, timeZone, failedInvoice, parentPlan } = facts;
  const { subscription } = view;
  return {
    subscription: serializeSubscriptionWithPlan(view, plan),
    customer: {
      lago_id: customer.id,
      external_id: customer.externalId,
      name: nameOf(customer),
      currency: customer.currency,
      timezone: timeZone,
    },
    listed_plan_id: parentPlan?.plan.id ?? plan.plan.id,
    next_invoice_on: nextInvoiceDay(subscription, timeZone)?.toString() ?? null,
    trial_ends_on:
      subscription.trialEndsAt === null || subscription.trialEndedAt !== null
        ? null
        : dateIn(subscription.trialEndsAt, timeZone).toString(),
    current_period: currentPeriod(view, timeZone),
    periods: facts.periods.map(serializePeriod),
    has_monthly_charges: plan.plan.billChargesMonthly === true,
    line: facts.line.map((row) => serializeLineRow(row, timeZone)),
    overrides: parentPlan === null ? [] : overridesOf(plan, parentPlan),
    parked:
      subscription.parkedAt === null
        ? null
        : {
            at: formatInstant(subscription.parkedAt),
            reason: subscription.parkedReason ?? 'generation_failed',
            invoice_id: failedInvoice?.id ?? null,
            message: failedInvoice?.message ?? null,
          },
    today: facts.today.toString(),
  };
}

/** The same words in the same order as the lists have. */
function nameOf({ name, legalName, firstname, lastname, externalId }: SubscriptionFacts['customer']): string {
  const person = [firstname, lastname].filter((part) => part !== null && part !== '').join(' ');
  return [name, legalName, person].find((words) => words !== null && words !== '') ?? externalId;
}

export function serializePeriod({ first, last, state, days, periodDays }: RuledPeriod): PeriodAnswer {
  return { from: first.toString(), to: last.toString(), state, days, period_days: periodDays };
}

/** Of a row that waits: its day, or the one on which it takes over. */
function startDay({ subscription: { status, startedAt, nextBillingAt } }: SubscriptionView, timeZone: string): string | null {
  const at = startedAt ?? (status === 'pending' ? nextBillingAt : null);
  return at === null ? null : dateIn(at, timeZone).toString();
}

function serializeLineRow(view: SubscriptionView, timeZone: string): LineRowAnswer {
  const { subscription, plan } = view;
  const { terminatedAt, canceledAt, endingAt, status } = subscription;
  const day = (at: typeof terminatedAt): string | null => (at === null ? null : dateIn(at, timeZone).toString());
  return {
    lago_id: subscription.id,
    plan_id: plan.parentId ?? plan.id,
    plan_code: plan.code,
    plan_name: plan.name,
    plan_amount_cents: centsToWire(plan.amountCents),
    plan_amount_currency: plan.amountCurrency,
    plan_interval: plan.interval,
    status,
    starts_on: startDay(view, timeZone),
    ends_on: day(terminatedAt ?? canceledAt ?? endingAt),
  };
}
