import { expect, test } from './support/fixtures.ts';

test('the search API is tried out, used twice and lands in the editor', async ({ page, host }) => {
  await page.goto('/templates');
  await page.getByRole('link', { name: 'Search API, pay as you go' }).click();
  // 20,412 beyond the free 10,000 are 21 packages of 1.50; 8,000 recommend requests are free.
  await expect(page.getByTestId('calculator-total')).toHaveText('$31.50');
  await page.getByRole('textbox', { name: 'Units of Recommend requests' }).fill('12001');
  await expect(page.getByTestId('charge-amount-Recommend requests')).toHaveText('$1.80');
  await expect(page.getByTestId('calculator-total')).toHaveText('$33.30');

  await page.getByRole('button', { name: 'Use this template' }).click();
  await expect(page.getByRole('heading', { name: 'Pay as you go', level: 1 })).toBeVisible();
  await expect(page.getByLabel('Price per package')).toHaveValue('1.50');
  await expect(page.getByTestId('calculator-total')).toHaveText('$31.50');
  const made = await host.call<{ plan: { charges: { billable_metric_code: string }[] } }>('GET', '/plans/pay_as_you_go');
  expect(made.plan.charges.map((charge) => charge.billable_metric_code)).toEqual(['search_requests', 'recommend_requests']);

  await page.goto('/templates/search-api-pay-as-you-go');
  await page.getByRole('button', { name: 'Use this template' }).click();
  await expect(page.getByText('“Search requests” was there already and is used again', { exact: false })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Code', exact: true })).toHaveValue('pay_as_you_go_2');
});

test('every template has a page, with its calculator or its amount', async ({ page }) => {
  await page.goto('/templates');
  const links = page.getByRole('article').getByRole('link');
  await expect(links).toHaveCount(8);
  const names = await links.allTextContents();
  for (const name of names.slice(1, -1)) {
    await page.goto('/templates');
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(page.getByTestId('calculator-total')).toContainText('$');
    await expect(page.getByRole('slider', { name: /Price curve of/ })).toBeVisible();
  }
  await page.goto('/templates/payments');
  for (const words of ['The first 10 events are free.', '2.9% of the amount.', '$0.30 for each event.']) {
    await expect(page.getByText(words)).toBeVisible();
  }
  await page.goto('/templates/onboarding');
  await expect(page.getByText('$1,500.00')).toBeVisible();
});
