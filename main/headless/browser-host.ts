import { SESSION_HEADER } from '../../shared/internal/session.ts';
import { UNKNOWN_CALLER, type Caller, type Engine } from '../engine.ts';
import type { Random } from '../ports/random.ts';
import { pageHeaders } from './content-security.ts';
import { signInPage, unbuiltPage, usedLinkPage } from './pages.ts';
import { RendererFiles, type RendererFile } from './renderer-files.ts';
import type { SignIn } from './sign-in.ts';

const NONCE_BYTES = 16;
const SIGNED_IN: Caller = { isSignedIn: true };

export interface BrowserHostParts {
  readonly engine: Engine;
  readonly signIn: SignIn;
  readonly random: Random;
}

/** Serves the pages for the browser; everything else is the engine's. */
export class BrowserHost {
  readonly #parts: BrowserHostParts;
  readonly #files = new RendererFiles();

  constructor(parts: BrowserHostParts) {
    this.#parts = parts;
  }

  fetch(request: Request): Promise<Response> {
    const pathAt = request.url.indexOf('/', request.url.indexOf('://') + 3);
    const isPage = !request.url.startsWith('/api/', pathAt) && (request.method === 'GET' || request.method === 'HEAD');
    const page = isPage ? this.#answerPage(request, new URL(request.url)) : null;
    return page ?? this.#parts.engine.fetch(request, this.#callerOf(request));
  }

  /** A change by a signed-in browser must come from a page of ours: only they can set the header. */
  #callerOf(request: Request): Caller {
    const cookies = request.headers.get('cookie');
    if (cookies === null || !this.#parts.signIn.isSignedIn(cookies)) return UNKNOWN_CALLER;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return isRead || request.headers.get(SESSION_HEADER) !== null ? SIGNED_IN : UNKNOWN_CALLER;
  }

  #answerPage(request: Request, url: URL): Promise<Response> | null {
    const token = /^\/sign-in\/([^/]+)$/.exec(url.pathname)?.[1];
    // A HEAD comes from something that looks before it opens: it must not use the link up.
    if (token !== undefined) return request.method === 'HEAD' ? null : Promise.resolve(this.#redeem(token));
    const file = this.#files.find(url.pathname);
    if (file !== null) return Promise.resolve(fileResponse(file));
    // A file that the build does not have, and the documents' own links, are the engine's to refuse or to answer.
    return isScreen(url.pathname) ? Promise.resolve(this.#answerScreen(request)) : null;
  }

  #redeem(token: string): Response {
    const cookie = this.#parts.signIn.redeem(token);
    const nonce = this.#newNonce();
    if (cookie === null) return new Response(usedLinkPage(nonce), { status: 410, headers: pageHeaders(nonce) });
    return new Response(null, { status: 303, headers: { ...pageHeaders(nonce), location: '/', 'set-cookie': cookie } });
  }

  /** Every address of the screens gets the same page: it finds its way itself. */
  #answerScreen(request: Request): Response {
    const nonce = this.#newNonce();
    if (!this.#parts.signIn.isSignedIn(request.headers.get('cookie')))
      return new Response(signInPage(nonce), { status: 401, headers: pageHeaders(nonce) });
    const page = this.#files.page(nonce);
    return page === null
      ? new Response(unbuiltPage(nonce), { status: 503, headers: pageHeaders(nonce) })
      : new Response(page, { status: 200, headers: pageHeaders(nonce) });
  }

  #newNonce(): string {
    return Buffer.from(this.#parts.random.bytes(NONCE_BYTES)).toString('base64');
  }
}

/** What the engine answers itself, besides `/api`. */
const ENGINE_PATHS = /^\/(?:api|health|files|webhooks)(?:\/|$)/;

/** Addresses of screens have no dot in their last part; files and well-known addresses do. */
function isScreen(path: string): boolean {
  return !ENGINE_PATHS.test(path) && !path.startsWith('/assets/') && !/\.[^/]*$/.test(path);
}

function fileResponse(file: RendererFile): Response {
  const headers = {
    'content-type': file.contentType,
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
  };
  return new Response(file.bytes, { status: 200, headers });
}
