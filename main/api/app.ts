import { Hono } from 'hono';
import { ACTIVITY_HEADER } from '../../shared/internal/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { jsonAnswer, valueAnswer } from './answers.ts';
import { Authentication, UNKNOWN_CALLER, type Caller, type FindKey } from './authenticate.ts';
import { CallTrace, REQUEST_ID_HEADER, RequestIds, type CallObserver, type CallStart } from './call-trace.ts';
import type { ChangeRecorder } from './change-recorder.ts';
import * as errors from './errors.ts';
import { BodyRoom, MAX_BODY_BYTES } from './limits.ts';
import { QueryValues } from './query.ts';
import { checkBody } from './route-body.ts';
import { readBodyBytes, readJsonBody, type BodyRefusal } from './request-body.ts';
import { RawAnswer, type HttpMethod, type Route, type RouteRequest } from './route.ts';
import { RouteTable, type RouteMatch } from './route-table.ts';
import type { ApiServices } from './services.ts';

/** What the app is made of. */
export interface AppParts {
  readonly routes: readonly Route[];
  readonly services: ApiServices;
  readonly findKey: FindKey;
  /** Does what is due by now; it never rejects. */
  readonly runDueWork: () => Promise<void>;
  /** The computer's own clock, also in a sandbox: for counting wrong keys. */
  readonly systemClock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Told of the calls of the public API. */
  readonly observer?: CallObserver;
  /** Notes what calls change. */
  readonly changes?: ChangeRecorder;
}

export type AppFetch = (request: Request, caller?: Caller) => Promise<Response>;

/** Assembles the HTTP API: one call from the raw request to its answer, always an answer, never a throw. */
export function createApp(parts: AppParts): AppFetch {
  const dispatcher = new Dispatcher(parts);
  // Paths are matched raw, below: a router that decodes first could not tell `%2F` in a code from a slash.
  const app = new Hono<{ Bindings: Caller }>({ getPath: () => '/' });
  app.all('*', (context) => dispatcher.answer(context.req.raw, context.env));
  return async (request, caller = UNKNOWN_CALLER) => app.fetch(request, caller);
}

/** Where a call goes, as it was written. */
export interface RequestTarget {
  readonly baseUrl: string;
  readonly path: string;
  readonly query: string;
}

/** One call on its way. */
interface Call {
  readonly request: Request;
  readonly caller: Caller;
  readonly target: RequestTarget;
  readonly trace: CallTrace;
}

const PUBLIC_PREFIX = '/api/v1/';

/** What a request's body came to, as its route takes it. */
type SentBody = Pick<RouteRequest<unknown>, 'body' | 'raw'>;

