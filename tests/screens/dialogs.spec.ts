import type { Locator, Page } from 'playwright/test';
import { callInternal, loadSample } from './support/books.ts';
import { expect, test } from './support/fixtures.ts';
import { axeFindings, contrastFindings, settled } from './support/page-checks.ts';

const OVER_PAGE = '[role="dialog"], [role="menu"]';

/** What axe finds on what lies over the page, in light and in dark. */
async function complaintsAbout(page: Page, name: string, part = OVER_PAGE): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await contrastFindings(page, part);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await axeFindings(page, part);
  return [...dark.map((finding) => `${name}, dark: ${finding}`), ...light.map((finding) => `${name}, light: ${finding}`)];
}

async function firstId(page: Page, list: string): Promise<string> {
  const { rows } = await callInternal<{ readonly rows: readonly { readonly lago_id: string }[] }>(page, 'GET', `/lists/${list}`);
  const [row] = rows;
  if (row === undefined) throw new Error(`no row in ${list}`);
  return row.lago_id;
}

/** Opens a menu, then everything that an entry with an ellipsis, or JSON, opens from it. */
async function checkMenu(page: Page, menu: Locator): Promise<readonly string[]> {
  const name = (await menu.getAttribute('aria-label')) ?? (await menu.innerText());
  await menu.click();
  const items = page.locator('[role="menu"] [role^="menuitem"]');
  await expect(items.first(), name).toBeVisible();
  const found = [...(await complaintsAbout(page, name))];
  const openers = (await items.allInnerTexts()).filter((text) => text.endsWith('…') || text === 'View as JSON');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  for (const opener of openers) {
    await menu.click();
    const item = page.getByRole('menuitem', { name: opener, exact: true });
    if (await item.isEnabled()) {
      await item.click();
      found.push(...(await checkDialog(page, `${name} › ${opener}`)));
    } else await page.keyboard.press('Escape');
  }
  return found;
}

async function checkDialog(page: Page, name: string): Promise<readonly string[]> {
  const dialog = page.getByRole('dialog').first();
  await expect(dialog, name).toBeVisible();
  await expect(dialog.locator('[aria-busy="true"]'), name).toHaveCount(0);
  const found = await complaintsAbout(page, name);
  // The list of a field closes first.
  if (await page.getByRole('listbox').first().isVisible()) await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog'), `${name} closes`).toHaveCount(0);
  return found;
}

/** Opens everything that a page can open over itself: its menus and what they lead to, and the buttons of these names. */
async function checkPage(page: Page, path: string, buttons: readonly (string | RegExp)[] = []): Promise<readonly string[]> {
  await page.goto(path);
  await settled(page);
  const found: string[] = [];
  const menus = page.locator('main button[aria-haspopup="menu"]');
  // Every row of a table has the same one.
  const names = new Set<string>();
  for (const menu of await menus.all()) {
    const name = ((await menu.getAttribute('aria-label')) ?? (await menu.innerText())).split(' ').slice(0, 2).join(' ');
    if (names.has(name)) continue;
    names.add(name);
    found.push(...(await checkMenu(page, menu)));
  }
  for (const button of buttons) {
    await page.getByRole('main').getByRole('button', { name: button }).first().click();
    found.push(...(await checkDialog(page, `${path} › ${String(button)}`)));
  }
  return found.map((finding) => `${path}: ${finding}`);
}

test.beforeAll(async ({ browser, host, session }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: host.url });
  await context.addCookies(session.cookies);
  await loadSample(await context.newPage(), host);
  await context.close();
});

test('what the window itself opens has no fault that axe finds', async ({ page }) => {
  test.setTimeout(60_000);
  const found: string[] = [];
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByLabel('Search or type a command')).toBeFocused();
  await page.keyboard.type('a');
  found.push(...(await checkDialog(page, 'palette')));
  await page.keyboard.press('?');
  found.push(...(await checkDialog(page, 'shortcuts')));
  await page.getByRole('button', { name: /^Organization menu/ }).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  found.push(...(await complaintsAbout(page, 'organization menu')));
  await page.getByRole('menuitem', { name: 'Release notes' }).click();
  found.push(...(await checkDialog(page, 'release notes')));
  await page.getByRole('contentinfo').getByRole('button').first().click();
  found.push(...(await complaintsAbout(page, 'bell', 'body')));
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Upcoming invoices' }).getByRole('button').first().click();
  found.push(...(await checkDialog(page, 'upcoming invoices')));
  expect(found).toEqual([]);
});

