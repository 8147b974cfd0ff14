import { z } from 'zod';
import { formatInstant, Temporal } from '../../../shared/dates.ts';
import {
  MAX_UPCOMING_CUSTOMERS,
  setupBody,
  type AttentionAnswer,
  type AttentionItem,
  type EventHoursAnswer,
  type InvoicedAnswer,
  type RunningAnswer,
  type SetupAnswer,
  type UpcomingCustomersAnswer,
  type UpcomingPreviewAnswer,
  upcomingPreviewBody,
} from '../../../shared/internal/home.ts';
import { centsToWire } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import {
  EventHourCounts,
  invoicedMonths,
  needsAttention,
  noteSeen,
  readSetup,
  runningSums,
  upcomingCustomers,
  type RunningSums,
  type Seen,
  type Setup,
} from '../../home/index.ts';
import { route, type Route } from '../route.ts';
import type { ApiServices } from '../services.ts';
import { serializePreviewedInvoice } from './previewed.ts';
import { upcomingInvoices } from './subscription-previews.ts';

const GAP_DAYS = 7;
/** Shorter ones are what a restart takes: senders try again. */
const LEAST_GAP_MS = 60_000;
const own = { access: 'session', tag: 'internal', answer: z.unknown() } as const;

/** Rule: ui.md § 4.1. One route for each part, so that a slow one holds nothing else up. */
export const homeRoutes: readonly Route[] = [
  route({
    ...own,
    method: 'get',
    path: '/home/attention',
    summary: 'What waits for a person',
    respond: ({ services, context }) => ok<AttentionAnswer>({ items: [...needsAttention(context), ...listenerGaps(services)] }),
  }),
  route({
    ...own,
    method: 'get',
    path: '/home/invoiced',
    summary: 'What was invoiced this month and last month',
    respond: async ({ context }) =>
      ok<InvoicedAnswer>({
        currencies: (await invoicedMonths(context)).map((row) => ({
          currency: row.currency,
          month: row.month,
          amount_cents: centsToWire(row.amountCents),
          invoices_count: row.invoicesCount,
          previous_month: row.previousMonth,
          previous_amount_cents: centsToWire(row.previousAmountCents),
        })),
      }),
  }),
  route({
    ...own,
    method: 'get',
    path: '/home/running',
    summary: 'Usage of open periods, and what will be invoiced when',
    respond: async ({ context }) => ok(serializeRunning(await runningSums(context))),
  }),
  route({
    ...own,
    method: 'get',
    path: '/home/upcoming',
    summary: 'Who is invoiced on a day',
    queryKeys: { date: 'The day, YYYY-MM-DD', currency: 'ISO 4217 code' },
    respond: async ({ context, query }) => {
      const of = { date: query.text('date') ?? '', currency: query.text('currency') ?? '', limit: MAX_UPCOMING_CUSTOMERS };
      const { customers, total } = await upcomingCustomers(context, of);
      const rows = customers.map(({ customer, externalSubscriptionIds, amountCents }) => ({
        lago_id: customer.id,
        external_id: customer.externalId,
        name: customer.name,
        external_subscription_ids: externalSubscriptionIds,
        amount_cents: centsToWire(amountCents),
      }));
      return ok<UpcomingCustomersAnswer>({ customers: rows, total });
    },
  }),
  route({
    ...own,
    method: 'post',
    path: '/home/upcoming_preview',
    summary: 'The next invoice of subscriptions of one customer, made and undone',
    body: upcomingPreviewBody,
    changesNothing: true,
    respond: async ({ context, body }) => {
      const ahead = { externalIds: body.external_subscription_ids, count: 1 };
      const upcoming = await upcomingInvoices(context, body.customer_id, ahead);
      if (!upcoming.ok) return upcoming;
      const [invoice] = upcoming.value;
      return ok<UpcomingPreviewAnswer>({ invoice: invoice === undefined ? null : serializePreviewedInvoice(invoice) });
    },
  }),
  route({
    ...own,
    method: 'get',
    path: '/home/event_hours',
    summary: 'Events of the last seven days by hour',
    respond: async ({ context }) => {
      const { hours, isComplete } = await EventHourCounts.of(context).read();
      return ok<EventHoursAnswer>({
        hours: hours.map(({ fromMs, count }) => ({
          from: formatInstant(Temporal.Instant.fromEpochMilliseconds(fromMs)),
          events_count: count,
        })),
        total: hours.reduce((sum, { count }) => sum + count, 0),
        is_complete: isComplete,
      });
    },
  }),
  route({
    ...own,
    method: 'get',
    path: '/home/setup',
    summary: 'How far the workspace has come',
    respond: ({ context }) => ok(serializeSetup(readSetup(context))),
  }),
  route({
    ...own,
    method: 'post',
    path: '/home/setup',
    summary: 'Note what a person has seen or put away',
    body: setupBody,
    changesNothing: true,
    respond: async ({ context, body }) => {
      const seen: readonly (readonly [Seen, true | undefined])[] = [
        ['welcome', body.is_welcomed],
        ['checklist', body.is_checklist_dismissed],
        ['preview', body.is_preview_seen],
      ];
      const noted = await noteSeen(
        context,
        seen.filter(([, isSeen]) => isSeen === true).map(([name]) => name),
      );
      return noted.ok ? ok(serializeSetup(noted.value)) : noted;
    },
  }),
];

