import { setInterval as every } from 'node:timers/promises';
import type { Page } from 'playwright/test';
import { expect, test } from './support/fixtures.ts';
import type { Host } from './support/host.ts';
import { axeFindings } from './support/page-checks.ts';

test.describe.configure({ mode: 'serial' });

let sent = 0;
function eventOf(code: string, properties: object, more: object = {}): object {
  sent += 1;
  return { transaction_id: `sent-${String(sent)}`, external_subscription_id: 'hooli-search', code, properties, ...more };
}
async function sendEvent(host: Host, code: string, properties: object, more: object = {}): Promise<void> {
  await host.call('POST', '/events', { event: eventOf(code, properties, more) });
}

async function usageCents(host: Host): Promise<number> {
  const path = '/customers/hooli/current_usage?external_subscription_id=hooli-search';
  const { customer_usage: usage } = await host.call<{ customer_usage: { amount_cents: number } }>('GET', path);
  return usage.amount_cents;
}

/** Rows of the tail, as `code verdict`. */
const rowOf = (page: Page, name: RegExp) => page.getByRole('table', { name: 'Events' }).getByRole('row', { name });
const problemOf = (page: Page, code: string) => page.getByRole('region', { name: 'Problems' }).locator(`[data-code="${code}"]`);

test.beforeAll(async ({ host }) => {
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-01-20T12:00:00Z' } });
  const plan = { name: 'Search', code: 'search', interval: 'monthly', amount_cents: 0, amount_currency: 'USD', pay_in_advance: false };
  await host.call('POST', '/plans', { plan: { ...plan, charges: [] } });
  await host.call('POST', '/customers', { customer: { external_id: 'hooli', name: 'Hooli' } });
  await host.call('POST', '/subscriptions', {
    subscription: {
      external_customer_id: 'hooli',
      external_id: 'hooli-search',
      plan_code: 'search',
      subscription_at: '2026-01-01T00:00:00Z',
    },
  });
});

test('events of an unknown metric are seen, explained, fixed in place, and then billed', async ({ page, host }) => {
  await page.goto('/events');
  await expect(page.getByText('No events yet')).toBeVisible();
  for (let count = 0; count < 9; count += 1) await sendEvent(host, 'search_requests', { volume: 3, region: 'eu' });
  await expect(rowOf(page, /search_requests .* unknown metric/)).toHaveCount(9);
  const problem = problemOf(page, 'search_requests');
  await expect(problem.getByRole('heading')).toHaveText('9 events with the code search_requests: no such billable metric');
  await expect(problem).toContainText('These 9 events will count as soon as the metric exists');
  await expect(problem).toContainText('Jan 1, 2026 – Jan 31, 2026 is still open');
  await expect(page.getByRole('navigation').getByRole('img', { name: 'Some events match nothing' })).toBeVisible();

  await problem.getByRole('button', { name: 'Create metric' }).click();
  const panel = page.getByRole('dialog', { name: 'Create a metric for “search_requests”' });
  await expect(panel.getByLabel('Name')).toHaveValue('Search requests');
  await expect(panel.getByRole('combobox', { name: 'Aggregation' })).toHaveValue('Sum of a property');
  await expect(panel.getByLabel('Property')).toHaveValue('volume');
  await panel.getByRole('button', { name: 'Create metric' }).click();
  await expect(panel).toBeHidden();
  await expect(rowOf(page, /search_requests .* no charge on the plan/)).toHaveCount(9);
  await expect(page.getByRole('img', { name: 'Some events match nothing' })).toHaveCount(0);

  const charge = { billable_metric_code: 'search_requests', charge_model: 'standard', properties: { amount: '0.5' } };
  await host.call('PUT', '/plans/search', { plan: { charges: [charge] } });
  await expect(rowOf(page, /search_requests .* counted → Search requests/)).toHaveCount(9);
  await expect(page.getByRole('region', { name: 'Problems' })).toHaveCount(0);
  // 9 events of 3 units at 0.50.
  expect(await usageCents(host)).toBe(1350);

  await sendEvent(host, 'serach_requests', { volume: 4 });
  await problemOf(page, 'serach_requests').getByRole('button', { name: 'search_requests', exact: true }).click();
  const corrected = page.getByRole('dialog', { name: 'Send an event of “search_requests”' });
  await expect(corrected.getByLabel('Properties')).toHaveValue('{\n  "volume": 4\n}');
  await corrected.getByRole('button', { name: 'Send event' }).click();
  await expect(corrected).toBeHidden();
  await expect(rowOf(page, /search_requests .* counted/)).toHaveCount(10);
  // Another 4 units at 0.50.
  expect(await usageCents(host)).toBe(1550);
});

