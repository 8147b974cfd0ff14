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

test('a declined payment says why, and is retried on screen with another card', async ({ page, host, stripe }) => {
  stripe.addCustomer('cus_acme', ['pm_decline']);
  await host.call('PUT', '/payment_providers/stripe', { payment_provider: { type: 'stripe', secret_key: stripe.secretKey } });
  const billing = { payment_provider: 'stripe', provider_customer_id: 'cus_acme' };
  await host.call('POST', '/customers', {
    customer: { external_id: 'acme', name: 'Acme', currency: 'USD', billing_configuration: billing },
  });
  await host.call('POST', '/add_ons', { add_on: { name: 'Work', code: 'work', amount_cents: 2500, amount_currency: 'USD' } });
  await page.goto('/payments');
  await expect(page.getByText('No payments yet')).toBeVisible();
  await host.call('POST', '/invoices', { invoice: { external_customer_id: 'acme', fees: [{ add_on_code: 'work' }] } });

  // The list hears of the answer by itself.
  const row = page.getByRole('row', { name: /Acme/ });
  await expect(row).toContainText('Failed');
  await expect(row).toContainText('$25.00');
  await row.getByRole('link').first().click();
  const inspector = page.getByRole('region', { name: 'Payment', exact: true }).first();
  await expect(inspector).toContainText('The card was declined.');
  await inspector.getByRole('button', { name: 'Open invoice' }).click();
  await expect(page.getByText('Payment failed', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Payments' })).toContainText('The card was declined.');

  stripe.changeCard('cus_acme', 'pm_card_visa');
  await page.getByRole('button', { name: 'Retry payment…' }).click();
  await page.getByRole('button', { name: 'Charge $25.00' }).click();
  await expect(page.getByText('Paid', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Retry payment…' })).toHaveAccessibleDescription('The invoice is paid.');
});
