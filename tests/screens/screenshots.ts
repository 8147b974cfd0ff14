// Photographs every screen of the sample company, or those whose pictures begin with the words given. Run by `npm run screenshots`.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, type Page } from 'playwright/test';
import { distFolder } from '../../build/dist-folder.ts';
import { callInternal, loadSample } from './support/books.ts';
import { CHROMIUM_ARGUMENTS, chromiumPath } from './support/browser.ts';
import { startHost } from './support/host.ts';
import { settled } from './support/page-checks.ts';
import { addresses } from './support/screens.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, distFolder(), 'screenshots');
const IN_README = join(ROOT, 'docs', 'screenshots');

/** What the README shows: picture → its name there. */
const FOR_README: Readonly<Record<string, string>> = {
  'home-light.png': 'home.png',
  'plans-id-edit-light.png': 'plan-editor.png',
  'customers-id-usage-light.png': 'customer-usage.png',
  'events-dark.png': 'events-dark.png',
  'invoices-id-light.png': 'invoice.png',
};

/** `/customers/$id/usage` in light is `customers-id-usage-light.png`. */
function pictureName(path: string, scheme: string): string {
  const name = path.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');
  return `${name === '' ? 'home' : name}-${scheme}.png`;
}

/** Charts and sums that come after the page. */
async function drawn(page: Page): Promise<void> {
  await expect(page.locator('main .mantine-Skeleton-root')).toHaveCount(0, { timeout: 20_000 });
  if ((await page.getByText('Price curve of').count()) > 0) await page.locator('main .recharts-surface').first().waitFor();
  await expect(page.getByText(/Still adding up|still being counted/)).toHaveCount(0, { timeout: 20_000 });
}

async function photograph(page: Page, routes: readonly (readonly [string, string])[]): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const [route, address] of routes) {
      await page.goto(address);
      await settled(page);
      await drawn(page);
      const name = pictureName(route, scheme);
      await page.screenshot({ path: join(FOLDER, name) });
      console.log(join(distFolder(), 'screenshots', name));
    }
  }
}

if (process.argv.length === 2) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const host = await startHost();
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_ARGUMENTS] });
try {
  const context = await browser.newContext({
    baseURL: host.url,
    viewport: { width: 1360, height: 860 },
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  await page.goto(host.signInUrl);
  await loadSample(page, host);
  const { paths, routes } = await addresses(async (list) => {
    const answer = await callInternal<{ readonly rows: readonly { readonly lago_id: string; readonly code?: string }[] }>(
      page,
      'GET',
      `/lists/${list}${list.includes('?') ? '&' : '?'}limit=1`,
    );
    return answer.rows;
  });
  const words = process.argv.slice(2);
  await photograph(
    page,
    routes.filter(([route]) => words.length === 0 || words.some((word) => pictureName(route, '').startsWith(word))),
  );
  mkdirSync(IN_README, { recursive: true });
  for (const [picture, name] of Object.entries(FOR_README)) copyFileSync(join(FOLDER, picture), join(IN_README, name));
  console.log(`${String(paths.length * 2)} pictures in ${distFolder()}/screenshots`);
} finally {
  await browser.close();
  await host.stop();
}
