import { request } from 'playwright/test';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { hasHmac } from '../support/webhook-verification.ts';
import { expect, test } from './support/fixtures.ts';
import { settled } from './support/page-checks.ts';

test('a key is made, tried out, rotated and revoked; the old one works as long as was chosen', async ({ page, host }) => {
  const statusWith = async (key: string): Promise<number> => {
    const caller = await request.newContext();
    const answer = await caller.get(`${host.url}/api/v1/organizations`, { headers: { authorization: `Bearer ${key}` } });
    await caller.dispose();
    return answer.status();
  };
  await page.goto('/developers/keys');
  await expect(page.getByText('No keys yet')).toBeVisible();
  await page.keyboard.press('c');
  await page.getByLabel('Name').fill('Backend');
  await page.getByRole('button', { name: 'Create key' }).click();
  const first = await page.getByRole('textbox', { name: 'API key' }).inputValue();
  expect(first).toMatch(/^mbk_[\w-]{43}$/);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Backend/ })).toContainText('Active');

  await page.getByRole('button', { name: 'Test call' }).click();
  await expect(page.getByText(/GET \/api\/v1\/organizations in/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Backend/ })).not.toContainText('Never');

  await page.getByRole('button', { name: 'Actions for Backend' }).click();
  await page.getByRole('menuitem', { name: 'Rotate…' }).click();
  await page.getByLabel('an hour', { exact: true }).check();
  await page.getByRole('button', { name: 'Rotate key' }).click();
  const second = await page.getByRole('textbox', { name: 'API key' }).inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Until/ })).toBeVisible();
  expect(await Promise.all([statusWith(first), statusWith(second)])).toEqual([200, 200]);

  // Once more without any overlap: the key that takes part in it ends at once.
  await page
    .getByRole('row', { name: /Active/ })
    .getByRole('button', { name: 'Actions for Backend' })
    .click();
  await page.getByRole('menuitem', { name: 'Rotate…' }).click();
  await page.getByLabel('no time: it ends at once').check();
  await page.getByRole('button', { name: 'Rotate key' }).click();
  const third = await page.getByRole('textbox', { name: 'API key' }).inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  expect(await Promise.all([statusWith(first), statusWith(second), statusWith(third)])).toEqual([200, 401, 200]);
  await expect(page.getByRole('row', { name: /Expired/ })).toBeVisible();

  await page.getByRole('row', { name: /Until/ }).getByRole('button', { name: 'Actions for Backend' }).click();
  await page.getByRole('menuitem', { name: 'Revoke…' }).click();
  await page.getByRole('button', { name: 'Revoke “Backend”' }).click();
  await expect(page.getByRole('row', { name: /Until/ })).toHaveCount(0);
  expect(await statusWith(first)).toBe(401);
});

test('an endpoint is told what happens, and can be told again', async ({ page, host }) => {
  const receiver = await WebhookReceiver.open();
  await page.goto('/developers/webhooks');
  await page.getByRole('button', { name: 'Add an endpoint' }).first().click();
  await page.getByLabel('URL').fill('nowhere');
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  await expect(page.getByText('This is not an address that starts with http:// or https://.')).toBeVisible();
  await page.getByLabel('URL').fill(receiver.url);
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  await expect(page.getByRole('table', { name: 'Endpoints' })).toContainText(receiver.url);

  await page.getByRole('button', { name: 'Send test' }).click();
  await receiver.hasReceived(1);
  const inspector = page.getByRole('region', { name: 'webhook_endpoint.test' }).first();
  await expect(inspector).toContainText('Delivered');
  await expect(inspector).toContainText('thanks');

  await host.call('POST', '/customers', { customer: { external_id: 'hooli', name: 'Hooli' } });
  await receiver.hasReceived(2);
  const row = page.getByRole('row', { name: /customer\.created/ });
  await expect(row).toContainText('Delivered');
  await row.getByRole('button', { name: 'customer.created' }).click();
  const opened = page.getByRole('region', { name: 'customer.created' }).first();
  await expect(opened).toContainText('hooli');
  await opened.getByRole('button', { name: 'Resend' }).click();
  const [, sent, again] = await receiver.hasReceived(3);
  expect(again?.headers['x-lago-unique-key']).toBe(sent?.headers['x-lago-unique-key']);
  const { webhook } = await host.call<{ webhook: { hmac_key: string } }>('GET', '/webhooks/hmac_key');
  expect(again === undefined ? false : hasHmac(again, webhook.hmac_key)).toBe(true);
  await receiver.close();
});

test('calls are listed as they come, with the fields that were refused', async ({ page, host }) => {
  await page.goto('/developers/requests');
  await settled(page);
  await host.call('POST', '/taxes', { tax: { name: 'VAT' } }).catch(() => undefined);
  const row = page.getByRole('row', { name: /POST \/api\/v1\/taxes/ });
  await expect(row).toContainText('422');
  await row.getByRole('button', { name: /taxes/ }).click();
  const inspector = page.getByRole('region', { name: 'POST /api/v1/taxes' }).first();
  await expect(inspector).toContainText('rate: Fill this in.');
  await expect(inspector.getByRole('link', { name: 'What the call takes (OpenAPI)' })).toHaveAttribute('href', '/api/openapi.json');
  await page.getByRole('button', { name: 'What is kept' }).click();
  await page.getByLabel('Keep bodies').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved what is kept of calls')).toBeVisible();
  await host.call('POST', '/taxes', { tax: { name: 'Kept' } }).catch(() => undefined);
  await expect(row).toHaveCount(2);
  await row.first().getByRole('button', { name: /taxes/ }).click();
  await expect(page.getByRole('region', { name: 'POST /api/v1/taxes' }).first()).toContainText('"Kept"');
});

test('a rename is undone by its note, and another one from the log of changes', async ({ page, host }) => {
  const nameNow = async (): Promise<string> =>
    (await host.call<{ organization: { name: string } }>('GET', '/organizations')).organization.name;
  const rename = async (name: string): Promise<void> => {
    await page.getByRole('textbox', { name: /^Name/ }).fill(name);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved the organization').last()).toBeVisible();
  };
  await page.goto('/settings/organization');
  const before = await nameNow();
  await rename('Hooli');
  expect(await nameNow()).toBe('Hooli');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByText('Undone', { exact: true })).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue(before);
  expect(await nameNow()).toBe(before);

  await rename('Raviga');
  await page.goto('/developers/activity');
  const row = page.getByRole('row', { name: /Organization Raviga/ });
  await expect(row).toContainText('A screen');
  await row.getByRole('button', { name: /Changed/ }).click();
  await expect(page.getByRole('table', { name: 'Fields' })).toContainText('Raviga');
  await row.getByRole('button', { name: 'Undo the change of “Raviga”' }).click();
  await expect(row).toContainText('Undone');
  expect(await nameNow()).toBe(before);
});
