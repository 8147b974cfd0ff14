import type { Page } from 'playwright/test';
import { expect, test } from './support/fixtures.ts';
import type { Host } from './support/host.ts';

interface ModelCase {
  readonly model: string;
  readonly units: string;
  /** Where the calculator asks for a number of events. */
  readonly events?: string;
  /** Worked out by hand. */
  readonly total: string;
  readonly cents: number;
  /** What is sent as usage: the same units. */
  readonly values: readonly string[];
  readonly fill: (page: Page) => Promise<void>;
}

async function fillTiers(
  page: Page,
  rows: readonly (readonly [to: string, price: string, flat: string])[],
  price = 'per unit',
): Promise<void> {
  // Two are there from the start.
  for (let tiers = 2; tiers < rows.length; tiers++) await page.getByRole('button', { name: 'Add a tier' }).click();
  for (const [index, [to, unit, flat]] of rows.entries()) {
    const tier = `Tier ${String(index + 1)}`;
    if (to === '') continue;
    await page.getByLabel(`${tier} up to`).fill(to);
    await page.getByLabel(`${tier} ${price}`).fill(unit);
    await page.getByLabel(`${tier} flat`).fill(flat);
  }
  const [, unit, flat] = rows.at(-1)!;
  await page.getByLabel(`Tier ${String(rows.length)} ${price}`).fill(unit);
  await page.getByLabel(`Tier ${String(rows.length)} flat`).fill(flat);
}

const CASES: readonly ModelCase[] = [
  {
    model: 'Standard',
    units: '1250.5',
    total: '$62.53', // 1,250.5 × 0.05 = 62.525
    cents: 6253,
    values: ['1000', '250.5'],
    fill: (page) => page.getByLabel('Price per unit').fill('0.05'),
  },
  {
    model: 'Graduated',
    units: '10.5',
    total: '$107.50', // 2 + 10 × 10, then 3 + 0.5 × 5
    cents: 10750,
    values: ['10', '0.5'],
    fill: (page) =>
      fillTiers(page, [
        ['10', '10', '2'],
        ['20', '5', '3'],
        ['', '5', '3'],
      ]),
  },
  {
    model: 'Volume',
    units: '101',
    total: '$101.00', // all units at 1
    cents: 10100,
    values: ['100', '1'],
    fill: (page) =>
      fillTiers(page, [
        ['100', '2', '10'],
        ['200', '1', '0'],
        ['', '0.5', '50'],
      ]),
  },
  {
    model: 'Package',
    units: '30412',
    total: '$31.50', // 20,412 beyond the free ones: 21 packages of 1.50
    cents: 3150,
    values: ['30000', '412'],
    fill: async (page) => {
      await page.getByLabel('Price per package').fill('1.50');
      await page.getByLabel('Units per package').fill('1000');
      await page.getByLabel('First units free').fill('10000');
    },
  },
  {
    model: 'Percentage',
    units: '40',
    events: '4',
    total: '$5.10', // three free events of 10; 1 % of 10 and 5.00 for the fourth
    cents: 510,
    values: ['10', '10', '10', '10'],
    fill: async (page) => {
      await page.getByLabel('Rate', { exact: true }).fill('1');
      await page.getByLabel('Fixed fee', { exact: true }).fill('5');
      await page.getByLabel('Free events').fill('3');
    },
  },
  {
    model: 'Graduated percentage',
    units: '21',
    total: '$900.33', // 200 + 10 × 1 %, 300 + 10 × 2 %, 400 + 1 × 3 %
    cents: 90033,
    values: ['20', '1'],
    fill: (page) =>
      fillTiers(
        page,
        [
          ['10', '1', '200'],
          ['20', '2', '300'],
          ['', '3', '400'],
        ],
        'rate',
      ),
  },
];

