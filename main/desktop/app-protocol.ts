import type { RendererFiles } from '../headless/renderer-files.ts';
import { pageHeaders } from '../headless/content-security.ts';
import { SESSION_HEADER } from '../../shared/internal/session.ts';
import { DESKTOP_TOKEN_HEADER } from './engine-messages.ts';

/** Where the engine answers, and how it knows us; null while it is not running. */
export interface EngineAddress {
  readonly url: string;
  readonly token: string;
}

export interface AppProtocolParts {
  readonly files: Pick<RendererFiles, 'find' | 'page'>;
  readonly engine: () => EngineAddress | null;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  readonly newNonce: () => string;
}

/** What goes to the engine; everything else is a file of ours or a screen. */
const ENGINE_PATH = /^\/(?:api|files)(?:\/|$)/;
/** Said by the window's own network stack about itself: the engine would take it for another site's. */
const NOT_FORWARDED = ['origin', 'referer', 'host', 'cookie', 'connection', 'content-length'];
const ANSWER_ONLY = ['transfer-encoding', 'connection', 'keep-alive', 'content-encoding', 'content-length'];

/**
 * Answers a request of a window under `app://`: the built screens, and the engine's answers, streams included. No path leads to a
 * file that the build has not listed. Rule: reliability-and-security.md § 6 "Scheme".
 */
export async function answerAppRequest(request: Request, parts: AppProtocolParts): Promise<Response> {
  const url = new URL(request.url);
  if (url.host !== 'meterbook') return refusal(404, 'resource_not_found');
  if (ENGINE_PATH.test(url.pathname)) return forward(request, url, parts);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'not_allowed');
  const file = parts.files.find(url.pathname);
  if (file !== null)
    return new Response(file.bytes, { headers: { 'content-type': file.contentType, 'x-content-type-options': 'nosniff' } });
  if (/\.[^/]*$/.test(url.pathname) || url.pathname.startsWith('/assets/')) return refusal(404, 'resource_not_found');
  const nonce = parts.newNonce();
  const page = parts.files.page(nonce);
  return page === null ? refusal(404, 'screens_not_built') : new Response(page, { headers: pageHeaders(nonce) });
}

async function forward(request: Request, url: URL, parts: AppProtocolParts): Promise<Response> {
  const engine = parts.engine();
  if (engine === null) return refusal(503, 'engine_restarting');
  const headers = new Headers(request.headers);
  for (const name of NOT_FORWARDED) headers.delete(name);
  // A page of ours says that it is one, and only the main process can prove it.
  headers.set(DESKTOP_TOKEN_HEADER, engine.token);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.body !== null;
  const init: RequestInit & { duplex?: 'half' } = { method: request.method, headers, signal: request.signal, redirect: 'manual' };
  if (hasBody) {
    init.body = request.body;
    init.duplex = 'half';
  }
  if (!headers.has(SESSION_HEADER) && request.method !== 'GET' && request.method !== 'HEAD') return refusal(401, 'unauthorized');
  try {
    const answer = await parts.fetch(`${engine.url}${url.pathname}${url.search}`, init);
    const kept = new Headers(answer.headers);
    for (const name of ANSWER_ONLY) kept.delete(name);
    return new Response(answer.body, { status: answer.status, headers: kept });
  } catch (error) {
    if (request.signal.aborted) throw error;
    return refusal(503, 'engine_restarting');
  }
}

function refusal(status: number, code: string): Response {
  return Response.json(
    { status, error: code, code },
    { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } },
  );
}
