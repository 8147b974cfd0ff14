import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Route } from 'playwright/test';
import { expect, test } from './support/fixtures.ts';
import { startHost, type Host } from './support/host.ts';
import { axeFindings, settled, tracesOn } from './support/page-checks.ts';

const RAW_BODY = '<html><body><h1>502 Bad Gateway</h1><pre>at Object.fail (server.js:1)</pre></body></html>';

async function addCustomers(host: Host): Promise<void> {
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-01-05T09:00:00Z' } });
  for (const name of ['Hooli', 'Initech'])
    await host.call('POST', '/customers', { customer: { external_id: name.toLowerCase(), name, currency: 'USD' } });
}

async function customerId(host: Host, externalId: string): Promise<string> {
  const { customer } = await host.call<{ readonly customer: { readonly lago_id: string } }>('GET', `/customers/${externalId}`);
  return customer.lago_id;
}

/** The words on the page are the app's own: no trace of a missing value, no answer as it came over the wire. */
async function expectOwnWords(page: Page): Promise<void> {
  expect(await tracesOn(page)).toEqual([]);
  for (const raw of ['<html>', 'server.js', 'Unexpected token', '"status"', 'Bad Gateway'])
    await expect(page.locator('body')).not.toContainText(raw);
}

test('a stopped server is told apart from one that was started anew', async ({ browser }) => {
  test.setTimeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'meterbook-screens-'));
  const first = await startHost({ folder });
  await addCustomers(first);
  const context = await browser.newContext({ baseURL: first.url });
  const page = await context.newPage();
  await page.goto(first.signInUrl);
  await page.goto('/customers');
  await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();
  await first.stop();

  await test.step('stopped: the banner says so, and what was shown stays', async () => {
    const banner = page.getByRole('alert').filter({ hasText: 'The billing server is not running' });
    await expect(banner).toContainText('meterbook serve');
    await expect(page.getByRole('contentinfo')).toContainText('The billing server is not running');
    await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await expectOwnWords(page);
  });

  await test.step('a page that was not loaded yet waits, the open one stays', async () => {
    await page.getByRole('link', { name: 'Coupons' }).click();
    await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();
    await expectOwnWords(page);
  });

  const second = await startHost({ folder, port: Number(new URL(first.url).port) });
  try {
    await test.step('started anew: signed out, with what to do', async () => {
      const banner = page.getByRole('alert').filter({ hasText: 'You are signed out' });
      await expect(banner).toContainText('Open the sign-in link', { timeout: 10_000 });
      await expect(page.getByText('The billing server is not running')).toHaveCount(0);
      await expect(page.getByRole('heading', { name: 'Coupons', level: 1 })).toBeVisible({ timeout: 10_000 });
      await expect(page.getByRole('main')).toContainText('This could not be loaded', { timeout: 10_000 });
      expect(await axeFindings(page)).toEqual([]);
      await expectOwnWords(page);
    });

    await test.step('the sign-in link brings everything back', async () => {
      await page.goto(second.signInUrl);
      await page.goto('/customers');
      await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();
      await expect(page.getByRole('alert')).toHaveCount(0);
    });
  } finally {
    await context.close();
    await second.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test.describe('with a server that runs', () => {
  test.beforeAll(({ host }) => addCustomers(host));

  test('a lost stream is said in the status bar, and what changed meanwhile comes with the next one', async ({ page, host }) => {
    const routes: Route[] = [];
    let isLost = true;
    await page.route('**/api/internal/stream', async (route) => {
      routes.push(route);
      if (isLost) await route.abort();
      else await route.continue();
    });
    await page.goto('/customers');
    await expect(page.getByRole('contentinfo')).toContainText('Reconnecting… what you see may be old');
    await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await host.call('POST', '/customers', { customer: { external_id: 'late', name: 'Latecomer' } });
    isLost = false;
    await expect(page.getByRole('contentinfo')).toContainText('API 127.0.0.1', { timeout: 10_000 });
    await expect(page.getByRole('row', { name: /Latecomer/ })).toBeVisible();
    await host.call('DELETE', '/customers/late');
    await expect(page.getByRole('row', { name: /Latecomer/ })).toHaveCount(0);
  });

  test('nothing yet, nothing that matches and a failure look different, and say what to do', async ({ page }) => {
    await page.goto('/coupons');
    await expect(page.getByText('No coupons yet')).toBeVisible();
    await expect(
      page
        .getByRole('main')
        .getByRole('link', { name: /Add a coupon/ })
        .first(),
    ).toBeVisible();

    await page.goto('/customers?search=zzzz');
    await expect(page.getByText('Nothing matches')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();

    let answer = { status: 500, contentType: 'text/html', headers: { 'x-request-id': 'req-4711' }, body: RAW_BODY };
    await page.route('**/api/internal/lists/customers*', (route) => route.fulfill(answer));
    await page.goto('/customers');
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText('This could not be loaded');
    await expect(alert).toContainText('req-4711');
    await expectOwnWords(page);
    expect(await axeFindings(page)).toEqual([]);

    answer = { ...answer, status: 200 };
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toContainText('Something other than the billing server answered.');
    await expectOwnWords(page);

    await page.unroute('**/api/internal/lists/customers*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('row', { name: /Hooli/ })).toBeVisible();
    await expect(alert).toHaveCount(0);
  });

  test('a busy database and a slow one say so', async ({ page }) => {
    const body = JSON.stringify({ status: 503, error: 'Service Unavailable', code: 'database_busy' });
    await page.route('**/api/internal/lists/plans*', (route) => route.fulfill({ status: 503, contentType: 'application/json', body }));
    await page.goto('/plans');
    const loading = page.getByRole('status', { name: 'Loading' });
    await expect(loading).toBeVisible();
    await expect(loading.locator('[data-visible]').first()).toBeVisible();
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText('Another program holds the database. Try again in a moment.', { timeout: 10_000 });
    await expectOwnWords(page);
    await page.unroute('**/api/internal/lists/plans*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('No plans yet')).toBeVisible();
  });

  test('an unsaved form is lost neither by leaving nor by closing the window', async ({ page, context }) => {
    await page.goto('/customers/new');
    await page.getByLabel('Name', { exact: true }).fill('Half done');
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });

    await page.getByRole('link', { name: 'Plans', exact: true }).click();
    await question.getByRole('button', { name: 'Stay' }).click();
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Half done');
    // Escape is no answer to lose work by, and does not keep the next question from being asked.
    await page.getByRole('link', { name: 'Plans', exact: true }).click();
    await expect(question).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(page).toHaveURL(/\/customers\/new$/);

    await page.close({ runBeforeUnload: false });
    const next = await context.newPage();
    await next.goto('/customers/new');
    await expect(next.getByText('Your unsaved changes are back.')).toBeVisible();
    await expect(next.getByLabel('Name', { exact: true })).toHaveValue('Half done');
    await next.getByRole('link', { name: 'Plans', exact: true }).click();
    await next.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Leave' }).click();
    await expect(next.getByRole('heading', { name: 'Plans', level: 1 })).toBeVisible();
    await next.goto('/customers/new');
    await settled(next);
    await expect(next.getByLabel('Name', { exact: true })).toHaveValue('');
  });

  test('what the server refuses lands on its fields', async ({ page }) => {
    await page.route('**/api/internal/customers', (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/json',
        body: JSON.stringify({
          status: 422,
          error: 'Unprocessable Entity',
          code: 'validation_errors',
          error_details: { email: ['invalid_email_format'], external_id: ['value_already_exist'], unheard_of: ['some_new_code'] },
        }),
      }),
    );
    await page.goto('/customers/new');
    await page.getByLabel('Name', { exact: true }).fill('Refused');
    await page.keyboard.press('Control+s');
    const alert = page.getByRole('alert').filter({ hasText: 'This cannot be saved yet' });
    await expect(alert).toContainText('This is not an e-mail address.');
    await expect(alert).toContainText('External id: This is taken already');
    await expect(page.getByLabel('External id')).toBeFocused();
    await alert.getByRole('button', { name: /^E-mail/ }).click();
    await expect(page.getByLabel('E-mail')).toBeFocused();
    await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
    await expectOwnWords(page);
  });

  test('what is gone, and what never was, has a page that says so', async ({ page, host }) => {
    await host.call('POST', '/customers', { customer: { external_id: 'shortlived', name: 'Shortlived' } });
    const id = await customerId(host, 'shortlived');
    await page.goto(`/customers/${id}/overview`);
    await expect(page.getByRole('heading', { name: 'Shortlived', level: 1 })).toBeVisible();
    await host.call('DELETE', '/customers/shortlived');
    await expect(page.getByText('This is not there any more')).toBeVisible();
    await expectOwnWords(page);

    for (const path of ['customers', 'plans', 'invoices', 'subscriptions', 'billable-metrics', 'coupons', 'add-ons', 'credit-notes']) {
      await page.goto(`/${path}/00000000-0000-4000-8000-000000000000`);
      await expect(page.getByRole('alert').filter({ hasText: 'This is not there any more' }), path).toBeVisible();
      await expectOwnWords(page);
    }
    expect(await axeFindings(page)).toEqual([]);

    await page.goto('/no/such/page');
    await expect(page.getByText('There is no such page')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go to Home' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
});