test.beforeAll(async ({ host }) => {
  await host.call('POST', '/billable_metrics', {
    billable_metric: { name: 'Transfers', code: 'transfers', aggregation_type: 'sum_agg', field_name: 'amount' },
  });
  await host.call('POST', '/customers', { customer: { external_id: 'hooli', name: 'Hooli', currency: 'USD' } });
});

/** A plan of 10.00 and a price per unit. */
async function addPlan(host: Host, plan: { readonly name: string; readonly code: string; readonly price: string }): Promise<void> {
  const charges = [{ billable_metric_code: 'transfers', charge_model: 'standard', properties: { amount: plan.price } }];
  await host.call('POST', '/plans', {
    plan: { name: plan.name, code: plan.code, interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', charges },
  });
}

/** What the API says that the same units cost. */
async function usageCents(host: Host, planCode: string, values: readonly string[]): Promise<number> {
  const externalId = `sub ${planCode}`;
  await host.call('POST', '/subscriptions', {
    subscription: { external_customer_id: 'hooli', plan_code: planCode, external_id: externalId },
  });
  for (const [index, amount] of values.entries()) {
    const event = { transaction_id: String(index), external_subscription_id: externalId, code: 'transfers', properties: { amount } };
    await host.call('POST', '/events', { event });
  }
  const usage = await host.call<{ customer_usage: { amount_cents: number } }>(
    'GET',
    `/customers/hooli/current_usage?external_subscription_id=${encodeURIComponent(externalId)}`,
  );
  return usage.customer_usage.amount_cents;
}

async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: typeof option === 'string' }).click();
}

test('every charge model costs on screen what the API bills', async ({ page, host }) => {
  test.setTimeout(90_000);
  for (const each of CASES) {
    await page.goto('/plans/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`Plan ${each.model}`);
    const code = `plan_${each.model.toLowerCase().replaceAll(' ', '_')}`;
    await expect(page.getByRole('textbox', { name: 'Code', exact: true })).toHaveValue(code);
    await page.getByRole('button', { name: 'Add a charge' }).click();
    await choose(page, 'Billable metric of charge 1', /Transfers/);
    await choose(page, 'Charge model of charge 1', each.model);
    await each.fill(page);
    const units = page.getByRole('textbox', { name: /^Units of Transfers/ });
    // An example stands there as soon as the prices are right.
    await expect(units).not.toHaveValue('');
    await units.fill(each.units);
    if (each.events !== undefined) await page.getByRole('textbox', { name: 'Number of events of Transfers' }).fill(each.events);
    await expect(page.getByTestId('calculator-total')).toHaveText(each.total);
    await expect(page.getByTestId('curve-reading')).toContainText(each.total);
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('heading', { name: `Plan ${each.model}`, level: 1 })).toBeVisible();
    await expect(
      page
        .getByRole('button', { name: 'Edit' })
        .or(page.getByRole('link', { name: 'Edit' }))
        .first(),
    ).toBeVisible();
    expect(await usageCents(host, code, each.values), each.model).toBe(each.cents);
  }
});

