import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, test } from './support/fixtures.ts';
import type { Host } from './support/host.ts';

test.describe.configure({ mode: 'serial' });

interface Invoice {
  readonly issuing_date: string;
  readonly total_amount_cents: number;
  readonly fees_amount_cents: number;
  readonly credit_notes_amount_cents: number;
  readonly coupons_amount_cents: number;
}

/** Oldest first. */
async function invoicesOf(host: Host, customer: string): Promise<readonly Invoice[]> {
  const { invoices } = await host.call<{ invoices: readonly Invoice[] }>('GET', `/invoices?external_customer_id=${customer}`);
  return invoices.toReversed();
}

async function customerId(host: Host, externalId: string): Promise<string> {
  const { customer } = await host.call<{ customer: { lago_id: string } }>('GET', `/customers/${externalId}`);
  return customer.lago_id;
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

const moveClock = (host: Host, now: string): Promise<unknown> => host.call('PUT', '/test_clock', { test_clock: { now } });
/** Nothing in the open panel keeps anybody out, in light and dark. */
async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('section[role="dialog"]').analyze();
    const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
    expect(found, colorScheme).toEqual([]);
  }
}

const effect = (page: Page) => page.getByRole('region', { name: 'What will happen' });

test.beforeAll(async ({ host }) => {
  await moveClock(host, '2024-04-14T09:00:00Z');
  const plan = (name: string, terms: object): Promise<unknown> =>
    host.call('POST', '/plans', {
      plan: { name, code: name.toLowerCase(), interval: 'monthly', amount_currency: 'USD', pay_in_advance: true, ...terms },
    });
  await plan('Pro', { amount_cents: 3000 });
  await plan('Large', { amount_cents: 6000 });
  await plan('Basic', { amount_cents: 1000, pay_in_advance: false });
  await plan('Euro', { amount_cents: 1000, amount_currency: 'EUR' });
  await host.call('POST', '/customers', { customer: { external_id: 'hooli', name: 'Hooli', currency: 'USD' } });
});

test('several plans are assigned to one customer, each with its effect shown first', async ({ page, host }) => {
  await page.goto('/subscriptions');
  await expect(page.getByText('No subscriptions yet')).toBeVisible();
  await page.keyboard.press('c');
  await choose(page, 'Customer', /Hooli/);
  await page.getByRole('button', { name: 'Continue' }).click();
  const panel = page.getByRole('dialog', { name: 'Assign a plan to Hooli' });
  await expect(panel.getByText('Choose a plan to see its periods')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Assign the plan' })).toBeDisabled();
  await panel.getByRole('combobox', { name: 'Plan' }).click();
  await expect(page.getByRole('option', { name: /Euro/ })).toHaveAttribute('data-combobox-disabled', 'true');
  await page.getByRole('option', { name: /Pro/ }).click();

  await expect(effect(page)).toContainText('17/30 days × $30.00 = $17.00');
  await expect(effect(page)).toContainText('1 invoice of $17.00 now, due Apr 14, 2024');
  await expect(effect(page)).toContainText('Apr 14, 2024 – Apr 30, 2024 17 of 30 days');
  await expect(effect(page)).toContainText('May 1, 2024 – May 31, 2024 31 days');
  await expect(panel.getByLabel('Subscription external id')).toHaveValue('sub_hooli');
  await panel.getByLabel('Name', { exact: true }).fill('Production');
  await panel.getByRole('button', { name: 'Assign “Pro” and bill $17.00' }).click();
  await expect(panel).toBeHidden();
  expect((await invoicesOf(host, 'hooli')).map(({ total_amount_cents: total }) => total)).toEqual([1700]);

  await expect(page.getByRole('row', { name: /Production/ })).toContainText('Pro');
  await page.getByRole('button', { name: 'Assign a plan' }).click();
  await choose(page, 'Customer', /Hooli/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await choose(page, 'Plan', /Basic/);
  await expect(panel.getByLabel('Subscription external id')).toHaveValue('sub_hooli_2');
  await panel.getByLabel('Subscription external id').fill('sub_hooli');
  await expect(panel.getByText('This is taken already. Choose another.')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^Assign/ })).toBeDisabled();
  await panel.getByLabel('Subscription external id').fill('staging');
  await panel.getByRole('radio', { name: 'From the start day' }).click();
  await expect(effect(page)).toContainText('No invoice now.');
  await expect(effect(page)).toContainText('Apr 14, 2024 – May 13, 2024 30 days');
  await expect(effect(page)).toContainText('First invoice, May 14, 2024');

  await panel.getByRole('button', { name: 'Prices of its own' }).click();
  await panel.getByLabel('Base fee', { exact: true }).fill('8.5');
  await expect(effect(page)).toContainText('whole period × $8.50');
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Assign “Basic”, nothing billed now' }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByRole('row', { name: /staging/ })).toContainText('monthly, own prices');
  await expect(page.getByRole('row', { name: /staging/ })).toContainText('May 14, 2024');
});

