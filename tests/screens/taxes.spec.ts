import { expect, test } from './support/fixtures.ts';

test('a tax is added, found, edited and deleted', async ({ page, host }) => {
  await page.goto('/settings/taxes');
  await expect(page.getByRole('heading', { name: 'Taxes', level: 1 })).toBeVisible();
  await expect(page.getByText('No taxes yet')).toBeVisible();

  await page.keyboard.press('c');
  await page.getByLabel('Name').fill('VAT Österreich');
  await page.getByLabel('Name').blur();
  await expect(page.getByLabel('Code')).toHaveValue('vat_osterreich');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert')).toContainText('Rate');
  await expect(page.getByLabel('Rate')).toBeFocused();
  await page.getByLabel('Rate').fill('20');
  await page.getByRole('button', { name: 'Add tax' }).click();

  await expect(page.getByRole('row', { name: /VAT Österreich/ })).toContainText('20%');
  const { tax } = await host.call<{ tax: { rate: number } }>('GET', '/taxes/vat_osterreich');
  expect(tax.rate).toBe(20);

  await page.getByRole('link', { name: 'VAT Österreich' }).click();
  await page.getByLabel('Rate').fill('19.5');
  await page.getByRole('button', { name: 'Save tax' }).click();
  await expect(page.getByRole('row', { name: /VAT Österreich/ })).toContainText('19.5%');

  await page.getByRole('button', { name: 'Actions for VAT Österreich' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete “VAT Österreich”' }).click();
  await expect(page.getByText('No taxes yet')).toBeVisible();
});

test('a list follows what others change, without a reload', async ({ page, host }) => {
  await page.goto('/settings/taxes');
  await expect(page.getByText('No taxes yet')).toBeVisible();
  await host.call('POST', '/taxes', { tax: { name: 'Sales tax', code: 'sales', rate: '7.25' } });
  await expect(page.getByRole('row', { name: /Sales tax/ })).toContainText('7.25%');
  await host.call('DELETE', '/taxes/sales');
  await expect(page.getByText('No taxes yet')).toBeVisible();
});
