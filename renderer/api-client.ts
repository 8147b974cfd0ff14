import { t } from '@lingui/core/macro';
import { ACTIVITY_HEADER, SESSION_HEADER } from '../shared/internal/session.ts';

/** Field path on the wire → codes, as in `error_details`. */
export type FieldCodes = Readonly<Record<string, readonly string[]>>;

/** Why a call did not do what it was asked. `status` 0: nobody answered. */
export class ApiError extends Error {
  readonly status: number;
  /** The server's code, `validation_errors`, `plan_not_found` and so on; null when it gave none. */
  readonly code: string | null;
  /** Empty unless values were refused. */
  readonly fields: FieldCodes;
  /** What to look for in the log. */
  readonly requestId: string | null;
  readonly path: string;

  constructor(facts: Pick<ApiError, 'status' | 'code' | 'fields' | 'requestId' | 'path'> & { readonly message: string }) {
    super(facts.message);
    this.name = 'ApiError';
    this.status = facts.status;
    this.code = facts.code;
    this.fields = facts.fields;
    this.requestId = facts.requestId;
    this.path = facts.path;
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }

  /** Nobody is there, or a proxy says that nobody is behind it. */
  get isServerGone(): boolean {
    return this.isUnreachable || this.status === 502 || this.status === 504;
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** An answer with what its headers say about undoing it. */
export interface ChangeAnswer<Answer> {
  readonly answer: Answer;
  /** Null for what cannot be taken back. */
  readonly activityId: string | null;
}

/** Reads JSON from a path below the server's root, `/api/v1/plans/starter`. Throws an `ApiError`. */
export async function read<Answer>(path: string, options: CallOptions = {}): Promise<Answer> {
  return parse<Answer>(await call('GET', path, options), path);
}

/** Asks for a change. Throws an `ApiError`. */
export async function send<Answer>(method: Exclude<Method, 'GET'>, path: string, body?: unknown): Promise<Answer> {
  return parse<Answer>(await call(method, path, { body }), path);
}

/** Asks a question that takes a body, such as a preview: nothing is changed by it. Throws an `ApiError`. */
export async function ask<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  return parse<Answer>(await call('POST', path, { body, signal }), path);
}

/** As `send`, and tells how it can be taken back. */
export async function sendReversible<Answer>(method: Exclude<Method, 'GET'>, path: string, body?: unknown): Promise<ChangeAnswer<Answer>> {
  const response = await call(method, path, { body });
  return { answer: await parse<Answer>(response, path), activityId: response.headers.get(ACTIVITY_HEADER) };
}

/** Reads a file. Throws an `ApiError`. */
export async function readFile(
  path: string,
  options: CallOptions & { readonly method?: Method; readonly body?: unknown } = {},
): Promise<Blob> {
  const { method = 'GET', ...rest } = options;
  return (await call(method, path, rest)).blob();
}

/** A value as it stands in a path: names and codes may hold slashes. */
export function pathPart(value: string): string {
  return encodeURIComponent(value);
}

type QueryValue = string | number | boolean | readonly string[] | null | undefined;

/** `?a=1&b[]=x&b[]=y`; nothing for what is not given. */
export function queryOf(values: Readonly<Record<string, QueryValue>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (Array.isArray(value)) for (const one of value as readonly string[]) query.append(`${key}[]`, one);
    else if (value !== null && value !== undefined && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

async function call(method: Method, path: string, options: CallOptions & { readonly body?: unknown }): Promise<Response> {
  const headers: Record<string, string> = { [SESSION_HEADER]: '1' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: options.signal ?? null };
  if (options.body !== undefined) init.body = JSON.stringify(options.body);
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({ status: 0, code: null, fields: {}, requestId: null, path, message: t`The billing server did not answer.` });
  }
  if (!response.ok) throw await errorOf(response, path);
  return response;
}

async function parse<Answer>(response: Response, path: string): Promise<Answer> {
  const text = await response.text();
  if (text === '') return null as Answer;
  try {
    return JSON.parse(text) as Answer;
  } catch (error) {
    // A page of something in between, such as a proxy: what it says is not for the reader.
    if (!(error instanceof SyntaxError)) throw error;
    const { status, headers } = response;
    const requestId = headers.get('x-request-id');
    throw new ApiError({ status, code: null, fields: {}, requestId, path, message: t`Something other than the billing server answered.` });
  }
}

async function errorOf(response: Response, path: string): Promise<ApiError> {
  const body = await readErrorBody(response);
  const details = body['error_details'];
  const message = typeof body['error'] === 'string' ? body['error'] : statusSentence(response);
  return new ApiError({
    status: response.status,
    code: typeof body['code'] === 'string' ? body['code'] : null,
    fields: isFieldCodes(details) ? details : {},
    requestId: response.headers.get('x-request-id') ?? response.headers.get('x-reference-id'),
    path,
    message: thirdPartyMessage(details) ?? message,
  });
}

/** For an answer that explains nothing itself. HTTP/2 has no words for a status. */
function statusSentence({ status, statusText }: Response): string {
  return statusText === '' ? `The server answered with status ${String(status)}.` : statusText;
}

async function readErrorBody(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function isFieldCodes(details: unknown): details is FieldCodes {
  if (typeof details !== 'object' || details === null) return false;
  return Object.values(details).every((codes) => Array.isArray(codes) && codes.every((code) => typeof code === 'string'));
}

function thirdPartyMessage(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('third_party' in details)) return null;
  const { error } = details as { readonly error?: unknown };
  return typeof error === 'string' ? error : null;
}
