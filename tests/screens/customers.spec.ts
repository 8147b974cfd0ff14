import { readFile } from 'node:fs/promises';
import { readPdf } from '../support/pdf-text.ts';
import { expect, test } from './support/fixtures.ts';
import type { Host } from './support/host.ts';
import { axeFindings } from './support/page-checks.ts';

interface CustomerAnswer {
  readonly customer: {
    readonly lago_id: string;
    readonly currency: string | null;
    readonly timezone: string | null;
    readonly metadata: readonly { readonly key: string; readonly value: string }[];
    readonly billing_configuration: { readonly document_locale: string | null };
  };
}

async function customerId(host: Host, externalId: string): Promise<string> {
  return (await host.call<CustomerAnswer>('GET', `/customers/${externalId}`)).customer.lago_id;
}

/** Search requests: $1.50 for each started 1,000 after 10,000 free ones; no base fee. */
async function makeSearchPlan(host: Host): Promise<void> {
  await host.call('POST', '/billable_metrics', {
    billable_metric: { name: 'Search requests', code: 'search_requests', aggregation_type: 'sum_agg', field_name: 'volume' },
  });
  await host.call('POST', '/plans', {
    plan: {
      name: 'Search',
      code: 'search',
      interval: 'monthly',
      amount_cents: 0,
      amount_currency: 'USD',
      pay_in_advance: false,
      charges: [
        {
          billable_metric_code: 'search_requests',
          charge_model: 'package',
          properties: { amount: '1.50', package_size: 1000, free_units: 10000 },
        },
      ],
    },
  });
}

test.beforeAll(async ({ host }) => {
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-01-05T09:00:00Z' } });
  await makeSearchPlan(host);
});

test('a customer is created with bad input put right, found, edited and deleted', async ({ page, host }) => {
  await page.goto('/customers');
  await expect(page.getByText('No customers yet')).toBeVisible();
  await page.keyboard.press('c');
  await page.getByLabel('Name', { exact: true }).fill('Hooli GmbH');
  await expect(page.getByLabel('External id')).toHaveValue('hooli_gmbh');
  await page.getByLabel('E-mail').fill('nonsense');
  await page.getByLabel('Payment term in days').fill('soon');
  await page.getByRole('button', { name: 'Add an entry' }).click();
  await page.getByLabel('Key 1').fill('segment');
  await page.getByLabel('Value 1').fill('enterprise');
  await expect(page.getByText('Hooli GmbH')).toBeVisible();
  await page.keyboard.press('Control+s');
  const alert = page.getByRole('alert').filter({ hasText: 'This cannot be saved yet' });
  await expect(alert).toContainText('This is not an e-mail address.');
  await expect(alert).toContainText('Payment term in days');
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.getByLabel('E-mail').fill('billing@hooli.example');
  await page.getByLabel('Payment term in days').fill('14');
  await page.getByRole('combobox', { name: 'Country' }).fill('Germ');
  await page.getByRole('option', { name: 'Germany' }).click();
  await page.getByRole('button', { name: 'Add customer' }).click();
  await expect(page.getByRole('heading', { name: 'Hooli GmbH', level: 1 })).toBeVisible();
  const { customer } = await host.call<CustomerAnswer>('GET', '/customers/hooli_gmbh');
  expect(customer).toMatchObject({ net_payment_term: 14, country: 'DE', metadata: [{ key: 'segment', value: 'enterprise' }] });

  await page.goto('/customers/new');
  await page.getByLabel('Name', { exact: true }).fill('Another');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('External id')).toBeFocused();
  await page.keyboard.type('hooli_gmbh');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert').filter({ hasText: 'This cannot be saved yet' })).toContainText('External id: This is taken already');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Leave' }).click();

  await page.getByLabel('Search name, external id or e-mail').fill('hooli');
  await page.getByRole('link', { name: 'Hooli GmbH' }).click();
  await host.call('POST', '/subscriptions', {
    subscription: { external_customer_id: 'hooli_gmbh', plan_code: 'search', external_id: 'hooli-1' },
  });
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(page.getByText('Fixed: the customer has subscriptions')).toBeVisible();
  await expect(page.getByLabel('External id')).toHaveAttribute('readonly', '');
  await expect(page.getByText('Fixed while a subscription is active')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Hooli SE');
  await page.getByRole('button', { name: 'Save customer' }).click();
  await expect(page.getByRole('heading', { name: 'Hooli SE', level: 1 })).toBeVisible();

  await page.getByRole('button', { name: 'More actions for Hooli SE' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByRole('dialog')).toContainText('hooli-1');
  await expect(page.getByRole('dialog')).toContainText('ends now');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete “Hooli SE”' }).click();
  await expect(page.getByText('No customers yet')).toBeVisible();
});