test('an upgrade counts now, a downgrade at the end of the period, and both are billed as shown', async ({ page, host }) => {
  await moveClock(host, '2024-04-20T10:00:00Z');
  await page.goto('/subscriptions?search=Production');
  await page.getByRole('link', { name: 'Production' }).click();
  await expect(page.getByRole('list', { name: 'Billing periods' })).toContainText('Apr 14, 2024 – Apr 30, 2024');
  await page.getByRole('button', { name: 'Change plan' }).click();
  await choose(page, 'Plan', /Large/);
  await expect(effect(page)).toContainText('Upgrade: now');
  await expect(effect(page)).toContainText('11 days credited: $11.00'); // 3000 × 11/30
  await expect(effect(page)).toContainText('11/30 days × $60.00 = $22.00');
  await expect(effect(page)).toContainText('used up by the new invoice');
  await expect(effect(page)).toContainText('Next invoice without the change, May 1, 2024');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Upgrade to “Large” and bill $11.00' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect((await invoicesOf(host, 'hooli')).at(-1)).toMatchObject({
    fees_amount_cents: 2200,
    credit_notes_amount_cents: 1100,
    total_amount_cents: 1100,
  });

  await page.goto('/subscriptions?status=active&search=hooli&sort=plan&direction=desc');
  await page.getByRole('row', { name: /Large/ }).getByRole('link').first().click();
  await expect(page.getByText('since Apr 20, 2024')).toBeVisible();
  await page.getByRole('button', { name: 'Change plan' }).click();
  await choose(page, 'Plan', /Pro/);
  await expect(effect(page)).toContainText('Downgrade: at period end');
  await expect(effect(page)).toContainText('No invoice now.');
  const after = effect(page).getByText('Next invoice with the change, May 1, 2024').locator('..');
  await expect(after).toContainText('$30.00');
  await page.getByRole('button', { name: 'Downgrade to “Pro” on May 1, 2024' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('takes over on May 1, 2024')).toBeVisible();
  await moveClock(host, '2024-05-01T00:00:00Z');
  expect((await invoicesOf(host, 'hooli')).at(-1)).toMatchObject({ issuing_date: '2024-05-01', total_amount_cents: 3000 });
});

test('an end shows what is credited, and every option of it', async ({ page, host }) => {
  await moveClock(host, '2024-05-10T10:00:00Z');
  await page.goto('/subscriptions?status=active&search=hooli');
  await page.getByRole('button', { name: /Actions for sub_hooli/ }).click();
  await page.getByRole('menuitem', { name: 'Terminate…' }).click();
  await expect(effect(page)).toContainText('21 days credited: $20.32'); // 3000 × 21/31
  await expect(effect(page)).toContainText('$20.32 left for later invoices');
  await page.getByRole('radio', { name: 'Give nothing back' }).click();
  await expect(effect(page)).not.toContainText('credited');
  await page.getByRole('radio', { name: 'Credit them to later invoices' }).click();
  await expect(effect(page)).toContainText('21 days credited: $20.32');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Terminate “sub_hooli”' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const { credit_notes: notes } = await host.call<{ credit_notes: readonly { total_amount_cents: number }[] }>(
    'GET',
    '/credit_notes?external_customer_id=hooli',
  );
  expect(notes.map(({ total_amount_cents: total }) => total)).toContain(2032);
});

test('a coupon and an add-on show their effect on invoices', async ({ page, host }) => {
  await host.call('POST', '/customers', { customer: { external_id: 'zeta', name: 'Zeta', currency: 'USD' } });
  await host.call('POST', '/subscriptions', {
    subscription: { external_customer_id: 'zeta', external_id: 'zeta', plan_code: 'pro', subscription_at: '2024-05-01T00:00:00Z' },
  });
  await host.call('POST', '/coupons', {
    coupon: {
      ...{ name: 'Spring', code: 'spring', coupon_type: 'fixed_amount', amount_cents: 5000, amount_currency: 'USD' },
      ...{ frequency: 'once', expiration: 'no_expiration' },
    },
  });
  await host.call('POST', '/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 9900, amount_currency: 'USD' } });
  const id = await customerId(host, 'zeta');

  await page.goto(`/customers/${id}/coupons`);
  await page.getByRole('button', { name: 'Apply a coupon' }).first().click();
  await choose(page, 'Coupon', /Spring/);
  const upcoming = page.getByRole('table', { name: 'The next invoices' });
  await expect(upcoming.getByRole('row', { name: /Jun 1, 2024/ })).toContainText('$30.00$0.00');
  await expect(upcoming.getByRole('row', { name: /Jul 1, 2024/ })).toContainText('$30.00$10.00');
  await page.getByRole('dialog').getByLabel('Amount').fill('40');
  await expect(upcoming.getByRole('row', { name: /Jul 1, 2024/ })).toContainText('$30.00$20.00');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Apply “Spring”' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.goto(`/customers/${id}/add-ons`);
  await page.getByRole('button', { name: 'Apply an add-on' }).first().click();
  await choose(page, 'Add-on', /Setup/);
  await page.getByRole('dialog').getByLabel('Amount').fill('49.999');
  await expect(page.getByText('This is not an amount.')).toBeVisible();
  await page.getByRole('dialog').getByLabel('Amount').fill('50');
  await expect(effect(page)).toContainText('1 invoice of $50.00 now');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Apply “Setup” and bill $50.00' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await moveClock(host, '2024-07-01T00:00:00Z');
  const totals = (await invoicesOf(host, 'zeta')).map((invoice) => [invoice.issuing_date, invoice.total_amount_cents]);
  expect(totals).toEqual([
    ['2024-05-10', 5000],
    ['2024-06-01', 0],
    ['2024-07-01', 2000],
  ]);
});