test('tiers are written with the keyboard, pasted, split and removed', async ({ page }) => {
  await page.goto('/plans/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Tiers');
  await page.getByRole('button', { name: 'Add a charge' }).click();
  await choose(page, 'Billable metric of charge 1', /Transfers/);
  await choose(page, 'Charge model of charge 1', 'Volume');

  await page.getByLabel('Tier 1 up to').fill('100');
  for (const text of ['2', '10']) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await page.getByLabel('Tier 2 per unit').fill('1');
  await page.getByLabel('Tier 2 flat').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Tier 2 up to')).toBeFocused();
  await expect(page.getByLabel('Tier 2 up to')).toHaveValue('200');
  await expect(page.getByLabel('Tier 3 up to')).toHaveValue('∞');
  await expect(page.getByRole('table', { name: 'Tiers' }).getByRole('row').nth(3)).toContainText('201');
  await page.getByLabel('Tier 3 per unit').fill('0.5');
  await page.getByLabel('Tier 3 flat').fill('50');

  const warning = page.getByRole('alert').filter({ hasText: 'A higher volume costs less here' });
  await expect(warning).toContainText('101 units cost $101.00, and 100 units $210.00.');
  await expect(warning).toContainText('From 300 units on it costs as much again.');

  const curve = page.getByRole('slider', { name: /Price curve of Transfers/ });
  await page.getByRole('textbox', { name: 'Units of Transfers' }).fill('100');
  await expect(page.getByTestId('curve-reading')).toHaveText('100 units: $210.00 · $2.10 per unit');
  await curve.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('curve-reading')).toHaveText('101 units: $101.00 · $1.00 per unit');
  await page.keyboard.press('Home');
  await expect(page.getByTestId('curve-reading')).toContainText('0 units: $10.00');
  await page.getByRole('button', { name: 'View as table' }).click();
  await expect(page.getByRole('region', { name: 'Prices of Transfers' }).getByRole('row', { name: /^edge · 200/ })).toContainText(
    '$200.00',
  );

  await page.getByRole('button', { name: 'Split tier 2' }).click();
  await expect(page.getByLabel('Tier 2 up to')).toHaveValue('150');
  await expect(page.getByLabel('Tier 3 up to')).toHaveValue('200');
  await page.getByRole('button', { name: 'Remove tier 2' }).click();
  await expect(page.getByLabel('Tier 2 up to')).toHaveValue('200');

  await page.getByLabel('Tier 1 up to').evaluate((field) => {
    const clipboard = new DataTransfer();
    clipboard.setData('text/plain', '1,000\t$0.10\t0\n5,000\t$0.08\t0\n∞\t$0.05\t\n');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
  });
  await expect(page.getByLabel('Tier 2 up to')).toHaveValue('5000');
  await expect(page.getByLabel('Tier 3 per unit')).toHaveValue('0.05');
  await page.getByRole('textbox', { name: 'Units of Transfers' }).fill('6000');
  await expect(page.getByTestId('calculator-total')).toHaveText('$300.00');
});

test('what is wrong is said on its field, and the last right curve stays', async ({ page, host }) => {
  await addPlan(host, { name: 'Taken', code: 'taken', price: '1' });
  await page.goto('/plans/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Taken');
  await expect(page.getByText('This code is taken.')).toBeVisible();
  await page.getByRole('button', { name: 'Use taken_2' }).click();
  await expect(page.getByRole('textbox', { name: 'Code', exact: true })).toHaveValue('taken_2');
  await page.getByRole('button', { name: 'Add a charge' }).click();
  await choose(page, 'Billable metric of charge 1', /Transfers/);
  await page.getByLabel('Price per unit').fill('0.10');
  await page.getByRole('textbox', { name: 'Units of Transfers' }).fill('500');
  await expect(page.getByTestId('calculator-total')).toHaveText('$50.00');
  await page.getByLabel('Price per unit').fill('0.1x');
  await expect(page.getByText('Write an amount from 0 on, like 0.05.')).toBeVisible();
  await expect(page.getByText('Charges that are not right yet are not in it.')).toBeVisible();
  await expect(page.getByTestId('charge-amount-Transfers')).toHaveText('$50.00');
  await expect(page.getByTestId('curve-reading')).toHaveText('500 units: $50.00 · $0.10 per unit');

  await page.getByLabel('Base fee', { exact: true }).fill('1.234');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('');
  await page.getByRole('button', { name: 'Add plan' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'This cannot be saved yet' });
  await expect(summary).toContainText('Name');
  await expect(summary).toContainText('Base fee');
  await expect(summary).toContainText('Price per unit');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await summary.getByRole('button', { name: /Price per unit/ }).click();
  await expect(page.getByLabel('Price per unit')).toBeFocused();

  await page.getByRole('link', { name: 'Home' }).click();
  await expect(page.getByText('Leave without saving?')).toBeVisible();
  await page.getByRole('button', { name: 'Stay' }).click();
  await page.getByLabel('Price per unit').fill('0.20');
  await page.getByLabel('Base fee', { exact: true }).fill('1.23');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mended');
  await page.getByRole('button', { name: 'Add plan' }).click();
  await expect(page.getByRole('heading', { name: 'Mended', level: 1 })).toBeVisible();
});

