import type { Page } from 'playwright/test';
import { expect, test } from './support/fixtures.ts';

const METRICS = [
  { label: 'Count', name: 'Exports', code: 'exports', field: null },
  { label: 'Sum', name: 'Requests', code: 'requests', field: 'volume' },
  { label: 'Maximum', name: 'Peak storage', code: 'peak_storage', field: 'gigabytes' },
  { label: 'Unique count', name: 'Seats', code: 'seats', field: 'user_id' },
  { label: 'Latest', name: 'Stock', code: 'stock', field: 'pieces' },
  { label: 'Weighted sum', name: 'Storage', code: 'storage', field: 'gigabytes' },
] as const;

async function addMetric(page: Page, { label, name, field }: (typeof METRICS)[number]): Promise<void> {
  await page.goto('/billable-metrics/new');
  await page.getByLabel('Name').fill(name);
  await page.getByRole('radio', { name: label, exact: true }).click();
  if (field !== null) await page.getByRole('combobox', { name: 'Property' }).fill(field);
  await page.getByRole('button', { name: 'Add metric' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

test('a metric of each kind is added, and tried on events first', async ({ page, host }) => {
  await page.goto('/billable-metrics');
  await expect(page.getByText('No billable metrics yet')).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { name: 'New billable metric' })).toBeVisible();
  for (const metric of METRICS) await addMetric(page, metric);
  for (const { code, field } of METRICS) {
    const { billable_metric: made } = await host.call<{ billable_metric: { field_name: string | null } }>(
      'GET',
      `/billable_metrics/${code}`,
    );
    expect(made.field_name).toBe(field);
  }

  const event = (id: string, properties: object) =>
    host.call('POST', '/events', { event: { transaction_id: id, external_subscription_id: 's', code: 'requests', properties } });
  await event('one', { volume: 12 });
  await event('two', { volume: 30.5 });
  await event('three', { vol: 9 });
  await event('four', { volume: 'many' });
  await page.goto('/billable-metrics');
  await page.getByRole('link', { name: 'Requests' }).click();
  await expect(page.getByRole('region', { name: 'Events', exact: true })).toContainText('50% (of the last 4 events)');

  await page.keyboard.press('e');
  const trial = page.getByRole('region', { name: 'Try it' });
  await expect(trial.getByTestId('trial-units')).toHaveText('42.5');
  await expect(trial.getByText('Missing')).toBeVisible();
  await expect(trial.getByText('Not a number')).toBeVisible();
  await page.getByRole('combobox', { name: 'Rounding' }).click();
  await page.getByRole('option', { name: 'Up' }).click();
  await expect(trial.getByTestId('trial-units')).toHaveText('43');
  await trial.getByText('Pasted events').click();
  await trial.getByLabel('Events as JSON').fill('[{"volume": 1.2}, {"volume": 3}]');
  await expect(trial.getByTestId('trial-units')).toHaveText('5');
  await trial.getByLabel('Events as JSON').fill('[{');
  await expect(trial.getByText('This is not JSON.')).toBeVisible();
  await page.getByText('Send an event').click();
  await expect(page.getByRole('region', { name: 'Request' })).toContainText('"code": "requests"');
  await page.getByText('Node', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Request' })).toContainText('client.events.createEvent');
});

test('what is wrong with a metric stands on its field, and a code that events use is prefilled', async ({ page, host }) => {
  await host.call('POST', '/events', {
    event: { transaction_id: 'typo', external_subscription_id: 's', code: 'serach', properties: { volume: 3, region: 'eu' } },
  });
  await host.call('POST', '/billable_metrics', { billable_metric: { name: 'Taken', code: 'taken', aggregation_type: 'count_agg' } });
  await page.goto('/billable-metrics/new?code=serach');
  await expect(page.getByLabel('Code')).toHaveValue('serach');
  await expect(page.getByLabel('Name')).toHaveValue('Serach');
  await page.getByLabel('Name').fill('');
  await page.getByLabel('Code').fill('taken');
  await page.getByLabel('Expression').fill('1 +');
  await page.keyboard.press('Control+s');
  const summary = page.getByRole('alert').filter({ hasText: 'This cannot be saved yet' });
  for (const text of ['Name', 'Fill this in.', 'Code', 'This is taken already', 'Property', 'Expression'])
    await expect(summary).toContainText(text);
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.getByLabel('Name').fill('Misspelt');
  await page.getByLabel('Code').fill('serach');
  await page.getByLabel('Expression').fill('');
  await page.getByRole('combobox', { name: 'Property' }).click();
  await expect(page.getByRole('option', { name: /volume/ })).toContainText('number · in 100% of events');
  await page.getByRole('option', { name: /volume/ }).click();
  await expect(page.getByTestId('trial-units')).toHaveText('3');
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('textbox', { name: 'Property of filter 1' }).fill('region');
  await page.keyboard.press('Control+s');
  await expect(summary).toContainText('Fill this in.');
  await page.getByRole('combobox', { name: 'Values of filter 1' }).fill('eu');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { name: 'Misspelt', level: 1 })).toBeVisible();
  await expect(page.getByText('region: eu')).toBeVisible();

  const charge = { billable_metric_code: 'serach', charge_model: 'standard', properties: { amount: '1' } };
  const plan = { name: 'Starter', code: 'starter', interval: 'monthly', amount_cents: 0, amount_currency: 'USD', charges: [charge] };
  await host.call('POST', '/plans', { plan });
  await expect(page.getByText('In use')).toBeVisible();
  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(page.getByText('How it counts is fixed')).toBeVisible();
  await expect(page.getByLabel('Code')).toHaveAttribute('readonly', '');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'More actions for Misspelt' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByRole('dialog')).toContainText('Starter, 0 active subscriptions');
  await page.getByRole('button', { name: 'Delete “Misspelt”' }).click();
  await expect(page.getByRole('heading', { name: 'Billable metrics', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Misspelt' })).toHaveCount(0);
});

test('a coupon is written with its example, given, used, terminated and deleted', async ({ page, host }) => {
  await host.call('PUT', '/test_clock', { test_clock: { now: '2030-03-10T12:00:00Z' } });
  await page.goto('/coupons/new');
  await page.getByLabel('Name').fill('Spring');
  await page.getByRole('button', { name: 'Add coupon' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'This cannot be saved yet' })).toContainText('Amount');
  await expect(page.getByLabel('Code')).toHaveValue('SPRING');
  await page.getByRole('textbox', { name: 'Amount' }).fill('50');
  const example = page.getByRole('region', { name: 'Worked example' });
  // Invoices of 30.00: 20.00 is carried over, then it is used up.
  await expect(example.getByRole('row').nth(1)).toContainText('$20.00 carried over');
  await expect(example.getByRole('row').nth(2)).toContainText('-$20.00$10.00');
  await expect(example.getByRole('row').nth(3)).toContainText('nothing left');
  await example.getByLabel('Each invoice bills').fill('80');
  await expect(example.getByRole('row').nth(1)).toContainText('now used up');
  await expect(example.getByRole('row').nth(1)).toContainText('$80.00-$50.00$30.00');
  await page.getByRole('button', { name: 'Add coupon' }).click();
  await expect(page.getByRole('heading', { name: 'Spring', level: 1 })).toBeVisible();
  await expect(page.getByText('Nobody yet.')).toBeVisible();

  await host.call('POST', '/customers', { customer: { external_id: 'acme', name: 'Acme', currency: 'USD' } });
  const plan = { name: 'Basic', code: 'basic', interval: 'monthly', amount_cents: 3000, amount_currency: 'USD', pay_in_advance: true };
  await host.call('POST', '/plans', { plan });
  await host.call('POST', '/applied_coupons', { applied_coupon: { external_customer_id: 'acme', coupon_code: 'SPRING' } });
  await host.call('POST', '/subscriptions', {
    subscription: { external_customer_id: 'acme', plan_code: 'basic', external_id: 'acme', billing_time: 'anniversary' },
  });
  const acme = page.getByRole('row', { name: /Acme/ });
  await expect(acme).toContainText('$30.00');
  await expect(acme).toContainText('$20.00');

  await page.getByRole('button', { name: 'More actions for Spring' }).click();
  await page.getByRole('menuitem', { name: 'Terminate…' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 customer has it and keeps it');
  await page.getByRole('button', { name: 'Terminate “Spring”' }).click();
  await expect(page.getByText('Terminated', { exact: true }).first()).toBeVisible();
  await expect(acme).toContainText('Active');
  await page.getByRole('button', { name: 'More actions for Spring' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 customer has it and loses it now');
  await page.getByRole('button', { name: 'Delete “Spring”' }).click();
  await expect(page.getByText('No coupons yet')).toBeVisible();
  await host.call('PUT', '/test_clock', { test_clock: { now: '2030-04-10T12:00:00Z' } });
  const { invoices } = await host.call<{ invoices: readonly { total_amount_cents: number }[] }>(
    'GET',
    '/invoices?external_customer_id=acme',
  );
  expect(invoices.map(({ total_amount_cents: total }) => total)).toEqual([3000, 0]);
});

test('a percentage coupon is limited to a plan, and its terms are fixed once somebody has it', async ({ page, host }) => {
  await host.call('POST', '/customers', { customer: { external_id: 'zenith', name: 'Zenith' } });
  await host.call('POST', '/plans', {
    plan: { name: 'Premium', code: 'premium', interval: 'monthly', amount_cents: 0, amount_currency: 'USD' },
  });
  await page.goto('/coupons/new');
  await page.getByLabel('Name').fill('Quarter');
  await page.getByLabel('Name').blur();
  await page.getByRole('radio', { name: 'A part in per cent' }).click();
  await page.getByLabel('Rate').fill('25');
  await page.getByRole('combobox', { name: 'How often' }).click();
  await page.getByRole('option', { name: 'On several invoices' }).click();
  await page.getByLabel('Number of invoices').fill('2');
  await page.getByRole('radio', { name: 'Fees of certain plans' }).click();
  await page.getByRole('combobox', { name: 'Plans' }).click();
  await page.getByRole('option', { name: 'Premium' }).click();
  await page.keyboard.press('Escape');
  const example = page.getByRole('region', { name: 'Worked example' });
  await expect(example.getByRole('row').nth(1)).toContainText('$100.00$100.00-$25.00$175.00');
  await expect(example.getByRole('row').nth(3)).toContainText('$0.00$200.00');
  await page.getByRole('button', { name: 'Add coupon' }).click();
  await expect(page.getByRole('link', { name: 'Premium' })).toBeVisible();
  await host.call('POST', '/applied_coupons', { applied_coupon: { external_customer_id: 'zenith', coupon_code: 'QUARTER' } });
  await expect(page.getByRole('row', { name: /Zenith/ })).toContainText('2 invoices');
  await page.keyboard.press('e');
  await expect(page.getByText('Its terms are fixed')).toBeVisible();
  await page.getByLabel('Name').fill('A quarter off');
  await page.getByRole('button', { name: 'Save coupon' }).click();
  await expect(page.getByRole('heading', { name: 'A quarter off', level: 1 })).toBeVisible();
});

test('an add-on is added, applied, shown where it went, and deleted', async ({ page, host }) => {
  await page.goto('/add-ons');
  await expect(page.getByText('No add-ons yet')).toBeVisible();
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Set-up');
  await page.getByLabel('Amount').fill('199.90');
  await page.getByRole('button', { name: 'Add add-on' }).click();
  await expect(page.getByRole('heading', { name: 'Set-up', level: 1 })).toBeVisible();
  const { add_on: made } = await host.call<{ add_on: { amount_cents: number } }>('GET', '/add_ons/set_up');
  expect(made.amount_cents).toBe(19_990);
  await host.call('POST', '/customers', { customer: { external_id: 'buyer', name: 'Buyer', currency: 'USD' } });
  await host.call('POST', '/applied_add_ons', { applied_add_on: { external_customer_id: 'buyer', add_on_code: 'set_up' } });
  await expect(page.getByRole('row', { name: /Buyer/ })).toContainText('$199.90');
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Amount').fill('a lot');
  await page.getByRole('button', { name: 'Save add-on' }).click();
  await expect(page.getByLabel('Amount')).toBeFocused();
  await page.getByLabel('Amount').fill('249');
  await page.getByRole('button', { name: 'Save add-on' }).click();
  await expect(page.getByText('$249.00')).toBeVisible();
  await expect(page.getByRole('row', { name: /Buyer/ })).toContainText('$199.90');
  await page.getByRole('button', { name: 'More actions for Set-up' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByRole('dialog')).toContainText('The invoice line that was made with it stays as it is.');
  await page.getByRole('button', { name: 'Delete “Set-up”' }).click();
  await expect(page.getByText('No add-ons yet')).toBeVisible();
});
