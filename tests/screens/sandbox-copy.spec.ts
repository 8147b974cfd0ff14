import { rmSync } from 'node:fs';
import { expect, test } from './support/fixtures.ts';
import { startHost } from './support/host.ts';
import { axeFindings, settled } from './support/page-checks.ts';

test.use({ hostOptions: { isLive: true } });

test('the organization menu copies the books into a sandbox, and says how to serve it', async ({ page, host }) => {
  const folder = `${host.folder}-sandbox-1`;
  await host.call('POST', '/customers', { customer: { external_id: 'acme', name: 'Acme' } });
  await page.goto('/customers');
  await settled(page);
  await page.getByRole('button', { name: /^Organization menu/ }).click();
  await page.getByRole('menuitem', { name: /^Duplicate to a sandbox/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Duplicate to a sandbox' });
  await expect(dialog.getByText(folder, { exact: true })).toBeVisible();
  await expect(dialog.getByText(`meterbook serve --sandbox --data-dir "${folder}" --port 0`)).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy the command' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`meterbook serve --sandbox --data-dir "${folder}" --port 0`);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();

  const copy = await startHost({ folder });
  try {
    expect(await copy.call('GET', '/customers/acme')).toMatchObject({ customer: { name: 'Acme' } });
    const later = { test_clock: { now: '2099-01-01T00:00:00Z' } };
    expect(await copy.call('PUT', '/test_clock', later)).toEqual(later);
  } finally {
    await copy.stop();
    rmSync(folder, { recursive: true });
  }
});

test('a copy that cannot be made is refused in words, and can be tried again', async ({ page, host }) => {
  await page.route('**/api/internal/workspaces/sandbox', (route) =>
    route.fulfill({ status: 405, json: { status: 405, error: 'Method Not Allowed', code: 'sandbox_not_made' } }),
  );
  await page.goto('/customers');
  await settled(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('duplicate to a');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Duplicate to a sandbox' });
  await expect(dialog.getByText(/^The copy could not be written/)).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.unroute('**/api/internal/workspaces/sandbox');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByText(`${host.folder}-sandbox-1`, { exact: true })).toBeVisible();
  rmSync(`${host.folder}-sandbox-1`, { recursive: true });
});