class Dispatcher {
  readonly #table: RouteTable;
  readonly #parts: AppParts;
  readonly #authentication: Authentication;
  readonly #room = new BodyRoom();
  readonly #ids: RequestIds;

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.#table = new RouteTable(parts.routes);
    this.#authentication = new Authentication(parts.findKey, parts.systemClock);
    this.#ids = new RequestIds(parts.random);
  }

  async answer(request: Request, caller: Caller): Promise<Response> {
    const start: CallStart = { at: this.#parts.systemClock.now(), ms: performance.now() };
    const trace = new CallTrace(this.#ids.next());
    const target = targetOf(request.url);
    const answer = await this.#answerOrExplain({ request, caller, target, trace });
    answer.headers.set(REQUEST_ID_HEADER, trace.id);
    if (trace.activityId !== null) answer.headers.set(ACTIVITY_HEADER, trace.activityId);
    if (!caller.isSignedIn && target.path.startsWith(PUBLIC_PREFIX)) this.#tellObserver({ request, target, trace }, answer.status, start);
    return request.method === 'HEAD' ? new Response(null, answer) : answer;
  }

  #tellObserver({ request, target, trace }: Pick<Call, 'request' | 'target' | 'trace'>, status: number, start: CallStart): void {
    const { observer } = this.#parts;
    observer?.note({
      id: trace.id,
      beganAt: start.at,
      method: request.method,
      path: target.path,
      query: target.query,
      key: trace.key,
      isEventPost: trace.route?.method === 'post' && trace.route.path.startsWith('/events'),
      status,
      durationMs: Math.round(performance.now() - start.ms),
      refusal: trace.refusal,
      sent: observer.keepsBodies ? trace.sent : undefined,
      answered: observer.keepsBodies ? (trace.refusal ?? trace.answered) : undefined,
    });
  }

  async #answerOrExplain(call: Call): Promise<Response> {
    try {
      return await this.#answer(call);
    } catch (error) {
      return this.#answerThrown(error, call.trace);
    }
  }

  async #answer(call: Call): Promise<Response> {
    const { request, target, trace } = call;
    const segments = RouteTable.segmentsOf(target.path);
    if (segments === null) return trace.refuse(errors.notFoundAnswer('resource'));
    const match = this.#table.find(methodOf(request), segments);
    if (match?.route.access !== 'anyone') {
      const methods = match === null ? this.#table.methodsOf(segments) : [];
      if (match === null && methods.length === 0) return trace.refuse(errors.notFoundAnswer('resource'));
      const refusal = isForScreens(match, target) ? refuseKey(call) : this.#refuseStranger(call);
      if (refusal !== null) return refusal;
      if (match === null) return answerOtherMethod(call, methods);
    }
    trace.route = match.route;
    return this.#call(call, match);
  }

  #refuseStranger({ request, caller, trace }: Call): Response | null {
    const admission = this.#authentication.admit(request.headers.get('authorization'), caller);
    if (admission.kind === 'admitted') {
      trace.key = admission.key;
      return null;
    }
    return trace.refuse(
      admission.kind === 'unauthorized' ? errors.unauthorizedAnswer() : errors.tooManyFailuresAnswer(admission.waitSeconds),
    );
  }

  async #call(call: Call, match: RouteMatch): Promise<Response> {
    const { request, trace } = call;
    const { route } = match;
    if (route.takesRawBody === true) return this.#callRaw(call, match);
    if (route.body === undefined) {
      if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return trace.refuse(errors.bodyTooLargeAnswer());
      return this.#respond(call, match, { body: undefined });
    }
    const outcome = await readJsonBody(request, this.#room);
    try {
      if ('refusal' in outcome) return trace.refuse(answerBodyRefusal(outcome.refusal));
      trace.sent = outcome.json;
      const body = checkBody(route, outcome.json);
      return body.ok ? await this.#respond(call, match, { body: body.value }) : trace.refuse(errors.answerError(body.error));
    } finally {
      this.#room.giveBack(outcome.heldBytes);
    }
  }

  async #callRaw(call: Call, match: RouteMatch): Promise<Response> {
    const { request, trace } = call;
    const outcome = await readBodyBytes(request, this.#room);
    try {
      if ('refusal' in outcome) return trace.refuse(answerBodyRefusal(outcome.refusal));
      const raw = { bytes: outcome.bytes, header: (name: string) => request.headers.get(name) };
      return await this.#respond(call, match, { body: undefined, raw });
    } finally {
      this.#room.giveBack(outcome.heldBytes);
    }
  }

  async #respond({ target, trace }: Call, { route, pathValues }: RouteMatch, sent: SentBody): Promise<Response> {
    const { services, runDueWork, changes } = this.#parts;
    const query = new QueryValues(target.query);
    const isChange = changesBooks(route);
    // What fell due before a change is billed before it; what the change makes due is billed before its answer.
    if (isChange) await runDueWork();
    const respond = (): ReturnType<Route['respond']> =>
      route.respond({ services, context: services.context, pathValues, query, ...sent, baseUrl: target.baseUrl, requestId: trace.id });
    const result = isChange && changes !== undefined ? await changes.record({ route, target, trace }, respond) : await respond();
    if (isChange && result.ok) await runDueWork();
    if (!result.ok) return trace.refuse(errors.answerError(result.error));
    if (!(result.value instanceof RawAnswer)) trace.answered = result.value;
    return valueAnswer(result.value);
  }

  #answerThrown(error: unknown, trace: CallTrace): Response {
    const refused = errors.thrownRefusal(error);
    if (refused !== null) return trace.refuse(refused);
    const unavailable = errors.unavailableCode(error);
    const referenceId = this.#parts.random.uuid();
    this.#parts.logger.error({ referenceId, requestId: trace.id, code: unavailable ?? 'internal_error', error }, 'a request failed');
    if (unavailable !== null) return trace.refuse(errors.unavailableAnswer(unavailable));
    const refusal = errors.internalErrorAnswer();
    return trace.refuse({ ...refusal, headers: { 'x-reference-id': referenceId } });
  }
}

/** Our own screens' routes: a path below them that does not exist is not shown to a key either. */
function isForScreens(match: RouteMatch | null, target: RequestTarget): boolean {
  return match?.route.access === 'session' || target.path.startsWith('/api/internal/');
}

function refuseKey({ caller, trace }: Call): Response | null {
  return caller.isSignedIn ? null : trace.refuse(errors.unauthorizedAnswer());
}

/** Whether a call can make something due. Events cannot, and nothing may wait on them but their commit; nobody works for strangers. */
function changesBooks(route: Route): boolean {
  return route.method !== 'get' && route.access !== 'anyone' && route.changesNothing !== true && !route.path.startsWith('/events');
}

function targetOf(url: string): RequestTarget {
  const pathAt = url.indexOf('/', url.indexOf('://') + 3);
  const queryAt = url.indexOf('?', pathAt);
  const path = queryAt === -1 ? url.slice(pathAt) : url.slice(pathAt, queryAt);
  return { baseUrl: url.slice(0, pathAt), path, query: queryAt === -1 ? '' : url.slice(queryAt + 1) };
}

/** HEAD is a GET whose body nobody wants. */
function methodOf(request: Request): HttpMethod {
  return (request.method === 'HEAD' ? 'get' : request.method.toLowerCase()) as HttpMethod;
}

function answerOtherMethod({ request, trace }: Call, methods: readonly HttpMethod[]): Response {
  if (request.method !== 'OPTIONS') return trace.refuse(errors.notFoundAnswer('resource'));
  const answer = jsonAnswer(200, {});
  answer.headers.set('allow', methods.map((method) => method.toUpperCase()).join(', '));
  return answer;
}

function answerBodyRefusal(refusal: BodyRefusal): errors.ErrorAnswer {
  switch (refusal) {
    case 'too_large':
      return errors.bodyTooLargeAnswer();
    case 'no_room':
      return errors.unavailableAnswer('too_many_bodies_in_flight');
    case 'not_json':
      return errors.badRequestAnswer('the body is not JSON, or is nested too deep');
    case 'cut_off':
      return errors.badRequestAnswer('the body ended too early');
  }
}
