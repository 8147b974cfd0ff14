import { VERSION } from '../../shared/version.ts';
import { UNKNOWN_CALLER, type Caller, type Engine } from '../engine.ts';
import type { Random } from '../ports/random.ts';
import { pageHeaders } from './content-security.ts';
import { homePage, signInPage, usedLinkPage } from './pages.ts';
import { SESSION_HEADER, type SignIn } from './sign-in.ts';

const NONCE_BYTES = 16;
const SIGNED_IN: Caller = { isSignedIn: true };

export interface BrowserHostParts {
  readonly engine: Engine;
  readonly signIn: SignIn;
  readonly random: Random;
  readonly folder: string;
}

/** Serves the pages for the browser; everything else is the engine's. */
export class BrowserHost {
  readonly #parts: BrowserHostParts;

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
    if (url.pathname === '/') return this.#answerHome(request, url);
    const token = /^\/sign-in\/([^/]+)$/.exec(url.pathname)?.[1];
    // A HEAD comes from something that looks before it opens: it must not use the link up.
    return token === undefined || request.method === 'HEAD' ? null : Promise.resolve(this.#redeem(token));
  }

  #redeem(token: string): Response {
    const cookie = this.#parts.signIn.redeem(token);
    const nonce = this.#newNonce();
    if (cookie === null) return new Response(usedLinkPage(nonce), { status: 410, headers: pageHeaders(nonce) });
    return new Response(null, { status: 303, headers: { ...pageHeaders(nonce), location: '/', 'set-cookie': cookie } });
  }

  async #answerHome(request: Request, url: URL): Promise<Response> {
    const { engine, signIn, folder } = this.#parts;
    const nonce = this.#newNonce();
    if (!signIn.isSignedIn(request.headers.get('cookie')))
      return new Response(signInPage(nonce), { status: 401, headers: pageHeaders(nonce) });
    const organizationName = await engine.organizationName();
    const facts = { organizationName, version: VERSION, isSandbox: engine.services.isSandbox, baseUrl: url.origin, folder };
    return new Response(homePage(facts, nonce), { status: 200, headers: pageHeaders(nonce) });
  }

  #newNonce(): string {
    return Buffer.from(this.#parts.random.bytes(NONCE_BYTES)).toString('base64');
  }
}