test('what the lists and records open has no fault that axe finds', async ({ page }) => {
  test.setTimeout(200_000);
  const customer = await firstId(page, 'customers');
  const found = [
    ...(await checkPage(page, '/customers')),
    ...(await checkPage(page, `/customers/${customer}/overview`, ['Assign a plan'])),
    ...(await checkPage(page, `/customers/${customer}/credits`, ['Open a wallet'])),
    ...(await checkPage(page, `/subscriptions/${await firstId(page, 'subscriptions?status=active')}`)),
    ...(await checkPage(page, `/invoices/${await firstId(page, 'invoices?status=finalized')}`)),
    ...(await checkPage(page, `/plans/${await firstId(page, 'plans')}`)),
    ...(await checkPage(page, `/billable-metrics/${await firstId(page, 'billable_metrics')}`)),
    ...(await checkPage(page, `/coupons/${await firstId(page, 'coupons')}`)),
    ...(await checkPage(page, `/add-ons/${await firstId(page, 'add_ons')}`)),
    ...(await checkPage(page, '/developers/keys', ['Create a key'])),
    ...(await checkPage(page, '/developers/webhooks', ['Signatures', /^Add an endpoint/])),
    ...(await checkPage(page, '/settings/invoicing', ['Add a section'])),
    ...(await checkPage(page, '/settings/integrations', ['Connect Stripe'])),
    ...(await checkPage(page, '/events', [/test event/])),
  ];
  expect(found).toEqual([]);
});

test('what stands beside a list has no fault that axe finds', async ({ page }) => {
  test.setTimeout(60_000);
  const found: string[] = [];
  for (const [path, key] of [
    ['/events?last=all', 'Enter'],
    ['/payments', 'Space'],
    ['/developers/requests', 'Space'],
    ['/developers/activity', 'Space'],
  ] as const) {
    await page.goto(path);
    await settled(page);
    await page.keyboard.press('j');
    await expect(page.locator('tr[data-row]:focus, [role="row"]:focus'), path).toHaveCount(1);
    await page.keyboard.press(key);
    await expect(page.getByRole('button', { name: 'Close' }), path).toBeVisible();
    await settled(page);
    found.push(...(await complaintsAbout(page, path, 'main')));
  }
  expect(found).toEqual([]);
});

const MAIN_PAGES = [
  '/',
  '/customers',
  '/invoices',
  '/plans',
  '/plans/new',
  '/billable-metrics/new',
  '/events',
  '/developers/keys',
  '/settings/organization',
];

test('at 400 % and in forced colours nothing is cut off', async ({ page }) => {
  test.setTimeout(60_000);
  await page.setViewportSize({ width: 340, height: 640 });
  await page.emulateMedia({ forcedColors: 'active' });
  const found: string[] = [];
  for (const path of [
    ...MAIN_PAGES,
    `/customers/${await firstId(page, 'customers')}/overview`,
    `/invoices/${await firstId(page, 'invoices')}`,
  ]) {
    await page.goto(path);
    await settled(page);
    found.push(...(await page.evaluate(outsideWindow)).map((finding) => `${path}: ${finding}`));
  }
  expect(found).toEqual([]);
});

/** The page scrolling sideways, and controls of no scrolling region that lie outside of the window. Runs in the page. */
function outsideWindow(): readonly string[] {
  const found: string[] = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > window.innerWidth) found.push(`the page is ${String(scrollWidth)} px wide`);
  for (const control of document.querySelectorAll<HTMLElement>('main :is(a, button, input, h1)')) {
    const box = control.getBoundingClientRect();
    let around: HTMLElement | null = control.parentElement;
    while (around !== null && !(around.scrollWidth > around.clientWidth && /auto|scroll/.test(getComputedStyle(around).overflowX)))
      around = around.parentElement;
    if (around === null && box.width > 1 && (box.right > window.innerWidth + 1 || box.left < 0))
      found.push(
        `${control.tagName} “${control.innerText.slice(0, 30)}” at ${String(Math.round(box.left))}–${String(Math.round(box.right))}`,
      );
  }
  return found;
}
