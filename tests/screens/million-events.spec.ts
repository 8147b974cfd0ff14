import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect as expectSoon, test } from 'playwright/test';
import { startHost } from './support/host.ts';
import { seedEvents } from './support/seed-events.ts';

const COUNT = 1_000_000;
/** The window shares two cores with the server and whatever else is tested. */
const expect = expectSoon.configure({ timeout: 20_000 });

/** A workspace with a metric and a million events of it, the newest one an hour ago. */
async function makeWorkspace(folder: string): Promise<void> {
  const host = await startHost({ folder });
  try {
    await host.call('PUT', '/test_clock', { test_clock: { now: '2026-01-20T12:00:00Z' } });
    const metric = { name: 'Searches', code: 'searches', aggregation_type: 'sum_agg', field_name: 'volume' };
    await host.call('POST', '/billable_metrics', { billable_metric: metric });
  } finally {
    await host.stop();
  }
  // 2026-01-20T11:00:00Z, and a tenth of a second between each two: 27 hours in all.
  seedEvents(folder, { count: COUNT, code: 'searches', subscriptions: 50, newestMs: 1_768_906_800_000 });
}

test('a list of a million events is scrolled, jumped through and searched without waiting', async ({ page }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'meterbook-million-'));
  try {
    await makeWorkspace(folder);
    const host = await startHost({ folder });
    try {
      const tookMs: number[] = [];
      page.on('requestfinished', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname !== '/api/internal/events') return;
        const { responseEnd, requestStart } = request.timing();
        tookMs.push(responseEnd - requestStart);
      });
      await page.goto(host.signInUrl);
      await page.goto(`${host.url}/events?last=all`);
      const table = page.getByRole('table', { name: 'Events' });
      await expect(table).toHaveAttribute('aria-rowcount', '1000001');
      // Above them all lies the time in which the workspace was closed.
      await expect(table.locator('tr[data-row="0"]')).toContainText('not listening');
      await expect(table.locator('tr[data-key="1000000"]')).toContainText('volume=0');

      const scroller = table.locator('..');
      for (let rows = 500; rows <= 3_000; rows += 500) {
        await expect(async () => {
          await scroller.evaluate((element, top) => element.scrollTo({ top }), rows * 32);
          await expect(table.locator(`tr[data-row="${String(rows)}"]`)).toBeVisible({ timeout: 250 });
        }).toPass({ intervals: [20] });
      }
      await expect(table.locator('tr[data-key="997001"]')).toBeVisible();
      expect(tookMs.length).toBeGreaterThanOrEqual(30);

      // To the event of ten in the morning of the day before: 25 hours, or 900,000 events, before the newest.
      await page.getByLabel('Jump to a time').fill('2026-01-19T10:00');
      await expect(table.locator('tr[data-row="0"]')).toContainText('10:00:59.000');
      await expect(table.locator('tr[data-row="0"]')).toHaveAttribute('data-key', '100590');
      await page.getByRole('button', { name: /^Remove filter until/ }).click();

      await page.goto(`${host.url}/events?last=all&tx=seeded-4711`);
      await expect(table.locator('tr[data-key="4711"]')).toContainText('volume=11');
      await page.goto(`${host.url}/events?last=all&sub=line-7&property=volume%3D57`);
      await expect(table.locator('tr[data-row="0"]')).toContainText('volume=57');
      await page.goto(`${host.url}/events?last=all&text=seeded-1234567`);
      await expect(page.getByText('Nothing matches')).toBeVisible();
      // The middle one, as some share their moment with other work.
      expect(tookMs.sort((one, other) => one - other)[Math.floor(tookMs.length / 2)]).toBeLessThan(200);
    } finally {
      await host.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
