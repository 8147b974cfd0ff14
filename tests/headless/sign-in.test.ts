import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BrowserHost } from '../../main/headless/browser-host.ts';
import { escapeHtml } from '../../main/headless/pages.ts';
import { SignIn } from '../../main/headless/sign-in.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { createTestEngine, type TestEngine } from '../support/test-engine.ts';

const ORIGIN = 'http://127.0.0.1:3000';

describe('a browser', () => {
  let books: TestEngine;
  let signIn: SignIn;
  let host: BrowserHost;
  beforeEach(async () => {
    books = await createTestEngine({ now: '2023-01-01T00:00:00Z' });
    const random = seededRandom('browser');
    signIn = new SignIn({ clock: books.systemClock, random }, 3000);
    host = new BrowserHost({ engine: books.engine, signIn, random });
  });
  afterEach(() => books.close());

  const send = (method: string, path: string, headers: Record<string, string> = {}, body: string | null = null): Promise<Response> =>
    host.fetch(new Request(`${ORIGIN}${path}`, { method, headers, body, redirect: 'manual' }));
  const session = async (): Promise<string> => {
    const answer = await send('GET', signIn.createLink());
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };
  const setClock = '{"test_clock":{"now":"2023-02-01T00:00:00Z"}}';

  it('is signed in by the link, with a cookie that no script and no other site sees', async () => {
    const link = signIn.createLink();
    expect(link).toMatch(/^\/sign-in\/[\w-]{22}$/);
    const answer = await send('GET', link);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^meterbook_session_3000=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
  });

  it('is signed in once per link', async () => {
    const link = signIn.createLink();
    expect((await send('GET', link)).status).toBe(303);
    const again = await send('GET', link);
    expect([again.status, again.headers.get('set-cookie')]).toEqual([410, null]);
  });

  it.each([
    ['nine minutes and 59 seconds later', 599, 303],
    ['ten minutes later', 600, 410],
  ])('comes %s', async (_name, seconds, status) => {
    const link = signIn.createLink();
    books.systemClock.advance({ seconds });
    expect((await send('GET', link)).status).toBe(status);
  });

  it.each(['/sign-in/x', '/sign-in/AAAAAAAAAAAAAAAAAAAAAA'])('does not guess a link: %s', async (path) => {
    signIn.createLink();
    expect((await send('GET', path)).status).toBe(410);
  });

  it('that only looks does not use the link up', async () => {
    const link = signIn.createLink();
    expect((await send('HEAD', link)).status).toBe(404);
    expect((await send('GET', link)).status).toBe(303);
  });

  it('sees the page when it is signed in, for half a day', async () => {
    expect((await send('GET', '/')).status).toBe(401);
    const cookie = await session();
    const page = await send('GET', '/', { cookie: `other=1; ${cookie}` });
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).toContain('<div id="root"></div>');
    const script = /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1] ?? '';
    const file = await send('GET', script, { cookie });
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    // Every address of the screens is answered with the page; its files and what is no screen are not.
    expect(await (await send('GET', '/customers/1/usage', { cookie })).text()).toContain('<div id="root"></div>');
    for (const path of ['/assets/other.js', '/assets/..%2f..%2fpackage.json', '/assets/../../package.json'])
      expect((await send('GET', path, { cookie })).status).toBe(404);
    books.systemClock.advance({ hours: 12 });
    expect((await send('GET', '/', { cookie })).status).toBe(401);
  });

  it('is bound to what the page is made of', async () => {
    const cookie = await session();
    const page = await send('GET', '/', { cookie });
    const nonce = /property="csp-nonce" nonce="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    expect(page.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; ` +
        "worker-src 'self'; frame-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'",
    );
    expect([page.headers.get('x-content-type-options'), page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([
      'nosniff',
      'no-store',
      'no-referrer',
    ]);
    expect((await send('GET', '/', { cookie })).headers.get('content-security-policy')).not.toContain(nonce);
  });

  it('reads with the cookie alone, and changes only with a header that other sites cannot set', async () => {
    const cookie = await session();
    expect((await send('GET', '/api/v1/test_clock', { cookie })).status).toBe(200);
    expect((await send('PUT', '/api/v1/test_clock', { cookie }, setClock)).status).toBe(401);
    expect((await send('PUT', '/api/v1/test_clock', { cookie, 'x-meterbook-session': '1' }, setClock)).status).toBe(200);
    expect((await send('PUT', '/api/v1/test_clock', { 'x-meterbook-session': '1' }, setClock)).status).toBe(401);
    expect((await send('GET', '/api/v1/test_clock', { cookie: 'meterbook_session_3000=guess' })).status).toBe(401);
    expect((await send('GET', '/api/v1/test_clock', { cookie: cookie.replace('_3000', '_3001') })).status).toBe(401);
  });

  it('leaves everything else to the engine', async () => {
    expect((await send('GET', '/health')).status).toBe(200);
    expect(await (await send('GET', '/nothing.txt')).json()).toEqual({ status: 404, error: 'Not Found', code: 'resource_not_found' });
    expect((await send('POST', '/')).status).toBe(404);
  });
});

describe('the page', () => {
  it('shows what people typed as text, never as markup', () => {
    expect(escapeHtml(`<script>alert("x")</script>'&`)).toBe('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;');
  });
});
