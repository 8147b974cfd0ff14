import type { Page } from 'playwright/test';
import { callInternal, loadHostileBooks, loadSample } from './support/books.ts';
import { expect, test } from './support/fixtures.ts';
import { axeFindings, isSettled, tracesOn } from './support/page-checks.ts';
import { addresses } from './support/screens.ts';

test.describe.configure({ mode: 'serial' });

interface Found {
  readonly path: string;
  readonly complaints: readonly string[];
}

/** Visits every address of the router that these books can show, and says what was wrong on which. */
async function visitAll(
  page: Page,
  check: (path: string) => Promise<readonly string[]>,
): Promise<{ readonly found: readonly Found[]; readonly unreachable: readonly string[] }> {
  const { paths, unreachable } = await addresses(async (list) => {
    const answer = await callInternal<{ readonly rows: readonly { readonly lago_id: string; readonly code?: string }[] }>(
      page,
      'GET',
      `/lists/${list}${list.includes('?') ? '&' : '?'}limit=1`,
    );
    return answer.rows;
  });
  const found: Found[] = [];
  for (const path of paths) {
    await page.goto(path);
    const isThere = await isSettled(page);
    const complaints = isThere ? await check(path) : ['it never came to rest'];
    if (complaints.length > 0) found.push({ path, complaints });
  }
  return { found, unreachable };
}

test('every route of an empty workspace shows its empty state, and no trace of a missing value', async ({ page }) => {
  test.setTimeout(180_000);
  const { found } = await visitAll(page, () => tracesOn(page));
  expect(found).toEqual([]);
});

test('every route of the sample company is readable, and axe finds nothing, in light and in dark', async ({ page, host }) => {
  test.setTimeout(400_000);
  await loadSample(page, host);
  const { found, unreachable } = await visitAll(page, async () => {
    const complaints = [...(await tracesOn(page))];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      complaints.push(...(await axeFindings(page)).map((finding) => `${colorScheme}: ${finding}`));
    }
    return complaints;
  });
  expect(found).toEqual([]);
  expect(unreachable).toEqual([]);
});

test('every route shows hostile names as text', async ({ page, host }) => {
  test.setTimeout(240_000);
  await callInternal(page, 'DELETE', '/sample');
  await loadHostileBooks(host);
  // A user may well be called "null"; here nobody is, so a trace is one.
  const { found } = await visitAll(page, async () => [
    ...(await tracesOn(page)).filter((line) => !line.includes('value":"NaN"') && !/"value": "NaN"|value=NaN/.test(line)),
    ...((await page.title()) === 'owned' ? ['markup of a name was run'] : []),
    ...((await page.locator('main img[src="x"]').count()) > 0 ? ['markup of a name became an element'] : []),
    ...((await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) ? ['the page is wider than the window'] : []),
  ]);
  expect(found).toEqual([]);
});
