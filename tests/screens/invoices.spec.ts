import { readPdf } from '../support/pdf-text.ts';
import { expect, test } from './support/fixtures.ts';
import type { Host } from './support/host.ts';

test.describe.configure({ mode: 'serial' });

interface Made {
  readonly invoice: { readonly lago_id: string; readonly number: string };
}

/** A customer whose drafts stay open for three days, with a coupon of 10.00, and January at 50.00 on a draft. */
async function openDraft(host: Host): Promise<void> {
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-01-01T00:00:00Z' } });
  const billing = { invoice_grace_period: 3 };
  await host.call('POST', '/customers', {
    customer: { external_id: 'hooli', name: 'Hooli', currency: 'USD', billing_configuration: billing },
  });
  const plan = { name: 'Pro', code: 'pro', interval: 'monthly', amount_cents: 5000, amount_currency: 'USD', pay_in_advance: false };
  await host.call('POST', '/plans', { plan });
  await host.call('POST', '/subscriptions', { subscription: { external_customer_id: 'hooli', external_id: 'hooli-1', plan_code: 'pro' } });
  const coupon = { name: 'Welcome', code: 'welcome', coupon_type: 'fixed_amount', amount_cents: 1000, amount_currency: 'USD' };
  await host.call('POST', '/coupons', { coupon: { ...coupon, frequency: 'once', expiration: 'no_expiration' } });
  await host.call('POST', '/applied_coupons', { applied_coupon: { external_customer_id: 'hooli', coupon_code: 'welcome' } });
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-02-01T12:00:00Z' } });
}