test('a plan in use says what an edit touches, and bills what was saved', async ({ page, host }) => {
  await addPlan(host, { name: 'In use', code: 'in_use', price: '1' });
  expect(await usageCents(host, 'in_use', ['7'])).toBe(700);
  await page.goto('/plans');
  await page.getByRole('link', { name: 'In use' }).click();
  await expect(page.getByRole('table', { name: 'Subscriptions of In use' })).toContainText('Hooli');
  await page.getByRole('link', { name: 'Edit' }).click();
  const banner = page.getByRole('alert').filter({ hasText: 'This plan is in use' });
  await expect(banner).toContainText('1 active subscription is on it.');
  await expect(page.getByRole('textbox', { name: 'Code', exact: true })).toBeDisabled();
  await expect(page.getByRole('combobox', { name: 'Charge model of charge 1' })).toBeDisabled();
  await page.getByLabel('Price per unit').fill('2');
  await page.getByRole('button', { name: 'Save plan' }).click();
  await expect(page.getByText('$2.00 for each unit.')).toBeVisible();
  const usage = await host.call<{ customer_usage: { amount_cents: number } }>(
    'GET',
    '/customers/hooli/current_usage?external_subscription_id=sub%20in_use',
  );
  expect(usage.customer_usage.amount_cents).toBe(1400);
});

test('plans are duplicated, compared, exported, imported and deleted', async ({ page, host }) => {
  await addPlan(host, { name: 'Origin', code: 'origin', price: '2' });
  await page.goto('/plans');
  await page.getByRole('button', { name: 'Actions for Origin' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByRole('textbox', { name: 'Code', exact: true })).toHaveValue('origin_copy');
  await page.getByLabel('Base fee', { exact: true }).fill('0');
  await page.getByLabel('Price per unit').fill('3');
  await page.getByRole('button', { name: 'Add plan' }).click();
  await expect(page.getByRole('heading', { name: 'Origin (copy)', level: 1 })).toBeVisible();

  await page.getByRole('button', { name: 'More actions for Origin (copy)' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as JSON' }).click();
  const file = await (await download).path();

  await page.goto('/plans');
  await page.getByLabel('Select Origin', { exact: true }).check();
  await page.getByLabel('Select Origin (copy)').check();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByLabel('Transfers', { exact: true }).fill('8');
  // 10.00 and 2.00 each against 3.00 each: 26.00 and 24.00; even at 10.
  const totals = page.getByRole('table', { name: 'Totals' });
  await expect(totals.getByRole('row', { name: /^Total/ })).toContainText('$26.00');
  await expect(totals.getByRole('row', { name: /^Total/ })).toContainText('$24.00');

  await page.goto('/plans');
  await page.locator('input[type="file"]').first().setInputFiles(file);
  await expect(page.getByRole('textbox', { name: 'Code', exact: true })).toHaveValue('origin_copy');
  await page.getByRole('button', { name: 'Use origin_copy_2' }).click();
  await page.getByRole('button', { name: 'Add plan' }).click();
  await expect(page.getByRole('heading', { name: 'Origin (copy)', level: 1 })).toBeVisible();
  const { plan } = await host.call<{ plan: { charges: { properties: unknown }[] } }>('GET', '/plans/origin_copy_2');
  expect(plan.charges.map((charge) => charge.properties)).toEqual([{ amount: '3' }]);

  await page.getByRole('button', { name: 'More actions for Origin (copy)' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByText('No active subscription is on it.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete “Origin (copy)”' }).click();
  await expect(page.getByRole('heading', { name: 'Plans', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Origin (copy)' })).toHaveCount(1);
});