test('usage follows events as they come, and exports what it shows', async ({ page, host }) => {
  await host.call('POST', '/customers', { customer: { external_id: 'acme', name: 'Acme' } });
  await host.call('POST', '/subscriptions', { subscription: { external_customer_id: 'acme', plan_code: 'search', external_id: 'acme-1' } });
  await page.goto(`/customers/${await customerId(host, 'acme')}/usage`);
  const row = page.locator('tr[data-charge="search_requests"]');
  await expect(row).toContainText('Search requests');
  await expect(row.locator('[data-amount]')).toHaveText('$0.00');
  await expect(page.getByText('Jan 5, 2026 – Jan 31, 2026').first()).toBeVisible();
  await expect(page.getByText('27 days')).toBeVisible();
  await host.call('POST', '/events', {
    event: { transaction_id: 'e1', external_subscription_id: 'acme-1', code: 'search_requests', properties: { volume: 12000 } },
  });
  // 2,000 beyond the free 10,000 are 2 packages of $1.50.
  await expect(row.locator('[data-amount]')).toHaveText('$3.00');
  await host.call('POST', '/events', {
    event: { transaction_id: 'e2', external_subscription_id: 'acme-1', code: 'search_requests', properties: { volume: 18412 } },
  });
  // 20,412 beyond the free ones are 21 started packages.
  await expect(row.locator('[data-amount]')).toHaveText('$31.50');
  await expect(row).toContainText('30,412');
  await expect(page.locator('[data-total]')).toHaveText('$31.50');
  await expect(row.getByRole('img', { name: 'Search requests: highest 30,412 (Jan 5, 2026), latest 30,412' })).toBeVisible();

  await page.getByRole('button', { name: 'Details of Search requests' }).click();
  const steps = page.getByRole('table', { name: 'How the amount of Search requests comes about' });
  await expect(steps).toContainText('21 × $1.50 for each 1,000 units');
  await expect(steps).toContainText('30,412 − 10,000 free');
  expect(await axeFindings(page)).toEqual([]);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('acme-1,2026-01-05,2026-01-31,Search requests,search_requests,,2,30412.0,3150,USD');

  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-02-03T09:00:00Z' } });
  await expect(row.locator('[data-amount]')).toHaveText('$0.00');
  await page.getByRole('combobox', { name: 'Period' }).click();
  await page.getByRole('option', { name: 'Jan 5, 2026 – Jan 31, 2026' }).click();
  await expect(row.locator('[data-amount]')).toHaveText('$31.50');
});

