import { pngLogo } from '../support/logo-files.ts';
import { readPdf } from '../support/pdf-text.ts';
import { expect, test } from './support/fixtures.ts';

test('invoicing settings are seen on a real PDF before they are saved', async ({ page, host }) => {
  await page.goto('/settings/invoicing');
  const frame = page.getByTitle('Preview of an invoice');
  const shown = async (): Promise<string> => {
    const address = (await frame.getAttribute('src')) ?? '';
    const answer = await page.request.get(address.split('#')[0] ?? '');
    expect(answer.headers()['content-type']).toBe('application/pdf');
    return readPdf(new Uint8Array(await answer.body()))
      .pages.flatMap(({ lines }) => lines)
      .join('\n');
  };
  await expect(frame).toBeVisible();
  const first = await frame.getAttribute('src');
  await page.getByLabel('Prefix').fill('hoo');
  await page.getByLabel('Footer').fill('Thank you kindly');
  await page.getByLabel('Days to pay').fill('30');
  await expect(frame).not.toHaveAttribute('src', first ?? '');
  // Each letter may have made one: the last is meant.
  await expect.poll(shown).toContain('Thank you kindly');
  expect(await shown()).toContain('HOO-001-001');
  const { organization: before } = await host.call<{ organization: { net_payment_term: number } }>('GET', '/organizations');
  expect(before.net_payment_term).toBe(0);

  await page.getByLabel('Days to pay').fill('-1');
  await expect(page.getByText('The preview waits until the form can be saved.')).toBeVisible();
  await page.getByLabel('Days to pay').fill('30');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved how invoices are made')).toBeVisible();
  const { organization } = await host.call<{
    organization: { net_payment_term: number; document_number_prefix: string; billing_configuration: { invoice_footer: string } };
  }>('GET', '/organizations');
  expect([organization.net_payment_term, organization.document_number_prefix, organization.billing_configuration.invoice_footer]).toEqual([
    30,
    'HOO',
    'Thank you kindly',
  ]);

  await page.getByRole('button', { name: 'Add a section' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Bank details');
  await page.getByRole('textbox', { name: 'Text' }).fill('IBAN DE02 1203');
  await page.getByRole('button', { name: 'Add section' }).click();
  await expect(page.getByRole('table', { name: 'Sections' })).toContainText('Bank details');
  await expect.poll(shown).toContain('IBAN DE02 1203');
});

test('the organization has a logo, and keeps what cannot be saved in the form', async ({ page, host }) => {
  await page.goto('/settings/organization');
  await page.getByLabel('Logo file').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: pngLogo(120, 40) });
  await expect(page.getByRole('img', { name: 'The logo' })).toBeVisible();
  await page.getByLabel('E-mail').fill('nobody');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('This is not an e-mail address.').first()).toBeVisible();
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.getByLabel('E-mail').fill('billing@hooli.test');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved the organization')).toBeVisible();
  const { organization } = await host.call<{ organization: { email: string } }>('GET', '/organizations');
  expect(organization.email).toBe('billing@hooli.test');
});

test('the clock of a sandbox is moved, and looks are chosen', async ({ page, host }) => {
  await page.goto('/settings/server');
  await expect(page.getByText('Programs on this computer only')).toBeVisible();
  await page.getByLabel('Day and time, UTC').fill('2030-02-14T09:00');
  await page.getByRole('button', { name: 'Move there…' }).click();
  await page.getByRole('button', { name: 'Move the clock' }).click();
  await expect(page.getByText('It is Feb 14, 2030, 9:00 AM UTC for these books.')).toBeVisible();
  await page.getByRole('button', { name: 'To the first of next month' }).click();
  await page.getByRole('button', { name: 'Move the clock' }).click();
  await expect(page.getByText('It is Mar 1, 2030, 12:00 AM UTC for these books.')).toBeVisible();
  expect(await host.call('GET', '/test_clock')).toEqual({ test_clock: { now: '2030-03-01T00:00:00Z' } });

  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.getByText('Comfortable', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable');
});

test('keys are chosen anew, and letters are switched off', async ({ page }) => {
  await page.goto('/settings/shortcuts');
  await page.getByRole('button', { name: 'Change the keys of Developers' }).click();
  await page.getByLabel('New keys of Developers').press('q');
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await page.getByRole('heading', { name: 'Shortcuts', level: 1 }).click();
  await page.keyboard.press('q');
  await expect(page).toHaveURL(/\/developers/);
  await page.goto('/settings/shortcuts');
  await page.getByRole('switch', { name: 'Letters without a modifier' }).click();
  await page.keyboard.press('q');
  await expect(page.getByRole('heading', { name: 'Shortcuts', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+,');
  await expect(page).toHaveURL(/\/settings\/organization/);
});
