/**
 * Owns: what is kept of the calls of the public API, for how long, and when each key was last used.
 * Does not own: who may call (api/authenticate.ts), what calls change (activity/).
 * Start reading at: request-log.ts.
 */
export {
  API_REQUEST_SORTS,
  eventPostsSince,
  listApiRequests,
  type ListedRequest,
  type StatusClass,
} from '../database/lists/api-requests.ts';
export type { ApiRequest } from '../database/tables/logs.ts';
export type { AnsweredRequest, CallingKey } from './answered-request.ts';
export { withoutSecrets } from './redact.ts';
export { RequestLog, type RequestLogChoice } from './request-log.ts';
