import { callInternal, SAMPLE_NOW } from './support/books.ts';
import { expect, test } from './support/fixtures.ts';
import type { Host } from './support/host.ts';
import { axeFindings, settled } from './support/page-checks.ts';

test.describe.configure({ mode: 'serial' });

test('the welcome fills empty books with the sample company, home shows what it needs, and one click takes it out', async ({
  page,
  host,
}) => {
  test.setTimeout(120_000);
  await host.call('PUT', '/test_clock', { test_clock: { now: SAMPLE_NOW } });
  await page.goto('/');
  await page.getByRole('radio', { name: 'The sample company' }).click();
  await page.getByRole('button', { name: 'Load the sample company' }).click();
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Skip the tour' }).click();
  await expect(page.getByText('Sample data', { exact: true })).toBeVisible();

  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention.getByText('The payment of 1 invoice failed')).toBeVisible();
  await expect(attention.getByRole('link', { name: /^serach_requests \(\d+\)$/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Top customers by running usage' }).getByRole('link')).toHaveCount(5);

  // The picture, and the same as a table.
  const hours = page.getByRole('region', { name: 'Events per hour, last 7 days' });
  await expect(hours.getByRole('application')).toBeVisible();
  await hours.getByText('Table', { exact: true }).click();
  const { hours: counted } = await callInternal<{ hours: readonly { events_count: number }[] }>(page, 'GET', '/home/event_hours');
  await expect(hours.getByRole('row')).toHaveCount(1 + counted.filter(({ events_count: count }) => count > 0).length);

  await attention.getByRole('link', { name: /serach_requests/ }).click();
  await expect(page).toHaveURL(/\/events\?.*code=serach_requests/);

  await page.goto('/');
  await page.getByRole('button', { name: 'Remove sample data…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove sample data' }).click();
  await expect(page.getByText('Sample data', { exact: true })).toBeHidden();
});

/** Two customers at 1.00 a unit and 10.00 a month: acme since February, hooli with two subscriptions since 10 March. */
async function tellOfTwoCustomers(host: Host): Promise<void> {
  const at = (now: string) => host.call('PUT', '/test_clock', { test_clock: { now } });
  const use = (subscription: string, value: number) =>
    host.call('POST', '/events', {
      event: { transaction_id: `tx-${subscription}`, external_subscription_id: subscription, code: 'calls', properties: { value } },
    });
  const subscribe = (customer: string, externalId: string) =>
    host.call('POST', '/subscriptions', {
      subscription: { external_customer_id: customer, external_id: externalId, plan_code: 'starter' },
    });
  await at('2023-02-01T00:00:00Z');
  await host.call('POST', '/billable_metrics', {
    billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'sum_agg', field_name: 'value' },
  });
  const charges = [{ billable_metric_code: 'calls', charge_model: 'standard', properties: { amount: '1' } }];
  await host.call('POST', '/plans', {
    plan: { name: 'Starter', code: 'starter', interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', charges },
  });
  for (const name of ['Acme', 'Hooli']) await host.call('POST', '/customers', { customer: { external_id: name.toLowerCase(), name } });
  await subscribe('acme', 'acme');
  await at('2023-03-10T12:00:00Z');
  await subscribe('hooli', 'hooli-eu');
  await subscribe('hooli', 'hooli-us');
  await use('acme', 4);
  await use('hooli-us', 5);
}

test('running amounts follow events by themselves, and an upcoming invoice opens', async ({ page, host }) => {
  test.setTimeout(60_000);
  await tellOfTwoCustomers(host);
  await page.goto('/');
  const revenue = page.getByRole('region', { name: 'Revenue' });
  // February of acme: 28 of 28 days.
  await expect(revenue.getByText('$10.00')).toBeVisible();
  await expect(revenue.getByText('$9.00')).toBeVisible();

  const upcoming = page.getByRole('region', { name: 'Upcoming invoices' });
  // acme 14.00; each of hooli's 22 of 31 days of 10.00 = 7.10, and 5.00
  await expect(upcoming.getByRole('row', { name: /Sat, Apr 1/ })).toContainText('3 subscriptions');
  await expect(upcoming.getByRole('row', { name: /Sat, Apr 1/ })).toContainText('$33.20');

  await upcoming.getByRole('button', { name: 'Sat, Apr 1' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: /Hooli/ }).click();
  await expect(panel.getByText('Invoice of Apr 1, 2023')).toBeVisible();
  await expect(panel.getByText('22/31 days × $10.00 = $7.10')).toHaveCount(2);
  await expect(panel.getByText('$19.20')).toHaveCount(2);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  await host.call('POST', '/events', {
    event: { transaction_id: 'late', external_subscription_id: 'acme', code: 'calls', properties: { value: 6 } },
  });
  await expect(revenue.getByText('$15.00')).toBeVisible({ timeout: 15_000 });
});

test('the palette finds objects by keyboard, and remembers what was looked at', async ({ page }) => {
  test.setTimeout(60_000);
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  await expect(palette.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('hooli');
  await expect(palette.getByRole('button', { name: /^Hooli/ })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page)).toEqual([]);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Hooli', level: 1 })).toBeVisible();

  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('textbox')).toBeFocused();
  await expect(palette.getByRole('button', { name: /^Hooli/ })).toBeVisible();
  await page.keyboard.type('nothing is called like this');
  await expect(palette.getByText('Nothing is called that')).toBeVisible();
});

test('the organization menu names version, folder and clock, and copies diagnostics', async ({ page, host }) => {
  await page.goto('/');
  await settled(page);
  await page.getByRole('button', { name: /^Organization menu/ }).click();
  await expect(page.getByText('Meterbook 0.1.0')).toBeVisible();
  await expect(page.getByText(host.folder)).toBeVisible();
  await expect(page.getByText('The clock stands at Mar 10, 2023, 12:00 PM UTC')).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('menuitem', { name: /Copy diagnostics/ }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('rows.customers: 2');
  expect(copied).not.toContain('Hooli');

  await page.getByRole('button', { name: /^Organization menu/ }).click();
  await page.getByRole('menuitem', { name: 'Release notes' }).click();
  await expect(page.getByRole('dialog', { name: 'What is new in Meterbook 0.1.0' })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});
