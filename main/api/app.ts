import { Hono } from 'hono';
import type { z } from 'zod';
import { badRequest, invalid, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { jsonAnswer, refusalAnswer, valueAnswer } from './answers.ts';
import { Authentication, UNKNOWN_CALLER, type Caller } from './authenticate.ts';
import * as errors from './errors.ts';
import { BodyRoom, MAX_BODY_BYTES } from './limits.ts';
import { QueryValues } from './query.ts';
import { readBodyBytes, readJsonBody, type BodyRefusal } from './request-body.ts';
import type { HttpMethod, Route, RouteRequest } from './route.ts';
import { RouteTable, type RouteMatch } from './route-table.ts';
import type { ApiServices } from './services.ts';

/** What the app is made of. */
export interface AppParts {
  readonly routes: readonly Route[];
  readonly services: ApiServices;
  readonly isKnownKey: (key: string) => boolean;
  /** Does what is due by now; it never rejects. */
  readonly runDueWork: () => Promise<void>;
  /** The computer's own clock, also in a sandbox: for counting wrong keys. */
  readonly systemClock: Clock;
  readonly random: Random;
  readonly logger: Logger;
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

interface RequestTarget {
  readonly baseUrl: string;
  readonly path: string;
  readonly query: string;
}

/** What a request's body came to, as its route takes it. */
type SentBody = Pick<RouteRequest<unknown>, 'body' | 'raw'>;

class Dispatcher {
  readonly #table: RouteTable;
  readonly #parts: AppParts;
  readonly #authentication: Authentication;
  readonly #room = new BodyRoom();

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.#table = new RouteTable(parts.routes);
    this.#authentication = new Authentication(parts.isKnownKey, parts.systemClock);
  }

  async answer(request: Request, caller: Caller): Promise<Response> {
    try {
      const answer = await this.#answer(request, caller);
      return request.method === 'HEAD' ? new Response(null, answer) : answer;
    } catch (error) {
      return this.#answerThrown(error);
    }
  }

  async #answer(request: Request, caller: Caller): Promise<Response> {
    const target = targetOf(request.url);
    const segments = RouteTable.segmentsOf(target.path);
    if (segments === null) return refusalAnswer(errors.notFoundAnswer('resource'));
    const match = this.#table.find(methodOf(request), segments);
    if (match?.route.access !== 'anyone') {
      const methods = match === null ? this.#table.methodsOf(segments) : [];
      if (match === null && methods.length === 0) return refusalAnswer(errors.notFoundAnswer('resource'));
      const refusal = isForScreens(match, target) ? refuseKey(caller) : this.#refuseStranger(request, caller);
      if (refusal !== null) return refusal;
      if (match === null) return answerOtherMethod(request, methods);
    }
    return this.#call(request, match, target);
  }

  #refuseStranger(request: Request, caller: Caller): Response | null {
    const admission = this.#authentication.admit(request.headers.get('authorization'), caller);
    if (admission.kind === 'admitted') return null;
    return refusalAnswer(
      admission.kind === 'unauthorized' ? errors.unauthorizedAnswer() : errors.tooManyFailuresAnswer(admission.waitSeconds),
    );
  }

  async #call(request: Request, match: RouteMatch, target: RequestTarget): Promise<Response> {
    const { route } = match;
    if (route.takesRawBody === true) return this.#callRaw(request, match, target);
    if (route.body === undefined) {
      if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return refusalAnswer(errors.bodyTooLargeAnswer());
      return this.#respond(match, target, { body: undefined });
    }
    const outcome = await readJsonBody(request, this.#room);
    try {
      if ('refusal' in outcome) return refusalAnswer(answerBodyRefusal(outcome.refusal));
      const body = checkBody(route, route.body, outcome.json);
      return body.ok ? await this.#respond(match, target, { body: body.value }) : refusalAnswer(errors.answerError(body.error));
    } finally {
      this.#room.giveBack(outcome.heldBytes);
    }
  }

  async #callRaw(request: Request, match: RouteMatch, target: RequestTarget): Promise<Response> {
    const outcome = await readBodyBytes(request, this.#room);
    try {
      if ('refusal' in outcome) return refusalAnswer(answerBodyRefusal(outcome.refusal));
      const raw = { bytes: outcome.bytes, header: (name: string) => request.headers.get(name) };
      return await this.#respond(match, target, { body: undefined, raw });
    } finally {
      this.#room.giveBack(outcome.heldBytes);
    }
  }

  async #respond({ route, pathValues }: RouteMatch, target: RequestTarget, sent: SentBody): Promise<Response> {
    const { services, runDueWork } = this.#parts;
    const query = new QueryValues(target.query);
    // What fell due before a change is billed before it; what the change makes due is billed before its answer.
    if (changesBooks(route)) await runDueWork();
    const result = await route.respond({ services, context: services.context, pathValues, query, ...sent, baseUrl: target.baseUrl });
    if (changesBooks(route) && result.ok) await runDueWork();
    return result.ok ? valueAnswer(result.value) : refusalAnswer(errors.answerError(result.error));
  }

  #answerThrown(error: unknown): Response {
    const refused = errors.thrownRefusal(error);
    if (refused !== null) return refusalAnswer(refused);
    const unavailable = errors.unavailableCode(error);
    const referenceId = this.#parts.random.uuid();
    this.#parts.logger.error({ referenceId, code: unavailable ?? 'internal_error', error }, 'a request failed');
    if (unavailable !== null) return refusalAnswer(errors.unavailableAnswer(unavailable));
    const refusal = errors.internalErrorAnswer();
    return refusalAnswer({ ...refusal, headers: { 'x-reference-id': referenceId } });
  }
}

/** Our own screens' routes: a path below them that does not exist is not shown to a key either. */
function isForScreens(match: RouteMatch | null, target: RequestTarget): boolean {
  return match?.route.access === 'session' || target.path.startsWith('/api/internal/');
}

function refuseKey(caller: Caller): Response | null {
  return caller.isSignedIn ? null : refusalAnswer(errors.unauthorizedAnswer());
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

function answerOtherMethod(request: Request, methods: readonly HttpMethod[]): Response {
  if (request.method !== 'OPTIONS') return refusalAnswer(errors.notFoundAnswer('resource'));
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

const CHECK_OPTIONS = { error: errors.defaultIssueCode };

function checkBody(route: Route, schema: z.ZodType, json: unknown): Result<unknown> {
  const inside = unwrap(route, json);
  if (!inside.ok) return inside;
  const outcome = schema.safeParse(inside.value, CHECK_OPTIONS);
  return outcome.success ? ok(outcome.data) : invalid(errors.fieldErrorsOf(outcome.error.issues));
}

/** What the schema is about: the object under the wrapper key, or the whole body. A body that may be left out counts as `{}`. */
function unwrap(route: Route, json: unknown): Result<unknown> {
  if (route.wrapper === undefined) {
    if (json === undefined) return ok({});
    return isObject(json) ? ok(json) : badRequest('the body is not a JSON object');
  }
  const value = isObject(json) ? json[route.wrapper] : undefined;
  const isLeftOut = json === undefined || (isObject(json) && value === undefined);
  if (route.optionalBody === true && isLeftOut) return ok({});
  if (isObject(value) && (route.optionalBody === true || Object.keys(value).length > 0)) return ok(value);
  return badRequest(errors.missingParam(route.wrapper));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
