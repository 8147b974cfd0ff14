import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { eventAnswer, eventBatchInput, eventInput } from '../../../shared/wire/event.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { findEvent, listEvents } from '../../usage/index.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route } from '../route.ts';
import { serializeEvent, serializeListedEvent } from '../wire/event.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Events';
const answer = z.object({ event: eventAnswer });

/** Rule: api.md § 7, pricing.md § 2. */
export const eventRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/events',
    summary: 'Take a usage event in; it is on disk when the answer comes',
    tag,
    wrapper: 'event',
    body: eventInput,
    answer,
    respond: async ({ services, body }) => wrapResult('event', await services.ingestion.ingestEvent(body), serializeEvent),
  }),
  route({
    method: 'post',
    path: '/events/batch',
    summary: 'Take up to 100 usage events in, all or none',
    tag,
    body: eventBatchInput,
    answer: z.object({ events: z.array(eventAnswer) }),
    respond: async ({ services, body }) =>
      wrapResult('events', await services.ingestion.ingestBatch(body), (events) => events.map(serializeEvent)),
  }),
  route({
    method: 'get',
    path: '/events',
    summary: 'List events, latest timestamp first',
    tag,
    queryKeys: {
      page: 'Page, from 1',
      per_page: 'Rows of a page, 100 unless told, 1000 at most',
      external_subscription_id: 'The subscription',
      code: 'Of a billable metric',
      timestamp_from: 'Date-time, included',
      timestamp_to: 'Date-time, included',
      timestamp_from_started_at: 'true: since the start of the subscription, which must be named; not with timestamp_from',
    },
    answer: z.object({ events: z.array(eventAnswer), meta: pageMetaAnswer }),
    respond: ({ context, query }) => {
      const filters = new ListFilters(query);
      const filter = {
        externalSubscriptionId: filters.text('external_subscription_id'),
        code: filters.text('code'),
        fromMs: filters.instant('timestamp_from')?.epochMilliseconds,
        toMs: filters.instant('timestamp_to')?.epochMilliseconds,
        sinceStart: filters.boolean('timestamp_from_started_at'),
      };
      const refusal = filters.refusal();
      if (refusal !== null) return refusal;
      const page = query.page();
      const listed = listEvents(context, filter, page);
      return listed.ok ? ok(wrapPage('events', listed.value, { page, serialize: serializeListedEvent })) : listed;
    },
  }),
  route({
    method: 'get',
    path: '/events/:transaction_id',
    summary: 'Read the first event with this transaction id',
    tag,
    answer,
    respond: ({ context, pathValues }) => wrapResult('event', findEvent(context, pathValues['transaction_id'] ?? ''), serializeListedEvent),
  }),
];