test('a draft is previewed, finalized, seen as a PDF, and paid', async ({ page, host }) => {
  await openDraft(host);
  await page.goto('/invoices');
  await page.getByRole('link', { name: 'Upcoming' }).click();
  await expect(page.getByRole('row', { name: /Hooli/ })).toContainText('$50.00');
  await page.getByRole('link', { name: 'Mar 1, 2026' }).click();
  await expect(page.getByRole('heading', { name: 'Next invoice, Mar 1, 2026' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Total/ }).last()).toContainText('$50.00');

  await page.goto('/invoices?tab=draft');
  await expect(page.getByRole('row', { name: /Hooli/ })).toContainText('$50.00');
  await page.getByRole('table').getByRole('link', { name: /DRAFT/ }).click();
  await expect(page.getByText('This is a draft')).toBeVisible();
  await expect(page.getByText('It is open until Feb 4, 2026')).toBeVisible();
  await expect(page.locator('[data-second-total]')).toContainText('$40.00');
  const credit = page.getByRole('button', { name: 'Credit note…' });
  await expect(credit).toHaveAttribute('aria-disabled', 'true');
  await expect(credit).toHaveAccessibleDescription('The invoice is still a draft.');

  await page.getByRole('button', { name: 'Finalize…' }).click();
  await page.getByRole('button', { name: 'Finalize at $40.00' }).click();
  await expect(page.getByText('Finalized', { exact: true }).first()).toBeVisible();
  const totals = page.getByRole('table', { name: 'Totals' });
  await expect(totals.getByRole('row', { name: 'Coupon Welcome' })).toContainText('-$10.00');
  await expect(totals.getByRole('row', { name: 'Total', exact: false }).last()).toContainText('$40.00');

  await page.getByRole('tab', { name: 'PDF' }).click();
  const frame = page.getByTitle(/^PDF of/);
  await expect(frame).toBeVisible();
  const answer = await page.request.get((await frame.getAttribute('src')) ?? '');
  expect(answer.headers()['content-type']).toBe('application/pdf');
  const text = readPdf(await answer.body())
    .pages.flatMap(({ lines }) => lines)
    .join('\n');
  expect(text).toContain('Hooli');
  expect(text).toContain('$40.00');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download PDF' }).click();
  expect((await download).suggestedFilename()).toMatch(/^.+-001-001 Hooli 2026-02\.pdf$/);

  await page.getByRole('button', { name: 'Record payment…' }).click();
  await expect(page.getByLabel('Amount')).toHaveValue('40.00');
  await page.getByLabel('Reference').fill('Bank transfer 17');
  await page.getByRole('button', { name: 'Record $40.00' }).click();
  await expect(page.getByText('Paid', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Payments' })).toContainText('Bank transfer 17');
  const voidButton = page.getByRole('button', { name: 'Void…' });
  await expect(voidButton).toHaveAccessibleDescription('The invoice is paid.');
});

test('a one-off invoice is computed while it is typed, and a credit note gives a line of it back', async ({ page, host }) => {
  await host.call('POST', '/taxes', { tax: { name: 'VAT', code: 'vat', rate: '20', applied_to_organization: true } });
  await host.call('POST', '/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 6833, amount_currency: 'USD' } });
  await page.goto('/invoices/new');
  await page.getByRole('combobox', { name: 'Customer' }).click();
  await page.getByRole('option', { name: 'Hooli' }).click();
  const first = page.getByRole('group', { name: 'Line 1' });
  await first.getByRole('combobox', { name: 'Add-on' }).click();
  await page.getByRole('option', { name: 'Setup' }).click();
  await page.getByRole('button', { name: 'Add a line' }).click();
  const second = page.getByRole('group', { name: 'Line 2' });
  await second.getByRole('combobox', { name: 'Add-on' }).click();
  await page.getByRole('option', { name: 'Setup' }).click();
  await second.getByLabel('Unit price').fill('34.165');
  await expect(second.getByText('No amount in USD')).toBeVisible();
  await second.getByLabel('Units').fill('2');
  await second.getByLabel('Unit price').fill('34,16');
  // 68.33 + 2 x 34.16 = 136.65, and 20 % of it 27.33.
  await page.getByRole('button', { name: 'Issue invoice of $163.98' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /-001-002$/ })).toBeVisible();
  const totals = page.getByRole('table', { name: 'Totals' });
  await expect(totals.getByRole('row', { name: /VAT/ })).toContainText('$27.33');
  await expect(totals.getByRole('row', { name: 'Total', exact: false }).last()).toContainText('$163.98');

  await page.getByRole('button', { name: 'Credit note…' }).click();
  await page.getByLabel('Give back of Setup').first().fill('68.33');
  await page.getByLabel('Off this invoice').fill('32.00');
  const effect = page.getByRole('region', { name: 'What will happen' });
  // 68.33 and 20 % of it, 13.67.
  await expect(effect.getByRole('row', { name: /^Total/ })).toContainText('$82.00');
  await expect(effect).toContainText('$50.00 of credit for later invoices of Hooli');
  await expect(effect).toContainText('$131.98 is due instead of $163.98');
  await page.getByLabel('Refund').fill('1');
  await expect(page.getByText('Nothing was paid that could be refunded.')).toBeVisible();
  await page.getByLabel('Refund').fill('');
  await page.getByRole('button', { name: 'Write credit note of $82.00' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /-001-002-CN001$/ })).toBeVisible();
  await expect(page.getByText('Credit available')).toBeVisible();

  await page.getByRole('tab', { name: 'PDF' }).click();
  const frame = page.getByTitle(/^PDF of/);
  await expect(frame).toBeVisible();
  const answer = await page.request.get((await frame.getAttribute('src')) ?? '');
  const text = readPdf(await answer.body())
    .pages.flatMap(({ lines }) => lines)
    .join('\n');
  expect(text).toContain('$82.00');
  await page.getByRole('button', { name: 'Void…' }).click();
  await page.getByRole('button', { name: 'Void $50.00 of credit' }).click();
  await expect(page.getByText('Voided', { exact: true })).toBeVisible();
});

test('an invoice is voided after its effects were shown, and found again', async ({ page, host }) => {
  const fees = [{ add_on_code: 'setup', unit_amount_cents: 1000, tax_codes: ['vat'] }];
  const { invoice } = await host.call<Made>('POST', '/invoices', { invoice: { external_customer_id: 'hooli', fees } });
  await page.goto(`/invoices/${invoice.lago_id}`);
  await page.getByRole('button', { name: 'Void…' }).click();
  await expect(page.getByRole('region', { name: 'What will happen' })).toContainText('$12.00 is no longer owed');
  await page.getByRole('button', { name: `Void ${invoice.number}` }).click();
  await expect(page.getByText('Voided', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Record payment…' })).toHaveAccessibleDescription('The invoice is voided.');

  await page.goto('/invoices?tab=voided');
  await expect(page.getByRole('row', { name: new RegExp(invoice.number) })).toContainText('$12.00');
  await page.getByRole('textbox', { name: 'Search number or customer' }).fill('nobody');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByRole('row', { name: new RegExp(invoice.number) })).toBeVisible();
  await page.goto('/credit-notes');
  await expect(page.getByRole('row', { name: /CN001/ })).toContainText('$82.00');
});

test('drafts are finalized together, with what they come to shown first', async ({ page, host }) => {
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-03-01T12:00:00Z' } });
  await page.goto('/invoices?tab=draft');
  await page.getByRole('row', { name: /Hooli/ }).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Finalize drafts…' }).click();
  // 50.00 and 20 % tax since February.
  await expect(page.getByText('1 invoice of $60.00')).toBeVisible();
  await page.getByRole('button', { name: 'Finalize 1' }).click();
  await expect(page.getByText('No invoices here')).toBeVisible();
});