/** Times of the last week in which senders of events were refused. */
function listenerGaps({ events, host }: ApiServices): readonly AttentionItem[] {
  const sinceMs = host.now().subtract({ hours: 24 * GAP_DAYS }).epochMilliseconds;
  const gaps = events.gaps(sinceMs).filter(({ fromMs, toMs }) => toMs - fromMs >= LEAST_GAP_MS);
  if (gaps.length === 0) return [];
  const examples = gaps.slice(0, 3).map(({ fromMs, toMs }) => {
    const [from, to] = [fromMs, toMs].map((ms) => formatInstant(Temporal.Instant.fromEpochMilliseconds(ms)));
    return { id: null, label: `${from ?? ''}/${to ?? ''}`, count: null };
  });
  return [{ kind: 'listener_gaps', count: gaps.length, examples }];
}

function serializeRunning(sums: RunningSums): RunningAnswer {
  return {
    currencies: sums.currencies.map(({ currency, amountCents, subscriptionsCount, topCustomers }) => ({
      currency,
      amount_cents: centsToWire(amountCents),
      subscriptions_count: subscriptionsCount,
      top_customers: topCustomers.map(({ customer, amountCents: amount, share }) => {
        return { lago_id: customer.id, name: customer.name, amount_cents: centsToWire(amount), share };
      }),
    })),
    upcoming: sums.upcoming.map(({ date, currency, customersCount, subscriptionsCount, amountCents }) => ({
      date: date.toString(),
      currency,
      customers_count: customersCount,
      subscriptions_count: subscriptionsCount,
      amount_cents: centsToWire(amountCents),
    })),
    has_more_upcoming: sums.hasMoreUpcoming,
    subscriptions_count: sums.subscriptionsCount,
    outdated_count: sums.outdatedCount,
    is_complete: sums.outdatedCount === 0,
    left_out_customers: sums.leftOut.map(({ id, name }) => ({ lago_id: id, name })),
  };
}

function serializeSetup(setup: Setup): SetupAnswer {
  return {
    has_metric: setup.hasMetric,
    has_plan: setup.hasPlan,
    has_customer: setup.hasCustomer,
    has_subscription: setup.hasSubscription,
    has_event: setup.hasEvent,
    has_preview: setup.hasPreview,
    is_welcome_due: setup.isWelcomeDue,
    is_checklist_dismissed: setup.isChecklistDismissed,
  };
}
