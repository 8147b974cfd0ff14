import { FakeStripe } from '../support/fake-stripe.ts';
import { expect, test as base } from './support/fixtures.ts';
import { startHost } from './support/host.ts';

/** Books whose payment provider is a local fake. */
const test = base.extend<object, { readonly stripe: FakeStripe }>({
  stripe: [
    async ({}, use) => {
      const stripe = await FakeStripe.start();
      await use(stripe);
      await stripe.stop();
    },
    { scope: 'worker' },
  ],
  host: [
    async ({ stripe }, use) => {
      const environment = { STRIPE_API_HOST: '127.0.0.1', STRIPE_API_PORT: String(stripe.port), STRIPE_API_PROTOCOL: 'http' };
      const host = await startHost({ environment });
      await use(host);
      await host.stop();
    },
    { scope: 'worker' },
  ],
});

test('Stripe is connected, tried out, and a payment that fails shows up', async ({ page, host, stripe }) => {
  await page.goto('/settings/integrations');
  await expect(page.getByText('Stripe is not connected')).toBeVisible();
  await page.getByRole('button', { name: 'Connect Stripe' }).click();
  const connect = page.getByRole('dialog', { name: 'Connect Stripe' });
  await connect.getByLabel('Secret key').fill('sk_live_never');
  await connect.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(connect.getByText('This is a live key, and these books are a sandbox. Take a test key.')).toBeVisible();
  await connect.getByLabel('Secret key').fill('sk_test_wrong');
  await connect.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(connect.getByText('This value cannot be used here.')).toBeVisible();
  await connect.getByLabel('Secret key').fill(stripe.secretKey);
  await connect.getByRole('button', { name: 'Connect', exact: true }).click();

  const account = page.getByRole('region', { name: 'Stripe', exact: true });
  await expect(account).toContainText('Test mode');
  await expect(account).toContainText(`ends in ${stripe.secretKey.slice(-4)}`);
  await expect(page.locator('body')).not.toContainText(stripe.secretKey);
  await account.getByRole('button', { name: 'Test connection' }).click();
  await expect(account.getByRole('status')).toContainText('Connected');

  await account.getByRole('switch', { name: 'Make new customers at Stripe, too' }).click();
  await expect(page.getByText('Saved the Stripe settings')).toBeVisible();
  await host.call('POST', '/customers', { customer: { external_id: 'auto', name: 'Automatic', currency: 'USD' } });
  await expect
    .poll(async () => {
      const { customer } = await host.call<{ customer: { billing_configuration: { provider_customer_id: string | null } } }>(
        'GET',
        '/customers/auto',
      );
      return customer.billing_configuration.provider_customer_id;
    })
    .toMatch(/^cus_/);

  stripe.addCustomer('cus_acme', ['pm_decline']);
  const billing = { payment_provider: 'stripe', provider_customer_id: 'cus_acme' };
  await host.call('POST', '/customers', {
    customer: { external_id: 'acme', name: 'Acme', currency: 'USD', billing_configuration: billing },
  });
  await host.call('POST', '/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 1250, amount_currency: 'USD' } });
  await host.call('POST', '/invoices', { invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'work' }] } });
  await page.goto('/payments');
  const row = page.getByRole('row', { name: /Acme/ });
  await expect(row).toContainText('Failed');
  await expect(row).toContainText('$12.50');

  await page.goto('/settings/integrations');
  await account.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove “Stripe”' }).click();
  await expect(page.getByText('Stripe is not connected')).toBeVisible();
});
