import type { Page } from 'playwright/test';
import { readPdf } from '../support/pdf-text.ts';
import { expect, test } from './support/fixtures.ts';
import { axeFindings, settled } from './support/page-checks.ts';

async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: typeof option === 'string' }).click();
}

/** A step of Home's checklist. */
async function walk(page: Page, step: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('region', { name: 'On the way to your first invoice' }).getByRole('link', { name: step }).click();
}

test('from an empty workspace to the first PDF', async ({ page, host }) => {
  test.setTimeout(180_000);
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-01-01T09:00:00Z' } });

  await test.step('the welcome names the organization, makes a key and tries it', async () => {
    await page.goto('/');
    await expect(page).toHaveURL(/\/welcome$/);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Name of the organization').fill('');
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await expect(page.getByText('Fill this in.')).toBeVisible();
    await page.getByLabel('Name of the organization').fill('Fernhill Search');
    await page.getByRole('button', { name: 'Save and continue' }).click();
    const telling = page.getByRole('switch', { name: /^Tell the makers of Meterbook/ });
    await expect(telling).toBeChecked();
    await expect(page.getByRole('region', { name: 'Example message' })).toContainText('"event": "daily_summary"');
    await expect(page.getByText('This build knows no collector')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await telling.click();
    await expect(telling).not.toBeChecked();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText(host.url, { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Make an API key' }).click();
    await page.getByRole('button', { name: 'Make a test call' }).click();
    await expect(page.getByText('200: the server knows the key')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Finish' }).click();
  });

  await test.step('the tour goes through five places', async () => {
    for (const title of ['Your organization', 'The catalogue', 'Customers', 'Events']) {
      await expect(page.getByRole('dialog', { name: title })).toBeVisible();
      await page.getByRole('button', { name: 'Next' }).click();
    }
    await page.getByRole('dialog', { name: 'By keyboard' }).getByRole('button', { name: 'Done' }).first().click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('a metric, and a plan that prices it', async () => {
    await walk(page, 'Define a billable metric');
    await page.getByLabel('Name').fill('Search requests');
    await page.getByRole('radio', { name: 'Sum', exact: true }).click();
    await page.getByRole('combobox', { name: 'Property' }).fill('volume');
    await page.getByRole('button', { name: 'Add metric' }).click();
    await expect(page.getByRole('heading', { name: 'Search requests', level: 1 })).toBeVisible();

    await walk(page, 'Make a plan');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Search');
    await page.getByRole('button', { name: 'Add a charge' }).click();
    await choose(page, 'Billable metric of charge 1', /Search requests/);
    await choose(page, 'Charge model of charge 1', 'Package');
    await page.getByLabel('Price per package').fill('1.50');
    await page.getByLabel('Units per package').fill('1000');
    await page.getByLabel('First units free').fill('10000');
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('heading', { name: 'Search', level: 1 })).toBeVisible();
  });

  await test.step('a customer with the plan, and an event', async () => {
    await walk(page, 'Add a customer');
    await page.getByLabel('Name', { exact: true }).fill('Hooli');
    await page.getByRole('button', { name: 'Add customer' }).click();
    await expect(page.getByRole('heading', { name: 'Hooli', level: 1 })).toBeVisible();
    await page.keyboard.press('a');
    const panel = page.getByRole('dialog', { name: 'Assign a plan to Hooli' });
    await panel.getByRole('combobox', { name: 'Plan' }).click();
    await page.getByRole('option', { name: /Search/ }).click();
    await panel.getByRole('button', { name: /^Assign “Search”/ }).click();
    await expect(panel).toBeHidden();

    await walk(page, 'Send an event');
    await settled(page);
    await page.keyboard.press('c');
    const event = page.getByRole('dialog', { name: 'Send a test event' });
    await event.getByLabel('Code').fill('search_requests');
    await event.getByLabel('External subscription id').fill('sub_hooli');
    await event.getByLabel('Properties').fill('{"volume": 30412}');
    await event.getByRole('button', { name: 'Send event' }).click();
    await expect(event).toBeHidden();
  });

  await test.step('the first invoice, before it is made', async () => {
    await page.goto('/');
    // 20,412 beyond the free ones: 21 packages of 1.50
    await page.getByRole('region', { name: 'Upcoming invoices' }).getByRole('button', { name: 'Sun, Feb 1' }).click();
    await expect(page.getByRole('dialog').getByText('Invoice of Feb 1, 2026')).toBeVisible();
    await expect(page.getByRole('dialog').getByText('$31.50')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'On the way to your first invoice' })).toBeHidden();
  });

  await test.step('the first PDF', async () => {
    await host.call('PUT', '/test_clock', { test_clock: { now: '2026-02-01T00:00:00Z' } });
    await page.goto('/invoices');
    await page.getByRole('row', { name: /Hooli/ }).getByRole('link').first().click();
    await page.getByRole('tab', { name: 'PDF' }).click();
    const frame = page.getByTitle(/^PDF of/);
    await expect(frame).toBeVisible({ timeout: 20_000 });
    const answer = await page.request.get((await frame.getAttribute('src')) ?? '');
    const text = readPdf(await answer.body())
      .pages.flatMap(({ lines }) => lines)
      .join('\n');
    for (const words of ['Fernhill Search', 'Hooli', 'Search requests', '$31.50']) expect(text).toContain(words);
  });
});

test('the welcome does not come again', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
});
