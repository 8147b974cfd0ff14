import { expect, test } from './support/fixtures.ts';

test('an amount may have a decimal comma, and one that could mean thousands is refused', async ({ page, host }) => {
  await page.goto('/plans/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Comma');
  await page.getByRole('textbox', { name: 'Base fee' }).fill('1,500');
  await page.getByRole('button', { name: 'Add plan' }).click();
  await expect(page.getByRole('alert')).toContainText('Base fee: Write an amount, like 12.50.');
  await page.getByRole('textbox', { name: 'Base fee' }).fill('12,5');
  await page.getByRole('button', { name: 'Add plan' }).click();
  await expect(page.getByRole('heading', { name: 'Comma', level: 1 })).toBeVisible();
  const { plan } = await host.call<{ plan: { amount_cents: number } }>('GET', '/plans/comma');
  expect(plan.amount_cents).toBe(1250);
});

test('a one-off invoice never takes 1,500 for 1.5, and says which units are none', async ({ page, host }) => {
  await host.call('POST', '/customers', { customer: { external_id: 'units', name: 'Units Ltd', currency: 'USD' } });
  await host.call('POST', '/add_ons', { add_on: { name: 'Hour', code: 'hour', amount_cents: 1000, amount_currency: 'USD' } });
  await page.goto('/invoices/new');
  await page.getByRole('combobox', { name: 'Customer' }).click();
  await page.getByRole('option', { name: 'Units Ltd' }).click();
  await page.getByRole('combobox', { name: 'Add-on' }).click();
  await page.getByRole('option', { name: 'Hour' }).click();
  await page.getByRole('textbox', { name: 'Units' }).fill('1,5');
  await expect(page.getByRole('button', { name: 'Issue invoice of $15.00' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Units' }).fill('1,500');
  await expect(page.getByText('No number')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Issue invoice', exact: true })).toBeVisible();
});

test('tiers are pasted with their headings, in the writing of any country', async ({ page, host }) => {
  await host.call('POST', '/billable_metrics', {
    billable_metric: { name: 'Pasted calls', code: 'pasted', aggregation_type: 'count_agg' },
  });
  await page.goto('/plans/new');
  await page.getByRole('button', { name: 'Add a charge' }).click();
  await page.getByPlaceholder('Choose a billable metric').click();
  await page.getByRole('option', { name: /Pasted calls/ }).click();
  await page.getByLabel(/model/i).first().click();
  await page.getByRole('option', { name: 'Graduated', exact: true }).click();
  const tiers = page.getByRole('table', { name: 'Tiers' }).getByRole('textbox');
  const pasteAndRead = async (text: string): Promise<readonly string[]> => {
    await tiers.first().evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    return tiers.evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
  };
  const expected = ['1000', '0.05', '1.00', '10000', '0.04', '0', '∞', '0.03', '0'];
  await expect.poll(() => pasteAndRead('bis\tje Einheit\tpauschal\n1.000\t0,05\t1,00\n10.000\t0,04\t0\n∞\t0,03\t0')).toEqual(expected);
  await expect.poll(() => pasteAndRead('1,000\t$0.05\t$1.00\r\n10,000\t$0.04\t$0\r\n∞\t$0.03\t0\r\n')).toEqual(expected);
});

test('a form says that what it edits was changed in another window', async ({ page, host }) => {
  const { plan } = await host.call<{ plan: { lago_id: string } }>('POST', '/plans', {
    plan: { name: 'Shared', code: 'shared', interval: 'monthly', amount_cents: 1000, amount_currency: 'USD', charges: [] },
  });
  await page.goto(`/plans/${plan.lago_id}/edit`);
  await page.getByRole('textbox', { name: 'Base fee' }).fill('20');
  await expect(page.getByText('This was changed elsewhere meanwhile')).toHaveCount(0);
  await host.call('PUT', '/plans/shared', { plan: { name: 'Shared by others' } });
  await expect(page.getByText('This was changed elsewhere meanwhile')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Base fee' })).toHaveValue('20');
  await page.getByRole('button', { name: 'Save plan' }).click();
  await expect(page.getByRole('heading', { name: 'Shared', level: 1 })).toBeVisible();
});

test('the page of a deleted record says so, and offers no second try', async ({ page }) => {
  await page.goto('/customers/00000000-0000-7000-8000-000000000000/overview');
  await expect(page.getByText('This is not there any more')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
});

test('a refusal is said in words, and a double click on what costs money is asked for once', async ({ page, host }) => {
  await host.call('POST', '/customers', { customer: { external_id: 'twice', name: 'Twice Ltd', currency: 'USD' } });
  await host.call('POST', '/add_ons', { add_on: { name: 'Setup', code: 'setup', amount_cents: 10_000, amount_currency: 'USD' } });
  const { invoice } = await host.call<{ invoice: { lago_id: string } }>('POST', '/invoices', {
    invoice: { external_customer_id: 'twice', currency: 'USD', fees: [{ add_on_code: 'setup', units: 1 }] },
  });
  await page.goto(`/invoices/${invoice.lago_id}`);
  await page.getByRole('button', { name: 'Record payment…' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('textbox', { name: 'Amount' }).fill('999');
  await panel.getByRole('textbox', { name: 'Reference' }).fill('Transfer 1');
  await panel.getByRole('button', { name: 'Record $999.00' }).click();
  await expect(panel.getByRole('alert')).toContainText('amount cents: This value is out of range.');
  await panel.getByRole('textbox', { name: 'Amount' }).fill('10');
  await panel.getByRole('textbox', { name: 'Reference' }).fill('Transfer 1');
  await panel.getByRole('button', { name: 'Record $10.00' }).dblclick();
  await expect(panel).toHaveCount(0);
  const { payments } = await host.call<{ payments: readonly { amount_cents: number }[] }>('GET', '/payments');
  expect(payments.map((payment) => payment.amount_cents)).toEqual([1000]);

  await page.goto('/developers/keys');
  await page.getByRole('button', { name: 'Create a key' }).first().click();
  await panel.getByRole('textbox').first().fill('Only one');
  await panel.getByRole('button', { name: /Create/ }).dblclick();
  await expect(panel.getByText('The key is made')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: /Only one/ })).toHaveCount(1);
});