test('a time zone moves the days of a period, and a language the document', async ({ page, host }) => {
  await host.call('POST', '/customers', { customer: { external_id: 'zone', name: 'Zone' } });
  await host.call('POST', '/subscriptions', {
    subscription: { external_customer_id: 'zone', plan_code: 'search', external_id: 'zone-1', subscription_at: '2026-01-31T12:00:00Z' },
  });
  const id = await customerId(host, 'zone');
  await page.goto(`/customers/${id}/edit`);
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Auckland');
  await page.getByRole('option', { name: 'Pacific/Auckland' }).click();
  await page.getByRole('combobox', { name: 'Language of documents' }).click();
  await page.getByRole('option', { name: 'French' }).click();
  await expect(page.getByText('begin at midnight in Pacific/Auckland')).toBeVisible();
  await expect(page.getByText('Written in French')).toBeVisible();
  await page.getByRole('button', { name: 'Save customer' }).click();
  await expect(page.getByRole('heading', { name: 'Zone', level: 1 })).toBeVisible();
  // 28 February, 11:30 UTC, is 1 March in Auckland: the next month has begun there.
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-02-28T11:30:00Z' } });
  await page.goto(`/customers/${id}/usage`);
  await expect(page.getByText('Mar 1, 2026 – Mar 31, 2026').first()).toBeVisible();
  await expect(page.getByText('Pacific/Auckland')).toBeVisible();

  await host.call('POST', '/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 5000, amount_currency: 'USD' } });
  const { invoice } = await host.call<{ invoice: { lago_id: string } }>('POST', '/invoices', {
    invoice: { external_customer_id: 'zone', currency: 'USD', fees: [{ add_on_code: 'setup' }] },
  });
  const made = await host.call<{ invoice: { file_url: string; issuing_date: string } }>('POST', `/invoices/${invoice.lago_id}/download`);
  expect(made.invoice.issuing_date).toBe('2026-03-01');
  const file = await page.request.get(made.invoice.file_url);
  expect(file.headers()['content-type']).toContain('application/pdf');
  expect(readPdf(await file.body()).pages[0]?.lines.join('\n')).toContain('Facture');
});

test('a wallet is opened, topped up after its effect was shown, and ended', async ({ page, host }) => {
  await host.call('POST', '/customers', { customer: { external_id: 'prepaid', name: 'Prepaid', currency: 'USD' } });
  await page.goto(`/customers/${await customerId(host, 'prepaid')}/credits`);
  await page.getByRole('button', { name: 'Open a wallet' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByLabel('Name').fill('Main');
  await panel.getByLabel('At a regular interval').check();
  expect(await axeFindings(page)).toEqual([]);
  await panel.getByLabel('None').check();
  await panel.getByLabel('Worth of one credit').fill('0');
  await panel.getByLabel('Granted credits').fill('10');
  await panel.getByRole('button', { name: 'Open wallet' }).click();
  await expect(panel.getByText('This value is out of range.', { exact: true })).toBeVisible();
  await panel.getByLabel('Worth of one credit').fill('2');
  await panel.getByRole('button', { name: 'Open wallet' }).click();
  await expect(panel).toBeHidden();
  // 10 credits at $2.00
  await expect(page.locator('[data-balance]')).toHaveText('$20.00');

  await page.getByRole('button', { name: 'Top up', exact: true }).click();
  await panel.getByLabel('Paid credits').fill('25');
  await panel.getByLabel('Granted credits').fill('5.5');
  await expect(panel).toContainText('An invoice of $50.00 is made now');
  await expect(panel).toContainText('Afterwards: $31.00 (15.5 credits)');
  await expect(panel).toContainText('Once the invoice is paid: $81.00 (40.5 credits)');
  expect(await axeFindings(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Top up', exact: true }).click();
  await expect(panel).toBeHidden();
  await expect(page.locator('[data-balance]')).toHaveText('$31.00');
  const bought = page.getByRole('row', { name: /Purchased/ });
  await expect(bought).toContainText('Waits for payment');

  const { invoices } = await host.call<{ invoices: readonly { lago_id: string; total_amount_cents: number }[] }>(
    'GET',
    '/invoices?external_customer_id=prepaid',
  );
  expect(invoices.map((invoice) => invoice.total_amount_cents)).toEqual([5000]);
  await host.call('PUT', `/invoices/${invoices[0]?.lago_id ?? ''}`, { invoice: { payment_status: 'succeeded' } });
  await expect(bought).toContainText('Settled');
  await expect(page.locator('[data-balance]')).toHaveText('$81.00');

  await page.getByRole('button', { name: 'End wallet…' }).click();
  await expect(panel).toContainText('worth $81.00');
  await panel.getByRole('button', { name: 'End “Main”' }).click();
  await expect(page.getByText('Ended', { exact: true }).first()).toBeVisible();
});
