import { test as base, expect, type BrowserContext, type Page } from 'playwright/test';
import { startHost, type Host, type HostOptions } from './host.ts';

interface Fixtures {
  /** A signed-in window on the host. Fails the test when the page logs an error or breaks its content security policy. */
  readonly page: Page;
}

interface WorkerFixtures {
  readonly hostOptions: HostOptions;
  /** The test file's name: each has a project of its own (playwright.config.ts). */
  readonly file: string;
  /** The built program on books of its own, one for each test file. */
  readonly host: Host;
  readonly session: { readonly cookies: Awaited<ReturnType<BrowserContext['cookies']>> };
}

/** Complaints of a page that are no fault of ours: the browser tells each refused call, and each answer that is an error. */
const EXPECTED = /Failed to load resource|net::ERR_|EventSource/;

export const test = base.extend<Fixtures, WorkerFixtures>({
  hostOptions: [{}, { scope: 'worker', option: true }],
  file: ['', { scope: 'worker', option: true }],
  host: [
    // It asks for the file so that another file is another worker.
    async ({ hostOptions, file: _ }, use) => {
      const host = await startHost(hostOptions);
      await use(host);
      await host.stop();
    },
    { scope: 'worker' },
  ],
  session: [
    async ({ host, browser }, use) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(host.signInUrl);
      await use({ cookies: await context.cookies() });
      await context.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ host }, use) => use(host.url),
  page: async ({ context, session }, use) => {
    await context.addCookies(session.cookies);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
    });
    await use(page);
    expect(complaints, 'what the page complained about').toEqual([]);
  },
});

export { expect };
