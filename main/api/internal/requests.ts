import { z } from 'zod';
import { formatInstantMs, Temporal } from '../../../shared/dates.ts';
import {
  REQUEST_METHODS,
  requestLogInput,
  type RequestAnswer,
  type RequestLogAnswer,
  type RequestRow,
} from '../../../shared/internal/developers.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { ok } from '../../../shared/result.ts';
import {
  API_REQUEST_SORTS,
  eventPostsSince,
  listApiRequests,
  type ApiRequest,
  type ListedRequest,
  type RequestLogChoice,
  type StatusClass,
} from '../../request-log/index.ts';
import { route, type Route } from '../route.ts';
import type { ApiServices } from '../services.ts';
import { askedPage } from './list-wish.ts';

const shared = { access: 'session', tag: 'internal', answer: z.unknown() } as const;
const CLASSES: readonly StatusClass[] = ['2xx', '3xx', '4xx', '5xx'];

/** Calls of the public API. Rule: ui.md § 4.11 "Requests". */
export const requestRoutes: readonly Route[] = [
  route({
    ...shared,
    method: 'get',
    path: '/requests',
    summary: 'Calls of the public API',
    respond: async ({ services, context, query }) => {
      // The newest may still be on their way to the table.
      if (query.text('after') === undefined) await services.requestLog.flush();
      const page = listApiRequests(context.database.read, {
        ...askedPage(query, API_REQUEST_SORTS),
        search: query.text('search')?.trim() || null,
        methods: query.list('method')?.filter((method) => REQUEST_METHODS.some((known) => known === method)) ?? null,
        statusClasses: query.list('status')?.flatMap((text) => CLASSES.filter((known) => known === text)) ?? null,
        apiKeyId: query.text('api_key_id') ?? null,
      });
      return ok<ListAnswer<RequestRow>>({ ...page, rows: page.rows.map(serializeRequestRow) });
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/requests/:id',
    summary: 'One call, with its bodies where they are kept',
    respond: async ({ services, pathValues }) => {
      const found = await services.requestLog.find(pathValues['id'] ?? '');
      return found.ok ? ok({ request: serializeRequest(found.value) }) : found;
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/request_log',
    summary: 'What is kept of calls',
    respond: ({ services }) => ok({ request_log: serializeSettings(services, services.requestLog.settings) }),
  }),
  route({
    ...shared,
    method: 'put',
    path: '/request_log',
    summary: 'Choose what is kept of calls',
    wrapper: 'request_log',
    body: requestLogInput,
    respond: async ({ services, body }) => {
      const changed = await services.requestLog.changeSettings({
        ...(body.stores_bodies === undefined ? {} : { storesBodies: body.stores_bodies }),
        ...(body.kept_days === undefined ? {} : { keptDays: body.kept_days }),
        ...(body.kept_rows === undefined ? {} : { keptRows: body.kept_rows }),
      });
      return ok({ request_log: serializeSettings(services, changed) });
    },
  }),
];

function serializeSettings({ context, host }: ApiServices, settings: RequestLogChoice): RequestLogAnswer {
  return {
    stores_bodies: settings.storesBodies,
    kept_days: settings.keptDays,
    kept_rows: settings.keptRows,
    event_posts_last_day: eventPostsSince(context.database.read, host.now().subtract({ hours: 24 })),
  };
}

function serializeRequestRow(row: ListedRequest): RequestRow {
  return { ...pickRow(row), occurred_at: formatInstantMs(Temporal.Instant.fromEpochMilliseconds(row.occurred_at)) };
}

function pickRow(row: ListedRequest): Omit<RequestRow, 'occurred_at'> {
  const { id, method, path, query, status, duration_ms, api_key_id, caller_name, error_code } = row;
  return { id, method, path, query, status, duration_ms, api_key_id, caller_name, error_code };
}

function serializeRequest(request: ApiRequest): RequestAnswer {
  return {
    id: request.id,
    occurred_at: formatInstantMs(request.occurredAt),
    method: request.method,
    path: request.path,
    query: request.query,
    status: request.status,
    duration_ms: request.durationMs,
    api_key_id: request.apiKeyId,
    caller_name: request.callerName,
    error_code: request.errorCode,
    error_details: request.errorDetails,
    request_body: request.requestBody,
    response_body: request.responseBody,
  };
}