test('a property that the metric does not find is corrected in the request, or in the metric', async ({ page, host }) => {
  await page.goto('/events');
  await sendEvent(host, 'search_requests', { vol: 7 });
  const missing = problemOf(page, 'search_requests');
  await expect(missing.getByRole('heading')).toHaveText('1 event of search_requests without the property volume');
  // The plan charges for the metric: what it reads is fixed, and only the sender can be put right.
  await expect(missing.getByRole('button', { name: 'Change the metric’s field' })).toHaveCount(0);
  await missing.getByRole('button', { name: 'Copy corrected request' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"volume": 7');
  await missing.getByRole('button', { name: 'vol', exact: true }).click();
  const corrected = page.getByRole('dialog', { name: 'Send an event of “search_requests”' });
  await expect(corrected.getByLabel('Properties')).toHaveValue('{\n  "volume": 7\n}');
  await corrected.getByRole('button', { name: 'Send event' }).click();
  await expect(corrected).toBeHidden();
  // 31 + 7 units at 0.50.
  await expect.poll(() => usageCents(host)).toBe(1900);

  const metric = { name: 'Uploads', code: 'uploads', aggregation_type: 'sum_agg', field_name: 'megabytes' };
  await host.call('POST', '/billable_metrics', { billable_metric: metric });
  await sendEvent(host, 'uploads', { mb: 5, name: 'a.png' });
  await expect(rowOf(page, /uploads .* missing property/)).toHaveCount(1);
  await problemOf(page, 'uploads').getByRole('button', { name: 'Change the metric’s field' }).click();
  const panel = page.getByRole('dialog', { name: 'Change the field of “Uploads”' });
  await panel.getByRole('radio', { name: /^mb/ }).check();
  await panel.getByRole('button', { name: 'Read “mb” from now on' }).click();
  await expect(rowOf(page, /uploads .* no charge on the plan/)).toHaveCount(1);
  const charges = ['search_requests', 'uploads'].map((code) => ({
    billable_metric_code: code,
    charge_model: 'standard',
    properties: { amount: '0.5' },
  }));
  await host.call('PUT', '/plans/search', { plan: { charges } });
  await expect(rowOf(page, /uploads .* counted → Uploads/)).toHaveCount(1);
  // And 5 megabytes at 0.50.
  expect(await usageCents(host)).toBe(2150);
});

test('the tail waits while one reads, the inspector steps through it, and events are sent again', async ({ page, host }) => {
  await page.goto('/events?code=search_requests&last=all');
  await expect(rowOf(page, /search_requests/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  const before = await rowOf(page, /search_requests/).count();
  await host.call('POST', '/events/batch', { events: Array.from({ length: 100 }, () => eventOf('search_requests', { volume: 0 })) });
  await host.call('POST', '/events/batch', { events: Array.from({ length: 28 }, () => eventOf('search_requests', { volume: 0 })) });
  await expect(page.getByRole('button', { name: '128 new events' })).toBeVisible();
  expect(await rowOf(page, /search_requests/).count()).toBe(before);
  await page.getByRole('button', { name: '128 new events' }).click();
  await expect(rowOf(page, /volume=0/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();

  const twice = eventOf('search_requests', { volume: 1 }, { transaction_id: 'twice' });
  await host.call('POST', '/events', { event: twice });
  await expect(host.call('POST', '/events', { event: twice })).rejects.toThrow('value_already_exist');
  await expect(rowOf(page, /rejected duplicate transaction id/)).toHaveCount(1);

  await rowOf(page, /volume=1/)
    .last()
    .click();
  const inspector = page.getByRole('region', { name: 'Event twice', exact: true });
  await expect(inspector).toContainText('→ Search requests');
  await expect(inspector).toContainText('Jan 1, 2026 – Jan 31, 2026');
  await expect(inspector.getByText('Units of the period').locator('..')).toContainText('39');
  // With the inspector open new rows wait.
  await sendEvent(host, 'search_requests', { volume: 0 });
  await expect(page.getByRole('button', { name: '1 new event' })).toBeVisible();
  await inspector.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('k');
  await expect(page.getByRole('region', { name: 'Event twice', exact: true })).toContainText('This transaction id was used before');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByRole('region', { name: /^Event sent-/ })).toBeVisible();
  await page.keyboard.press('k');
  await inspector.getByRole('button', { name: 'Send again with a new transaction id' }).click();
  const again = page.getByRole('dialog', { name: 'Send an event of “search_requests”' });
  await expect(again.getByLabel('Transaction id')).toHaveValue(/^manual-[0-9a-f]{24}$/);
  await again.getByRole('button', { name: 'Send event' }).click();
  await expect(again).toBeHidden();
  await inspector.getByRole('button', { name: 'Close' }).click();
  // 43 units, and the one that was sent again. 31 + 7 + 1 + 1 at 0.50, and 5 megabytes.
  expect(await usageCents(host)).toBe(2250);

  await page.getByLabel('Search events').fill('region=eu');
  await page.getByRole('option', { name: /Property/ }).click();
  await expect(page).toHaveURL(/property=region%3Deu/);
  await expect(rowOf(page, /region=eu/)).toHaveCount(9);
  await page.getByRole('button', { name: 'Remove filter Property: region=eu' }).click();
  await page.getByLabel('Search events').fill('no such thing');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing matches')).toBeVisible();
});

test('500 events a second leave the window quick, and its rows bounded', async ({ page, host }) => {
  await page.goto('/events');
  await expect(rowOf(page, /search_requests/).first()).toBeVisible();
  await page.evaluate(() => {
    const long = { longestMs: 0 };
    Object.assign(window, { long });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.longestMs = Math.max(long.longestMs, duration);
    }).observe({ type: 'longtask', buffered: false });
  });
  const batch = () => Array.from({ length: 100 }, () => eventOf('search_requests', { volume: 0 }));
  let batches = 0;
  for await (const _ of every(200)) {
    await host.call('POST', '/events/batch', { events: batch() });
    batches += 1;
    if (batches === 10) {
      // In the middle of it all a key is answered at once.
      const began = performance.now();
      await page.getByLabel('Search events').fill('quick');
      await expect(page.getByRole('option', { name: /Anywhere/ })).toBeVisible();
      expect(performance.now() - began).toBeLessThan(1_000);
      await page.getByLabel('Search events').fill('');
    }
    if (batches === 20) break;
  }
  // A rate of 0 may also be a pause between two of them: the very last one shows that all have come.
  const last = 'the-last';
  await sendEvent(host, 'search_requests', { volume: 777 }, { transaction_id: last });
  const table = page.getByRole('table', { name: 'Events' });
  await expect(table.locator('tr[data-row="0"]')).toContainText('volume=777');
  // A thousand rows are kept, a few dozen of them drawn.
  expect(await table.locator('tr[data-row]').count()).toBeLessThan(80);
  const height = await table.evaluate((element) => element.parentElement?.scrollHeight ?? 0);
  expect(height).toBeLessThan(1_010 * 32 + 100);
  expect(height).toBeGreaterThan(990 * 32);
  const longestMs = await page.evaluate(() => (window as unknown as { long: { longestMs: number } }).long.longestMs);
  expect(longestMs).toBeLessThan(500);
  await table.locator('tr[data-row="0"]').click();
  await expect(page.getByRole('region', { name: `Event ${last}`, exact: true })).toBeVisible();
});

test('axe finds nothing on the debugger, its inspector and its panels', async ({ page, host }) => {
  test.setTimeout(120_000);
  await sendEvent(host, 'mystery', { size: 3 });
  await sendEvent(host, 'mystery', { size: 3 }, { timestamp: 1_768_000_000 });
  await page.goto('/events?verdict=problems&last=all');
  const check = async (): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page)).toEqual([]);
    }
  };
  await rowOf(page, /mystery/)
    .first()
    .click();
  await expect(page.getByText('it happened').first()).toBeVisible();
  await check();
  await page.getByRole('button', { name: 'Close' }).click();
  await problemOf(page, 'mystery').getByRole('button', { name: 'Create metric' }).click();
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused();
  await check();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(page.getByRole('dialog', { name: 'Send a test event' })).toBeVisible();
  await page.getByRole('dialog').getByLabel('Time', { exact: true }).focus();
  await check();
});
