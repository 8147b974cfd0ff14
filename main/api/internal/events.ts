import { z } from 'zod';
import { parseInstant } from '../../../shared/dates.ts';
import {
  EVENT_PAGE_ROWS,
  eventVerdictFilter,
  type DebuggedEvent,
  type DebuggedEventsAnswer,
  type EventVerdictFilter,
  type ProblemsAnswer,
} from '../../../shared/internal/events.ts';
import { notFound, ok } from '../../../shared/result.ts';
import { formatEpochMs } from '../../../shared/wire/event.ts';
import type { ServiceContext } from '../../service-context.ts';
import { subscriptionsOfCustomer, type EventSearch, type RefusedEvent } from '../../usage/index.ts';
import type { QueryValues } from '../query.ts';
import { route } from '../route.ts';
import { serializeDebugged, serializeDetails, refusalGroups, serializeProblem, serializeRefused } from './debugged-event.ts';

const MAX_PAGE_ROWS = 500;
const MAX_LAST_HOURS = 24 * 366;
const SEARCH_KEYS = {
  code: 'Of a billable metric, or of none',
  sub: 'External id of the subscription',
  customer: 'External id of the customer',
  tx: 'Transaction id',
  property: 'key, or key=value',
  text: 'Anywhere in code, subscription, transaction id or properties',
  last: 'Received in so many last hours',
  from: 'Received since, a date-time',
  to: 'Received until, a date-time',
};

/** What the query asks for; what is malformed is not asked for. */
function askedSearch(context: ServiceContext, query: QueryValues): EventSearch {
  const given = (key: string): string | undefined => {
    const text = query.text(key);
    return text === undefined || text === '' ? undefined : text;
  };
  const customer = given('customer');
  const sub = given('sub');
  const ofCustomer = customer === undefined ? undefined : subscriptionsOfCustomer(context.database.read, context.organizationId, customer);
  const subscriptions = sub === undefined ? ofCustomer : ofCustomer === undefined ? [sub] : ofCustomer.filter((each) => each === sub);
  return {
    code: given('code'),
    subscriptions,
    transactionId: given('tx'),
    property: propertyOf(given('property')),
    text: given('text'),
    fromMs: parseInstant(given('from'))?.epochMilliseconds ?? sinceHours(context, query.integer('last')),
    toMs: parseInstant(given('to'))?.epochMilliseconds,
  };
}

/** By the clock of the books: a screen does not know it. */
function sinceHours(context: ServiceContext, hours: number | 'invalid' | undefined): number | undefined {
  const isSpan = typeof hours === 'number' && hours >= 1 && hours <= MAX_LAST_HOURS;
  return isSpan ? context.clock.now().subtract({ hours }).epochMilliseconds : undefined;
}

function propertyOf(text: string | undefined): EventSearch['property'] {
  if (text === undefined) return undefined;
  const at = text.indexOf('=');
  return at === -1 ? { key: text, value: null } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

function askedVerdict(query: QueryValues): EventVerdictFilter {
  return eventVerdictFilter.catch('all').parse(query.text('verdict'));
}

function askedArrival(query: QueryValues): number | null {
  const after = query.integer('after');
  return typeof after === 'number' && after > 0 ? after : null;
}

function askedLimit(query: QueryValues): number {
  const limit = query.integer('limit');
  return typeof limit === 'number' && limit >= 1 ? Math.min(limit, MAX_PAGE_ROWS) : EVENT_PAGE_ROWS;
}

/** Whether a refused event, which no query sees, would be found by a search. */
function isFound(event: DebuggedEvent, search: EventSearch): boolean {
  const { code, subscriptions, transactionId, property, text } = search;
  const texts = [event.code, event.external_subscription_id, event.transaction_id, JSON.stringify(event.properties)];
  const value: unknown = property === undefined ? undefined : event.properties[property.key];
  return (
    (code === undefined || event.code === code) &&
    (subscriptions === undefined || subscriptions.includes(event.external_subscription_id)) &&
    (transactionId === undefined || event.transaction_id === transactionId) &&
    (property === undefined ||
      (value !== undefined && (property.value === null || JSON.stringify(value).replaceAll('"', '') === property.value))) &&
    (text === undefined || texts.some((each) => each.toLowerCase().includes(text.toLowerCase())))
  );
}

function foundRefusals(refusals: readonly RefusedEvent[], search: EventSearch): readonly DebuggedEvent[] {
  const { fromMs = 0, toMs = Infinity } = search;
  return refusals
    .filter(({ receivedMs }) => receivedMs >= fromMs && receivedMs <= toMs)
    .map(serializeRefused)
    .filter((event) => isFound(event, search));
}

/** Rule: ui.md §§ 4.8, 9. */
export const eventDebuggerRoutes = [
  route({
    method: 'get',
    path: '/events',
    access: 'session',
    summary: 'Events as they arrived, the newest first, each with what became of it',
    tag: 'internal',
    queryKeys: { ...SEARCH_KEYS, verdict: 'all, counted or problems', after: 'next of the page before', limit: 'Rows, 500 at most' },
    answer: z.unknown(),
    respond: ({ services, context, query }) => {
      const search = askedSearch(context, query);
      const verdict = askedVerdict(query);
      const after = askedArrival(query);
      const page = services.events.list({ search, verdict, after, limit: askedLimit(query) });
      const isFirst = after === null && verdict !== 'counted';
      const refused = isFirst ? foundRefusals(services.events.refusals(), search) : [];
      const answer: DebuggedEventsAnswer = {
        rows: page.rows.map(serializeDebugged),
        refused,
        next: page.next === null ? null : String(page.next),
        looked_through: page.lookedThrough,
        looked_back_to: page.lookedBackToMs === null ? null : formatEpochMs(page.lookedBackToMs),
        total: page.total,
        is_empty: services.events.isEmpty,
      };
      return ok(answer);
    },
  }),
  route({
    method: 'get',
    path: '/events/status',
    access: 'session',
    summary: 'Events per second, and warnings of the last 24 hours',
    tag: 'internal',
    answer: z.unknown(),
    respond: ({ services }) => ok(services.events.status()),
  }),
  route({
    method: 'get',
    path: '/events/problems',
    access: 'session',
    summary: 'What is wrong with the latest events, each problem once, with what could be done about it',
    tag: 'internal',
    queryKeys: SEARCH_KEYS,
    answer: z.unknown(),
    respond: async ({ services, context, query }) => {
      const search = askedSearch(context, query);
      const report = await services.events.problems(search);
      const refused = foundRefusals(services.events.refusals(), search);
      const answer: ProblemsAnswer = {
        groups: [...report.groups.map(serializeProblem), ...refusalGroups(refused)],
        count: report.count + refused.length,
        looked_through: report.lookedThrough,
        looked_back_to: report.lookedBackToMs === null ? null : formatEpochMs(report.lookedBackToMs),
      };
      return ok(answer);
    },
  }),
  route({
    method: 'get',
    path: '/events/:sequence',
    access: 'session',
    summary: 'Everything about one event, by its order of arrival',
    tag: 'internal',
    answer: z.unknown(),
    respond: async ({ services, pathValues }) => {
      const sequence = /^\d{1,15}$/.test(pathValues['sequence'] ?? '') ? Number(pathValues['sequence']) : 0;
      const details = await services.events.find(sequence);
      return details === null ? notFound('event') : ok(serializeDetails(details));
    },
  }),
];
